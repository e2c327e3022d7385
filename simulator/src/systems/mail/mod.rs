//! The mail that carries PMH's notices, collected where a test and a person can read them.

mod rules;
mod state;

pub use rules::receive;
pub use state::MailRoom;
