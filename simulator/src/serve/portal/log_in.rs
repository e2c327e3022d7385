//! 「ログイン」, and leaving.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::Uri;

use super::service::{ByMember, ByVisitor, InPages, Pages, Visit, problems};
use super::{home, password};
use crate::portal::PortalInput;
use crate::serve::desk::{Answer, InForm, LOG_IN, word_of_leaving};
use crate::serve::web::{Frame, Notice, Problem};

pub(super) const TITLE: &str = "ログイン";

#[derive(Template)]
#[template(path = "portal/log_in.html")]
struct LogInPage {
    frame: Frame,
    login_id: String,
    failures_max: u32,
    lock_minutes: u32,
}

/// Shows the form; whoever is logged in already is led on.
pub(super) async fn show(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    member: ByMember,
    uri: Uri,
) -> Answer {
    let visit = pages.visit(&visitor, member)?;
    if visit.account.is_some() {
        return Ok(Redirect::to(home::PATH).into_response());
    }
    let notice = word_of_leaving(&uri);
    Ok(form(&pages, &visit, String::new(), notice, Vec::new()))
}

/// Logs in under a new cookie.
pub(super) async fn submit(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    Extension(sent): InForm,
) -> Answer {
    if !sent.has_only(&["login_id", "password"]) {
        return Ok(pages.strange_form());
    }
    let login_id = pages.typed(&sent, "login_id");
    let answer = pages.act(PortalInput::LogIn {
        login_id: login_id.clone(),
        password: pages.shell.mask().password_token(sent.text("password")),
    })?;
    if !answer.done {
        let visit = pages.visit_at_any_stage(&visitor, None);
        let fields = [("wrong_log_in", "login_id"), ("log_in_locked", "login_id")];
        let problems = problems(&answer, &fields);
        return Ok(form(&pages, &visit, login_id, None, problems));
    }
    let cookie = pages.gate.open(&visitor.cookie, login_id);
    let path = if answer.must_change_password {
        password::PATH
    } else {
        home::PATH
    };
    Ok(pages.lead_with_cookie(path, &cookie))
}

/// Ends the session.
pub(super) async fn leave(State(pages): InPages, Extension(visitor): ByVisitor) -> Answer {
    Ok(pages.close(&visitor.cookie))
}

fn form(
    pages: &Pages,
    visit: &Visit,
    login_id: String,
    notice: Option<Notice>,
    problems: Vec<Problem>,
) -> Response {
    let mut frame = pages.frame(visit, TITLE, LOG_IN);
    let is_refused = !problems.is_empty();
    frame.problems = problems;
    frame.notice = notice.or(frame.notice);
    let settings = pages.shell.profile().pages();
    let template = LogInPage {
        frame,
        login_id,
        failures_max: settings.log_in_failures_max.value,
        lock_minutes: settings.lock_minutes.value,
    };
    pages.page(visit, &template, is_refused)
}
