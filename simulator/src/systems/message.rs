//! What the simulated systems say to each other.

use jiff::civil::Date;

use crate::domain::{InsuredKey, InsurerNumber};
use crate::profile::{KindId, Record};

use super::intermediate::{Identifier, PersonToken};

/// A simulated system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SystemId {
    /// PMH (Public Medical Hub).
    Pmh,
    /// 医療保険者等向け中間サーバー.
    Intermediate,
    /// オンライン資格確認等システム.
    Qualification,
    /// 介護情報基盤.
    Platform,
    /// The mail that carries notices.
    Mail,
    /// 介護情報基盤ポータル.
    Portal,
}

impl SystemId {
    /// The name used in rules and in the journal.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pmh => "pmh",
            Self::Intermediate => "intermediate",
            Self::Qualification => "qualification",
            Self::Platform => "platform",
            Self::Mail => "mail",
            Self::Portal => "portal",
        }
    }
}

/// A message a system wants delivered.
#[derive(Debug, Clone, PartialEq)]
pub struct Outgoing {
    /// The receiver.
    pub to: SystemId,
    /// What is said.
    pub message: Message,
}

/// A record on its way to the platform.
#[derive(Debug, Clone, PartialEq)]
pub struct StoreItem {
    /// Position in the vendor's request.
    pub position: usize,
    /// Whose it is.
    pub person: InsuredKey,
    /// The person's identifier.
    pub identifier: Identifier,
    /// The record.
    pub record: Record,
}

/// What one system says to another.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// PMH to itself: work on a registration task.
    ProcessTask {
        /// The task.
        task: u64,
    },
    /// PMH (common) to the intermediate server: these people are registered.
    IssueIdentifiers {
        /// The task.
        task: u64,
        /// Position, person and masked 個人番号.
        people: Vec<(usize, InsuredKey, PersonToken)>,
    },
    /// The intermediate server to PMH: their identifiers.
    IdentifiersIssued {
        /// The task.
        task: u64,
        /// Position, person and identifier.
        people: Vec<(usize, InsuredKey, Identifier)>,
    },
    /// The intermediate server to online qualification: identifiers to answer inquiries with.
    LearnIdentifiers {
        /// Masked 個人番号 and identifier.
        people: Vec<(PersonToken, Identifier)>,
    },
    /// PMH to the platform: store these.
    Store {
        /// The task.
        task: u64,
        /// Their kind.
        kind: KindId,
        /// The records.
        items: Vec<StoreItem>,
    },
    /// The platform to PMH: what became of them.
    StoreDone {
        /// The task.
        task: u64,
        /// Positions that changed something.
        changed: Vec<usize>,
        /// Positions whose content was there already.
        unchanged: Vec<usize>,
    },
    /// PMH to the platform: an insurer's initial set-up is complete.
    SetupCompleted {
        /// Whose.
        insurer: InsurerNumber,
        /// The completion day (初期セットアップ完了日).
        on: Date,
    },
    /// The platform to PMH: something for an insurer to fetch.
    Inbound {
        /// For whom.
        insurer: InsurerNumber,
        /// Its kind.
        kind: KindId,
        /// The record as JSON.
        record: String,
    },
    /// PMH or the portal to the mail: a notice.
    Notify {
        /// Address.
        to: String,
        /// Subject.
        subject: String,
        /// Text.
        text: String,
    },
    /// The portal to the mail: a notice that holds a secret.
    NotifySecretly {
        /// Address.
        to: String,
        /// Subject.
        subject: String,
        /// Text, with a token in the secret's place.
        text: String,
        /// Text as the receiver reads it.
        plain: String,
    },
    /// The portal to PMH: an insurer has accepted its dates.
    ScheduleConfirmed {
        /// Whose.
        insurer: InsurerNumber,
        /// The confirmed day of initial set-up.
        setup_date: Date,
    },
    /// The portal to the platform: completion of this insurer's set-up is to be reported.
    AwaitCompletion {
        /// Whose.
        insurer: InsurerNumber,
        /// The service start that it asked for; `None` for the usual one.
        start: Option<Date>,
    },
    /// The platform to the portal: an insurer's initial set-up is complete.
    CompletionReported {
        /// Whose.
        insurer: InsurerNumber,
        /// The completion day.
        on: Date,
    },
}

impl Message {
    /// What it is about and how many people or records it concerns, for the journal.
    #[must_use]
    pub fn about(&self) -> (&'static str, usize) {
        match self {
            Self::ProcessTask { .. } => ("process_task", 1),
            Self::IssueIdentifiers { people, .. } => ("issue_identifiers", people.len()),
            Self::IdentifiersIssued { people, .. } => ("identifiers_issued", people.len()),
            Self::LearnIdentifiers { people } => ("learn_identifiers", people.len()),
            Self::Store { items, .. } => ("store", items.len()),
            Self::StoreDone {
                changed, unchanged, ..
            } => ("store_done", changed.len() + unchanged.len()),
            Self::SetupCompleted { .. } => ("setup_completed", 1),
            Self::Inbound { .. } => ("inbound", 1),
            Self::Notify { .. } => ("notify", 1),
            Self::NotifySecretly { .. } => ("notify_secretly", 1),
            Self::ScheduleConfirmed { .. } => ("schedule_confirmed", 1),
            Self::AwaitCompletion { .. } => ("await_completion", 1),
            Self::CompletionReported { .. } => ("completion_reported", 1),
        }
    }
}
