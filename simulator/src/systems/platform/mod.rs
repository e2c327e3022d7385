//! 介護情報基盤: holds each person's records under the identifier.
//!
//! # Differs from the real system
//! It guards nothing that the interface does not let it see: a vendor that sends old content
//! after new overwrites it here, as it would there, so that the fault shows.

mod rules;
mod state;

pub use rules::{await_completion, receive_arrival, receive_completion, receive_records};
pub use state::{Holdings, Platform};
