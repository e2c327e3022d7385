//! 「ログイン」, and leaving.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::{StatusCode, Uri, header};

use super::home;
use super::service::{Answer, ByStaff, InForm, InService, OfficeUser, Service, refusal};
use crate::domain::OfficeNumber;
use crate::serve::web::{Form, Frame, Notice, Problem, Visitor, page};
use crate::viewer::OfficeAction;

pub(super) const PATH: &str = "/login";
pub(super) const LEAVE_PATH: &str = "/logout";
const TITLE: &str = "ログイン";
/// The query under which the page says that the log-out is done.
const LEFT: &str = "logged_out";
/// The query under which it says that the log-in was over.
pub(super) const OVER: &str = "over";

#[derive(Template)]
#[template(path = "careweb/log_in.html")]
struct LogInPage<'a> {
    frame: Frame,
    certificate: &'a str,
    user: &'a str,
    hours: u32,
}

/// Shows the form; whoever is logged in already is led on.
pub(super) async fn show(
    State(service): InService,
    Extension(visitor): Extension<Visitor>,
    staff: Option<ByStaff>,
    uri: Uri,
) -> Answer {
    if staff.is_some() {
        return Ok(Redirect::to(home::PATH).into_response());
    }
    let notice = match uri.query() {
        Some(LEFT) => Some(Notice::plain("ログアウトしました")),
        Some(OVER) => Some(Notice::plain(
            "有効時間が過ぎたため、ログアウトしました。もう一度ログインしてください",
        )),
        Some(_) | None => None,
    };
    let status = StatusCode::OK;
    Ok(form(
        &service,
        &visitor,
        status,
        ("", ""),
        notice,
        Vec::new(),
    ))
}

/// Logs in under a new cookie.
pub(super) async fn submit(
    State(service): InService,
    Extension(visitor): Extension<Visitor>,
    Extension(sent): InForm,
) -> Answer {
    if !sent.has_only(&["certificate", "user", "password"]) {
        return Ok(service.strange_form());
    }
    let written = (sent.text("certificate").trim(), sent.text("user").trim());
    let refuse = |problems| {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(form(&service, &visitor, status, written, None, problems))
    };
    let problems = missing(&sent);
    if !problems.is_empty() {
        return refuse(problems);
    }
    let action = OfficeAction::LogIn {
        certificate: Some(service.masked(written.0)),
        user: service.masked(written.1),
        password: service.shell.mask().password_token(sent.text("password")),
    };
    let viewed = service.submit(None, action)?;
    if let Some(reason) = refusal(&viewed) {
        return refuse(vec![Problem::at("certificate", reason)]);
    }
    let by = viewed.by.as_deref().and_then(|by| by.split_once('/'));
    let office = by.and_then(|(number, user)| {
        let office: OfficeNumber = number.parse().ok()?;
        Some((office, user.to_owned()))
    });
    let (Some((office, user)), Some(session)) = (office, viewed.session) else {
        return Ok(service.strange_form());
    };
    let member = OfficeUser {
        office,
        user,
        session,
    };
    let cookie = service.gate.open(&visitor.cookie, member);
    Ok(service.lead_with_cookie(home::PATH, &cookie))
}

/// Ends the log-in.
pub(super) async fn leave(State(service): InService, Extension(staff): ByStaff) -> Answer {
    service.submit(Some(staff.user.session), OfficeAction::LogOut)?;
    service.gate.sessions.close(&staff.cookie);
    Ok(Redirect::to(&format!("{PATH}?{LEFT}")).into_response())
}

fn missing(sent: &Form) -> Vec<Problem> {
    [
        ("certificate", "クライアント証明書の名義を入力してください"),
        ("user", "ユーザIDを入力してください"),
        ("password", "パスワードを入力してください"),
    ]
    .into_iter()
    .filter(|(field, _)| sent.text(field).trim().is_empty())
    .map(|(field, text)| Problem::at(field, text))
    .collect()
}

fn form(
    service: &Service,
    visitor: &Visitor,
    status: StatusCode,
    (certificate, user): (&str, &str),
    notice: Option<Notice>,
    problems: Vec<Problem>,
) -> Response {
    let template = LogInPage {
        frame: Frame {
            chrome: (service.gate.chrome)(),
            title: TITLE.to_owned(),
            here: PATH,
            who: String::new(),
            links: Vec::new(),
            notice,
            problems,
            form_token: service.gate.sessions.form_token(&visitor.cookie),
        },
        certificate,
        user,
        hours: service.shell.profile().access().limits.refresh_hours.value,
    };
    let mut response = page(status, &template);
    if !visitor.brought_cookie {
        let cookie = service.gate.set_cookie(&visitor.cookie);
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}
