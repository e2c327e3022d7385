//! 「準備」: the checklist before the first instruction.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, header};
use tekigo_simulator::serve::web::{Frame, Problem, Visitor};

use super::current::{self, here};
use super::names;
use super::service::{ByVisitor, InForm, InPages, Pages};
use crate::console::book::now;
use crate::console::checklist::CHECKS;
use crate::console::entry::Prepared;
use crate::console::form::{self, Typed};

pub(super) const PATH: &str = "/prepare";

#[derive(Template)]
#[template(path = "console/prepare.html")]
struct PreparePage {
    frame: Frame,
    declared: Vec<(&'static str, String)>,
    checks: Vec<(&'static str, &'static str, bool)>,
    planned: Vec<(String, String, &'static str)>,
    product: String,
    version: String,
    by: String,
}

/// The page, with what was typed.
pub(super) fn form(
    pages: &Pages,
    visitor: &Visitor,
    typed: &Typed,
    by: &str,
    problems: Vec<Problem>,
) -> Response {
    let is_refused = !problems.is_empty();
    let declaration = &pages.desk.declaration;
    let typed_or = |field: &str, otherwise: &str| {
        typed
            .get(field)
            .map_or(otherwise, String::as_str)
            .to_owned()
    };
    let modes: Vec<&str> = declaration.modes.iter().map(|mode| mode.ja()).collect();
    let functions: Vec<&str> = declaration
        .functions
        .iter()
        .map(|of| of.japanese())
        .collect();
    let planned = pages
        .planned
        .iter()
        .map(|(mode, scenario)| (scenario.id.to_string(), scenario.title.clone(), mode.ja()));
    let template = PreparePage {
        frame: pages.frame(visitor, "準備", current::PATH, problems),
        declared: vec![
            ("製品", declaration.product.clone()),
            ("ベンダー", declaration.vendor.clone()),
            ("版", declaration.version.clone()),
            ("連携方式", modes.join("、")),
            (
                "任意機能",
                if functions.is_empty() {
                    "なし".to_owned()
                } else {
                    functions.join("、")
                },
            ),
            ("業務日時", declaration.clock.japanese().to_owned()),
        ],
        checks: CHECKS
            .iter()
            .map(|(id, text)| (*id, *text, typed.contains_key(*id)))
            .collect(),
        planned: planned.collect(),
        product: typed_or("product", ""),
        version: typed_or("version", ""),
        by: typed_or(names::FIELD, by),
    };
    pages.page(visitor, &template, is_refused)
}

/// Takes the preparation.
pub(super) async fn submit(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    headers: HeaderMap,
    Extension(sent): InForm,
) -> Response {
    let remembered = names::remembered(&headers, pages.port);
    let typed = form::typed(&sent);
    let mut problems = wrong_product(&pages, &typed);
    for (id, _) in CHECKS {
        if sent.text(id) != "yes" {
            problems.push(Problem::at(id, "確かめて、しるしを付けてください"));
        }
    }
    let by = names::typed(&sent).unwrap_or_else(|problem| {
        problems.push(problem);
        String::new()
    });
    if !problems.is_empty() {
        return here(&pages, &visitor, &remembered, &typed, problems);
    }
    let prepared = Prepared {
        by: by.clone(),
        checks: CHECKS.iter().map(|(_, text)| (*text).to_owned()).collect(),
        product: typed.get("product").cloned().unwrap_or_default(),
        version: typed.get("version").cloned().unwrap_or_default(),
        at: now().to_string(),
    };
    if let Err(error) = pages.desk.prepare(prepared) {
        return match pages.problem(&error) {
            Ok(problem) => here(&pages, &visitor, &remembered, &Typed::new(), vec![problem]),
            Err(broken) => broken.into_response(),
        };
    }
    pages.settle().await;
    let mut response = pages.lead_to(
        &visitor,
        current::PATH,
        "準備を記録しました。試験を始めます",
    );
    if let Some(cookie) = names::remember(&by, pages.port) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Where the product in front of the person is not the one of the vendor's file.
fn wrong_product(pages: &Arc<Pages>, typed: &Typed) -> Vec<Problem> {
    let declaration = &pages.desk.declaration;
    let fields = [
        ("product", "製品名", &declaration.product),
        ("version", "版", &declaration.version),
    ];
    let wrong = fields.into_iter().filter_map(|(field, label, declared)| {
        let came = typed.get(field).map_or("", String::as_str);
        let text = if came.is_empty() {
            format!("製品の画面に出ている{label}を入力してください")
        } else if came == declared {
            return None;
        } else {
            format!("{label}が、設定ファイルの「{declared}」と違います（入力されたのは「{came}」）。別の製品を試していないか確かめるか、ベンダーの担当者に vendor.toml を直してもらってください")
        };
        Some(Problem::at(field, text))
    });
    wrong.collect()
}
