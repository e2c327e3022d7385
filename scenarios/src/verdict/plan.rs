//! 計画: what a run will try, fixed before it starts.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::facts::Mode;

/// What a run will try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// How much of the suite was chosen.
    pub selection: Selection,
    /// The modes that were asked for, in order.
    pub modes: Vec<Mode>,
    /// Every scenario in every mode it holds in, also those that the declaration rules out.
    pub scenarios: Vec<PlannedScenario>,
    /// Every monitor in every mode it watches.
    pub watches: Vec<PlannedWatch>,
    /// Every law that looks at the run when it is over.
    pub laws: Vec<PlannedLaw>,
}

/// How much of the suite was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Selection {
    /// Everything: every rule of the catalogue gets a row.
    Whole,
    /// 部分実行: only the rules of the chosen scenarios get a row, and every report says so.
    Part {
        /// What was asked for, e.g. `@SETUP-01`.
        asked: String,
    },
}

/// One scenario in one mode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedScenario {
    /// シナリオ番号.
    pub id: String,
    /// Title.
    pub title: String,
    /// The rule that it tries.
    pub requirement: String,
    /// The mode.
    pub mode: Mode,
    /// The optional functions (任意機能) that it needs.
    #[serde(default)]
    pub needs_functions: BTreeSet<String>,
    /// Whether the build has to follow the business date of the run.
    #[serde(default)]
    pub needs_clock: bool,
    /// Whether the build is stopped from outside in the midst of its work.
    #[serde(default)]
    pub needs_stop: bool,
}

/// One monitor in one mode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedWatch {
    /// The monitor.
    pub monitor: String,
    /// The rule that it watches.
    pub requirement: String,
    /// The mode.
    pub mode: Mode,
}

/// One law. It needs all of its modes at once: there is nothing to compare in one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedLaw {
    /// The law.
    pub law: String,
    /// The rule that it proves.
    pub requirement: String,
    /// The modes.
    pub modes: Vec<Mode>,
}
