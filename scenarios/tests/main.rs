//! One program with every test of this crate: starting it once is cheaper than linking it five times.

mod bench;
mod certify;
mod drivers;
mod explore;
mod kit;
mod laws;
mod operator;
mod prove;
mod report;
mod story;
mod suite;
