//! The repository itself under test: its layout, and what no file may hold.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

mod tidy {
    mod layout;
    mod sources;
    mod tree;
}
