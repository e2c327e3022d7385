//! What a run tells while it runs.

use std::collections::BTreeMap;

use crate::requirement::Mode;

/// A step of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The vendor is being started and asked what it is.
    AskingVendor,
    /// So many scenarios will run in each mode.
    Begins(BTreeMap<Mode, usize>),
    /// A scenario has ended.
    Ended {
        /// Its number.
        id: String,
        /// The mode it ran in.
        mode: Mode,
        /// Its title.
        title: String,
        /// Whether every step passed.
        passed: bool,
    },
    /// The journals are being judged.
    Judging,
}

/// Takes what a run tells. Called from the thread on which the scenarios run.
pub type Progress = std::sync::Arc<dyn Fn(Step) + Send + Sync>;
