//! The insured number (被保険者番号) and the key of an insured person.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::insurer_number::InsurerNumber;
use super::number_error::{NumberError, digits};

/// 被保険者番号: ten digits, left zero padded. There is no national check digit: schemes differ by insurer
/// \[domain 6.2, analog\]. The `H…` numbers of people on public assistance alone and provisional numbers of
/// a vendor's own are no insured numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InsuredNumber([u8; 10]);

impl InsuredNumber {
    /// Reads the ten digits.
    ///
    /// # Errors
    /// Another length, or another character than a half-width digit.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        digits("被保険者番号", text).map(Self)
    }

    /// The ten digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // ASCII digits by construction, so never the empty default.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for InsuredNumber {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for InsuredNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for InsuredNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InsuredNumber({self})")
    }
}

/// An insured person (被保険者): the same insured number can recur at another insurer \[domain 6.2\].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InsuredKey {
    /// 保険者番号.
    pub insurer: InsurerNumber,
    /// 被保険者番号.
    pub number: InsuredNumber,
}

impl InsuredKey {
    /// The person with that number at that insurer.
    #[must_use]
    pub fn new(insurer: InsurerNumber, number: InsuredNumber) -> Self {
        Self { insurer, number }
    }

    /// Both numbers as one, in the order of their digits: every look-up in the books of a town
    /// compares keys, and one comparison of numbers is many times cheaper than two of texts.
    fn digits(&self) -> u128 {
        let mut digits = [0; 16];
        let (insurer, number) = digits.split_at_mut(self.insurer.0.len());
        insurer.copy_from_slice(&self.insurer.0);
        number.copy_from_slice(&self.number.0);
        u128::from_be_bytes(digits)
    }
}

impl Ord for InsuredKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.digits().cmp(&other.digits())
    }
}

impl PartialOrd for InsuredKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for InsuredKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.insurer, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::{InsuredKey, InsuredNumber};

    #[test]
    fn people_are_in_the_order_of_insurer_and_number() {
        let key = |insurer: &str, number: &str| InsuredKey {
            insurer: insurer.parse().expect(insurer),
            number: number.parse().expect(number),
        };
        let ordered = [
            key("139998", "0000000009"),
            key("139998", "0000000010"),
            key("139998", "9999999999"),
            key("141002", "0000000000"),
        ];
        assert!(ordered.is_sorted());
        assert_eq!(ordered[0].cmp(&ordered[0]), std::cmp::Ordering::Equal);
    }

    #[test]
    fn any_ten_digits_are_an_insured_number() {
        for number in ["0000000000", "0000012345", "1234567890", "9999999999"] {
            assert_eq!(InsuredNumber::parse(number).expect(number).as_str(), number);
        }
    }

    #[test]
    fn provisional_and_public_assistance_numbers_are_refused() {
        let reason = |text| InsuredNumber::parse(text).expect_err(text).to_string();
        assert_eq!(
            reason("tmp-0001"),
            "被保険者番号は半角数字10桁です。受け取った値「tmp-0001」は8文字です"
        );
        assert_eq!(
            reason("H000000001"),
            "被保険者番号は半角数字10桁です。受け取った値「H000000001」の1文字目は半角数字ではありません"
        );
    }
}
