//! 点検: whether settings, machine and adapter are such that a run can come to verdicts.
//!
//! Each [`Finding`] says what was looked at and, where something is wrong, who must do what. Nothing here is a verdict
//! on the product: how it links is judged by [`crate::certify`], which makes the first of these checks itself.

mod build;
mod finding;
mod machine;
mod rehearsal;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tekigo_simulator::profile::Profile;

use crate::drivers::VendorFile;
use crate::requirement::{Catalogue, Mode};

pub(crate) use build::declaration;
pub use finding::{Finding, State};

/// What is examined.
#[derive(Debug, Clone)]
pub struct DoctorSettings {
    /// The vendor.
    pub vendor: VendorFile,
    /// The connection modes to rehearse; those that the vendor does not declare are left out and said so.
    pub modes: Vec<Mode>,
    /// The interface profile.
    pub profile: Arc<Profile>,
    /// Where the report of a run will stand.
    pub report: PathBuf,
    /// Whether the run will open pages in a real browser.
    pub browser: bool,
    /// The program to put in place of `{tekigo}`; this one without.
    pub program: Option<PathBuf>,
}

/// Examines everything, from the machine to a rehearsed set-up. `tell` hears of each finding as it is made.
///
/// What cannot be looked at because of an earlier fault is told as not looked at. Leaves nothing behind.
pub fn examine(settings: &DoctorSettings, tell: &mut dyn FnMut(&Finding)) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut note = |finding: Finding| {
        tell(&finding);
        findings.push(finding);
    };
    for finding in machine::look(&settings.report, settings.browser) {
        note(finding);
    }
    note(known_gaps(&settings.vendor));
    let (of_build, declared) = build::look(&settings.vendor, settings.program.as_deref());
    for finding in of_build {
        note(finding);
    }
    for mode in &settings.modes {
        note(match &declared {
            None => Finding::skipped(
                rehearsal::what(*mode),
                "製品が申告や操作に応じないため、確かめていません",
            ),
            Some(modes) if !modes.contains(mode) => Finding::skipped(
                rehearsal::what(*mode),
                "vendor.toml の [vendor] modes にない方式です",
            ),
            Some(_) => rehearsal::rehearse(settings, *mode),
        });
    }
    findings
}

/// Whether every known gap is one of a rule that there is.
fn known_gaps(vendor: &VendorFile) -> Finding {
    const WHAT: &str = "既知の未対応";
    let catalogue = match Catalogue::bundled() {
        Ok(catalogue) => catalogue,
        Err(errors) => return Finding::wrong(WHAT, format!("{errors:?}")),
    };
    let bad = bad_gaps(vendor, &catalogue);
    if !bad.is_empty() {
        return Finding::wrong(WHAT, bad.join("\n"));
    }
    match vendor.known_gaps().len() {
        0 => Finding::good(WHAT, "ありません"),
        count => Finding::good(WHAT, format!("{count}件、承認の期限内です")),
    }
}

/// The known gaps of rules that there are not, and those that are accepted no longer, each in a sentence.
pub(crate) fn bad_gaps(vendor: &VendorFile, catalogue: &Catalogue) -> Vec<String> {
    let today = jiff::Zoned::now().date();
    let place = vendor.place();
    let gaps = vendor.known_gaps().iter();
    gaps.filter_map(|(line, gap)| {
        let rule = &gap.requirement;
        if catalogue.get(rule).is_none() {
            return Some(format!(
                "{place}の{line}行目: [[known_gap]] の要件「{rule}」は要件一覧にありません。ベンダーの担当者は、要件番号を確かめてください"
            ));
        }
        gap.is_over(today).then(|| {
            format!(
                "{place}の{line}行目: [[known_gap]] {rule} の承認は {} で終わっています（承認した人: {}）。ベンダーの担当者は、製品を直して [[known_gap]] を消すか、もう一度承認を受けて until を書き直してください",
                gap.until, gap.accepted_by
            )
        })
    })
    .collect()
}

/// A folder of which nothing is left.
fn scratch() -> std::io::Result<tempfile::TempDir> {
    tempfile::Builder::new().prefix("tekigo-").tempdir()
}

/// Whether a file can be written into a folder, which is made if it is not there and taken away again then.
fn is_writable(folder: &Path) -> std::io::Result<()> {
    let is_new = !folder.exists();
    std::fs::create_dir_all(folder)?;
    let written = tempfile::Builder::new()
        .prefix(".tekigo-")
        .tempfile_in(folder);
    let written = written.and_then(tempfile::NamedTempFile::close);
    if is_new {
        // Parents that were made as well may hold other things by now.
        let _ = std::fs::remove_dir(folder);
    }
    written
}
