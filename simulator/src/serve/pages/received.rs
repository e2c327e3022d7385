//! 「受け取る情報」: what waits for the insurer, and the sets made of it.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use http::StatusCode;

use super::account::AccountView;
use super::service::{Answer, ByStaff, InForm, InPages, Pages, Staff};
use super::set_view::{MadeRow, made_rows};
use crate::operator::OperatorAction;
use crate::serve::web::{Frame, Notice, Problem, page};
use crate::systems::pmh::AccountKey;
use crate::world::World;

pub(super) const PATH: &str = "/received";
pub(super) const TITLE: &str = "受け取る情報";

/// How much of a kind waits.
struct WaitingRow {
    kind: String,
    count: usize,
}

/// A set made of what waited.
struct InboundRow {
    number: String,
    made_at: String,
    files: Vec<MadeRow>,
}

#[derive(Template)]
#[template(path = "pages/received.html")]
struct ReceivedPage {
    frame: Frame,
    waiting: Vec<WaitingRow>,
    sets: Vec<InboundRow>,
}

/// Shows what waits.
pub(super) async fn show(State(pages): InPages, Extension(staff): ByStaff) -> Answer {
    let account = pages.account(&staff)?;
    tables(&pages, &staff, &account, StatusCode::OK, Vec::new())
}

/// Makes what waits into a set.
pub(super) async fn submit(
    State(pages): InPages,
    Extension(staff): ByStaff,
    Extension(sent): InForm,
) -> Answer {
    if !sent.has_only(&[]) {
        return Ok(pages.strange_form());
    }
    let account = pages.account(&staff)?;
    let insurer = staff.user.0.to_string();
    let answer = pages.act(&insurer, OperatorAction::MakeInboundSet)?;
    if !answer.done {
        let problems = vec![Problem::general(answer.reason.unwrap_or_default())];
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return tables(&pages, &staff, &account, status, problems);
    }
    let text = format!(
        "受け取り用のファイルを {} 個作りました。下の表から1つずつ受け取ってください",
        answer.made.len()
    );
    Ok(pages.lead_to(&staff, PATH, Notice::plain(text)))
}

fn tables(
    pages: &Pages,
    staff: &Staff,
    account: &AccountView,
    status: StatusCode,
    problems: Vec<Problem>,
) -> Answer {
    let (waiting, sets) = pages.shell.look(|world| rows(world, &staff.user));
    let template = ReceivedPage {
        frame: pages.frame(staff, account, TITLE, PATH, problems),
        waiting,
        sets,
    };
    Ok(page(status, &template))
}

fn rows(world: &World, account: &AccountKey) -> (Vec<WaitingRow>, Vec<InboundRow>) {
    let profile = world.profile();
    let waiting = world.pmh().inbound_waiting(account);
    let waiting = waiting.into_iter().map(|(kind, count)| WaitingRow {
        kind: profile.layout(kind).ja().to_owned(),
        count,
    });
    let sets = world.pmh().inbound_sets(account);
    let sets = sets.into_iter().map(|set| InboundRow {
        number: set.number.to_string(),
        made_at: set.made_at.for_people(),
        files: made_rows(profile, &set.files),
    });
    (waiting.collect(), sets.collect())
}
