//! 「アンケート」.

use askama::Template;
use axum::Extension;
use axum::extract::State;

use super::service::{ByMember, ByVisitor, InPages, Pages, Visit, Whose, problems};
use crate::domain::InsurerNumber;
use crate::portal::{PortalInput, SurveyAnswer};
use crate::serve::desk::{Answer, InForm};
use crate::serve::web::{Frame, Notice, Problem};

pub(super) const PATH: &str = "/survey";
const TITLE: &str = "初期セットアップ時期のアンケート";
/// Its name in the navigation.
pub(super) const SHORT_TITLE: &str = "アンケート";

const FIELDS: [&str; 6] = [
    "insurer",
    "contact_address",
    "vendor",
    "mode",
    "wished_month",
    "union",
];

#[derive(Template)]
#[template(path = "portal/survey.html")]
struct SurveyPage {
    frame: Frame,
    answer: SurveyAnswer,
    union: String,
    grounds: Vec<String>,
    /// Whether the form holds an answer that was sent before.
    is_again: bool,
}

/// Shows the form; an insurer that is logged in finds its number in it, and what it answered last.
pub(super) async fn show(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    member: ByMember,
) -> Answer {
    let visit = pages.visit(&visitor, member)?;
    let answer = match visit.account.as_ref().map(|account| account.holder) {
        Some(Whose::Insurer(number)) => last_answer(&pages, number),
        Some(Whose::User(_)) | None => SurveyAnswer::default(),
    };
    Ok(form(&pages, &visit, answer, Vec::new()))
}

/// Sends the answer in. What is missing in it is no error of the form: the portal asks again by mail.
pub(super) async fn submit(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    member: ByMember,
    Extension(sent): InForm,
) -> Answer {
    let visit = pages.visit(&visitor, member)?;
    if !sent.has_only(&FIELDS) {
        return Ok(pages.strange_form());
    }
    let typed = |field| pages.typed(&sent, field);
    let union = typed("union");
    let answer = SurveyAnswer {
        insurer: typed("insurer"),
        contact_address: typed("contact_address"),
        vendor: typed("vendor"),
        mode: typed("mode"),
        wished_month: typed("wished_month"),
        union: (!union.is_empty()).then_some(union),
    };
    let told = pages.act(PortalInput::AnswerSurvey(answer.clone()))?;
    if !told.done {
        let problems = problems(
            &told,
            &[("number", "insurer"), ("unknown_insurer", "insurer")],
        );
        return Ok(form(&pages, &visit, answer, problems));
    }
    let own = told
        .changes
        .iter()
        .find(|change| change.insurer == answer.insurer);
    let grounds: Vec<String> = own
        .into_iter()
        .flat_map(|change| &change.grounds)
        .map(|ground| ground.text.clone())
        .collect();
    let text = if grounds.is_empty() {
        "回答を受け付けました。日程の案ができたら、メールで通知します"
    } else {
        "回答を受け付けました。確かめていただきたい点があります"
    };
    let notice = Notice::plain(text);
    let mut frame = pages.frame(&visit, TITLE, PATH);
    frame.notice = Some(notice);
    let template = SurveyPage {
        frame,
        union: answer.union.clone().unwrap_or_default(),
        answer,
        grounds,
        is_again: false,
    };
    Ok(pages.page(&visit, &template, false))
}

/// What an insurer answered last, or its number alone.
fn last_answer(pages: &Pages, number: InsurerNumber) -> SurveyAnswer {
    let last = pages.shell.look(|world| {
        let register = world.portal().register(number)?;
        let (_, answer) = register.answers().last()?;
        Some(answer.clone())
    });
    last.unwrap_or_else(|| SurveyAnswer {
        insurer: number.to_string(),
        ..SurveyAnswer::default()
    })
}

fn form(
    pages: &Pages,
    visit: &Visit,
    answer: SurveyAnswer,
    problems: Vec<Problem>,
) -> axum::response::Response {
    let mut frame = pages.frame(visit, TITLE, PATH);
    let is_refused = !problems.is_empty();
    frame.problems = problems;
    let template = SurveyPage {
        frame,
        union: answer.union.clone().unwrap_or_default(),
        is_again: !is_refused && !answer.vendor.is_empty(),
        answer,
        grounds: Vec::new(),
    };
    pages.page(visit, &template, is_refused)
}
