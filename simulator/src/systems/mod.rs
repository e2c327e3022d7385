//! The simulated systems, one folder each and all of the same shape: `state` is what a system
//! remembers, `rules` what it does with a message, and — where it meets the outside — `wire` how
//! that looks.
//!
//! Systems never call each other. Each returns messages, and the kernel delivers them.

pub mod board;
pub mod care_software;
pub mod careweb;
pub mod intermediate;
mod log_ins;
pub mod mail;
pub mod medical;
mod message;
pub mod mynaportal;
pub mod platform;
pub mod pmh;
pub mod portal;
pub mod qualification;
pub mod viewing;

pub use log_ins::{LogInFault, LogIns};
pub use message::{Message, Outgoing, StoreItem, SystemId};
