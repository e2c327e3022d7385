//! 「パスワードの変更」, which the first log-in leads to.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use http::StatusCode;

use super::home;
use super::service::{Answer, ByStaff, InForm, InPages, Pages, Staff};
use crate::operator::OperatorAction;
use crate::serve::web::{Form, Frame, Notice, Problem, field_meant, page};
use crate::systems::pmh::LogInStage;

pub(super) const PATH: &str = "/password";
pub(super) const TITLE: &str = "パスワードの変更";

#[derive(Template)]
#[template(path = "pages/password.html")]
struct PasswordPage {
    frame: Frame,
    is_first: bool,
    hint: String,
}

/// Shows the form.
pub(super) async fn show(State(pages): InPages, Extension(staff): ByStaff) -> Answer {
    form(&pages, &staff, StatusCode::OK, Vec::new())
}

/// Changes the password; every session of the account ends, and this one gets a new cookie.
pub(super) async fn submit(
    State(pages): InPages,
    Extension(staff): ByStaff,
    Extension(sent): InForm,
) -> Answer {
    if !sent.has_only(&["current", "new", "again"]) {
        return Ok(pages.strange_form());
    }
    let problems = missing(&sent);
    if !problems.is_empty() {
        return form(&pages, &staff, StatusCode::UNPROCESSABLE_ENTITY, problems);
    }
    let mask = pages.shell.mask();
    let action = OperatorAction::ChangePassword {
        current: mask.password_token(sent.text("current")),
        password: mask.password_token(sent.text("new")),
        length: sent.text("new").chars().count(),
    };
    let answer = pages.act(&staff.user.0.to_string(), action)?;
    if !answer.done {
        let reason = answer.reason.unwrap_or_default();
        let labels = [
            ("current", "今のパスワード", ""),
            ("new", "新しいパスワード", ""),
        ];
        let problem = Problem::at(field_meant(&reason, &labels), reason);
        return form(
            &pages,
            &staff,
            StatusCode::UNPROCESSABLE_ENTITY,
            vec![problem],
        );
    }
    pages.gate.sessions.close_all_of(&staff.user);
    let cookie = pages.gate.open(&staff.cookie, staff.user.clone());
    let notice = Notice::plain("パスワードを変更しました");
    pages.gate.sessions.leave_notice(&cookie, notice);
    Ok(pages.lead_with_cookie(home::PATH, &cookie))
}

/// What is wrong with the form by itself.
fn missing(sent: &Form) -> Vec<Problem> {
    let mut problems: Vec<Problem> = [
        ("current", "今のパスワードを入力してください"),
        ("new", "新しいパスワードを入力してください"),
        ("again", "新しいパスワード（確認）を入力してください"),
    ]
    .into_iter()
    .filter(|(field, _)| sent.text(field).is_empty())
    .map(|(field, text)| Problem::at(field, text))
    .collect();
    if problems.is_empty() && sent.text("new") != sent.text("again") {
        let text =
            "新しいパスワード（確認）が、新しいパスワードと違います。同じものを2回入力してください";
        problems.push(Problem::at("again", text));
    }
    problems
}

fn form(pages: &Pages, staff: &Staff, status: StatusCode, problems: Vec<Problem>) -> Answer {
    let account = pages.account_at_any_stage(staff)?;
    let shortest = pages.shell.profile().pages().password_length_min.value;
    let template = PasswordPage {
        frame: pages.frame(staff, &account, TITLE, PATH, problems),
        is_first: account.stage != LogInStage::Ready,
        hint: format!("{shortest}文字以上。今のパスワードとは違うもの"),
    };
    Ok(page(status, &template))
}
