//! 「送ったファイルの処理状況」, and the page of one set.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use http::StatusCode;

use super::service::{Answer, ByStaff, InPages, Pages, Staff};
use super::set_view::{
    FileRow, MadeRow, ProblemRow, RefusalRow, SetRow, file_rows, made_rows, problem_rows,
    received_at, refusal_rows, set_row,
};
use crate::profile::{LinkSegment, SetNumber};
use crate::serve::web::{Frame, TurnedAway, page};
use crate::systems::pmh::{FileSetState, FileSetView};
use crate::world::World;

pub(super) const PATH: &str = "/sent";
pub(super) const TITLE: &str = "送ったファイルの処理状況";

#[derive(Template)]
#[template(path = "pages/sent.html")]
struct SentPage {
    frame: Frame,
    sets: Vec<SetRow>,
}

/// What the page of a set shows.
struct SetDetail {
    received_at: String,
    segment: &'static str,
    state: &'static str,
    is_processing: bool,
    files: Vec<FileRow>,
    refusals: Vec<RefusalRow>,
    refusals_left: usize,
    results: Vec<MadeRow>,
    problems: Vec<ProblemRow>,
}

#[derive(Template)]
#[template(path = "pages/set.html")]
struct SetPage {
    frame: Frame,
    set: SetDetail,
}

/// The list.
pub(super) async fn list(State(pages): InPages, Extension(staff): ByStaff) -> Answer {
    let account = pages.account(&staff)?;
    let sets = pages.shell.look(|world| {
        let views = world.pmh().file_sets(&staff.user);
        views.iter().map(set_row).collect()
    });
    let template = SentPage {
        frame: pages.frame(&staff, &account, TITLE, PATH, Vec::new()),
        sets,
    };
    Ok(page(StatusCode::OK, &template))
}

/// One set.
pub(super) async fn show(
    State(pages): InPages,
    Extension(staff): ByStaff,
    number: Result<Path<String>, PathRejection>,
) -> Answer {
    let number = number.ok().and_then(|Path(text)| SetNumber::parse(&text));
    match number {
        Some(number) => show_set(&pages, &staff, number),
        None => Ok(pages.gate.turn_away(TurnedAway::NoSuchPage)),
    }
}

fn show_set(pages: &Arc<Pages>, staff: &Staff, number: SetNumber) -> Answer {
    let account = pages.account(staff)?;
    let Some(set) = pages.shell.look(|world| detail(world, staff, number)) else {
        return Ok(pages.gate.turn_away(TurnedAway::NoSuchPage));
    };
    let title = format!("組 {number} の処理結果");
    let template = SetPage {
        frame: pages.frame(staff, &account, title, PATH, Vec::new()),
        set,
    };
    Ok(page(StatusCode::OK, &template))
}

/// The set that was taken over under this number; otherwise the last refused one that bore it.
fn detail(world: &World, staff: &Staff, number: SetNumber) -> Option<SetDetail> {
    let pmh = world.pmh();
    let refused = || {
        let views = pmh.file_sets(&staff.user);
        views.into_iter().find(|view| view.number == Some(number))
    };
    let view = pmh.file_set(&staff.user, number).or_else(refused)?;
    Some(detail_of(world, &view))
}

fn detail_of(world: &World, view: &FileSetView<'_>) -> SetDetail {
    let profile = world.profile();
    let mut detail = SetDetail {
        received_at: received_at(view),
        segment: match view.segment {
            Some(LinkSegment::Initial) => "初期セットアップ",
            Some(LinkSegment::Difference) => "差分",
            None => "",
        },
        state: set_row(view).state,
        is_processing: matches!(view.state, FileSetState::Processing { .. }),
        files: Vec::new(),
        refusals: Vec::new(),
        refusals_left: 0,
        results: Vec::new(),
        problems: Vec::new(),
    };
    match &view.state {
        FileSetState::Refused { problems, .. } => detail.problems = problem_rows(problems),
        FileSetState::Processing { files } => detail.files = file_rows(profile, files),
        FileSetState::Completed { files, results } => {
            detail.files = file_rows(profile, files);
            (detail.refusals, detail.refusals_left) = refusal_rows(profile, files);
            detail.results = made_rows(profile, results);
        }
    }
    detail
}
