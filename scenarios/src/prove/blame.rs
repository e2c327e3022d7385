//! だれのせいにしたか: the rules that a run saw violated, and by what.

use serde::Serialize;

use crate::requirement::Mode;
use crate::verdict::{Finding, Observation, ObservedBy, Scope, VerdictTable};

/// What saw a rule violated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", content = "name", rename_all = "snake_case")]
pub enum Seen {
    /// A claim or a failed step of the scenario itself.
    Scenario,
    /// A monitor, by name.
    Monitor(String),
    /// A law, by name.
    Law(String),
}

/// A rule that was seen violated, in one journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Blame {
    /// The rule.
    pub requirement: String,
    /// The mode.
    pub mode: Mode,
    /// The scenario in whose journal it was seen.
    pub scenario: String,
    /// What saw it.
    pub by: Seen,
    /// The virtual time at which it was seen.
    pub at: String,
    /// 期待.
    pub expected: String,
    /// 実際.
    pub actual: String,
}

impl Seen {
    fn of(by: &ObservedBy) -> Self {
        match by {
            ObservedBy::Claim | ObservedBy::Step(_) => Self::Scenario,
            ObservedBy::Monitor(name) => Self::Monitor(name.clone()),
            ObservedBy::Law(name) => Self::Law(name.clone()),
        }
    }

    /// For a reader.
    #[must_use]
    pub fn ja(&self) -> String {
        match self {
            Self::Scenario => "シナリオ".to_owned(),
            Self::Monitor(name) => format!("監視 {name}"),
            Self::Law(name) => format!("法則 {name}"),
        }
    }
}

/// Everything that a run saw violated, rule by rule; 波及 blames nobody.
#[must_use]
pub(crate) fn blames(table: &VerdictTable) -> Vec<Blame> {
    let mut blames = Vec::new();
    for row in &table.rows {
        for (mode, cell) in &row.cells {
            if cell.scope() != Scope::Tried {
                continue;
            }
            for finding in cell.findings() {
                let Finding::Violated(violation) = finding else {
                    continue;
                };
                let evidence = violation.evidence();
                let mut kinds: Vec<Seen> = Vec::new();
                for seen in evidence.iter() {
                    let by = Seen::of(&seen.by);
                    if !kinds.contains(&by) {
                        blames.push(blame(&row.facts.id, *mode, evidence.scenario(), seen));
                        kinds.push(by);
                    }
                }
            }
        }
    }
    blames
}

fn blame(requirement: &str, mode: Mode, scenario: &str, seen: &Observation) -> Blame {
    Blame {
        requirement: requirement.to_owned(),
        mode,
        scenario: scenario.to_owned(),
        by: Seen::of(&seen.by),
        at: seen.at.clone(),
        expected: seen.expected.clone(),
        actual: seen.actual.clone(),
    }
}
