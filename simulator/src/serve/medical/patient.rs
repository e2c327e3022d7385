//! One patient: what can be looked at, and the opinions that were asked for.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;

use super::home;
use super::service::{ByStaff, InService, Service, Staff};
use crate::profile::Who;
use crate::serve::desk::{Answer, status_with};
use crate::serve::shown_data::{Choice, open_data};
use crate::serve::web::{Form, Frame, Problem, TurnedAway, japanese_moment, page};

/// The pages of patients, as the gate knows them.
pub(super) const ALL: &str = "/patients/*/*";

/// 保険者番号 and 被保険者番号 of the page.
pub(super) type InPath = Path<(String, String)>;

#[derive(Template)]
#[template(path = "medical/patient.html")]
struct PatientPage<'a> {
    frame: Frame,
    insurer: String,
    insured: String,
    kana: String,
    checked: String,
    asked: Vec<(String, bool)>,
    /// Whether an opinion has still to be sent.
    is_waited_for: bool,
    data: Vec<Choice>,
    today: String,
    sent: &'a Form,
}

/// Shows the page of somebody the institution knows.
pub(super) async fn show(
    State(service): InService,
    Extension(staff): ByStaff,
    Path((insurer, insured)): InPath,
) -> Answer {
    let sent = Form::default();
    let of = (insurer.as_str(), insured.as_str());
    Ok(form(&service, &staff, of, &sent, Vec::new()))
}

/// The page; whoever the institution has nothing to do with has none.
pub(super) fn form(
    service: &Service,
    staff: &Staff,
    (insurer, insured): (&str, &str),
    sent: &Form,
    problems: Vec<Problem>,
) -> Response {
    let code = staff.user.code;
    let patients = service.shell.look(|world| world.patients_of(code));
    let patient = patients.into_iter().find(|patient| {
        patient.key.insurer.as_str() == insurer && patient.key.number.as_str() == insured
    });
    let Some(patient) = patient else {
        return service.gate.turn_away(TurnedAway::NoSuchPage);
    };
    let access = service.shell.profile().access();
    let status = status_with(&problems);
    let title = format!("患者 {insurer} {insured}");
    let template = PatientPage {
        frame: service.frame(staff, title, home::PATH, problems),
        insurer: insurer.to_owned(),
        insured: insured.to_owned(),
        kana: patient.kana.unwrap_or_default(),
        checked: patient.checked.map(japanese_moment).unwrap_or_default(),
        is_waited_for: patient.asked.iter().any(|(_, is_sent)| !is_sent),
        asked: patient.asked,
        data: open_data(access, access.role(Who::Institution)),
        today: service.shell.now().date().to_string(),
        sent,
    };
    page(status, &template)
}
