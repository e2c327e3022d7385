//! 「利用者の登録」: the four items (4情報) typed from the insurance card.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;

use super::service::{ByStaff, InService, Service, Staff};
use crate::serve::desk::{Answer, InForm, refusal, status_with};
use crate::serve::shown_data::Choice;
use crate::serve::web::{Form, Frame, Problem, page};
use crate::viewer::{FourItems, OfficeAction, Subject};

pub(super) const PATH: &str = "/register";
pub(super) const TITLE: &str = "利用者の登録（被保険者証）";

const FIELDS: [(&str, &str); 5] = [
    ("insurer", "介護保険者番号"),
    ("insured", "介護被保険者番号"),
    ("kana", "カナ氏名"),
    ("birth", "生年月日"),
    ("sex", "性別"),
];

#[derive(Template)]
#[template(path = "careweb/register.html")]
struct RegisterPage<'a> {
    frame: Frame,
    sent: &'a Form,
    sexes: Vec<Choice>,
}

/// Shows the form.
pub(super) async fn show(State(service): InService, Extension(staff): ByStaff) -> Answer {
    Ok(form(&service, &staff, &Form::default(), Vec::new()))
}

/// Registers the person, if all of the items agree.
pub(super) async fn submit(
    State(service): InService,
    Extension(staff): ByStaff,
    Extension(sent): InForm,
) -> Answer {
    if !sent.has_only(&FIELDS.map(|(field, _)| field)) {
        return Ok(service.strange_form());
    }
    let empty = FIELDS
        .iter()
        .filter(|(field, _)| sent.text(field).trim().is_empty());
    let missing: Vec<Problem> = empty
        .map(|(field, label)| Problem::at(*field, format!("{label}を入力してください")))
        .collect();
    if !missing.is_empty() {
        return Ok(form(&service, &staff, &sent, missing));
    }
    let subject = Subject {
        insurer: service.masked(sent.text("insurer")),
        insured: service.masked(sent.text("insured")),
    };
    let path = format!("/users/{}/{}", subject.insurer, subject.insured);
    let action = OfficeAction::RegisterUser(FourItems {
        subject,
        kana: service.masked(sent.text("kana")),
        birth: service.masked(sent.text("birth")),
        sex: service.masked(sent.text("sex")),
    });
    let viewed = service.ask(&staff, action)?;
    if let Some(reason) = refusal(&viewed) {
        let problem = Problem::general(reason);
        return Ok(form(&service, &staff, &sent, vec![problem]));
    }
    let notice = "利用者として登録しました。本人確認ができています";
    Ok(service.lead_to(&staff.cookie, &path, notice))
}

fn form(service: &Service, staff: &Staff, sent: &Form, problems: Vec<Problem>) -> Response {
    let status = status_with(&problems);
    let list = service.shell.profile().list("sex");
    let sexes = list.into_iter().flat_map(|list| list.values());
    let sexes = sexes.map(|value| Choice::new(&*value.code, &*value.ja));
    let template = RegisterPage {
        frame: service.frame(staff, TITLE, PATH, problems),
        sent,
        sexes: sexes.collect(),
    };
    page(status, &template)
}
