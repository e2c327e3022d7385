//! 保存: what was found, as a feature file that runs again.

use std::path::{Path, PathBuf};

use super::history::feature;
use super::search::{ExploreSettings, Find};
use super::trying::{Bench, own_feature};
use crate::certify::CertifyError;
use crate::prove::{Blame, blames};

const ENDING: &str = "feature";

/// A history that was kept by an earlier exploration, run again.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its file.
    pub path: PathBuf,
    /// What it shows today; nothing if it has been put right.
    pub blames: Vec<Blame>,
    /// Why it could not be run, if so.
    pub problem: Option<String>,
}

/// Runs what is kept in the folder, in the order of the files' names.
pub(super) fn again(bench: &Bench, settings: &ExploreSettings) -> Result<Vec<Kept>, CertifyError> {
    let mut kept = Vec::new();
    for path in files(&settings.out).map_err(|cause| unusable(&settings.out, cause))? {
        let text = std::fs::read_to_string(&path).map_err(|cause| unusable(&path, cause))?;
        let name = path.display().to_string();
        let tried =
            own_feature(&name, &text).and_then(|file| bench.try_file(file, &settings.modes));
        let (blames, problem) = match tried {
            Ok(tried) => (blames(&tried.table), None),
            // A file that somebody has changed is no reason not to go on.
            Err(error @ CertifyError::Suite(_)) => (Vec::new(), Some(error.to_string())),
            Err(error) => return Err(error),
        };
        kept.push(Kept {
            path,
            blames,
            problem,
        });
    }
    Ok(kept)
}

/// Writes a find into the folder and returns its file.
pub(super) fn keep(settings: &ExploreSettings, find: &Find) -> Result<PathBuf, CertifyError> {
    let out = &settings.out;
    std::fs::create_dir_all(out).map_err(|cause| unusable(out, cause))?;
    let rule = &find.blame.requirement;
    let path = out.join(format!("{rule}-{}-{}.{ENDING}", settings.seed, find.number));
    let origin = format!(
        "種 {} の {} 番目の流れを、{}行から{}行に縮めたもの。{}が守られていない。",
        settings.seed,
        find.number,
        find.drawn_lines,
        find.history.lines(),
        rule
    );
    let title = format!(
        "{rule}が守られない流れ（種 {}、{}番目）",
        settings.seed, find.number
    );
    let text = feature("探索で見つけた流れ", &[&origin], [(title, &find.history)]);
    std::fs::write(&path, text).map_err(|cause| unusable(&path, cause))?;
    Ok(path)
}

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries: Result<Vec<_>, _> = std::fs::read_dir(folder)?.collect();
    let paths = entries?.into_iter().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == ENDING))
        .collect();
    files.sort();
    Ok(files)
}

fn unusable(path: &Path, cause: std::io::Error) -> CertifyError {
    CertifyError::Report {
        path: path.to_owned(),
        cause,
    }
}
