//! PMH's pages on the air (LGWAN端末のブラウザーから使う画面): what the staff do before linking in both
//! modes, and in mode 2 (方式② ファイル連携) the linking itself (briefing: 介護情報基盤とのデータ連携の方式).
//!
//! Every decision about an account is the world's. The adapter keeps sessions and turns forms into
//! operator actions and what the world shows into pages; it reaches nothing but [`super::Shell`].
//!
//! # Differs from the real system
//! Layout, wording and addresses of the real pages are not published; these follow the tasks that
//! the briefing names. The connection mode, the readiness of the environment and the schedule are
//! settled outside the pages, so the pages only show them.

mod account;
mod addresses;
mod files;
mod home;
mod keys;
mod log_in;
mod password;
mod received;
mod send;
mod sent;
mod service;
mod set_view;

pub(super) use service::open;
