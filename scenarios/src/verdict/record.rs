//! 実行記録: what one journal says, folded.

use std::fmt;

use serde_json::Value;

use super::facts::Mode;
use super::finding::{Heard, Observation, PortalContact, VendorContact};
use super::note::{EndOutcome, Failure, ScenarioNote, StepOutcome, StepText};

/// One scenario in one mode, as its journal tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct ScenarioRecord {
    /// Which scenario it is.
    pub scenario: ScenarioNote,
    /// What the world said when it opened.
    pub opened: Option<Opened>,
    /// Every step of the scenario, with what became of it.
    pub steps: Vec<StepResult>,
    /// Everything that was seen, in the order of the journal.
    pub observations: Vec<Observation>,
    /// Messages of the vendor that arrived over the link.
    pub vendor_messages: u64,
    /// Answers of the portal.
    pub portal_answers: u64,
    /// Operations that the vendor was asked for.
    pub vendor_operations: u64,
    /// The operations that the vendor answered `unsupported`.
    pub unsupported: Vec<String>,
    /// The data of the vendor's answer to `declare`.
    pub declared: Option<Value>,
    /// How the runner ended it; `None` if the journal stops before.
    pub end: Option<EndOutcome>,
    /// Why the journal cannot be trusted.
    pub flaws: Vec<Flaw>,
    /// Number of events.
    pub events: u64,
    /// Virtual time of the first and the last event.
    pub span: (String, String),
}

/// What the world said when it opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The seed.
    pub seed: u64,
    /// The interface profile.
    pub profile: String,
    /// Its digest.
    pub profile_digest: String,
}

/// A step, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepResult {
    /// As it is written.
    pub text: StepText,
    /// How it ended; `None` if the journal does not say.
    pub outcome: Option<StepOutcome>,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// The event that says so.
    pub event: Option<u64>,
    /// Virtual time of that event.
    pub at: Option<String>,
}

/// Why a journal cannot be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// The first event is not `opened`.
    NotOpened,
    /// Numbers are missing, repeated or out of order.
    Number {
        /// What should have come.
        expected: u64,
        /// What came.
        found: u64,
    },
    /// A note that is none of the runner's.
    UnreadableNote {
        /// The event.
        event: u64,
        /// What the reader said.
        why: String,
    },
    /// More than one scenario in a journal.
    SecondScenario {
        /// The event.
        event: u64,
    },
    /// A step that the scenario does not have.
    UnknownStep {
        /// Its index.
        index: usize,
    },
    /// A step that ended twice.
    StepTwice {
        /// Its index.
        index: usize,
    },
    /// A failed step without a reason, or a reason without a failed step.
    FailureMismatch {
        /// Its index.
        index: usize,
    },
    /// A monitor that looked at an event which the journal does not have.
    UnknownEvent {
        /// The event.
        event: u64,
    },
    /// Something was judged after the end.
    AfterEnd {
        /// The event.
        event: u64,
    },
}

impl ScenarioRecord {
    /// The scenario and the mode, which name the record in a run.
    #[must_use]
    pub fn key(&self) -> (&str, Mode) {
        (&self.scenario.id, self.scenario.mode)
    }

    /// Proof that the vendor was heard.
    #[must_use]
    pub fn contact(&self) -> Option<VendorContact> {
        VendorContact::of_messages(self.vendor_messages)
    }

    /// Who was heard: the vendor, or the portal where it alone was asked and the rule is its own.
    #[must_use]
    pub fn heard(&self, is_rule_of_portal: bool) -> Option<Heard> {
        let is_portal_alone = is_rule_of_portal && self.vendor_operations == 0;
        let portal = PortalContact::of_answers(self.portal_answers).filter(|_| is_portal_alone);
        let vendor = self.contact().map(Heard::Vendor);
        vendor.or(portal.map(Heard::Portal))
    }

    /// The step that failed, and where.
    #[must_use]
    pub fn failed_step(&self) -> Option<(usize, &StepResult)> {
        self.steps
            .iter()
            .enumerate()
            .find(|(_, step)| step.outcome == Some(StepOutcome::Failed))
    }

    /// Observations of the scenario itself.
    pub fn claims(&self) -> impl Iterator<Item = &Observation> {
        self.observations
            .iter()
            .filter(|seen| !seen.by.is_onlooker())
    }

    /// Observations that a monitor or a law made.
    pub fn watched(&self) -> impl Iterator<Item = &Observation> {
        self.observations
            .iter()
            .filter(|seen| seen.by.is_onlooker())
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOpened => f.write_str("最初の出来事が世界の始まり（opened）ではありません"),
            Self::Number { expected, found } => write!(
                f,
                "出来事の番号が続いていません（次は{expected}のはずが{found}）"
            ),
            Self::UnreadableNote { event, why } => {
                write!(f, "出来事{event}の注記を読めません（{why}）")
            }
            Self::SecondScenario { event } => {
                write!(f, "一つの記録に二つ目のシナリオがあります（出来事{event}）")
            }
            Self::UnknownStep { index } => {
                write!(
                    f,
                    "シナリオにないステップ（{}番目）の結果があります",
                    index + 1
                )
            }
            Self::StepTwice { index } => {
                write!(f, "{}番目のステップの結果が二つあります", index + 1)
            }
            Self::FailureMismatch { index } => write!(
                f,
                "{}番目のステップは、失敗と失敗の理由が揃っていません",
                index + 1
            ),
            Self::UnknownEvent { event } => {
                write!(f, "監視が見たという出来事{event}が記録にありません")
            }
            Self::AfterEnd { event } => {
                write!(f, "終わりの後に判定の注記があります（出来事{event}）")
            }
        }
    }
}
