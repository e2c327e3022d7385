//! A person's materials; whoever opens them has read them.

use axum::Extension;
use axum::extract::{Path, State};

use super::home;
use super::service::{BySeat, InService};
use crate::serve::desk::Answer;
use crate::serve::shown_data::{data_page, name_of};
use crate::viewer::{BoardAction, Subject};

/// The kind of data that members read.
const MATERIAL: &str = "boardMaterial";

/// Asks the world, and shows what it gives or why it does not.
pub(super) async fn show(
    State(service): InService,
    Extension(seat): BySeat,
    Path((insurer, insured)): Path<(String, String)>,
) -> Answer {
    let action = BoardAction::View {
        subject: Subject {
            insurer: service.masked(&insurer),
            insured: service.masked(&insured),
        },
        data: MATERIAL.to_owned(),
    };
    let viewed = service.ask(&seat, action)?;
    let profile = service.shell.profile();
    let title = format!("{} {insured}", name_of(profile, MATERIAL));
    let frame = service.frame(&seat, title);
    Ok(data_page(
        profile,
        frame,
        &viewed,
        (home::PATH, "審査会資料の一覧に戻る"),
    ))
}
