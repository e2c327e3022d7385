//! The judge.

pub mod feature;
pub mod requirement;
