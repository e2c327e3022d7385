//! What the pages of every simulated system share: a bounded listener, the gate that each request
//! passes, sessions, forms, uploads and the frame around a page.
//!
//! Server-rendered Japanese HTML. It knows no account, no file set and no rule: a
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

pub use body::{BodyError, Patience, read as read_body};
pub use form::{Form, FormBounds};
pub use frame::{Chrome, Frame, Link, Notice, STYLE_PATH, Sort, page, style};
pub use gate::{Gate, Member, PLAIN_POLICY, Visitor, guard};
pub use japanese_date::{japanese_date, japanese_moment};
pub use listener::serve;
pub use problem::{Problem, field_meant};
pub use secret::random_text;
pub use session::Sessions;
#[cfg(test)]
pub(in crate::serve) use session::real_now;
pub use turned_away::{Instead, TurnedAway};
pub use upload::{Received, ReceivedFile, Upload, UploadBounds};
