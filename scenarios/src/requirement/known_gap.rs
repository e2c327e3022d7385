//! 既知の未対応: what a vendor says of its own build.

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
}
