//! 宣言: what a vendor promises about its build, as far as a verdict depends on it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::facts::Mode;
pub use crate::control::BusinessClock;

/// What a vendor declared. A missing declaration is not an empty one: see [`super::judge`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// 対応する連携方式.
    pub modes: BTreeSet<Mode>,
    /// 対応する任意機能, e.g. `plan_request`.
    pub functions: BTreeSet<String>,
    /// 業務日時の扱い.
    pub clock: BusinessClock,
    /// 既知の未対応.
    pub known_gaps: Vec<KnownGap>,
}

/// 既知の未対応: a violation that the vendor knows of. It explains a 不合格, and never lifts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownGap {
    /// The rule.
    pub requirement: String,
    /// The mode.
    pub mode: Mode,
    /// The vendor's reason.
    pub reason: String,
}
