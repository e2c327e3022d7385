//! 「ログイン」, and leaving.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::{StatusCode, Uri, header};

use super::service::{Answer, ByStaff, InForm, InPages, Pages};
use super::{home, password};
use crate::domain::InsurerNumber;
use crate::operator::OperatorAction;
use crate::serve::web::{Frame, Member, Notice, Problem, Visitor, page};
use crate::systems::pmh::{AccountKey, LogInStage};

pub(super) const PATH: &str = "/login";
pub(super) const LEAVE_PATH: &str = "/logout";
const TITLE: &str = "ログイン";
/// The query under which the page says that the log-out is done.
const LEFT: &str = "logged_out";

#[derive(Template)]
#[template(path = "pages/log_in.html")]
struct LogInPage<'a> {
    frame: Frame,
    login_id: &'a str,
    failures_max: u32,
    lock_minutes: u32,
    session_minutes: u32,
}

/// Shows the form; whoever is logged in already is led on.
pub(super) async fn show(
    State(pages): InPages,
    Extension(visitor): Extension<Visitor>,
    staff: Option<ByStaff>,
    uri: Uri,
) -> Answer {
    if staff.is_some() {
        return Ok(Redirect::to(home::PATH).into_response());
    }
    let notice = (uri.query() == Some(LEFT)).then(|| Notice::plain("ログアウトしました"));
    Ok(form(
        &pages,
        &visitor,
        StatusCode::OK,
        "",
        notice,
        Vec::new(),
    ))
}

/// Logs in under a new cookie.
pub(super) async fn submit(
    State(pages): InPages,
    Extension(visitor): Extension<Visitor>,
    Extension(form_sent): InForm,
) -> Answer {
    if !form_sent.has_only(&["login_id", "password"]) {
        return Ok(pages.strange_form());
    }
    let login_id = form_sent.text("login_id").trim();
    let refuse = |problems| {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(form(&pages, &visitor, status, login_id, None, problems))
    };
    let problems = missing(login_id, form_sent.text("password"));
    if !problems.is_empty() {
        return refuse(problems);
    }
    let password = pages
        .shell
        .mask()
        .password_token(form_sent.text("password"));
    let answer = pages.act(login_id, OperatorAction::LogIn { password })?;
    let account = login_id
        .parse::<InsurerNumber>()
        .ok()
        .filter(|_| answer.done);
    let Some(insurer) = account else {
        let reason = answer.reason.unwrap_or_default();
        return refuse(vec![Problem::at("login_id", reason)]);
    };
    let user: AccountKey = (insurer, pages.environment.clone());
    let cookie = pages.gate.open(&visitor.cookie, user.clone());
    let staff = Member { cookie, user };
    let path = match pages.account_at_any_stage(&staff)?.stage {
        LogInStage::Ready => home::PATH,
        LogInStage::Never | LogInStage::MustChangePassword => password::PATH,
    };
    Ok(pages.lead_with_cookie(path, &staff.cookie))
}

/// Ends the session.
pub(super) async fn leave(State(pages): InPages, Extension(staff): ByStaff) -> Answer {
    pages.gate.sessions.close(&staff.cookie);
    let taken_back = [(header::SET_COOKIE, pages.gate.clear_cookie())];
    let to_log_in = Redirect::to(&format!("{PATH}?{LEFT}"));
    Ok((taken_back, to_log_in).into_response())
}

/// What is wrong before PMH is asked: nothing of it says which accounts there are.
fn missing(login_id: &str, password: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let is_number = login_id.len() == 6 && login_id.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number {
        let text = "ログインIDには、保険者番号を半角数字6桁で入力してください";
        problems.push(Problem::at("login_id", text));
    }
    if password.is_empty() {
        problems.push(Problem::at("password", "パスワードを入力してください"));
    }
    problems
}

fn form(
    pages: &Pages,
    visitor: &Visitor,
    status: StatusCode,
    login_id: &str,
    notice: Option<Notice>,
    problems: Vec<Problem>,
) -> Response {
    let settings = pages.shell.profile().pages();
    let template = LogInPage {
        frame: Frame {
            chrome: (pages.gate.chrome)(),
            title: TITLE.to_owned(),
            here: PATH,
            who: String::new(),
            links: Vec::new(),
            notice,
            problems,
            form_token: pages.gate.sessions.form_token(&visitor.cookie),
        },
        login_id,
        failures_max: settings.log_in_failures_max.value,
        lock_minutes: settings.lock_minutes.value,
        session_minutes: settings.session_minutes.value,
    };
    let mut response = page(status, &template);
    if !visitor.brought_cookie {
        let cookie = pages.gate.set_cookie(&visitor.cookie);
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}
