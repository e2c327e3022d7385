//! The judge.

pub mod control;
