//! One person: what can be looked at, and what can be done.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;

use super::home;
use super::service::{ByStaff, InService, Service, Staff};
use crate::profile::{Job, ServiceId};
use crate::serve::desk::{Answer, status_with};
use crate::serve::shown_data::{Choice, open_data};
use crate::serve::web::{Form, Frame, Problem, TurnedAway, japanese_moment, page};
use crate::world::OfficePerson;

/// The pages of people, as the gate knows them.
pub(super) const ALL: &str = "/users/*/*";

/// 保険者番号 and 被保険者番号 of the page.
pub(super) type InPath = Path<(String, String)>;

/// What the office's kind of service may do beside viewing.
struct Duties {
    take_consent: bool,
    plan_request: Vec<Choice>,
    opinion: bool,
    care_plan: bool,
    life: bool,
}

#[derive(Template)]
#[template(path = "careweb/person.html")]
struct PersonPage<'a> {
    frame: Frame,
    insurer: String,
    insured: String,
    kana: String,
    checked: String,
    is_identified: bool,
    is_responsible: bool,
    data: Vec<Choice>,
    may: Duties,
    today: String,
    sent: &'a Form,
}

/// Shows the page of somebody the office knows.
pub(super) async fn show(
    State(service): InService,
    Extension(staff): ByStaff,
    Path((insurer, insured)): InPath,
) -> Answer {
    let sent = Form::default();
    Ok(form(
        &service,
        &staff,
        (&insurer, &insured),
        &sent,
        Vec::new(),
    ))
}

/// The page; whoever the office has never identified has none.
pub(super) fn form(
    service: &Service,
    staff: &Staff,
    (insurer, insured): (&str, &str),
    sent: &Form,
    problems: Vec<Problem>,
) -> Response {
    let Some(person) = known(service, staff, insurer, insured) else {
        return service.gate.turn_away(TurnedAway::NoSuchPage);
    };
    let status = status_with(&problems);
    let title = format!("利用者 {insurer} {insured}");
    let template = PersonPage {
        frame: service.frame(staff, title, home::PATH, problems),
        insurer: insurer.to_owned(),
        insured: insured.to_owned(),
        kana: person.kana,
        checked: person.checked.map(japanese_moment).unwrap_or_default(),
        is_identified: person.is_identified,
        is_responsible: person.is_responsible,
        data: data(service, staff),
        may: duties(service, staff),
        today: service.shell.now().date().to_string(),
        sent,
    };
    page(status, &template)
}

fn known(service: &Service, staff: &Staff, insurer: &str, insured: &str) -> Option<OfficePerson> {
    let user = &staff.user;
    let people = service
        .shell
        .look(|world| world.people_of_office(user.office, &user.user));
    let is_meant = |person: &OfficePerson| {
        person.key.insurer.as_str() == insurer && person.key.number.as_str() == insured
    };
    people.into_iter().find(is_meant)
}

/// The data that the matrix has for this user at all.
fn data(service: &Service, staff: &Staff) -> Vec<Choice> {
    let access = service.shell.profile().access();
    let of_office = office_of(service, staff);
    let role = of_office.and_then(|(id, job)| access.office_role(id, job));
    open_data(access, role)
}

fn office_of(service: &Service, staff: &Staff) -> Option<(ServiceId, Job)> {
    service.shell.look(|world| {
        let office = world.doors().careweb().office(staff.user.office)?;
        let user = office.users.get(&staff.user.user)?;
        Some((office.service, user.job))
    })
}

fn duties(service: &Service, staff: &Staff) -> Duties {
    let may = &service.shell.profile().access().entitlement;
    let own = office_of(service, staff).map(|(id, _)| id);
    let has = |list: &[ServiceId]| own.is_some_and(|own| list.contains(&own));
    let mut plan_request = Vec::new();
    if has(&may.submit_plan_request.value) {
        plan_request.push(Choice::new("1", "居宅サービス計画"));
    }
    if has(&may.submit_preventive_plan_request.value) {
        plan_request.push(Choice::new("2", "介護予防サービス計画"));
    }
    Duties {
        take_consent: has(&may.take_consent.value),
        plan_request,
        opinion: has(&may.send_opinion.value),
        care_plan: has(&may.register_care_plan.value),
        life: has(&may.register_life.value),
    }
}
