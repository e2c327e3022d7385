//! The insurer number (保険者番号).

use std::fmt;
use std::str::FromStr;

use super::number_error::{NumberError, digits_with_check};

/// 保険者番号: six digits, the last a modulus-10 check digit over the other five \[domain 6.1, analog\].
///
/// It is not the 全国地方公共団体コード, whose check digit follows another rule.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InsurerNumber(pub(super) [u8; 6]);

impl InsurerNumber {
    /// Reads the six digits.
    ///
    /// # Errors
    /// Another length, another character than a half-width digit, or a wrong check digit.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        digits_with_check("保険者番号", text).map(Self)
    }

    /// The six digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // ASCII digits by construction, so never the empty default.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for InsurerNumber {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for InsurerNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for InsurerNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InsurerNumber({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::InsurerNumber;

    #[test]
    fn the_known_numbers_of_domain_6_1_are_read() {
        for number in [
            "082024", "141002", "141010", "271007", "231001", "151001", "131235", "012047",
            "131011", "011007", "401307", "122192", "122069",
        ] {
            let read = InsurerNumber::parse(number).expect(number);
            assert_eq!(read.as_str(), number);
        }
    }

    #[test]
    fn the_local_government_code_digit_is_not_taken_for_it() {
        for number in ["082023", "141003", "271004"] {
            assert!(InsurerNumber::parse(number).is_err(), "{number}");
        }
    }

    #[test]
    fn the_reason_says_what_was_expected_and_what_came() {
        let reason = |text| InsurerNumber::parse(text).expect_err(text).to_string();
        assert_eq!(
            reason("13101"),
            "保険者番号は半角数字6桁です。受け取った値「13101」は5文字です"
        );
        assert_eq!(
            reason("13１011"),
            "保険者番号は半角数字6桁です。受け取った値「13１011」の3文字目は半角数字ではありません"
        );
        assert_eq!(
            reason("131012"),
            "保険者番号の検査数字が合いません。受け取った値「131012」の最後の桁は「1」のはずです"
        );
    }
}
