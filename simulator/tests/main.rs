//! The tests of the simulator from outside.
#![allow(missing_docs, reason = "tests")]

mod laws;
mod on_air;
mod pages;
mod portal;
mod profile;
mod sets;
mod viewing;
