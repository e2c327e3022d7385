//! 介護WEBサービス on the air: the pages in which an office identifies people, registers itself as
//! responsible, looks at their data, takes consents and sends notices.
//!
//! Every decision is the world's. The adapter keeps sessions, turns forms into requests and answers
//! into pages; it reaches nothing but [`super::Shell`].
//!
//! # Differs from the real system
//! Layout, wording and addresses of the real pages are not published. The client certificate is
//! named in the log-in form, and a card is chosen from a list in place of being held against a
//! reader. An access token that has ended is renewed without being asked for.

mod card;
mod data;
mod duties;
mod home;
mod log_in;
mod person;
mod register;
mod service;

pub(super) use service::open;
