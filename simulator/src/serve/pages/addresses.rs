//! 「通知先の登録」: where PMH sends its notices.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use http::StatusCode;

use super::home;
use super::service::{Answer, ByStaff, InForm, InPages, Pages, Staff};
use crate::operator::OperatorAction;
use crate::serve::web::{Frame, Notice, Problem, field_meant, page};

pub(super) const PATH: &str = "/addresses";
pub(super) const TITLE: &str = "通知先の登録";

const RESULT_LABEL: &str = "処理結果の通知先";
const BOARD_LABEL: &str = "審査会資料参照状況の通知先";

#[derive(Template)]
#[template(path = "pages/addresses.html")]
struct AddressesPage<'a> {
    frame: Frame,
    is_registered: bool,
    processing_result: &'a str,
    board_reading: &'a str,
}

/// Shows the form with what is registered.
pub(super) async fn show(State(pages): InPages, Extension(staff): ByStaff) -> Answer {
    form(&pages, &staff, None, Vec::new())
}

/// Registers both addresses.
pub(super) async fn submit(
    State(pages): InPages,
    Extension(staff): ByStaff,
    Extension(sent): InForm,
) -> Answer {
    if !sent.has_only(&["processing_result", "board_reading"]) {
        return Ok(pages.strange_form());
    }
    let result = sent.text("processing_result").trim();
    let board = sent.text("board_reading").trim();
    let fields = [
        ("processing_result", RESULT_LABEL, result),
        ("board_reading", BOARD_LABEL, board),
    ];
    let empty = fields.iter().filter(|(_, _, value)| value.is_empty());
    let missing: Vec<Problem> = empty
        .map(|(id, label, _)| Problem::at(*id, format!("{label}を入力してください")))
        .collect();
    if !missing.is_empty() {
        return form(&pages, &staff, Some((result, board)), missing);
    }
    let action = OperatorAction::RegisterAddresses {
        processing_result: pages.shell.masked(result),
        board_reading: pages.shell.masked(board),
    };
    let answer = pages.act(&staff.user.0.to_string(), action)?;
    if !answer.done {
        let reason = answer.reason.unwrap_or_default();
        let problem = Problem::at(field_meant(&reason, &fields), reason);
        return form(&pages, &staff, Some((result, board)), vec![problem]);
    }
    Ok(pages.lead_to(&staff, home::PATH, Notice::plain("通知先を登録しました")))
}

/// The form with what is registered, or with what was sent and why it was refused.
fn form(
    pages: &Pages,
    staff: &Staff,
    sent: Option<(&str, &str)>,
    problems: Vec<Problem>,
) -> Answer {
    let account = pages.account(staff)?;
    let registered = (
        account.processing_result.as_str(),
        account.board_reading.as_str(),
    );
    let (processing_result, board_reading) = sent.unwrap_or(registered);
    let status = match sent {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let template = AddressesPage {
        frame: pages.frame(staff, &account, TITLE, PATH, problems),
        is_registered: account.has_addresses(),
        processing_result,
        board_reading,
    };
    Ok(page(status, &template))
}
