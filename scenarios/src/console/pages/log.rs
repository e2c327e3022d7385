//! 「記録」: everything that was said and done so far, to read and to print.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use serde_json::Value;
use tekigo_simulator::profile::Profile;
use tekigo_simulator::serve::web::Frame;

use super::service::{ByVisitor, InPages, short};
use crate::console::book::Book;
use crate::console::entry::{Answered, Attested, Prepared, Sort};
use crate::console::shape::{Kind, Shape, data_of};
use crate::control::{AnswerResult, Operation};

pub(super) const PATH: &str = "/log";
pub(super) const TITLE: &str = "これまでの記録";

/// One answer as a line.
struct Line {
    at: String,
    scenario: String,
    mode: &'static str,
    attempt: u32,
    ordinal: u32,
    operation: String,
    result: &'static str,
    is_done: bool,
    reason: String,
    shown: String,
    files: Vec<String>,
    by: String,
}

#[derive(Template)]
#[template(path = "console/log.html")]
struct LogPage {
    frame: Frame,
    run: String,
    prepared: Option<Prepared>,
    attested: Vec<Attested>,
    lines: Vec<Line>,
    ended: Vec<(String, &'static str, bool)>,
}

/// Shows the record.
pub(super) async fn show(State(pages): InPages, Extension(visitor): ByVisitor) -> Response {
    let frame = pages.frame(&visitor, TITLE, PATH, Vec::new());
    let state = pages.desk.state();
    let book = &state.book;
    let ended = book.ended().into_iter();
    let template = LogPage {
        frame,
        run: book.id.get(..12).unwrap_or(&book.id).to_owned(),
        prepared: book.prepared().cloned(),
        attested: book.attested().into_iter().cloned().collect(),
        lines: book
            .answers()
            .map(|answered| line(book, answered, &pages.desk.profile))
            .collect(),
        ended: ended
            .map(|((mode, scenario), passed)| (scenario, mode.ja(), passed))
            .collect(),
    };
    drop(state);
    pages.page(&visitor, &template, false)
}

fn line(book: &Book, answered: &Answered, profile: &Profile) -> Line {
    let key = &answered.key;
    let word = answered.answer["result"].as_str().unwrap_or_default();
    let result = AnswerResult::ALL
        .into_iter()
        .find(|result| result.word() == word);
    let operation = answered.operation.parse::<Operation>();
    let files = book.brought_to(key).into_iter().map(|file| {
        let sort = match file.sort {
            Sort::Picture => "画面の写し",
            Sort::Written => "出力",
        };
        format!("{sort} {}（SHA-256 {}…）", file.name, &file.sha256[..12])
    });
    let mut data = answered.answer["data"].clone();
    if let (Ok(Operation::Export), Some(members)) = (&operation, data.as_object_mut()) {
        // They are listed with their digests.
        members.remove("files");
    }
    let shape = operation.as_ref().ok();
    let shape = shape.map(|operation| data_of(*operation, profile));
    Line {
        at: short(&answered.at),
        scenario: key.scenario.clone(),
        mode: key.mode.ja(),
        attempt: key.attempt,
        ordinal: key.ordinal,
        operation: operation.map_or_else(
            |_| answered.operation.clone(),
            |operation| operation.japanese().to_owned(),
        ),
        result: match result {
            Some(AnswerResult::Done) => "できた",
            Some(AnswerResult::Refused) => "製品が断った",
            Some(AnswerResult::Failed) => "できない",
            Some(AnswerResult::Unsupported) | None => "画面にない",
        },
        is_done: result == Some(AnswerResult::Done),
        reason: answered.answer["reason"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
        shown: shape.map_or_else(String::new, |shape| flat(&shape, &data)),
        files: files.collect(),
        by: answered.by.clone(),
    }
}

/// Data in one line, as the form asked for it.
fn flat(shape: &Shape, data: &Value) -> String {
    match (&shape.kind, data) {
        (_, Value::Null) => "なし".to_owned(),
        (Kind::Parts(parts), Value::Object(members)) => {
            let shown = parts.iter().filter_map(|part| {
                let value = members.get(&part.name).filter(|value| !value.is_null())?;
                Some(format!(
                    "{}: {}",
                    part.shape.label,
                    flat(&part.shape, value)
                ))
            });
            shown.collect::<Vec<_>>().join("、")
        }
        (Kind::Several(item), Value::Array(items)) => {
            let items: Vec<String> = items.iter().map(|value| flat(item, value)).collect();
            format!("［{}］", items.join(" / "))
        }
        (Kind::Choice(choices), value) => {
            let found = choices.iter().find(|choice| choice.value == *value);
            found.map_or_else(|| plain(value), |choice| choice.label.clone())
        }
        (Kind::Items(items), Value::Object(members)) => {
            let label = |name: &str| {
                let found = items.iter().find(|item| item.value == name);
                found.map_or_else(|| name.to_owned(), |item| item.label.clone())
            };
            let shown = members.iter();
            let shown = shown.map(|(name, value)| format!("{}: {}", label(name), plain(value)));
            shown.collect::<Vec<_>>().join("、")
        }
        (_, value) => plain(value),
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
