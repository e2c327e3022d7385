//! 介護情報基盤: holds each person's records under the identifier.
//!
//! `rules` is what PMH sends it, `reception` what reaches it from the other side: care plans and
//! LIFE data that offices register, consents, notices and opinions on their way to a municipality.
//! `disclosure` shows what a grant opens, and nothing without one.
//!
//! # Differs from the real system
//! It guards nothing that the interface does not let it see: a vendor that sends old content
//! after new overwrites it here, as it would there, so that the fault shows.

mod consents;
mod disclosure;
mod looks;
mod notices;
mod papers;
mod reception;
mod rules;
mod state;

pub use consents::take_consent;
pub use disclosure::disclose;
pub use looks::{MeetingMaterial, is_named_in};
pub use notices::{note_reading, take_opinion, take_plan_request};
pub use papers::{Paper, register_paper};
pub use reception::Reception;
pub use rules::{await_completion, receive_arrival, receive_completion, receive_records};
pub use state::{Holdings, Platform};
