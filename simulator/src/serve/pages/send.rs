//! 「ファイルを送る」: one whole set (組) at a time.

use askama::Template;
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use http::{HeaderMap, StatusCode};

use std::sync::Arc;

use super::account::AccountView;
use super::addresses;
use super::service::{Answer, ByStaff, InPages, Pages, Staff};
use super::set_view::{ProblemRow, problem_rows};
use crate::operator::{OperatorAction, OperatorAnswer, UploadedFile};
use crate::serve::web::{
    Frame, Instead, Notice, Patience, Problem, Received, TurnedAway, Upload, UploadBounds, page,
};

pub(super) const PATH: &str = "/send";
pub(super) const TITLE: &str = "ファイルを送る";
const FIELD: &str = "files";

#[derive(Template)]
#[template(path = "pages/send.html")]
struct SendPage {
    frame: Frame,
    name: String,
    files_max: usize,
    file_megabytes: usize,
    whole_megabytes: usize,
    rows_max: String,
    problem_rows: Vec<ProblemRow>,
}

/// Shows the form; until addresses are registered, leads there.
pub(super) async fn show(State(pages): InPages, Extension(staff): ByStaff) -> Answer {
    let account = pages.account(&staff)?;
    if !account.has_addresses() {
        let why = "ファイルを送る前に、通知先を登録してください。";
        return Ok(pages.lead_to(&staff, addresses::PATH, Notice::plain(why)));
    }
    form(
        &pages,
        &staff,
        &account,
        StatusCode::OK,
        Vec::new(),
        Vec::new(),
    )
}

/// Takes the files in and lets PMH judge the set.
pub(super) async fn submit(
    State(pages): InPages,
    Extension(staff): ByStaff,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let account = pages.account(&staff)?;
    let received = match read(&pages, &staff, &headers, body).await {
        Ok(received) => received,
        Err(why) => return Ok(pages.gate.turn_away(why)),
    };
    if received.files.is_empty() && !received.is_too_much {
        let text = "送るファイルを選んでください。1つの組のファイルを、まとめて選びます";
        let problems = vec![Problem::at(FIELD, text)];
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return form(&pages, &staff, &account, status, problems, Vec::new());
    }
    let is_too_much = received.is_too_much;
    let answer = judge(&pages, &staff, received).await?;
    match answer.set {
        Some(set) => {
            let path = format!("{}/{}", super::sent::PATH, set.number);
            let notice = Notice::plain(format!("組 {} を受け付けました", set.number));
            Ok(pages.lead_to(&staff, &path, notice))
        }
        None => refuse(&pages, &staff, &account, &answer, is_too_much),
    }
}

/// Reads the upload within the profile's bounds; the token comes before any file.
async fn read(
    pages: &Pages,
    staff: &Staff,
    headers: &HeaderMap,
    body: Body,
) -> Result<Received, TurnedAway> {
    let settings = pages.shell.profile().file();
    let bounds = UploadBounds {
        files_max: settings.set_files_max.value,
        file_bytes_max: settings.bytes_max.value as u64,
        whole_bytes_max: settings.set_bytes_max.value as u64,
    };
    let patience = Patience::UPLOAD;
    let Ok(_turn) = pages.uploads.acquire().await else {
        return Err(TurnedAway::Slow);
    };
    let mut upload = Upload::open(headers, body, patience, bounds)?;
    let token = upload.token().await?;
    if !pages.gate.sessions.is_form_token(&staff.cookie, &token) {
        return Err(TurnedAway::NoToken);
    }
    upload.files(FIELD, patience).await
}

/// Hands the files to the world. A large set takes it a while, so this is not done where other
/// pages are served.
async fn judge(
    pages: &Arc<Pages>,
    staff: &Staff,
    received: Received,
) -> Result<OperatorAnswer, Instead> {
    let insurer = staff.user.0.to_string();
    let here = Arc::clone(pages);
    let judged = tokio::task::spawn_blocking(move || {
        let is_too_much = received.is_too_much;
        let files = received.files.into_iter().map(|file| {
            if is_too_much {
                here.shell.oversized_file(&file.name, file.bytes)
            } else {
                here.shell.uploaded_file(&file.name, &file.content)
            }
        });
        let files: Vec<UploadedFile> = files.collect();
        here.act(&insurer, OperatorAction::Upload { files })
    });
    match judged.await {
        Ok(answer) => answer,
        // It runs to its end unless the run itself ends.
        Err(_) => Err(pages.gate.turn_away(TurnedAway::Broken).into()),
    }
}

fn refuse(
    pages: &Pages,
    staff: &Staff,
    account: &AccountView,
    answer: &OperatorAnswer,
    is_too_much: bool,
) -> Answer {
    let status = if is_too_much {
        StatusCode::PAYLOAD_TOO_LARGE
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let reason = match answer.problems.len() {
        0 => answer.reason.clone().unwrap_or_default(),
        count => format!("この組は受け付けられませんでした。理由は表の{count}件です"),
    };
    let problems = vec![Problem::at(FIELD, reason)];
    form(
        pages,
        staff,
        account,
        status,
        problems,
        problem_rows(&answer.problems),
    )
}

/// The pattern of file names with its parts in Japanese, and the insurer's own number.
fn name_for_people(pattern: &str, staff: &Staff) -> String {
    let insurer = staff.user.0.to_string();
    [
        ("{insurer}", insurer.as_str()),
        ("{code}", "（データの種別）"),
        ("{segment}", "（連携区分）"),
        ("{timestamp}", "（組の番号14桁）"),
        ("{sequence}", "（連番3桁）"),
    ]
    .into_iter()
    .fold(pattern.to_owned(), |name, (part, text)| {
        name.replace(part, text)
    })
}

/// A number with a comma after every three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn form(
    pages: &Pages,
    staff: &Staff,
    account: &AccountView,
    status: StatusCode,
    problems: Vec<Problem>,
    problem_rows: Vec<ProblemRow>,
) -> Answer {
    let settings = pages.shell.profile().file();
    let template = SendPage {
        frame: pages.frame(staff, account, TITLE, PATH, problems),
        name: name_for_people(settings.name_pattern.value.as_str(), staff),
        files_max: settings.set_files_max.value,
        file_megabytes: settings.bytes_max.value / (1024 * 1024),
        whole_megabytes: settings.set_bytes_max.value / (1024 * 1024),
        rows_max: grouped(settings.rows_max.value),
        problem_rows,
    };
    Ok(page(status, &template))
}
