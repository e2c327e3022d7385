//! 要件番号: the id that ties a scenario, a verdict and a rule together.

use std::fmt;
use std::str::FromStr;

/// 要件番号, such as `CONN-01`: a group in capital letters and two digits.
///
/// Holding one means that it is well formed, not that the catalogue knows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequirementId(String);

/// The text is not a 要件番号.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "「{found}」は要件番号ではありません。「CONN-01」のように、英大文字と「-」と数字2桁で書きます"
)]
pub struct RequirementIdError {
    /// The text as it was given.
    pub found: String,
}

impl RequirementId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The group of rules it belongs to: `CONN` of `CONN-01`.
    #[must_use]
    pub fn group(&self) -> &str {
        self.0.split_once('-').map_or("", |(group, _)| group)
    }
}

impl FromStr for RequirementId {
    type Err = RequirementIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let well_formed = text.split_once('-').is_some_and(|(group, number)| {
            !group.is_empty()
                && group.bytes().all(|byte| byte.is_ascii_uppercase())
                && number.len() == 2
                && number.bytes().all(|byte| byte.is_ascii_digit())
        });
        if well_formed {
            Ok(Self(text.to_owned()))
        } else {
            Err(RequirementIdError {
                found: text.to_owned(),
            })
        }
    }
}

impl fmt::Display for RequirementId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for RequirementId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl serde::Serialize for RequirementId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
