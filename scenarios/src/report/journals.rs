//! The journals that a report keeps as its evidence.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::verdict::{EventLine, Mode, read_journal};

/// The journals of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journals {
    /// The journal of the run itself: catalogue, plan and declaration.
    pub run: Option<PathBuf>,
    /// One for each scenario and mode that ran.
    pub scenarios: Vec<JournalFile>,
}

/// The journal of one scenario in one mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalFile {
    /// シナリオ番号.
    pub scenario: String,
    /// The mode.
    pub mode: Mode,
    /// Where it is.
    pub path: PathBuf,
}

/// A journal as the report keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// Which scenario and mode; `None` for the journal of the run.
    pub(super) of: Option<(String, Mode)>,
    /// Its place in the folder, with `/`.
    pub(super) file: String,
    /// SHA-256 of the file, in hex.
    pub(super) sha256: String,
}

/// The name of a journal in the folder.
fn name(scenario: &str, mode: Mode) -> String {
    let safe = |letter: char| {
        if letter.is_alphanumeric() || letter == '-' || letter == '_' {
            letter
        } else {
            '-'
        }
    };
    let scenario: String = scenario.chars().map(safe).collect();
    format!("journal/{scenario}.{}.jsonl", mode.id())
}

/// Copies every journal into the folder and takes its digest.
pub(super) fn keep(folder: &Path, journals: &Journals) -> Result<Vec<Kept>, (PathBuf, io::Error)> {
    let target = folder.join("journal");
    fs::create_dir_all(&target).map_err(|error| (target, error))?;
    let run = journals
        .run
        .iter()
        .map(|path| (None, path, "journal/run.jsonl".to_owned()));
    let scenarios = journals.scenarios.iter().map(|journal| {
        let of = Some((journal.scenario.clone(), journal.mode));
        (of, &journal.path, name(&journal.scenario, journal.mode))
    });
    run.chain(scenarios)
        .map(|(of, path, file)| {
            let sha256 = copy(path, &folder.join(&file)).map_err(|error| (path.clone(), error))?;
            Ok(Kept { of, file, sha256 })
        })
        .collect()
}

fn copy(from: &Path, to: &Path) -> io::Result<String> {
    let bytes = fs::read(from)?;
    // A runner may write its journals straight into the folder of the report.
    let same = to.exists() && fs::canonicalize(from)? == fs::canonicalize(to)?;
    if !same {
        fs::write(to, &bytes)?;
    }
    let digest = Sha256::digest(&bytes);
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

impl Journals {
    /// The events of one scenario in one mode; `None` if its journal cannot be read.
    pub(super) fn events(&self, scenario: &str, mode: Mode) -> Option<Vec<EventLine>> {
        let is = |journal: &&JournalFile| journal.scenario == scenario && journal.mode == mode;
        let journal = self.scenarios.iter().find(is)?;
        let text = fs::read_to_string(&journal.path).ok()?;
        read_journal(&text).ok()
    }
}
