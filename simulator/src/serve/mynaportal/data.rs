//! One kind of the person's data.

use axum::Extension;
use axum::extract::{Path, State};

use super::home;
use super::service::{ByPerson, InService};
use crate::serve::desk::Answer;
use crate::serve::shown_data::{data_page, name_of};
use crate::viewer::{PersonAction, Subject};

/// Asks the world, and shows what it gives or why it does not.
pub(super) async fn show(
    State(service): InService,
    Extension(person): ByPerson,
    Path((insurer, insured, data)): Path<(String, String, String)>,
) -> Answer {
    let action = PersonAction::View {
        subject: Subject {
            insurer: service.masked(&insurer),
            insured: service.masked(&insured),
        },
        data: service.masked(&data),
    };
    let viewed = service.ask(&person, action)?;
    let profile = service.shell.profile();
    let frame = service.frame(&person, name_of(profile, &data));
    let back = (home::PATH, "あなたの介護情報に戻る");
    Ok(data_page(profile, frame, &viewed, back))
}
