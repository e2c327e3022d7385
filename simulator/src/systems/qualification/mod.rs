//! オンライン資格確認等システム: knows the identifiers, to answer an office's inquiry with
//! (briefing: 各自治体（保険者）が委託する業務 (3), stated), and reads cards (マイナ資格確認アプリ).

mod cards;
mod rules;
mod state;

pub use cards::{Card, CheckedBy, present_card, read_card};
pub use rules::receive;
pub use state::OnlineQualification;
