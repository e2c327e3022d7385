//! 「認証キー」 of mode 1: issued, renewed, revoked.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use http::StatusCode;

use super::account::{AccountView, Mode};
use super::addresses;
use super::service::{Answer, ByStaff, InForm, InPages, Pages, Staff};
use crate::operator::OperatorAction;
use crate::serve::web::{Frame, Notice, Problem, page};

pub(super) const PATH: &str = "/keys";
pub(super) const TITLE: &str = "認証キー";

/// A key in the table; its text is shown to nobody twice.
struct KeyRow {
    number: usize,
    issued: String,
    expires: String,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "pages/keys.html")]
struct KeysPage {
    frame: Frame,
    is_used: bool,
    new_key: Option<String>,
    keys: Vec<KeyRow>,
}

/// Shows the keys; until addresses are registered, leads there.
pub(super) async fn show(State(pages): InPages, Extension(staff): ByStaff) -> Answer {
    let account = pages.account(&staff)?;
    if account.mode != Some(Mode::File) && !account.has_addresses() {
        let why = "認証キーを発行する前に、通知先を登録してください。";
        return Ok(pages.lead_to(&staff, addresses::PATH, Notice::plain(why)));
    }
    table(&pages, &staff, &account, StatusCode::OK, Vec::new())
}

/// Issues, renews or revokes.
pub(super) async fn submit(
    State(pages): InPages,
    Extension(staff): ByStaff,
    Extension(sent): InForm,
) -> Answer {
    if !sent.has_only(&["action"]) {
        return Ok(pages.strange_form());
    }
    let (action, done) = match sent.text("action") {
        "issue" => (OperatorAction::IssueKey, "認証キーを発行しました"),
        "renew" => (
            OperatorAction::RenewKey,
            "認証キーを更新しました。前の認証キーは失効しました",
        ),
        "revoke" => (
            OperatorAction::RevokeKeys,
            "すべての認証キーを失効させました",
        ),
        _ => return Ok(pages.strange_form()),
    };
    let account = pages.account(&staff)?;
    let answer = pages.act(&staff.user.0.to_string(), action)?;
    if !answer.done {
        let problems = vec![Problem::general(answer.reason.unwrap_or_default())];
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return table(&pages, &staff, &account, status, problems);
    }
    let notice = Notice {
        text: done.to_owned(),
        secret: answer.key,
    };
    Ok(pages.lead_to(&staff, PATH, notice))
}

fn table(
    pages: &Pages,
    staff: &Staff,
    account: &AccountView,
    status: StatusCode,
    problems: Vec<Problem>,
) -> Answer {
    let mut frame = pages.frame(staff, account, TITLE, PATH, problems);
    let new_key = frame
        .notice
        .as_mut()
        .and_then(|notice| notice.secret.take());
    let keys = account.keys.iter().enumerate().map(|(at, key)| KeyRow {
        number: at + 1,
        issued: key.issued.for_people(),
        expires: key.expires.for_people(),
        state: match (key.is_revoked, account.is_good(key)) {
            (true, _) => "失効",
            (false, true) => "有効",
            (false, false) => "期限切れ",
        },
    });
    let template = KeysPage {
        frame,
        is_used: account.mode != Some(Mode::File),
        new_key,
        keys: keys.collect(),
    };
    Ok(page(status, &template))
}
