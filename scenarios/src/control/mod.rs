//! 試験操作インタフェース (test-control interface) version 1: what the judge may ask of a vendor build.
//!
//! [`Operation`] names every operation, [`OperationSheet`] says in Japanese what it asks and which
//! members go in and come out, [`Answer`] is what comes back. The JSON Schemas and the guide for the
//! engineer who writes the adapter are in `scenarios/interface/control-v1/`.
//!
//! This module knows neither transport nor processes: that is [`crate::drivers`].

mod answer;
mod catalogue;
mod declaration;
mod excerpt;
mod operation;
mod sheet;

pub use answer::{Answer, AnswerMismatch, AnswerResult, JsonKind};
pub use declaration::{BusinessClock, Declaration, OptionalFunction};
pub use excerpt::Excerpt;
pub use operation::{Operation, UnknownOperation};
pub use sheet::{Member, MemberKind, OperationGroup, OperationSheet, Presence};

/// The version of the interface that this judge speaks, as it stands in `declare` and in the path.
pub const INTERFACE_VERSION: &str = "1";
