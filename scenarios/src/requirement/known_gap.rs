//! 既知の未対応: what a vendor says of its own build.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::entry::Mode;
use super::identifier::RequirementId;

/// 既知の未対応: a violation that the vendor knows of. It explains a 不合格, and never lifts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownGap {
    /// The rule.
    pub requirement: RequirementId,
    /// The mode in which it is not met.
    pub mode: Mode,
    /// Why, in the vendor's words; never empty.
    pub reason: String,
    /// Who has accepted it: a person's name; never empty.
    pub accepted_by: String,
    /// The last day on which it is accepted, by the calendar on which runs are made.
    pub until: Date,
}

impl KnownGap {
    /// The reason with who accepted it until when.
    #[must_use]
    pub fn explanation(&self) -> String {
        format!(
            "{}（{}が{}まで承認）",
            self.reason, self.accepted_by, self.until
        )
    }

    /// Whether it is no longer accepted on a day.
    #[must_use]
    pub fn is_over(&self, today: Date) -> bool {
        self.until < today
    }
}
