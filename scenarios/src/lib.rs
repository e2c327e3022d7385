//! The judge.

pub mod verdict;
