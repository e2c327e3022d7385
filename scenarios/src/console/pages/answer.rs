//! 「できた」「できない」「画面にない」.

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, header};
use serde_json::{Value, json};
use tekigo_simulator::serve::web::{Form, Problem};

use super::current::{here, not_asked};
use super::names;
use super::service::{ByVisitor, InForm, InPages, Pages};
use crate::console::entry::{Brought, Sort};
use crate::console::filled;
use crate::console::form::{self, MORE, Typed};
use crate::console::instruction::order_of;
use crate::console::shape::data_of;
use crate::console::standing::Standing;
use crate::control::{AnswerResult, Operation};

pub(super) const PATH: &str = "/answer";
/// The field that says which instruction is meant.
const TO: &str = "to";
/// The button that was pressed.
const RESULT: &str = "result";

/// What an answer is made from, as it stood when the form came.
struct Asked {
    operation: Operation,
    brought: Vec<Brought>,
    gifts: Vec<String>,
}

/// Takes an answer; or gives more rows to fill in.
pub(super) async fn submit(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    headers: HeaderMap,
    Extension(sent): InForm,
) -> Response {
    let remembered = names::remembered(&headers, pages.port);
    let mut typed = form::typed(&sent);
    let to = sent.text(TO).to_owned();
    let Some(asked) = asked(&pages, &to) else {
        let problem = Problem::general(
            "この指示には、もう回答があるか、指示が変わりました。何も変わっていません。今の指示は下のとおりです",
        );
        return here(&pages, &visitor, &remembered, &Typed::new(), vec![problem]);
    };
    let more = sent.text(MORE).to_owned();
    if !more.is_empty() {
        if !form::add_rows(&mut typed, &more) {
            return pages.strange_form();
        }
        return here(&pages, &visitor, &remembered, &typed, Vec::new());
    }
    let mut problems = Vec::new();
    let Some(answer) = answer_of(&pages, &sent, &typed, &asked, &mut problems) else {
        return pages.strange_form();
    };
    let by = names::typed(&sent).unwrap_or_else(|problem| {
        problems.insert(0, problem);
        String::new()
    });
    if !problems.is_empty() {
        return here(&pages, &visitor, &remembered, &typed, problems);
    }
    if let Err(error) = pages.desk.answer(&to, &answer, &by) {
        return match pages.problem(&error) {
            Ok(problem) => here(&pages, &visitor, &remembered, &typed, vec![problem]),
            Err(broken) => broken.into_response(),
        };
    }
    pages.settle().await;
    let mut response = pages.lead_to(&visitor, super::current::PATH, "");
    if let Some(cookie) = names::remember(&by, pages.port) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn asked(pages: &Pages, to: &str) -> Option<Asked> {
    let state = pages.desk.state();
    let Standing::Asking(open) = &state.standing else {
        return None;
    };
    (open.key.in_path() == to).then(|| Asked {
        operation: open.operation,
        brought: state.book.brought_to(&open.key),
        gifts: open.gifts.iter().map(|gift| gift.name.clone()).collect(),
    })
}

/// The answer as the interface writes it; none for a button that the page does not have.
fn answer_of(
    pages: &Pages,
    sent: &Form,
    typed: &Typed,
    asked: &Asked,
    problems: &mut Vec<Problem>,
) -> Option<Value> {
    let reason = sent.text("reason").trim();
    let answer = |result: AnswerResult, reason: Option<&str>, data: Value| json!({ "result": result.word(), "reason": reason, "data": data });
    match sent.text(RESULT) {
        "done" => Some(answer(
            AnswerResult::Done,
            None,
            data(pages, typed, asked, problems),
        )),
        "cannot" => {
            let why = match sent.text("why") {
                "refused" => AnswerResult::Refused,
                "failed" => AnswerResult::Failed,
                _ => {
                    problems.push(Problem::at(
                        "why",
                        "できなかったときは、どうなったかを選んでください",
                    ));
                    AnswerResult::Failed
                }
            };
            if reason.is_empty() {
                problems.push(Problem::at(
                    "reason",
                    "できなかったときは、画面に出た言葉か、起きたことを入力してください",
                ));
            }
            Some(answer(why, Some(reason), json!({})))
        }
        "missing" => {
            let reason = (!reason.is_empty()).then_some(reason);
            Some(answer(AnswerResult::Unsupported, reason, json!({})))
        }
        _ => None,
    }
}

/// The data of what was done: what was typed, and the names of the files.
fn data(pages: &Pages, typed: &Typed, asked: &Asked, problems: &mut Vec<Problem>) -> Value {
    let profile = &pages.desk.profile;
    let shape = data_of(asked.operation, profile);
    let mut data = filled::read(&shape, typed, not_asked(asked.operation), problems);
    if asked.operation == Operation::Import {
        data.insert("files".to_owned(), json!(asked.gifts));
    }
    if asked.operation == Operation::Export {
        let written = asked
            .brought
            .iter()
            .filter(|file| file.sort == Sort::Written);
        let mut names: Vec<&str> = written.map(|file| file.name.as_str()).collect();
        names.sort_by_key(|name| order_of(name, profile));
        let records = data.get("records").and_then(Value::as_u64);
        if names.is_empty() && records.is_some_and(|records| records > 0) {
            problems.push(Problem::at(
                "written",
                "出力されたファイルを選んで渡してください。出力するものがなかったときは、件数を0にします",
            ));
        }
        data.insert("files".to_owned(), json!(names));
    }
    Value::Object(data)
}
