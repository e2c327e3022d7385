//! シナリオの本文: the Gherkin files, read twice and believed only when both readings agree.
//!
//! [`load_bundled`] gives the suite that the program carries. A file first has to pass a strict
//! line-based check in Japanese (the parser drops mistakes silently); then the parser's reading is
//! compared with ours, step for step. This module does not know what a step does.

mod bundled;
mod fault;
mod line;
mod load;
mod model;
mod plan;
mod reading;
mod rule;
mod scan;
mod tag;
mod written;

pub use bundled::BUNDLED;
pub use fault::{Fault, LintError};
pub use load::{load_bundled, load_dir, load_own, load_texts};
pub use model::{FeatureFile, Scenario, ScenarioId, ScenarioIdError, Step};
pub use plan::{Plan, PlanError, plan};
pub use tag::{Case, Tag};
