//! 要件の事実: what the catalogue says about a rule, as far as a verdict depends on it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::requirement::{Catalogue, Requirement};
pub use crate::requirement::{Level, Mode, Party, Standing, Verify};

/// 計画中: a way of trying a rule that does not exist yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedWay {
    /// The mode.
    pub mode: Mode,
    /// The way.
    pub verify: Verify,
    /// The later topic, or why it waits, in Japanese.
    pub reason: String,
}

/// What the catalogue says about one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequirementFacts {
    /// 要件番号, e.g. `SETUP-01`.
    pub id: String,
    /// How binding it is.
    pub level: Level,
    /// How sure its source is.
    pub standing: Standing,
    /// Who has to keep it.
    pub party: Party,
    /// Where it is tried.
    pub modes: Vec<Mode>,
    /// How it is tried.
    pub verify: Vec<Verify>,
    /// The rule, in Japanese.
    pub ja: String,
    /// Where it is written.
    pub source: String,
    /// Ways of trying it that do not exist yet.
    #[serde(default)]
    pub planned: Vec<PlannedWay>,
    /// Why nothing can try it, where `verify` says so.
    #[serde(default)]
    pub untestable: Option<String>,
    /// Why nothing can try it in one of its modes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub untestable_in: BTreeMap<Mode, String>,
    /// The open question of a rule whose sources disagree.
    #[serde(default)]
    pub question: Option<String>,
}

impl RequirementFacts {
    /// What a verdict needs of a catalogue's entry.
    #[must_use]
    pub fn of(requirement: &Requirement, catalogue: &Catalogue) -> Self {
        let topic = |id: &String| {
            let topic = catalogue.topic(id);
            topic.map_or_else(|| id.clone(), |topic| topic.plan.clone())
        };
        let planned = requirement
            .planned
            .iter()
            .map(|((mode, verify), later)| PlannedWay {
                mode: *mode,
                verify: *verify,
                reason: topic(&later.topic),
            });
        Self {
            id: requirement.id.to_string(),
            level: requirement.level,
            standing: requirement.standing,
            party: requirement.party,
            modes: requirement.modes.iter().copied().collect(),
            verify: requirement.verify.iter().copied().collect(),
            ja: requirement.ja.clone(),
            source: requirement.source.clone(),
            planned: planned.collect(),
            untestable: requirement.untestable.clone(),
            untestable_in: requirement.untestable_in.clone(),
            question: None,
        }
    }
}
