//! 「あなたの介護情報」: what there is to look at.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use http::StatusCode;

use super::service::{Answer, ByPerson, InService, Service};
use crate::profile::{Access, Who};
use crate::serve::shown_data::Choice;
use crate::serve::web::{Frame, page};

pub(super) const PATH: &str = "/";
pub(super) const TITLE: &str = "あなたの介護情報";

/// One insurance of the person.
struct Insurance {
    insurer: String,
    insured: String,
}

#[derive(Template)]
#[template(path = "mynaportal/home.html")]
struct HomePage {
    frame: Frame,
    insurances: Vec<Insurance>,
    data: Vec<Choice>,
}

/// Shows the list.
pub(super) async fn show(State(service): InService, Extension(person): ByPerson) -> Answer {
    let insurances = service.shell.look(|world| {
        let own = |tag: &str| tag == person.user.card;
        let mut cards = world.cards().into_iter();
        let card = cards.find(|card| own(&card.person.to_string()))?;
        let identifier = world.qualification().identifier_of(card.person)?;
        Some(world.insurances_of(identifier))
    });
    let insurances = insurances.unwrap_or_default().into_iter();
    let template = HomePage {
        frame: service.frame(&person, TITLE),
        insurances: insurances
            .map(|key| Insurance {
                insurer: key.insurer.to_string(),
                insured: key.number.to_string(),
            })
            .collect(),
        data: data(&service),
    };
    Ok(page(StatusCode::OK, &template))
}

/// The data that the matrix has for the person.
fn data(service: &Service) -> Vec<Choice> {
    let access = service.shell.profile().access();
    let cells = access.role(Who::Person).map(|role| &role.cells[..]);
    let kinds = access.data().iter().zip(cells.unwrap_or_default());
    kinds
        .filter(|(_, cell)| cell.access != Access::No)
        .map(|(kind, _)| Choice::new(kind.id.as_str(), kind.ja.as_str()))
        .collect()
}
