//! Where the run stands, and what may come of what people do.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;
use tekigo_simulator::kernel::JournalError;
use tokio::sync::oneshot;

use super::entry::Key;
use super::instruction::Gift;
use crate::control::{Answer, Operation};

/// Where the run stands, as far as people see it.
#[derive(Debug)]
pub(super) enum Standing {
    /// The preparation is not done.
    Preparing,
    /// The run does its own part.
    Busy,
    /// Somebody is asked.
    Asking(Box<Open>),
    /// It is over.
    Over(Ending),
}

/// How the run came to its end.
#[derive(Debug, Clone)]
pub(super) enum Ending {
    /// With a report: the code with which the program ends, and the table as `certify` prints it.
    Judged { exit: u8, table: String },
    /// Without: what went wrong.
    Broken { why: String, exit: u8 },
}

/// An instruction that waits for its answer.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) key: Key,
    pub(super) title: String,
    pub(super) journal: PathBuf,
    /// Names by 被保険者番号, as the scenario's books have them.
    pub(super) names: BTreeMap<String, String>,
    pub(super) operation: Operation,
    pub(super) input: Value,
    pub(super) gifts: Vec<Gift>,
    pub(super) digest: String,
    pub(super) reply: oneshot::Sender<Answer>,
}

/// How far the run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Progress {
    /// Scenarios that will run; 0 until that is known.
    pub(super) planned: usize,
    /// Scenarios that have ended.
    pub(super) ended: usize,
}

/// Why an answer is not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotTaken {
    /// Another instruction is open by now.
    #[error("この指示には、もう回答があるか、指示が変わりました。何も変わっていません")]
    Stale,
    /// The answer does not fit.
    #[error("{0}")]
    Wrong(String),
    /// The record cannot be written.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A file cannot be kept or handed over.
    #[error("ファイルを置けません: {0}")]
    File(#[from] std::io::Error),
}
