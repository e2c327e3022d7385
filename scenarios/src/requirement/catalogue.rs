//! 要件一覧, read from `fixtures/requirements/requirements.toml`.
//!
//! It answers what the rules are; how they are tried, and whether they are, is the accounting's.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use super::entry::{Level, Mode, Party, Standing, Verify};
use super::file;
use super::identifier::RequirementId;

const BUNDLED_PATH: &str = "fixtures/requirements/requirements.toml";
const BUNDLED: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../fixtures/requirements/requirements.toml"
));

/// 要件一覧: every rule that is certified, by id.
#[derive(Debug, Clone)]
pub struct Catalogue {
    requirements: BTreeMap<RequirementId, Requirement>,
    topics: BTreeMap<String, Topic>,
}

/// One rule.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// 要件番号. Once published it never changes meaning and is never used again.
    pub id: RequirementId,
    /// How binding it is.
    pub level: Level,
    /// How far a verdict on it may go.
    pub standing: Standing,
    /// Who has to keep it.
    pub party: Party,
    /// Where it is tried.
    pub modes: BTreeSet<Mode>,
    /// How it is tried.
    pub verify: BTreeSet<Verify>,
    /// The rule, for testers.
    pub ja: String,
    /// The rule, for developers.
    pub en: String,
    /// Document and heading, or the rule it follows from.
    pub source: String,
    /// What the monitor watches, where one is a way to try the rule.
    pub monitor: Option<String>,
    /// Why nobody can see it from outside, where [`Verify::Untestable`] says so.
    pub untestable: Option<String>,
    /// Why nobody can see it from outside in one of its modes.
    pub untestable_in: BTreeMap<Mode, String>,
    /// The ways of trying it that belong to a later topic: mode and kind to topic id.
    pub planned: BTreeMap<(Mode, Verify), Later>,
    /// Line of the entry in the file, from 1.
    pub line: usize,
}

/// What a later topic adds to a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Later {
    /// The topic's id.
    pub topic: String,
    /// Whether the rule is tried this way already, and the topic tries it further.
    pub besides: bool,
}

/// 今後の題目: a part of the suite that is not written yet, named so that it stays visible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The id that entries refer to.
    pub id: String,
    /// Its title, for testers.
    pub ja: String,
    /// What will be written.
    pub plan: String,
}

/// The catalogue cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}:{line}: {fault}")]
pub struct CatalogueError {
    /// The file.
    pub path: String,
    /// Line in it, from 1.
    pub line: usize,
    /// What is wrong and what to write, in Japanese.
    pub fault: String,
}

impl Catalogue {
    /// SHA-256 of the bundled catalogue's file, hexadecimal.
    #[must_use]
    pub fn bundled_digest() -> String {
        let digest = Sha256::digest(BUNDLED.as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The catalogue that the program carries.
    ///
    /// # Errors
    /// Every fault of the file, with its line. The tests keep the bundled one free of them.
    pub fn bundled() -> Result<Self, Vec<CatalogueError>> {
        Self::parse(BUNDLED_PATH, BUNDLED)
    }

    /// Reads a catalogue from text; `path` is only named in errors.
    ///
    /// # Errors
    /// All faults found, in the order of the file.
    pub fn parse(path: &str, text: &str) -> Result<Self, Vec<CatalogueError>> {
        let read = file::read(path, text)?;
        Ok(Self {
            requirements: read.requirements,
            topics: read.topics,
        })
    }

    /// The rule with this id.
    #[must_use]
    pub fn get(&self, id: &RequirementId) -> Option<&Requirement> {
        self.requirements.get(id)
    }

    /// Every rule, in the order of ids.
    pub fn iter(&self) -> impl Iterator<Item = &Requirement> {
        self.requirements.values()
    }

    /// The number of rules.
    #[must_use]
    pub fn len(&self) -> usize {
        self.requirements.len()
    }

    /// Whether there is no rule at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.requirements.is_empty()
    }

    /// The later topic with this id.
    #[must_use]
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.get(id)
    }
}
