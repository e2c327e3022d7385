//! 「ログイン」, and leaving.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::{StatusCode, Uri, header};

use super::home;
use super::service::{Answer, ByPerson, CardHolder, InForm, InService, Service};
use crate::serve::shown_data::{Choice, card_choices, card_token};
use crate::serve::web::{Frame, Notice, Problem, Visitor, page};
use crate::viewer::PersonAction;

pub(super) const PATH: &str = "/login";
pub(super) const LEAVE_PATH: &str = "/logout";
const TITLE: &str = "ログイン";
/// The query under which the page says that the log-out is done.
const LEFT: &str = "logged_out";
/// The query under which it says that the visit was over.
pub(super) const OVER: &str = "over";

#[derive(Template)]
#[template(path = "mynaportal/log_in.html")]
struct LogInPage<'a> {
    frame: Frame,
    cards: Vec<Choice>,
    card: &'a str,
    minutes: u32,
}

/// Shows the form; whoever is logged in already is led on.
pub(super) async fn show(
    State(service): InService,
    Extension(visitor): Extension<Visitor>,
    person: Option<ByPerson>,
    uri: Uri,
) -> Answer {
    if person.is_some() {
        return Ok(Redirect::to(home::PATH).into_response());
    }
    let notice = match uri.query() {
        Some(LEFT) => Some(Notice::plain("ログアウトしました")),
        Some(OVER) => Some(Notice::plain(
            "有効時間が過ぎたため、ログアウトしました。もう一度ログインしてください",
        )),
        Some(_) | None => None,
    };
    Ok(form(&service, &visitor, "", notice, Vec::new()))
}

/// Logs in under a new cookie.
pub(super) async fn submit(
    State(service): InService,
    Extension(visitor): Extension<Visitor>,
    Extension(sent): InForm,
) -> Answer {
    if !sent.has_only(&["card"]) {
        return Ok(service
            .gate
            .turn_away(crate::serve::web::TurnedAway::Unreadable));
    }
    let card = service.shell.masked(sent.text("card"));
    let action = PersonAction::LogIn {
        card: card_token(&card),
    };
    let viewed = service.submit(None, action)?;
    let Some(session) = viewed.session else {
        let text = viewed.refused.map(|refused| refused.text);
        let problem = Problem::at("card", text.unwrap_or_default());
        return Ok(form(&service, &visitor, &card, None, vec![problem]));
    };
    let cookie = service
        .gate
        .open(&visitor.cookie, CardHolder { card, session });
    let set = [(header::SET_COOKIE, service.gate.set_cookie(&cookie))];
    Ok((set, Redirect::to(home::PATH)).into_response())
}

/// Ends the visit.
pub(super) async fn leave(State(service): InService, Extension(person): ByPerson) -> Answer {
    service.submit(Some(person.user.session), PersonAction::LogOut)?;
    service.gate.sessions.close(&person.cookie);
    Ok(Redirect::to(&format!("{PATH}?{LEFT}")).into_response())
}

fn form(
    service: &Service,
    visitor: &Visitor,
    card: &str,
    notice: Option<Notice>,
    problems: Vec<Problem>,
) -> Response {
    let status = match problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
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
        cards: service.shell.look(card_choices),
        card,
        minutes: service.shell.profile().access().limits.portal_minutes.value,
    };
    let mut response = page(status, &template);
    if !visitor.brought_cookie {
        let cookie = service.gate.set_cookie(&visitor.cookie);
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}
