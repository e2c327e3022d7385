//! A feature file and its scenarios, after every check.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use super::tag::Case;
use crate::requirement::{Mode, RequirementId};

/// A feature file that both readings agree on.
#[derive(Debug, Clone)]
pub struct FeatureFile {
    /// The path, as `features/…`.
    pub path: String,
    /// Title of 機能.
    pub title: String,
    /// The text, byte for byte.
    pub text: String,
    /// The parser's reading with example rows filled in and `path` set: what the runner takes.
    pub gherkin: gherkin::Feature,
    /// Its scenarios, one for each example row, in the order of the file.
    pub scenarios: Vec<Scenario>,
}

/// One scenario that can be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Stable name.
    pub id: ScenarioId,
    /// Title, unique in the suite.
    pub title: String,
    /// The file, as `features/…`.
    pub feature_path: String,
    /// Line of the scenario, or of its example row: the runner's `position.line`.
    pub line: usize,
    /// The rule it tries.
    pub requirement: RequirementId,
    /// Whether it shows the rule kept or something refused.
    pub case: Case,
    /// Every tag, its own and its feature's, without `@`.
    pub tags: BTreeSet<String>,
    /// The modes it holds in.
    pub modes: BTreeSet<Mode>,
    /// Its steps, those of 背景 first.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// 前提, もし, ならば, かつ or しかし.
    pub keyword: &'static str,
    /// The sentence.
    pub text: String,
    /// Line in the file, from 1.
    pub line: usize,
}

/// シナリオ番号: `SETUP-01/02`, and `SETUP-01/02-3` for the third example row of an outline.
///
/// The number counts the scenarios of one rule in the order of its file, so it moves only when a
/// scenario is put before another: new ones go to the end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScenarioId {
    /// The rule.
    pub requirement: RequirementId,
    /// Which scenario of the rule, from 1.
    pub number: u16,
    /// Which example row, from 1; `None` for a plain scenario.
    pub row: Option<u16>,
}

/// The text is not a シナリオ番号.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "「{found}」はシナリオ番号ではありません。「SETUP-01/02」か「SETUP-01/02-3」のように書きます"
)]
pub struct ScenarioIdError {
    /// The text as it was given.
    pub found: String,
}

impl FeatureFile {
    /// The scenario the runner knows by this line.
    #[must_use]
    pub fn scenario_at(&self, line: usize) -> Option<&Scenario> {
        self.scenarios.iter().find(|scenario| scenario.line == line)
    }
}

impl fmt::Display for ScenarioId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{:02}", self.requirement, self.number)?;
        match self.row {
            Some(row) => write!(formatter, "-{row}"),
            None => Ok(()),
        }
    }
}

impl FromStr for ScenarioId {
    type Err = ScenarioIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ScenarioIdError {
            found: text.to_owned(),
        };
        let (requirement, rest) = text.split_once('/').ok_or_else(error)?;
        let requirement = requirement.parse().map_err(|_| error())?;
        let (number, row) = match rest.split_once('-') {
            Some((number, row)) => (number, Some(row.parse().map_err(|_| error())?)),
            None => (rest, None),
        };
        let number = number.parse().map_err(|_| error())?;
        let id = Self {
            requirement,
            number,
            row,
        };
        if id.to_string() == text {
            Ok(id)
        } else {
            Err(error())
        }
    }
}
