//! The judge.

pub mod report;
pub mod verdict;
