//! 報告: the verdict table for a terminal, and a folder that outlives the run.
//!
//! Everything is written from the [`VerdictTable`](crate::verdict::VerdictTable), the folded
//! records and the journals; what is not are the 実行日時 and the measured time of the set-ups, which
//! the caller hands in with the [`RunFacts`]. Two reports of the same journals differ in these alone,
//! and `report.json` and `junit.xml` hold nothing of the measured time.

mod document;
mod exchange;
mod file_table;
mod folder;
mod html;
mod journals;
mod json;
mod junit;
mod page_operation;
mod run_facts;
mod story;
pub mod table;
mod width;
mod wording;

pub(crate) use exchange::arrivals;
pub use folder::{ReportError, Written, write};
pub use journals::{JournalFile, Journals};
pub use json::FORMAT_VERSION;
pub use run_facts::{ProfileFacts, RunFacts, SetUpTimes};
pub use story::{Entry, Outcome, Story, stories};
