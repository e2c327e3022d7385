//! 「ログイン」, and leaving.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::Uri;

use super::home;
use super::service::{ByPerson, CardHolder, InService, Service, request};
use crate::serve::desk::{Answer, InForm, status_with, word_of_leaving};
use crate::serve::shown_data::{Choice, card_choices, card_token};
use crate::serve::web::{Frame, Notice, Problem, Visitor, page};
use crate::viewer::PersonAction;

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
    let notice = word_of_leaving(&uri);
    Ok(form(&service, &visitor, "", notice, Vec::new()))
}

/// Logs in under a new cookie.
pub(super) async fn submit(
    State(service): InService,
    Extension(visitor): Extension<Visitor>,
    Extension(sent): InForm,
) -> Answer {
    if !sent.has_only(&["card"]) {
        return Ok(service.strange_form());
    }
    let card = service.masked(sent.text("card"));
    let action = PersonAction::LogIn {
        card: card_token(&card),
    };
    let viewed = service.submit(request(None, action))?;
    let Some(session) = viewed.session else {
        let text = viewed.refused.map(|refused| refused.text);
        let problem = Problem::at("card", text.unwrap_or_default());
        return Ok(form(&service, &visitor, &card, None, vec![problem]));
    };
    Ok(service.let_in(&visitor, CardHolder { card, session }))
}

/// Ends the visit.
pub(super) async fn leave(State(service): InService, Extension(person): ByPerson) -> Answer {
    service.let_out(&person, Some(PersonAction::LogOut))
}

fn form(
    service: &Service,
    visitor: &Visitor,
    card: &str,
    notice: Option<Notice>,
    problems: Vec<Problem>,
) -> Response {
    let status = status_with(&problems);
    let template = LogInPage {
        frame: service.outer_frame(visitor, notice, problems),
        cards: service.shell.look(card_choices),
        card,
        minutes: service.shell.profile().access().limits.portal_minutes.value,
    };
    service.outer_page(visitor, page(status, &template))
}
