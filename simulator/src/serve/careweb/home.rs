//! 「利用者」: whom the office has identified or is responsible for.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use http::StatusCode;

use super::service::{ByStaff, InService};
use crate::serve::desk::Answer;
use crate::serve::web::{Frame, japanese_moment, page};

pub(super) const PATH: &str = "/";
pub(super) const TITLE: &str = "利用者";

/// A person in the list.
struct Row {
    insurer: String,
    insured: String,
    kana: String,
    checked: String,
    is_identified: bool,
    is_responsible: bool,
}

#[derive(Template)]
#[template(path = "careweb/home.html")]
struct HomePage {
    frame: Frame,
    rows: Vec<Row>,
}

/// Shows the list.
pub(super) async fn show(State(service): InService, Extension(staff): ByStaff) -> Answer {
    let user = &staff.user;
    let people = service
        .shell
        .look(|world| world.people_of_office(user.office, &user.user));
    let rows = people.into_iter().map(|person| Row {
        insurer: person.key.insurer.to_string(),
        insured: person.key.number.to_string(),
        kana: person.kana,
        checked: person.checked.map(japanese_moment).unwrap_or_default(),
        is_identified: person.is_identified,
        is_responsible: person.is_responsible,
    });
    let template = HomePage {
        frame: service.frame(&staff, TITLE, PATH, Vec::new()),
        rows: rows.collect(),
    };
    Ok(page(StatusCode::OK, &template))
}
