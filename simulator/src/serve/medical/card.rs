//! 「マイナンバーカードの読み取り」.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;

use super::home;
use super::service::{ByStaff, InService, Service, Staff};
use crate::serve::desk::{Answer, InForm, refusal, status_with};
use crate::serve::shown_data::{Choice, card_choices};
use crate::serve::viewer_forms::{CARD_FIELDS, card_reading, readers};
use crate::serve::web::{Form, Frame, Problem, page};
use crate::viewer::InstitutionAction;

pub(super) const PATH: &str = "/card";
pub(super) const TITLE: &str = "マイナンバーカードの読み取り";

#[derive(Template)]
#[template(path = "viewing/card.html")]
struct CardPage<'a> {
    frame: Frame,
    cards: Vec<Choice>,
    readers: Vec<Choice>,
    sent: &'a Form,
    whom: &'static str,
}

/// Shows the form.
pub(super) async fn show(State(service): InService, Extension(staff): ByStaff) -> Answer {
    Ok(form(&service, &staff, &Form::default(), Vec::new()))
}

/// Reads a card.
pub(super) async fn submit(
    State(service): InService,
    Extension(staff): ByStaff,
    Extension(sent): InForm,
) -> Answer {
    if !sent.has_only(&CARD_FIELDS) {
        return Ok(service.strange_form());
    }
    let action = InstitutionAction::ReadCard(card_reading(&service, &sent));
    let viewed = service.ask(&staff, action)?;
    if let Some(reason) = refusal(&viewed) {
        let problem = Problem::at("card", reason);
        return Ok(form(&service, &staff, &sent, vec![problem]));
    }
    let notice = match &viewed.people[..] {
        [] => "カードを読み取りました。いま表示できる情報はありません",
        [_, ..] => "カードを読み取りました。患者を選んでください",
    };
    Ok(service.lead_to(&staff.cookie, home::PATH, notice))
}

fn form(service: &Service, staff: &Staff, sent: &Form, problems: Vec<Problem>) -> Response {
    let status = status_with(&problems);
    let template = CardPage {
        frame: service.frame(staff, TITLE, PATH, problems),
        cards: service.shell.look(card_choices),
        readers: readers(),
        sent,
        whom: "患者",
    };
    page(status, &template)
}
