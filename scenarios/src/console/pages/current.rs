//! 「今の指示」: whatever is to be done now.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use tekigo_simulator::serve::web::{Frame, Problem, Visitor};

use super::files::{GIVE_PREFIX, PICTURE_PREFIX, WRITTEN_PREFIX};
use super::names;
use super::prepare;
use super::service::{ByVisitor, InPages, Pages};
use crate::console::arrived::{self, Line};
use crate::console::entry::{Brought, Sort};
use crate::console::form::{self, Piece, Typed};
use crate::console::instruction::{self, Group, order_of};
use crate::console::shape::data_of;
use crate::console::standing::{Ending, Open, Progress, Standing};
use crate::console::words::{CLOCK_OF_MACHINE, instruction as words_of};
use crate::control::Operation;
use crate::requirement::Mode;

pub(super) const PATH: &str = "/";
pub(super) const TITLE: &str = "今の指示";

/// An instruction as the page shows it.
pub(super) struct Asking {
    pub(super) to: String,
    scenario: String,
    title: String,
    mode: &'static str,
    ordinal: u32,
    operation: Operation,
    name: &'static str,
    text: &'static str,
    more: &'static str,
    groups: Vec<Group>,
    gifts: Vec<(String, String, String)>,
    takes_files: bool,
    written: Vec<Brought>,
    pictures: Vec<Brought>,
    arrived: Vec<Line>,
    has_answer_fields: bool,
}

#[derive(Template)]
#[template(path = "console/instruction.html")]
struct InstructionPage {
    frame: Frame,
    asking: Asking,
    progress: Progress,
    pieces: Vec<Piece>,
    by: String,
    why: String,
    reason: String,
    written_path: String,
    picture_path: String,
}

#[derive(Template)]
#[template(path = "console/busy.html")]
struct BusyPage {
    frame: Frame,
    progress: Progress,
}

#[derive(Template)]
#[template(path = "console/over.html")]
struct OverPage {
    frame: Frame,
    ending: Ending,
    meaning: &'static str,
}

/// Shows what is to be done now.
pub(super) async fn show(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    headers: HeaderMap,
) -> Response {
    pages.settle().await;
    let by = names::remembered(&headers, pages.port);
    here(&pages, &visitor, &by, &Typed::new(), Vec::new())
}

/// The page of the moment, with what was typed into it and what was wrong with that.
pub(super) fn here(
    pages: &Arc<Pages>,
    visitor: &Visitor,
    by: &str,
    typed: &Typed,
    problems: Vec<Problem>,
) -> Response {
    let state = pages.desk.state();
    let progress = state.progress;
    match &state.standing {
        Standing::Preparing => {
            drop(state);
            prepare::form(pages, visitor, typed, by, problems)
        }
        Standing::Busy => {
            drop(state);
            let frame = pages.frame(visitor, "判定の側が作業しています", PATH, problems);
            pages.page(visitor, &BusyPage { frame, progress }, false)
        }
        Standing::Over(ending) => {
            let ending = ending.clone();
            drop(state);
            over(pages, visitor, ending, problems)
        }
        Standing::Asking(open) => {
            let brought = state.book.brought_to(&open.key);
            let asking = asking(pages, open, brought);
            let operation = open.operation;
            drop(state);
            let is_refused = !problems.is_empty();
            let shape = data_of(operation, &pages.desk.profile);
            let pieces = form::pieces(&shape, typed, &problems, not_asked(operation));
            let typed_or = |field: &str, otherwise: &str| {
                typed
                    .get(field)
                    .map_or(otherwise, String::as_str)
                    .to_owned()
            };
            let template = InstructionPage {
                frame: pages.frame(visitor, "あなたの操作を待っています", PATH, problems),
                progress,
                pieces,
                by: typed_or(names::FIELD, by),
                why: typed_or("why", ""),
                reason: typed_or("reason", ""),
                written_path: format!("{WRITTEN_PREFIX}{}", asking.to),
                picture_path: format!("{PICTURE_PREFIX}{}", asking.to),
                asking,
            };
            pages.page(visitor, &template, is_refused)
        }
    }
}

/// The members of the data that no field asks for: the files themselves say them.
pub(super) const fn not_asked(operation: Operation) -> &'static [&'static str] {
    if matches!(operation, Operation::Export | Operation::Import) {
        &["files"]
    } else {
        &[]
    }
}

fn asking(pages: &Pages, open: &Open, brought: Vec<Brought>) -> Asking {
    let operation = open.operation;
    let to = open.key.in_path();
    let gifts = open.gifts.iter().map(|gift| {
        let path = format!("{GIVE_PREFIX}{to}/{}", encoded(&gift.name));
        (path, gift.name.clone(), gift.label.clone())
    });
    let (mut written, pictures): (Vec<Brought>, Vec<Brought>) = brought
        .into_iter()
        .partition(|brought| brought.sort == Sort::Written);
    written.sort_by_key(|brought| order_of(&brought.name, &pages.desk.profile));
    let needs_clock = operation == Operation::SetBusinessTime && pages.desk.has_clock_of_machine();
    let shape = data_of(operation, &pages.desk.profile);
    let has_answer_fields =
        !form::pieces(&shape, &Typed::new(), &[], not_asked(operation)).is_empty();
    Asking {
        gifts: gifts.collect(),
        to,
        scenario: open.key.scenario.clone(),
        title: open.title.clone(),
        mode: open.key.mode.ja(),
        ordinal: open.key.ordinal,
        operation,
        name: operation.japanese(),
        text: words_of(operation),
        more: if needs_clock { CLOCK_OF_MACHINE } else { "" },
        groups: instruction::groups(operation, &open.input, &open.names),
        takes_files: operation == Operation::Export,
        written,
        pictures,
        arrived: arrived::lately(&open.journal),
        has_answer_fields,
    }
}

impl Asking {
    /// Whether an interrupted scenario begins anew: what the product has sent by itself is not kept.
    fn begins_anew(&self) -> bool {
        self.mode == Mode::Api.ja()
    }
}

fn over(pages: &Pages, visitor: &Visitor, ending: Ending, problems: Vec<Problem>) -> Response {
    let (title, code) = match &ending {
        Ending::Judged { exit, .. } => ("終わりました", *exit),
        Ending::Broken { exit, .. } => ("続けられなくなりました", *exit),
    };
    let mut codes = crate::verdict::EXIT_CODES.iter();
    let meaning = codes.find(|(exit, _)| exit.code() == code);
    let template = OverPage {
        frame: pages.frame(visitor, title, PATH, problems),
        ending,
        meaning: meaning.map_or("", |(_, meaning)| *meaning),
    };
    pages.page(visitor, &template, false)
}

/// A file's name as a part of an address.
fn encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    name.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
