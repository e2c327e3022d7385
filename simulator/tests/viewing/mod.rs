//! Who may see what, door by door.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "a test asks for the one effect it is about"
)]

mod consent;
mod consent_taking;
mod doors;
mod identity;
mod matrix;
mod municipality_gate;
mod neighbour;
mod notices;
mod papers;
mod people;
mod replay;
mod responsibility;
pub(crate) mod scene;
mod viewers;
mod visits;
