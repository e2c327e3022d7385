//! One kind of one person's data.

use axum::Extension;
use axum::extract::{Path, State};

use super::home;
use super::service::{ByStaff, InService};
use crate::serve::desk::Answer;
use crate::serve::shown_data::{data_page, name_of};
use crate::viewer::{OfficeAction, Subject};

/// Asks the world, and shows what it gives or why it does not.
pub(super) async fn show(
    State(service): InService,
    Extension(staff): ByStaff,
    Path((insurer, insured, data)): Path<(String, String, String)>,
) -> Answer {
    let action = OfficeAction::View {
        subject: Subject {
            insurer: service.masked(&insurer),
            insured: service.masked(&insured),
        },
        data: service.masked(&data),
    };
    let viewed = service.ask(&staff, action)?;
    let profile = service.shell.profile();
    let frame = service.frame(&staff, name_of(profile, &data), home::PATH, Vec::new());
    let back = format!("/users/{insurer}/{insured}");
    Ok(data_page(
        profile,
        frame,
        &viewed,
        (&back, "利用者の画面に戻る"),
    ))
}
