//! The feature files inside the program. A test compares this list with the folder.

macro_rules! features {
    ($($path:literal),* $(,)?) => {
        &[$((
            concat!("features/", $path),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../features/", $path)),
        )),*]
    };
}

/// Path and text of every feature file, in the order of paths.
pub const BUNDLED: &[(&str, &str)] = features![
    "board/material.feature",
    "connection/credentials.feature",
    "connection/environment.feature",
    "connection/files.feature",
    "consent/forms.feature",
    "consent/opening.feature",
    "consent/taking.feature",
    "consent/withdrawal.feature",
    "faults/files.feature",
    "faults/late.feature",
    "faults/partial.feature",
    "faults/recovery.feature",
    "faults/refusal.feature",
    "identity/printed_card.feature",
    "identity/verification.feature",
    "opinion/opinion.feature",
    "plan-request/notice.feature",
    "portal/account.feature",
    "portal/public.feature",
    "portal/subsidy.feature",
    "preparation/first_login.feature",
    "schedule/confirmation.feature",
    "schedule/first_day.feature",
    "schedule/service_start.feature",
    "setup/baseline.feature",
    "setup/completeness.feature",
    "setup/continuity.feature",
    "setup/hours.feature",
    "sync/content.feature",
    "sync/correction.feature",
    "sync/history.feature",
    "sync/ledger.feature",
    "sync/order.feature",
    "sync/progress.feature",
    "union/connection.feature",
    "union/schedule.feature",
    "viewing/institution.feature",
    "viewing/municipality.feature",
    "viewing/portal.feature",
];
