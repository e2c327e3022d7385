//! 「ユーザ登録」 of offices and medical institutions.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;

use super::service::{ByMember, ByVisitor, InPages, Pages, Visit, problems};
use crate::portal::PortalInput;
use crate::serve::desk::{Answer, InForm};
use crate::serve::web::{Frame, Notice, Problem};

pub(super) const PATH: &str = "/register";
const TITLE: &str = "ユーザ登録（介護事業所・医療機関）";
/// Its name in the navigation.
pub(super) const SHORT_TITLE: &str = "ユーザ登録";

#[derive(Template)]
#[template(path = "portal/register.html")]
struct RegisterPage {
    frame: Frame,
    number: String,
    name: String,
    address: String,
    password_hint: String,
}

/// Shows the form.
pub(super) async fn show(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    member: ByMember,
) -> Answer {
    let visit = pages.visit(&visitor, member)?;
    let empty = || String::new();
    let typed = [empty(), empty(), empty()];
    Ok(form(&pages, &visit, typed, None, Vec::new()))
}

/// Registers.
pub(super) async fn submit(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    member: ByMember,
    Extension(sent): InForm,
) -> Answer {
    let visit = pages.visit(&visitor, member)?;
    if !sent.has_only(&["number", "name", "address", "new"]) {
        return Ok(pages.strange_form());
    }
    let typed = |field| pages.typed(&sent, field);
    let (number, name, address) = (typed("number"), typed("name"), typed("address"));
    let answer = pages.act(PortalInput::RegisterUser {
        number: number.clone(),
        name: name.clone(),
        address: address.clone(),
        password: pages.shell.mask().password_token(sent.text("new")),
        length: sent.text("new").chars().count(),
    })?;
    let Some(login_id) = answer.login_id.clone() else {
        let fields = [
            ("user_number", "number"),
            ("user_exists", "number"),
            ("user_name", "name"),
            ("user_address", "address"),
            ("password_length", "new"),
        ];
        let problems = problems(&answer, &fields);
        let typed = [number, name, address];
        return Ok(form(&pages, &visit, typed, None, problems));
    };
    let text = format!("登録しました。ログインIDは {login_id} です。ログインして申請してください");
    let empty = || String::new();
    let notice = Some(Notice::plain(text));
    let typed = [empty(), empty(), empty()];
    Ok(form(&pages, &visit, typed, notice, Vec::new()))
}

fn form(
    pages: &Pages,
    visit: &Visit,
    [number, name, address]: [String; 3],
    notice: Option<Notice>,
    problems: Vec<Problem>,
) -> Response {
    let mut frame = pages.frame(visit, TITLE, PATH);
    let is_refused = !problems.is_empty();
    frame.problems = problems;
    frame.notice = notice.or(frame.notice);
    let shortest = pages.shell.profile().pages().password_length_min.value;
    let template = RegisterPage {
        frame,
        number,
        name,
        address,
        password_hint: format!("{shortest}文字以上"),
    };
    pages.page(visit, &template, is_refused)
}
