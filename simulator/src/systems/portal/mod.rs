//! 介護情報基盤ポータル: where insurers agree on the dates of their set-up, and where everybody reads them.
//!
//! `survey` reads an insurer's answer and finds grounds to check it again, `schedule` is the one way from an
//! answer to published dates, `answers`, `notice` and `confirmation` say who may take which step of it,
//! `account` is the log-in, `status` what everybody sees, `letters` the mails; `inquiry` and `subsidy` are what
//! else the portal takes.
//!
//! # Differs from the real system
//! The questions of the survey, the form of a log-in id, the lock after wrong passwords (PMH's, assumed) and the
//! wording of mails are invented. The survey stays
//! open: the real form was closed in October 2025, and corrections went through the inquiry form. Re-checks
//! happen the moment an answer comes in; the real ones are made by people. An insurer's reply needs no log-in,
//! since the briefing asks for it by mail.

mod account;
mod answers;
mod confirmation;
mod context;
mod inquiry;
mod letters;
mod notice;
mod refusal;
mod rules;
mod schedule;
mod state;
mod status;
mod subsidy;
mod survey;

pub use account::{Holder, LogInStage, PortalAccount, Secrets};
pub use context::PortalContext;
pub use inquiry::{Inquiry, SUBJECT_CHARACTERS_MAX};
pub use rules::{Acted, act, receive_completion};
pub use schedule::{Acceptance, Proposal, ScheduleStage, Wish};
pub use state::{Portal, Register};
pub use status::{public_status, status_list};
pub use survey::{Deficiency, Ground};
