//! 「ログイン」, and leaving.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::Uri;

use super::home;
use super::service::{ByStaff, InService, OfficeUser, Service, request};
use crate::domain::OfficeNumber;
use crate::serve::desk::{Answer, InForm, status_with, word_of_leaving};
use crate::serve::web::{Form, Frame, Notice, Problem, Visitor, page};
use crate::viewer::{Denial, OfficeAction};

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
    let notice = word_of_leaving(&uri);
    Ok(form(&service, &visitor, ("", ""), notice, Vec::new()))
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
    let refuse = |problems| Ok(form(&service, &visitor, written, None, problems));
    let problems = missing(&sent);
    if !problems.is_empty() {
        return refuse(problems);
    }
    let action = OfficeAction::LogIn {
        certificate: Some(service.masked(written.0)),
        user: service.masked(written.1),
        password: service.shell.mask().password_token(sent.text("password")),
    };
    let viewed = service.submit(request(None, action))?;
    if let Some(refused) = &viewed.refused {
        let field = match refused.reason == Denial::CertificateWrong {
            true => "certificate",
            false => "user",
        };
        return refuse(vec![Problem::at(field, refused.text.as_str())]);
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
    Ok(service.let_in(&visitor, member))
}

/// Ends the log-in.
pub(super) async fn leave(State(service): InService, Extension(staff): ByStaff) -> Answer {
    service.let_out(&staff, Some(OfficeAction::LogOut))
}

fn missing(sent: &Form) -> Vec<Problem> {
    [
        ("certificate", "クライアント証明書の名義を入力してください"),
        ("user", "ログインIDを入力してください"),
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
    (certificate, user): (&str, &str),
    notice: Option<Notice>,
    problems: Vec<Problem>,
) -> Response {
    let status = status_with(&problems);
    let template = LogInPage {
        frame: service.outer_frame(visitor, notice, problems),
        certificate,
        user,
        hours: service.shell.profile().access().limits.refresh_hours.value,
    };
    service.outer_page(visitor, page(status, &template))
}
