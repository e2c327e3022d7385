//! 「審査会資料」: the materials of the member's own meetings, and which have been read.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use http::StatusCode;

use super::service::{BySeat, InService};
use crate::serve::desk::Answer;
use crate::serve::web::{Frame, page};
use crate::systems::platform::MeetingMaterial;

pub(super) const PATH: &str = "/";
pub(super) const TITLE: &str = "審査会資料";

#[derive(Template)]
#[template(path = "board/home.html")]
struct HomePage {
    frame: Frame,
    materials: Vec<MeetingMaterial>,
}

/// Shows the list.
pub(super) async fn show(State(service): InService, Extension(seat): BySeat) -> Answer {
    let materials = service
        .shell
        .look(|world| world.materials_of(&seat.user.key));
    let template = HomePage {
        frame: service.frame(&seat, TITLE),
        materials,
    };
    Ok(page(StatusCode::OK, &template))
}
