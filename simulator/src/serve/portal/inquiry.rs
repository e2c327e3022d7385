//! 「お問い合わせ」.

use askama::Template;
use axum::Extension;
use axum::extract::State;

use super::service::{ByMember, ByVisitor, InPages, Pages, Visit, problems};
use crate::portal::{InquiryForm, PortalInput};
use crate::serve::desk::{Answer, InForm};
use crate::serve::web::{Frame, Notice, Problem};
use crate::systems::portal::SUBJECT_CHARACTERS_MAX;

pub(super) const PATH: &str = "/inquiry/input";
pub(super) const TITLE: &str = "お問い合わせ";

#[derive(Template)]
#[template(path = "portal/inquiry.html")]
struct InquiryPage {
    frame: Frame,
    form: InquiryForm,
    subject_hint: String,
}

/// Shows the form.
pub(super) async fn show(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    member: ByMember,
) -> Answer {
    let visit = pages.visit(&visitor, member)?;
    let empty = InquiryForm::default();
    Ok(form(&pages, &visit, empty, None, Vec::new()))
}

/// Sends the inquiry in.
pub(super) async fn submit(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    member: ByMember,
    Extension(sent): InForm,
) -> Answer {
    let visit = pages.visit(&visitor, member)?;
    if !sent.has_only(&["name", "address", "subject", "text"]) {
        return Ok(pages.strange_form());
    }
    let typed = |field| pages.typed(&sent, field);
    let inquiry = InquiryForm {
        name: typed("name"),
        address: typed("address"),
        subject: typed("subject"),
        text: typed("text"),
    };
    let told = pages.act(PortalInput::Inquire(inquiry.clone()))?;
    let Some(number) = told.inquiry else {
        let fields = [
            ("inquiry_name", "name"),
            ("inquiry_address", "address"),
            ("inquiry_subject", "subject"),
            ("inquiry_text", "text"),
        ];
        let problems = problems(&told, &fields);
        return Ok(form(&pages, &visit, inquiry, None, problems));
    };
    let text = format!(
        "お問い合わせを受け付けました（受付番号 {number}）。受付メールを {} に送りました",
        inquiry.address
    );
    let notice = Some(Notice::plain(text));
    let empty = InquiryForm::default();
    Ok(form(&pages, &visit, empty, notice, Vec::new()))
}

fn form(
    pages: &Pages,
    visit: &Visit,
    inquiry: InquiryForm,
    notice: Option<Notice>,
    problems: Vec<Problem>,
) -> axum::response::Response {
    let mut frame = pages.frame(visit, TITLE, PATH);
    let is_refused = !problems.is_empty();
    frame.problems = problems;
    frame.notice = notice.or(frame.notice);
    let template = InquiryPage {
        frame,
        form: inquiry,
        subject_hint: format!(
            "入力可能文字数: {SUBJECT_CHARACTERS_MAX}文字。例 ログイン方法がわからない"
        ),
    };
    pages.page(visit, &template, is_refused)
}
