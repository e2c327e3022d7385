//! The words of the scenarios: each one understood, each one possible, each one about what it says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

mod cast;
