//! The judge.

pub mod auditor;
pub mod ledger;
pub mod town;
