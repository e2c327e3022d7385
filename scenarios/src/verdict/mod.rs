//! 判定: what the journals of a run show about each rule.
//!
//! [`fold`] reads one journal, [`judge`] sets all of them against the [`Plan`], the catalogue and
//! the vendor's [`Declaration`], and [`exit_code`] is a function of the resulting
//! [`VerdictTable`] alone. Nothing here runs, waits, asks or reads a file. The rules are written
//! down in `README.md` of this folder.

mod declaration;
mod event;
mod exit;
mod facts;
mod finding;
mod fold;
mod gaps;
mod inherit;
mod judge;
mod note;
mod plan;
mod problem;
mod reason;
mod record;
mod table;
mod topic;
mod totals;
mod watch;
mod weigh;
mod word;

pub use declaration::{AttestedRule, BusinessClock, Declaration, KnownGap, StartedBy};
pub use event::{EventLine, LineError, read_journal, read_line};
pub use exit::{EXIT_CODES, ExitCode, exit_code};
pub use facts::{Level, Mode, Party, PlannedWay, RequirementFacts, Standing, Verify};
pub use finding::{
    Cap, Evidence, Finding, Heard, Mismatch, Observation, ObservedBy, PortalContact, VendorContact,
};
pub use fold::{FoldError, fold};
pub use judge::{Options, judge};
pub use note::{
    ClaimNote, EndNote, EndOutcome, Failure, FailureFamily, LawNote, MonitorNote, Note,
    ScenarioNote, ShardNote, StepNote, StepOutcome, StepText,
};
pub use plan::{Plan, PlannedLaw, PlannedScenario, PlannedWatch, Selection};
pub use problem::Problem;
pub use reason::Reason;
pub use record::{Flaw, Opened, ScenarioRecord, StepResult};
pub use table::{Block, Cell, Observed, Row, ScenarioOutcome, ScenarioRow, Scope, VerdictTable};
pub use topic::topic_title;
pub use totals::Totals;
pub use weigh::is_ruled_out;
pub use word::{Family, Verdict};
