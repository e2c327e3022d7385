//! The report of the run, once there is one.

use std::path::PathBuf;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use tekigo_simulator::serve::web::TurnedAway;

use super::service::{InPages, Pages};
use crate::console::standing::{Ending, Standing};

pub(super) const PATH: &str = "/report/*";
pub(super) const JOURNALS: &str = "/report/journal/*";
/// The report brings its own style and pictures, and no script.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'";
/// What of the folder is the report.
const FILES: [(&str, &str); 3] = [
    ("report.html", "text/html; charset=utf-8"),
    ("report.json", "application/json"),
    ("junit.xml", "application/xml"),
];

/// Shows a file of the report.
pub(super) async fn show(State(pages): InPages, Path(name): Path<String>) -> Response {
    let Some((file, kind)) = FILES.iter().find(|(file, _)| *file == name) else {
        return pages.gate.turn_away(TurnedAway::NoSuchPage);
    };
    file_of(&pages, pages.folder.join(file), kind)
}

/// Shows a journal to which the report leads.
pub(super) async fn show_journal(State(pages): InPages, Path(name): Path<String>) -> Response {
    let is_plain =
        !name.starts_with('.') && !name.contains(['/', '\\']) && name.ends_with(".jsonl");
    if !is_plain {
        return pages.gate.turn_away(TurnedAway::NoSuchPage);
    }
    let path = pages.folder.join("journal").join(name);
    file_of(&pages, path, "text/plain; charset=utf-8")
}

fn file_of(pages: &Pages, path: PathBuf, kind: &'static str) -> Response {
    let is_judged = matches!(
        pages.desk.state().standing,
        Standing::Over(Ending::Judged { .. })
    );
    let content = is_judged.then(|| std::fs::read(path).ok()).flatten();
    let Some(content) = content else {
        return pages.gate.turn_away(TurnedAway::NoSuchPage);
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(POLICY),
        ),
    ];
    (headers, content).into_response()
}
