//! One kind of one person's data.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use http::StatusCode;

use super::home;
use super::service::{Answer, ByStaff, InService, refusal};
use crate::serve::shown_data::ShownData;
use crate::serve::web::{Frame, page};
use crate::viewer::{OfficeAction, Subject};

#[derive(Template)]
#[template(path = "careweb/data.html")]
struct DataPage {
    frame: Frame,
    insurer: String,
    insured: String,
    why: Option<String>,
    shown: Option<ShownData>,
}

/// Asks the world, and shows what it gives or why it does not.
pub(super) async fn show(
    State(service): InService,
    Extension(staff): ByStaff,
    Path((insurer, insured, data)): Path<(String, String, String)>,
) -> Answer {
    let profile = service.shell.profile();
    let kinds = profile.access().data();
    let title = kinds.iter().find(|kind| kind.id == data);
    let title = title
        .map_or("情報の閲覧", |kind| kind.ja.as_str())
        .to_owned();
    let action = OfficeAction::View {
        subject: Subject {
            insurer: service.masked(&insurer),
            insured: service.masked(&insured),
        },
        data: service.masked(&data),
    };
    let viewed = service.ask(&staff, action)?;
    let why = refusal(&viewed);
    let status = match why {
        None => StatusCode::OK,
        Some(_) => StatusCode::FORBIDDEN,
    };
    let template = DataPage {
        frame: service.frame(&staff, title, home::PATH, Vec::new()),
        insurer,
        insured,
        why,
        shown: viewed
            .disclosure
            .as_ref()
            .map(|disclosure| ShownData::of(profile, disclosure)),
    };
    Ok(page(status, &template))
}
