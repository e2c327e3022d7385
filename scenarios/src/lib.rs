//! The judge.

pub mod auditor;
pub mod cast;
pub mod control;
pub mod drivers;
pub mod feature;
pub mod ledger;
pub mod requirement;
pub mod town;
pub mod verdict;
