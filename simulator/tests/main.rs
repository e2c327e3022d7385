//! The tests of the simulator from outside.
#![allow(missing_docs, reason = "tests")]

mod laws;
mod on_air;
mod portal;
mod profile;
