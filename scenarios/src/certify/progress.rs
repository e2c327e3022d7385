//! What a run tells while it runs.

/// A step of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The vendor is being started and asked what it is.
    AskingVendor,
    /// So many scenarios will run.
    Begins {
        /// How many.
        scenarios: usize,
    },
    /// A scenario has ended.
    Ended {
        /// Its number.
        id: String,
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
