//! The judge.

pub mod auditor;
pub mod cast;
pub mod certify;
pub mod cli;
pub mod control;
pub mod drivers;
pub mod feature;
pub mod ledger;
pub mod monitors;
pub mod report;
pub mod requirement;
pub mod stage;
pub mod steps;
pub mod town;
pub mod verdict;
pub mod witness;
