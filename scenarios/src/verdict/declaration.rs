//! 宣言: what a vendor promises about its build, as far as a verdict depends on it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::facts::Mode;
pub use crate::control::BusinessClock;
pub use crate::requirement::KnownGap;

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
    /// Who starts the build, as vendor.toml says it: only who starts it can stop it.
    #[serde(default)]
    pub started_by: StartedBy,
    /// 既知の未対応.
    pub known_gaps: Vec<KnownGap>,
    /// 自己申告, oldest first: what a named person of the municipality says of rules that only it can know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attested: Vec<AttestedRule>,
}

/// 自己申告: a named person says that a rule is kept. Evidence to look at, and no verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttestedRule {
    /// The rule.
    pub requirement: String,
    /// What is attested, in Japanese.
    pub what: String,
    /// Post and name.
    pub person: String,
    /// The day it was done, `YYYY-MM-DD`.
    pub on: String,
    /// What it rests on.
    pub reason: String,
    /// What falls short of the rule, in Japanese.
    pub shortfall: Option<String>,
}

/// Who starts the build.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartedBy {
    /// The judge, with the command of vendor.toml.
    #[default]
    Judge,
    /// The vendor: it runs already, at an address.
    Vendor,
}
