//! What the pages of every simulated system share: a bounded listener, the gate that each request
//! passes, sessions, forms, uploads and the frame around a page.
//!
//! Server-rendered Japanese HTML, no script. It knows no account, no file set and no rule: a
//! page-set brings those, with its routes and templates.
//!
//! # Differs from the real system
//! Plain HTTP on 127.0.0.1, for any browser of this machine. The real pages are reached over
//! LGWAN with a client certificate (briefing: 環境設定等の準備).

mod body;
mod form;
mod frame;
mod gate;
mod japanese_date;
mod listener;
mod pace;
mod problem;
mod secret;
mod session;
mod turned_away;
mod upload;

pub(in crate::serve) use body::{Patience, read as read_body};
pub(in crate::serve) use form::Form;
pub(in crate::serve) use frame::{Chrome, Frame, Link, Notice, STYLE_PATH, page, style};
pub(in crate::serve) use gate::{Gate, Member, Visitor, guard};
pub(in crate::serve) use japanese_date::{japanese_date, japanese_moment};
pub(in crate::serve) use listener::serve;
pub(in crate::serve) use problem::{Problem, field_meant};
pub(in crate::serve) use secret::random_text;
pub(in crate::serve) use session::Sessions;
#[cfg(test)]
pub(in crate::serve) use session::real_now;
pub(in crate::serve) use turned_away::{Instead, TurnedAway};
pub(in crate::serve) use upload::{Received, Upload, UploadBounds};
