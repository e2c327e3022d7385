//! Who may see what, door by door.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "a test asks for the one effect it is about"
)]

mod consent;
mod doors;
mod identity;
mod responsibility;
mod scene;
