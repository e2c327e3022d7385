//! The judge.

pub mod control;
pub mod drivers;
pub mod feature;
pub mod requirement;
