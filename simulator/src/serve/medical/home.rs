//! 「患者」: whom the institution was asked to write about, and whose card it has read.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use http::StatusCode;

use super::service::{ByStaff, InService};
use crate::serve::desk::Answer;
use crate::serve::web::{Frame, japanese_moment, page};

pub(super) const PATH: &str = "/";
pub(super) const TITLE: &str = "患者";

/// A person in the list.
struct Row {
    insurer: String,
    insured: String,
    kana: String,
    checked: String,
    asked: Vec<(String, bool)>,
}

#[derive(Template)]
#[template(path = "medical/home.html")]
struct HomePage {
    frame: Frame,
    rows: Vec<Row>,
}

/// Shows the list.
pub(super) async fn show(State(service): InService, Extension(staff): ByStaff) -> Answer {
    let code = staff.user.code;
    let patients = service.shell.look(|world| world.patients_of(code));
    let rows = patients.into_iter().map(|patient| Row {
        insurer: patient.key.insurer.to_string(),
        insured: patient.key.number.to_string(),
        kana: patient.kana.unwrap_or_default(),
        checked: patient.checked.map(japanese_moment).unwrap_or_default(),
        asked: patient.asked,
    });
    let template = HomePage {
        frame: service.frame(&staff, TITLE, PATH, Vec::new()),
        rows: rows.collect(),
    };
    Ok(page(StatusCode::OK, &template))
}
