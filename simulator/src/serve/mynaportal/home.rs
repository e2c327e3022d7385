//! 「あなたの介護情報」: what there is to look at.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use http::StatusCode;

use super::service::{ByPerson, InService};
use crate::profile::Who;
use crate::serve::desk::Answer;
use crate::serve::shown_data::{Choice, closed_data, open_data};
use crate::serve::web::{Frame, page};

pub(super) const PATH: &str = "/";
pub(super) const TITLE: &str = "あなたの介護情報";

/// One insurance of the person.
struct Insurance {
    insurer: String,
    insured: String,
    /// Whether the municipality's set-up is complete.
    is_open: bool,
}

#[derive(Template)]
#[template(path = "mynaportal/home.html")]
struct HomePage {
    frame: Frame,
    insurances: Vec<Insurance>,
    data: Vec<Choice>,
    closed: Vec<Choice>,
}

/// Shows the list.
pub(super) async fn show(State(service): InService, Extension(person): ByPerson) -> Answer {
    let insurances = service.shell.look(|world| {
        let own = |tag: &str| tag == person.user.card;
        let mut cards = world.cards().into_iter();
        let card = cards.find(|card| own(&card.person.to_string()))?;
        let identifier = world.qualification().identifier_of(card.person)?;
        let own = world.insurances_of(identifier).into_iter();
        let own = own.map(|key| Insurance {
            insurer: key.insurer.to_string(),
            insured: key.number.to_string(),
            is_open: world.is_open(key.insurer),
        });
        Some(own.collect())
    });
    let access = service.shell.profile().access();
    let role = access.role(Who::Person);
    let template = HomePage {
        frame: service.frame(&person, TITLE),
        insurances: insurances.unwrap_or_default(),
        data: open_data(access, role),
        closed: closed_data(access, role),
    };
    Ok(page(StatusCode::OK, &template))
}
