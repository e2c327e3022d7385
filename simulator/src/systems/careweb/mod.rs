//! 介護WEBサービス (介護保険資格確認等WEBサービス): offices and their users, who logs in with which
//! certificate, whom an office has identified by the four items (4情報), and for whom it is
//! responsible (担当事業所).
//!
//! # Differs from the real system
//! A user's one-time password is not modelled. That an id is locked after failures is assumed, as at PMH.

mod rules;
mod state;

pub use rules::{
    FourItemsAgree, become_responsible, compare_four_items, end_responsibility, log_in,
    office_lifetime, register_user,
};
pub use state::{CareWeb, Office, User};
