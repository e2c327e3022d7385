//! The suite itself under test: the files it carries, the checks that guard them, and the accounting.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

mod accounting;
mod bundle;
mod catalogue;
mod lint;
mod mistakes;
mod planning;
mod vocabulary;
