//! 「助成金の申請」.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;

use super::service::{ByMember, ByVisitor, InPages, Pages, Visit, problems};
use crate::domain::calendar::wareki;
use crate::domain::{SUBSIDY_FROM, SUBSIDY_TO};
use crate::portal::{
    InstitutionApplication, OfficeApplication, PortalAnswer, PortalInput, SubsidyAssessment,
};
use crate::serve::desk::{Answer, InForm};
use crate::serve::web::{Form, Frame, Problem};

pub(super) const OFFICE_PATH: &str = "/subsidy/office";
const OFFICE_TITLE: &str = "助成金の申請（カードリーダー等）";
pub(super) const OFFICE_SHORT_TITLE: &str = "助成金（カードリーダー）";
pub(super) const INSTITUTION_PATH: &str = "/subsidy/institution";
const INSTITUTION_TITLE: &str = "助成金の申請（主治医意見書）";
pub(super) const INSTITUTION_SHORT_TITLE: &str = "助成金（主治医意見書）";

const OFFICE_FIELDS: [&str; 6] = [
    "services",
    "readers",
    "readers_yen",
    "support_yen",
    "documents",
    "insurer",
];
const INSTITUTION_FIELDS: [&str; 3] = ["beds", "cost_yen", "documents"];

#[derive(Template)]
#[template(path = "portal/subsidy.html")]
struct SubsidyPage {
    frame: Frame,
    is_office: bool,
    window: String,
    sent: Form,
    /// What has been applied for already.
    taken: Option<Taken>,
}

/// An application that was taken.
struct Taken {
    services: String,
    readers_max: String,
    cost: String,
    most: String,
    granted: String,
}

impl Taken {
    fn of(subsidy: &SubsidyAssessment) -> Self {
        Self {
            services: subsidy.services.join("、"),
            readers_max: subsidy
                .readers_max
                .map_or_else(String::new, |readers| format!("{readers}台")),
            cost: yen(subsidy.cost_yen),
            most: yen(subsidy.yen_max),
            granted: yen(subsidy.yen),
        }
    }
}

impl SubsidyPage {
    fn value(&self, field: &str) -> &str {
        self.sent.text(field)
    }
}

pub(super) async fn show_office(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    member: ByMember,
) -> Answer {
    let visit = pages.visit(&visitor, member)?;
    pages.user(&visit)?;
    Ok(form(&pages, &visit, true, &Form::default(), Vec::new()))
}

pub(super) async fn show_institution(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    member: ByMember,
) -> Answer {
    let visit = pages.visit(&visitor, member)?;
    pages.user(&visit)?;
    Ok(form(&pages, &visit, false, &Form::default(), Vec::new()))
}

/// Applies for readers and support.
pub(super) async fn submit_office(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    member: ByMember,
    Extension(sent): InForm,
) -> Answer {
    let visit = pages.visit(&visitor, member)?;
    let number = pages.user(&visit)?;
    if !sent.has_only(&OFFICE_FIELDS) {
        return Ok(pages.strange_form());
    }
    let mut wrong = Vec::new();
    let readers = count(&sent, "readers", "台数", &mut wrong);
    let readers_yen = count(&sent, "readers_yen", "購入経費", &mut wrong);
    let support_yen = count(&sent, "support_yen", "接続サポート等経費", &mut wrong);
    let Ok(readers) = u32::try_from(readers) else {
        wrong.push(Problem::at("readers", "台数が多すぎます"));
        return Ok(form(&pages, &visit, true, &sent, wrong));
    };
    if !wrong.is_empty() {
        return Ok(form(&pages, &visit, true, &sent, wrong));
    }
    let insurer = pages.typed(&sent, "insurer");
    let answer = pages.act(PortalInput::ApplyAsOffice(OfficeApplication {
        number: number.to_string(),
        services: listed(&pages, &sent, "services"),
        readers,
        readers_yen,
        support_yen,
        documents: listed(&pages, &sent, "documents"),
        insurer: (!insurer.is_empty()).then_some(insurer),
    }))?;
    let fields = [
        ("subsidy_service", "services"),
        ("subsidy_readers", "readers"),
        ("subsidy_readers_cost", "readers_yen"),
        ("subsidy_cost", "readers_yen"),
        ("subsidy_documents", "documents"),
    ];
    Ok(told(&pages, &visit, true, &sent, &answer, &fields))
}

/// Applies for sending opinions electronically.
pub(super) async fn submit_institution(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    member: ByMember,
    Extension(sent): InForm,
) -> Answer {
    let visit = pages.visit(&visitor, member)?;
    let number = pages.user(&visit)?;
    if !sent.has_only(&INSTITUTION_FIELDS) {
        return Ok(pages.strange_form());
    }
    let mut wrong = Vec::new();
    let is_hospital = !sent.text("beds").trim().is_empty();
    let beds = is_hospital.then(|| count(&sent, "beds", "病床数", &mut wrong));
    let cost_yen = count(&sent, "cost_yen", "費用", &mut wrong);
    if !wrong.is_empty() {
        return Ok(form(&pages, &visit, false, &sent, wrong));
    }
    let answer = pages.act(PortalInput::ApplyAsInstitution(InstitutionApplication {
        number: number.to_string(),
        beds: beds.map(|beds| u32::try_from(beds).unwrap_or(u32::MAX)),
        cost_yen,
        documents: listed(&pages, &sent, "documents"),
    }))?;
    let fields = [
        ("subsidy_cost", "cost_yen"),
        ("subsidy_documents", "documents"),
    ];
    Ok(told(&pages, &visit, false, &sent, &answer, &fields))
}

/// A number of a form; an empty field is 0.
fn count(sent: &Form, field: &'static str, label: &str, wrong: &mut Vec<Problem>) -> u64 {
    let text = sent.text(field).trim();
    if text.is_empty() {
        return 0;
    }
    let read = text.bytes().all(|byte| byte.is_ascii_digit());
    let read = read.then(|| text.parse().ok()).flatten();
    read.unwrap_or_else(|| {
        let text = format!("{label}は半角数字で入力してください");
        wrong.push(Problem::at(field, text));
        0
    })
}

/// What is written in a field one after the other.
fn listed(pages: &Pages, sent: &Form, field: &str) -> Vec<String> {
    let typed = pages.typed(sent, field);
    let parts = typed.split(['、', ',', ' ', '　']);
    let parts = parts.map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

fn told(
    pages: &Pages,
    visit: &Visit,
    is_office: bool,
    sent: &Form,
    answer: &PortalAnswer,
    fields: &[(&str, &'static str)],
) -> Response {
    match &answer.subsidy {
        Some(subsidy) => {
            let path = if is_office {
                OFFICE_PATH
            } else {
                INSTITUTION_PATH
            };
            pages.lead_to(&visit.visitor.cookie, path, &in_words(subsidy))
        }
        None => form(pages, visit, is_office, sent, problems(answer, fields)),
    }
}

fn in_words(subsidy: &SubsidyAssessment) -> String {
    format!(
        "申請を受け付けました。申請した費用 {}、助成限度額 {}、助成額 {}",
        yen(subsidy.cost_yen),
        yen(subsidy.yen_max),
        yen(subsidy.yen)
    )
}

/// An amount as people write it: `106,000円`.
fn yen(amount: u64) -> String {
    let digits = amount.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text.push('円');
    text
}

fn form(
    pages: &Pages,
    visit: &Visit,
    is_office: bool,
    sent: &Form,
    problems: Vec<Problem>,
) -> Response {
    let (title, path) = if is_office {
        (OFFICE_TITLE, OFFICE_PATH)
    } else {
        (INSTITUTION_TITLE, INSTITUTION_PATH)
    };
    let mut frame = pages.frame(visit, title, path);
    let is_refused = !problems.is_empty();
    frame.problems = problems;
    let number = pages.user(visit).ok().map(|number| number.to_string());
    let taken = pages.shell.look(|world| {
        let mut taken = world.portal().subsidies();
        let own = taken.find(|it| Some(&it.number) == number.as_ref())?;
        Some(Taken::of(own))
    });
    let template = SubsidyPage {
        frame,
        taken,
        is_office,
        window: format!(
            "{}から{}まで",
            wareki::day(SUBSIDY_FROM),
            wareki::day(SUBSIDY_TO)
        ),
        sent: sent.clone(),
    };
    pages.page(visit, &template, is_refused)
}
