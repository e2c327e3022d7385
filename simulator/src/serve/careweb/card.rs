//! 「マイナンバーカードの読み取り」.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

use super::home;
use super::service::{Answer, ByStaff, InForm, InService, Service, Staff, refusal};
use crate::serve::shown_data::{Choice, card_choices, card_token};
use crate::serve::web::{Form, Frame, Problem, page};
use crate::viewer::{CardReading, OfficeAction, Reader};

pub(super) const PATH: &str = "/card";
pub(super) const TITLE: &str = "マイナンバーカードの読み取り";

#[derive(Template)]
#[template(path = "careweb/card.html")]
struct CardPage<'a> {
    frame: Frame,
    cards: Vec<Choice>,
    readers: Vec<Choice>,
    sent: &'a Form,
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
    if !sent.has_only(&["card", "reader", "face_compared"]) {
        return Ok(service.strange_form());
    }
    let reader = match sent.text("reader") {
        "smartphone" => Reader::Smartphone,
        _ => Reader::CardReader,
    };
    let action = OfficeAction::ReadCard(CardReading {
        card: card_token(&service.masked(sent.text("card"))),
        face_compared: sent.text("face_compared") == "yes",
        reader,
    });
    let viewed = service.ask(&staff, action)?;
    if let Some(reason) = refusal(&viewed) {
        let problem = Problem::at("card", reason);
        return Ok(form(&service, &staff, &sent, vec![problem]));
    }
    Ok(match &viewed.people[..] {
        [person] => {
            let path = format!("/users/{}/{}", person.insurer, person.insured);
            service.lead_to(
                &staff,
                &path,
                "カードを読み取りました。本人確認ができています",
            )
        }
        [] => {
            let notice = "カードを読み取りました。いま表示できる情報はありません";
            service.lead_to(&staff, home::PATH, notice)
        }
        _ => {
            let notice = "カードを読み取りました。利用者を選んでください";
            service.lead_to(&staff, home::PATH, notice)
        }
    })
}

fn form(service: &Service, staff: &Staff, sent: &Form, problems: Vec<Problem>) -> Response {
    let status = match problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let template = CardPage {
        frame: service.frame(staff, TITLE, PATH, problems),
        cards: service.shell.look(card_choices),
        readers: vec![
            Choice::new("card_reader", "カードリーダー"),
            Choice::new("smartphone", "スマートフォン"),
        ],
        sent,
    };
    page(status, &template)
}
