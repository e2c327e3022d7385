//! 「パスワードの変更」, which the first log-in leads to.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::home;
use super::service::{ByMember, ByVisitor, InPages, Pages, Visit, problems};
use crate::portal::PortalInput;
use crate::serve::desk::{Answer, InForm, LOG_IN};
use crate::serve::web::{Frame, Notice, Problem};
use crate::systems::portal::LogInStage;

pub(super) const PATH: &str = "/password";
pub(super) const TITLE: &str = "パスワードの変更";

#[derive(Template)]
#[template(path = "portal/password.html")]
struct PasswordPage {
    frame: Frame,
    is_first: bool,
    hint: String,
}

/// Shows the form.
pub(super) async fn show(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    member: ByMember,
) -> Answer {
    let visit = pages.visit_at_any_stage(&visitor, member);
    Ok(form(&pages, &visit, Vec::new()))
}

/// Changes the password; every session of the account ends, and this one gets a new cookie.
pub(super) async fn submit(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    member: ByMember,
    Extension(sent): InForm,
) -> Answer {
    let visit = pages.visit_at_any_stage(&visitor, member);
    if !sent.has_only(&["current", "new", "again"]) {
        return Ok(pages.strange_form());
    }
    let Some(login_id) = visit
        .account
        .as_ref()
        .map(|account| account.login_id.clone())
    else {
        return Ok(Redirect::to(LOG_IN).into_response());
    };
    if sent.text("new") != sent.text("again") {
        let text =
            "新しいパスワード（確認）が、新しいパスワードと違います。同じものを2回入力してください";
        return Ok(form(&pages, &visit, vec![Problem::at("again", text)]));
    }
    let mask = pages.shell.mask();
    let answer = pages.act(PortalInput::ChangePassword {
        login_id: login_id.clone(),
        current: mask.password_token(sent.text("current")),
        password: mask.password_token(sent.text("new")),
        length: sent.text("new").chars().count(),
    })?;
    if !answer.done {
        let fields = [
            ("wrong_log_in", "current"),
            ("same_password", "new"),
            ("password_length", "new"),
        ];
        return Ok(form(&pages, &visit, problems(&answer, &fields)));
    }
    pages.gate.sessions.close_all_of(&login_id);
    let cookie = pages.gate.open(&visit.visitor.cookie, login_id);
    let notice = Notice::plain("パスワードを変更しました");
    pages.gate.sessions.leave_notice(&cookie, notice);
    Ok(pages.lead_with_cookie(home::PATH, &cookie))
}

fn form(pages: &Pages, visit: &Visit, problems: Vec<Problem>) -> Response {
    let shortest = pages.shell.profile().pages().password_length_min.value;
    let stage = visit.account.as_ref().map(|account| account.stage);
    let mut frame = pages.frame(visit, TITLE, PATH);
    let is_refused = !problems.is_empty();
    frame.problems = problems;
    let template = PasswordPage {
        frame,
        is_first: stage == Some(LogInStage::FirstPassword),
        hint: format!("{shortest}文字以上。今のパスワードとは違うもの"),
    };
    pages.page(visit, &template, is_refused)
}
