//! What of a run need not be tried: finished by an earlier start, or not worth a person's time.

use std::path::{Path, PathBuf};

use super::progress::{Progress, Step};
use super::run::{RUN_JOURNAL, harness, record};
use super::settings::{CertifyError, CertifySettings};
use crate::feature::Scenario;
use crate::requirement::Mode;
use crate::verdict::{Declaration, EndOutcome, Plan, is_ruled_out};

/// What is worth a person's time: of a product that is worked by hand nothing is tried whose verdict its
/// declaration decides already.
pub(super) fn worth_trying(
    settings: &CertifySettings,
    planned: Vec<(Mode, Scenario)>,
    plan: &Plan,
    declaration: &Declaration,
) -> Vec<(Mode, Scenario)> {
    if !settings.vendor.is_manual() {
        return planned;
    }
    let pairs = planned.into_iter().zip(&plan.scenarios);
    pairs
        .filter(|(_, planned)| !is_ruled_out(planned, declaration))
        .map(|(one, _)| one)
        .collect()
}

/// Whether an earlier start has finished a scenario; what it left half done is taken away.
pub(super) fn is_finished(
    journal: &Path,
    scenario: &Scenario,
    mode: Mode,
    progress: &Progress,
) -> Result<bool, CertifyError> {
    let end = record(journal).ok().and_then(|record| record.end);
    if let Some(end) = end {
        progress(Step::Ended {
            id: scenario.id.to_string(),
            mode,
            title: scenario.title.clone(),
            passed: end == EndOutcome::Passed,
        });
        return Ok(true);
    }
    if journal.exists() {
        std::fs::remove_file(journal).map_err(harness)?;
    }
    Ok(false)
}

/// An empty folder for this run's journals, inside the report's. Only an earlier run's is emptied.
pub(super) fn journal_folder(settings: &CertifySettings) -> Result<PathBuf, CertifyError> {
    let journals = settings.report.join("journal");
    let failed = |cause| CertifyError::Report {
        path: settings.report.clone(),
        cause,
    };
    if settings.goes_on {
        // Written anew at every start, and the same every time.
        match std::fs::remove_file(journals.join(RUN_JOURNAL)) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                return Err(failed(cause));
            }
            Ok(()) | Err(_) => {}
        }
    } else if journals.join(RUN_JOURNAL).exists() {
        std::fs::remove_dir_all(&journals).map_err(failed)?;
    } else if std::fs::read_dir(&journals).is_ok_and(|mut entries| entries.next().is_some()) {
        let what = "中の journal フォルダーに、この検証ツールの記録でないものがあります";
        return Err(failed(std::io::Error::other(what)));
    }
    std::fs::create_dir_all(&journals).map_err(failed)?;
    Ok(journals)
}
