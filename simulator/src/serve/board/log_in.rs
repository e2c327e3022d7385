//! 「ログイン」, and leaving.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::Uri;

use super::home;
use super::service::{BoardMember, BySeat, InService, Service, request};
use crate::domain::InsurerNumber;
use crate::serve::desk::{Answer, InForm, refusal, status_with, word_of_leaving};
use crate::serve::web::{Form, Frame, Notice, Problem, Visitor, page};
use crate::viewer::BoardAction;

#[derive(Template)]
#[template(path = "board/log_in.html")]
struct LogInPage<'a> {
    frame: Frame,
    sent: &'a Form,
    hours: u32,
}

/// Shows the form; whoever is logged in already is led on.
pub(super) async fn show(
    State(service): InService,
    Extension(visitor): Extension<Visitor>,
    seat: Option<BySeat>,
    uri: Uri,
) -> Answer {
    if seat.is_some() {
        return Ok(Redirect::to(home::PATH).into_response());
    }
    let notice = word_of_leaving(&uri);
    let sent = Form::default();
    Ok(form(&service, &visitor, &sent, notice, Vec::new()))
}

/// Logs in under a new cookie.
pub(super) async fn submit(
    State(service): InService,
    Extension(visitor): Extension<Visitor>,
    Extension(sent): InForm,
) -> Answer {
    if !sent.has_only(&["insurer", "member", "password"]) {
        return Ok(service.strange_form());
    }
    let action = BoardAction::LogIn {
        insurer: service.masked(sent.text("insurer")),
        member: service.masked(sent.text("member")),
        password: service.shell.mask().password_token(sent.text("password")),
    };
    let viewed = service.submit(request(None, action))?;
    if let Some(reason) = refusal(&viewed) {
        let problem = Problem::at("member", reason);
        return Ok(form(&service, &visitor, &sent, None, vec![problem]));
    }
    let by = viewed.by.as_deref().and_then(|by| by.split_once('/'));
    let key = by.and_then(|(insurer, member)| {
        let insurer: InsurerNumber = insurer.parse().ok()?;
        Some((insurer, member.to_owned()))
    });
    let (Some(key), Some(session)) = (key, viewed.session) else {
        return Ok(service.strange_form());
    };
    Ok(service.let_in(&visitor, BoardMember { key, session }))
}

/// Ends the log-in.
pub(super) async fn leave(State(service): InService, Extension(seat): BySeat) -> Answer {
    service.let_out(&seat, Some(BoardAction::LogOut))
}

fn form(
    service: &Service,
    visitor: &Visitor,
    sent: &Form,
    notice: Option<Notice>,
    problems: Vec<Problem>,
) -> Response {
    let status = status_with(&problems);
    let template = LogInPage {
        frame: service.outer_frame(visitor, notice, problems),
        sent,
        hours: service.shell.profile().access().limits.refresh_hours.value,
    };
    service.outer_page(visitor, page(status, &template))
}
