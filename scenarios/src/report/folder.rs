//! The folder of a report.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tekigo_simulator::profile::Profile;

use super::html;
use super::journals::{self, Journals};
use super::json;
use super::junit::junit;
use super::run_facts::RunFacts;
use crate::verdict::{ScenarioRecord, VerdictTable};

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The report for people.
    pub html: PathBuf,
    /// The report for CI.
    pub junit: PathBuf,
    /// The report for machines.
    pub json: PathBuf,
    /// What tries each rule, or why nothing does.
    pub accounting: Option<PathBuf>,
}

/// A report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A journal could not be read or kept.
    #[error("記録「{}」を報告書に収められません: {source}", path.display())]
    Journal {
        /// The journal.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// A file could not be written.
    #[error("報告書「{}」を書けません: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The page could not be filled in.
    #[error("報告書のページを組み立てられません: {0}")]
    Page(#[from] askama::Error),
    /// The JSON could not be made.
    #[error("report.json を組み立てられません: {0}")]
    Json(#[from] serde_json::Error),
    /// The JUnit document could not be made.
    #[error("junit.xml を組み立てられません: {0}")]
    Junit(#[from] quick_junit::SerializeError),
}

/// Writes `report.html`, `accounting.html`, `junit.xml`, `report.json` and `journal/` into a folder, which is made if
/// it is missing. A file is replaced as a whole: an interrupted writer leaves the old one.
///
/// # Errors
/// A journal cannot be read, or a file cannot be written.
pub fn write(
    folder: &Path,
    table: &VerdictTable,
    records: &[ScenarioRecord],
    journals: &Journals,
    facts: &RunFacts,
    profile: &Profile,
) -> Result<Written, ReportError> {
    let kept = journals::keep(folder, journals)
        .map_err(|(path, source)| ReportError::Journal { path, source })?;
    let document = json::document(table, records, &kept, facts);
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    let source = html::Source {
        table,
        records,
        journals,
        kept: &kept,
        facts,
        profile,
    };
    let accounting = html::accounting_page(table, (&facts.product, &facts.version))?;
    let accounting = accounting.map(|text| replace(folder, "accounting.html", &text));
    Ok(Written {
        accounting: accounting.transpose()?,
        json: replace(folder, "report.json", &text)?,
        junit: replace(folder, "junit.xml", &junit(table, facts)?)?,
        html: replace(folder, "report.html", &html::page(&source)?)?,
    })
}

fn replace(folder: &Path, name: &str, text: &str) -> Result<PathBuf, ReportError> {
    let path = folder.join(name);
    let part = folder.join(format!("{name}.part"));
    let written = fs::write(&part, text).and_then(|()| fs::rename(&part, &path));
    match written {
        Ok(()) => Ok(path),
        Err(source) => Err(ReportError::File { path, source }),
    }
}
