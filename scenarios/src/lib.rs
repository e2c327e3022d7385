//! The judge.

pub mod control;
pub mod drivers;
