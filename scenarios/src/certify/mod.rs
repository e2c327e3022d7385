//! 検証の実行: from settings to a verdict table and a report.
//!
//! Everything that can be known to be wrong is said before the first scenario runs. Then every
//! scenario gets a world, a journal and an emptied vendor of its own; verdicts are folded from
//! the journals afterwards.

mod going_on;
mod merging;
mod plan;
mod preflight;
mod progress;
mod quiet;
mod run;
mod scenario_runner;
mod settings;
mod shard;
mod story_runner;
mod writer;

pub use merging::merge;
pub use plan::{features_and_catalogue, planned};
pub use progress::{Progress, Step};
pub use run::{Certified, Tried, certify, try_out};
pub use settings::{CertifyError, CertifySettings};
pub use shard::{NotAShard, Shard};
