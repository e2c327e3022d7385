//! The pages of 介護情報基盤ポータル on the air: survey, confirmation of dates, the public list, inquiries,
//! subsidies.
//!
//! Every decision is the world's. The adapter keeps sessions, masks what people type, and turns forms into
//! inputs and what the world shows into pages; it reaches nothing but [`super::Shell`]. What the operator of the
//! portal does (notices, publication, accounts, answers) has no page: a scenario does it.
//!
//! # Differs from the real system
//! Of the real pages only the form of inquiries and the list of municipalities are described; layout, wording
//! and addresses are invented. The survey was a form of its own. A text has one line.

mod chart;
mod home;
mod inquiry;
mod log_in;
mod password;
mod register;
mod schedule;
mod service;
mod status;
mod subsidy;
mod survey;

pub(super) use service::open;
