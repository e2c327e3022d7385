//! 医療保険者等向け中間サーバー: issues one identifier (識別子) for each person, however often the
//! person is registered, and hands it to online qualification
//! (briefing: 各自治体（保険者）が委託する業務 (2), stated).

mod rules;
mod state;

pub use rules::receive;
pub use state::{Identifier, IntermediateServer, PersonToken};
