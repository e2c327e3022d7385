//! 介護ソフト: the program of an office asks for what the pages of 介護WEBサービス would show. The gates
//! are the same; it has tokens of its own, and some things it cannot do (briefing: 3-1 *; domain 4.1).

mod document;
mod state;
mod wire;

pub use document::{BASE, DOCUMENT, INSURED, REFRESH, TOKENS, software_openapi};
pub use state::CareSoftware;
pub use wire::{WireAnswer, answer_of};
