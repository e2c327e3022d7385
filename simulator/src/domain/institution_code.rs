//! The code of a medical institution (医療機関コード).

use std::fmt;
use std::str::FromStr;

use super::number_error::{NumberError, digits};

/// 医療機関コード as the interface writes it: ten digits \[domain 1.2, assumed\]. A facility that writes
/// doctor's opinions itself (老健・介護医療院) stands in its place with its 事業所番号, ten digits too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstitutionCode([u8; 10]);

impl InstitutionCode {
    /// The first in order.
    pub const LEAST: Self = Self([b'0'; 10]);

    /// Reads the ten digits.
    ///
    /// # Errors
    /// Another length, or another character than a half-width digit.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        digits("医療機関コード", text).map(Self)
    }

    /// The ten digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // ASCII digits by construction, so never the empty default.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for InstitutionCode {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for InstitutionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for InstitutionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InstitutionCode({self})")
    }
}
