//! Trying histories: each is a scenario of a run, and the run says what became of it.

use std::path::PathBuf;
use std::sync::Arc;

use tekigo_simulator::kernel::Moment;
use tekigo_simulator::profile::Profile;

use super::history::{History, feature};
use crate::certify::{CertifyError, CertifySettings, Progress, Tried, try_out};
use crate::drivers::VendorFile;
use crate::feature::{FeatureFile, load_own};
use crate::prove::{Blame, blames};
use crate::requirement::{Catalogue, Mode};
use crate::verdict::EndOutcome;

/// Where the histories of a run are said to stand.
const PATH: &str = "histories.feature";

/// Who tries histories, and on what.
#[derive(Debug, Clone)]
pub(super) struct Bench {
    pub(super) vendor: VendorFile,
    pub(super) profile: Arc<Profile>,
    pub(super) seed: u64,
    pub(super) jobs: usize,
    pub(super) program: Option<PathBuf>,
}

/// What became of a history.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    /// Everything held.
    Held,
    /// Rules were seen violated.
    Broken(Vec<Blame>),
    /// It could not be told to its end, for this reason; nothing was seen violated.
    Void(String),
}

impl Bench {
    /// Tries histories in these modes, side by side; one outcome each, in their order.
    pub(super) fn try_all(
        &self,
        histories: &[History],
        modes: &[Mode],
    ) -> Result<Vec<Outcome>, CertifyError> {
        let titled = (1..)
            .zip(histories)
            .map(|(n, one)| (format!("流れ{n}"), one));
        let text = feature("流れ", &[], titled);
        let file = own_feature(PATH, &text)?;
        let ids: Vec<String> = file
            .scenarios
            .iter()
            .map(|one| one.id.to_string())
            .collect();
        let tried = self.try_file(file, modes)?;
        let blamed = blames(&tried.table);
        let outcomes = ids.iter().map(|id| {
            let of_one: Vec<Blame> = blamed
                .iter()
                .filter(|one| one.scenario == *id)
                .cloned()
                .collect();
            if !of_one.is_empty() {
                return Outcome::Broken(of_one);
            }
            unfinished(&tried, id, modes).map_or(Outcome::Held, Outcome::Void)
        });
        Ok(outcomes.collect())
    }

    /// Runs a feature file of its own in these modes.
    pub(super) fn try_file(
        &self,
        file: FeatureFile,
        modes: &[Mode],
    ) -> Result<Tried, CertifyError> {
        let folder =
            tempfile::tempdir().map_err(|error| CertifyError::Harness(error.to_string()))?;
        let settings = CertifySettings {
            vendor: self.vendor.clone(),
            modes: modes.to_vec(),
            profile: Arc::clone(&self.profile),
            feature: Some(Arc::new(file)),
            tags: None,
            only: None,
            sample: false,
            story: None,
            shard: None,
            seed: self.seed,
            start: Moment::default_start(),
            jobs: self.jobs,
            // An inferred rule that is broken is a find like any other.
            strict: true,
            browser: false,
            goes_on: false,
            report: folder.path().to_owned(),
            executed_at: String::new(),
            command: String::new(),
            program: self.program.clone(),
        };
        let silent: Progress = Arc::new(|_| {});
        try_out(&settings, &silent)
    }
}

/// A feature file that is no part of the suite.
pub(super) fn own_feature(path: &str, text: &str) -> Result<FeatureFile, CertifyError> {
    let suite = |errors: &dyn std::fmt::Debug| CertifyError::Suite(format!("{errors:?}"));
    let catalogue = Catalogue::bundled().map_err(|errors| suite(&errors))?;
    load_own(path, text, &catalogue).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        CertifyError::Suite(lines.join("\n"))
    })
}

/// Why a history was not told to its end, in whichever mode. A mode that the product does not declare is none.
fn unfinished(tried: &Tried, id: &str, modes: &[Mode]) -> Option<String> {
    let mut has_run = false;
    for mode in modes {
        let record = tried
            .records
            .iter()
            .find(|record| record.key() == (id, *mode));
        let Some(record) = record else { continue };
        has_run = true;
        if record.end == Some(EndOutcome::Passed) {
            continue;
        }
        let told = record.failed_step().and_then(|(_, step)| {
            let failure = step.failure.as_ref()?;
            Some(format!("{mode}「{}」: {}", step.text.text, failure.message))
        });
        return Some(told.unwrap_or_else(|| format!("{mode}では途中で終わりました")));
    }
    (!has_run).then(|| "どの方式でも実行されませんでした".to_owned())
}
