//! The office number (事業所番号).

use std::fmt;
use std::str::FromStr;

use super::number_error::{NumberError, digits_with_check};

/// 事業所番号: ten digits, the last a modulus-10 check digit over the other nine \[domain 6.4, analog\].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfficeNumber([u8; 10]);

impl OfficeNumber {
    /// Reads the ten digits.
    ///
    /// # Errors
    /// Another length, another character than a half-width digit, or a wrong check digit.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        digits_with_check("事業所番号", text).map(Self)
    }

    /// The ten digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // ASCII digits by construction, so never the empty default.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for OfficeNumber {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for OfficeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for OfficeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OfficeNumber({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::OfficeNumber;

    #[test]
    fn the_samples_of_domain_6_4_are_read_and_their_neighbours_refused() {
        for number in ["0870000007", "1374500013", "1471300010", "2710100013"] {
            assert_eq!(OfficeNumber::parse(number).expect(number).as_str(), number);
            let last = number.as_bytes()[9];
            let wrong = format!("{}{}", &number[..9], (last - b'0' + 1) % 10);
            assert!(OfficeNumber::parse(&wrong).is_err(), "{wrong}");
        }
    }
}
