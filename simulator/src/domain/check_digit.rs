//! The two check-digit rules (検査数字) of the domain.

/// The modulus-10 check digit with weights 2, 1, 2, … from the right and products split into digits
/// \[domain 6.1, 6.4, analog\]. `digits` are ASCII digits without the check digit; the answer is one too.
///
/// Other bytes count by their low four bits: callers check the character class first.
#[must_use]
pub fn modulus_10_check_digit(digits: &[u8]) -> u8 {
    let mut sum = 0;
    let mut weight = 2;
    for digit in digits.iter().rev() {
        let product = u32::from(digit & 0x0f) * weight;
        sum += product / 10 + product % 10;
        weight = 3 - weight;
    }
    b'0' + ((10 - sum % 10) % 10) as u8
}

/// The check digit of an individual number (個人番号) from its first eleven digits \[domain 6.3, statutory formula\].
#[must_use]
pub fn my_number_check_digit(digits: &[u8; 11]) -> u8 {
    let sum: u32 = digits
        .iter()
        .rev()
        .zip([2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6])
        .map(|(digit, weight)| u32::from(digit & 0x0f) * weight)
        .sum();
    match sum % 11 {
        0 | 1 => b'0',
        remainder => b'0' + (11 - remainder) as u8,
    }
}

#[cfg(test)]
mod tests {
    use super::modulus_10_check_digit;

    #[test]
    fn an_insurers_own_modulus_10_scheme_is_the_same_rule() {
        // Vectors of domain 6.2: insured numbers of insurers that append such a digit.
        for (digits, expected) in [
            ("123456789", b'7'),
            ("000000001", b'8'),
            ("000012345", b'5'),
        ] {
            assert_eq!(
                modulus_10_check_digit(digits.as_bytes()),
                expected,
                "{digits}"
            );
        }
        assert_eq!(
            modulus_10_check_digit(b"3312001"),
            b'5',
            "medical insurer number"
        );
    }
}
