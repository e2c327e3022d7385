//! 「自己申告」: what only the insurer can know, attested by a named person.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::HeaderMap;
use tekigo_simulator::Attestation;
use tekigo_simulator::serve::web::{Frame, Problem, Visitor};

use super::names;
use super::service::{ByVisitor, InForm, InPages, Pages, short};
use crate::console::book::now;
use crate::console::checklist::MATTERS;
use crate::console::entry::Attested;
use crate::console::form::{self, Typed};

pub(super) const PATH: &str = "/attest";
pub(super) const TITLE: &str = "自己申告";

#[derive(Template)]
#[template(path = "console/attest.html")]
struct AttestPage {
    frame: Frame,
    matters: Vec<(&'static str, String)>,
    attested: Vec<Attested>,
    what: String,
    person: String,
    on: String,
    reason: String,
}

/// Shows what has been attested, and the form.
pub(super) async fn show(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    headers: HeaderMap,
) -> Response {
    let by = names::remembered(&headers, pages.port);
    form(&pages, &visitor, &by, &Typed::new(), Vec::new())
}

/// Takes an attestation.
pub(super) async fn submit(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    Extension(sent): InForm,
) -> Response {
    let typed = form::typed(&sent);
    let attested = match attested(&pages, &typed) {
        Ok(attested) => attested,
        Err(problems) => return form(&pages, &visitor, "", &typed, problems),
    };
    match pages.desk.attest(attested) {
        Ok(()) => pages.lead_to(&visitor, PATH, "申告を記録しました"),
        Err(error) => match pages.problem(&error) {
            Ok(problem) => form(&pages, &visitor, "", &typed, vec![problem]),
            Err(broken) => broken.into_response(),
        },
    }
}

fn attested(pages: &Pages, typed: &Typed) -> Result<Attested, Vec<Problem>> {
    let text = |field: &str| typed.get(field).cloned().unwrap_or_default();
    let mut problems = Vec::new();
    let word = text("what");
    let matter = MATTERS.iter().find(|(known, ..)| *known == word);
    if matter.is_none() {
        problems.push(Problem::at("what", "申告することを選んでください"));
    }
    let today = now().date();
    let on = text("on").parse::<jiff::civil::Date>().ok();
    match on {
        None => problems.push(Problem::at("on", "行った日を入力してください")),
        Some(on) if on > today => {
            problems.push(Problem::at(
                "on",
                format!("行った日は、今日（{today}）までの日付です"),
            ));
        }
        Some(_) => {}
    }
    for (field, said) in [
        ("person", "申告する人の職と氏名を入力してください"),
        (
            "reason",
            "根拠（文書の名称、番号、ある場所）を入力してください",
        ),
    ] {
        if text(field).is_empty() {
            problems.push(Problem::at(field, said));
        }
    }
    let (Some((_, matter, requirement)), Some(on), []) = (matter, on, problems.as_slice()) else {
        return Err(problems);
    };
    let attestation = Attestation {
        insurer: String::new(),
        what: *matter,
        person: text("person"),
        on,
        reason: text("reason"),
    };
    Ok(Attested {
        shortfall: attestation.shortfall(pages.desk.profile.calendar()),
        what: matter.japanese().to_owned(),
        requirement: (*requirement).to_owned(),
        person: attestation.person,
        on: on.to_string(),
        reason: attestation.reason,
        at: now().to_string(),
    })
}

fn form(
    pages: &Pages,
    visitor: &Visitor,
    by: &str,
    typed: &Typed,
    problems: Vec<Problem>,
) -> Response {
    let is_refused = !problems.is_empty();
    let text = |field: &str| typed.get(field).cloned().unwrap_or_default();
    let state = pages.desk.state();
    let attested = state.book.attested().into_iter().cloned().collect();
    drop(state);
    let matters = MATTERS.iter().map(|(word, matter, requirement)| {
        (*word, format!("{}（{requirement}）", matter.japanese()))
    });
    let template = AttestPage {
        frame: pages.frame(visitor, TITLE, PATH, problems),
        matters: matters.collect(),
        attested,
        what: text("what"),
        person: typed
            .get("person")
            .cloned()
            .unwrap_or_else(|| by.to_owned()),
        on: text("on"),
        reason: text("reason"),
    };
    pages.page(visitor, &template, is_refused)
}
