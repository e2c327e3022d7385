//! 「お知らせ」.

use askama::Template;
use axum::Extension;
use axum::extract::State;

use super::service::{ByMember, ByVisitor, InPages, Whose};
use crate::serve::desk::Answer;
use crate::serve::web::Frame;

pub(super) const PATH: &str = "/";
pub(super) const TITLE: &str = "お知らせ";

#[derive(Template)]
#[template(path = "portal/home.html")]
struct HomePage {
    frame: Frame,
    published: usize,
    municipalities: usize,
    stage: &'static str,
    is_reply_awaited: bool,
    is_answer_awaited: bool,
    is_rechecked: bool,
}

/// Shows what there is, and to an insurer how far it has got.
pub(super) async fn show(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    member: ByMember,
) -> Answer {
    let visit = pages.visit(&visitor, member)?;
    let list = pages.shell.look(crate::world::World::public_status);
    let stage = match visit.account.as_ref().map(|account| account.holder) {
        Some(Whose::Insurer(number)) => pages
            .shell
            .look(|world| Some(world.portal().stage(number).clone())),
        Some(Whose::User(_)) | None => None,
    };
    let is_in = |name| stage.as_ref().is_some_and(|stage| stage.name() == name);
    let template = HomePage {
        frame: pages.frame(&visit, TITLE, PATH),
        published: list.iter().filter(|row| row.dates.is_some()).count(),
        municipalities: list.len(),
        stage: stage.as_ref().map_or("", |stage| stage.japanese()),
        is_reply_awaited: is_in("notified"),
        is_answer_awaited: is_in("unanswered"),
        is_rechecked: is_in("recheck"),
    };
    Ok(pages.page(&visit, &template, false))
}
