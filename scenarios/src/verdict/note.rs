//! 注記: what the runner writes into a journal. The member `note` says which it is.
//!
//! A body that is none of these is a flaw of the journal, not something to skip: a misspelt
//! `claim` that held a violation must not turn into a pass.

use serde::{Deserialize, Serialize};

use super::declaration::Declaration;
use super::facts::{Mode, RequirementFacts};
use super::plan::Plan;

/// One note of the runner: the body of an event of kind `note`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Note {
    /// Run journal: the catalogue as it stood.
    Catalogue {
        /// Every rule.
        requirements: Vec<RequirementFacts>,
    },
    /// Run journal: what will be tried.
    Plan(Plan),
    /// Run journal: what the vendor promised.
    Declaration(Declaration),
    /// Run journal of a part of a run: which, and of what.
    Shard(ShardNote),
    /// Which scenario this journal belongs to; written first.
    Scenario(ScenarioNote),
    /// How a step ended.
    Step(StepNote),
    /// An observation of a ならば step.
    Claim(ClaimNote),
    /// An observation of a law, made in a ならば step.
    Law(LawNote),
    /// An observation of a monitor.
    Monitor(MonitorNote),
    /// Whom a word of the sentences means; no verdict looks at it.
    Person {
        /// The word, without its 「」.
        word: String,
        /// 保険者番号.
        insurer: String,
        /// 被保険者番号.
        insured: String,
    },
    /// The scenario is over; written last.
    End(EndNote),
    /// Free text for a reader; no verdict looks at it.
    Remark {
        /// The text, in Japanese.
        text: String,
    },
}

/// A part of a run that is made in several (分割).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShardNote {
    /// Which part, from 1.
    pub nth: usize,
    /// Of how many.
    pub of: usize,
    /// What the whole run tries.
    pub plan: Plan,
    /// The seed.
    pub seed: u64,
    /// Whether inferred rules can end in 不合格.
    pub strict: bool,
    /// Which scenarios were chosen, by tags.
    pub tags: Option<String>,
}

/// Which scenario a journal belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioNote {
    /// シナリオ番号, e.g. `SETUP-01/02`.
    pub id: String,
    /// Title.
    pub title: String,
    /// The feature file, as `features/…`.
    pub feature: String,
    /// Line of the scenario in the file.
    pub line: u64,
    /// The rule that it tries.
    pub requirement: String,
    /// The mode that it ran in.
    pub mode: Mode,
    /// The seed of its world.
    pub seed: u64,
    /// Its tags, without `@`.
    pub tags: Vec<String>,
    /// Its steps, those of 背景 first.
    pub steps: Vec<StepText>,
}

/// One step as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepText {
    /// 前提, もし, ならば, かつ or しかし.
    pub keyword: String,
    /// The sentence.
    pub text: String,
    /// Line in the file.
    pub line: u64,
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepNote {
    /// Which step, from 0.
    pub index: usize,
    /// How it ended.
    pub outcome: StepOutcome,
    /// Why it failed.
    pub failure: Option<Failure>,
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepOutcome {
    /// It did what it says.
    Passed,
    /// It did not; the failure says why.
    Failed,
    /// It was not reached.
    NotRun,
}

/// Why a step failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// Whose business it is.
    pub family: FailureFamily,
    /// What was expected, in Japanese.
    pub expected: String,
    /// What came, in Japanese.
    pub actual: String,
    /// One sentence for a reader, in Japanese.
    pub message: String,
    /// The rules whose violation the step blames, where it knows them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because_of: Vec<String>,
}

/// Whose business a failed step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureFamily {
    /// The rule is violated.
    Violated,
    /// What the scenario starts from could not be reached.
    Precondition,
    /// The vendor answered `unsupported`.
    Unsupported,
    /// The settings are wrong.
    Misconfigured,
    /// The judge or the simulated world broke.
    Harness,
    /// The vendor did not answer.
    VendorSilent,
}

/// An observation of a ならば step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimNote {
    /// The rule.
    pub requirement: String,
    /// What was expected, in Japanese.
    pub expected: String,
    /// What was seen, in Japanese.
    pub actual: String,
    /// Whether the rule held.
    pub holds: bool,
    /// The rules that are to blame for a claim that does not hold, where one of them is violated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because_of: Vec<String>,
}

/// An observation of a law that is made while its scenario runs. The laws that look at journals afterwards write
/// nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LawNote {
    /// The law.
    pub law: String,
    /// The rule.
    pub requirement: String,
    /// Whether the rule held.
    pub holds: bool,
    /// What was expected, in Japanese.
    pub expected: String,
    /// What was seen, in Japanese.
    pub actual: String,
}

/// An observation of a monitor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonitorNote {
    /// The monitor.
    pub monitor: String,
    /// The rule.
    pub requirement: String,
    /// The event of this journal that it looked at.
    pub event: u64,
    /// Whether the rule held.
    pub holds: bool,
    /// What was expected, in Japanese.
    pub expected: String,
    /// What was seen, in Japanese.
    pub actual: String,
}

/// The scenario is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndNote {
    /// How it ended.
    pub outcome: EndOutcome,
}

/// How a scenario ended, in the runner's eyes. The verdict does not rest on it, but must agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndOutcome {
    /// Every step passed.
    Passed,
    /// A step failed.
    Failed,
    /// It was stopped from outside.
    Stopped,
}
