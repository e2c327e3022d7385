//! One kind of the person's data.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use http::StatusCode;

use super::service::{Answer, ByPerson, InService};
use crate::serve::shown_data::ShownData;
use crate::serve::web::{Frame, page};
use crate::viewer::{PersonAction, Subject};

#[derive(Template)]
#[template(path = "mynaportal/data.html")]
struct DataPage {
    frame: Frame,
    why: Option<String>,
    shown: Option<ShownData>,
}

/// Asks the world, and shows what it gives or why it does not.
pub(super) async fn show(
    State(service): InService,
    Extension(person): ByPerson,
    Path((insurer, insured, data)): Path<(String, String, String)>,
) -> Answer {
    let profile = service.shell.profile();
    let kinds = profile.access().data();
    let kind = kinds.iter().find(|kind| kind.id == data);
    let title = kind
        .map_or("情報の閲覧", |kind| kind.ja.as_str())
        .to_owned();
    let action = PersonAction::View {
        subject: Subject {
            insurer: service.shell.masked(&insurer),
            insured: service.shell.masked(&insured),
        },
        data: service.shell.masked(&data),
    };
    let viewed = service.ask(&person, action)?;
    let why = viewed.refused.map(|refused| refused.text);
    let status = match why {
        None => StatusCode::OK,
        Some(_) => StatusCode::FORBIDDEN,
    };
    let template = DataPage {
        frame: service.frame(&person, &title),
        why,
        shown: viewed
            .disclosure
            .as_ref()
            .map(|disclosure| ShownData::of(profile, disclosure)),
    };
    Ok(page(status, &template))
}
