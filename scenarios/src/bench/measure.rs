//! The trials of one run of `tekigo bench`, each in a process of its own.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::requirement::Mode;

use super::trial::{Trial, TrialSettings};

/// The towns that are set up; none larger than the one that is asked for.
const PEOPLE: [u32; 3] = [1_000, 4_000, 20_000];
/// How often each of them.
const ROUNDS: usize = 3;

/// What to measure.
#[derive(Debug, Clone)]
pub struct BenchSettings {
    /// The modes.
    pub modes: Vec<Mode>,
    /// The people of the town that is asked for.
    pub people: u32,
    /// The seed of towns and worlds.
    pub seed: u64,
    /// The program, which is started again for each trial.
    pub program: PathBuf,
}

/// The trials of each mode, smallest towns first.
pub type Measured = BTreeMap<Mode, Vec<Trial>>;

/// Takes how many trials are done, and of how many.
pub type Progress<'p> = &'p dyn Fn(usize, usize);

/// Why nothing could be measured.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// A trial could not be started.
    #[error("測定のための処理を始められません: {0}")]
    Start(std::io::Error),
    /// A trial ended without a result.
    #[error("測定が途中で終わりました: {0}")]
    Ended(String),
}

/// Sets the towns up in turns, so that a busy moment of the machine does not strike one mode alone.
///
/// # Errors
/// A trial could not be started, or it failed.
pub fn measure(settings: &BenchSettings, progress: Progress<'_>) -> Result<Measured, BenchError> {
    let mut measured = Measured::new();
    let sizes: Vec<u32> = PEOPLE
        .into_iter()
        .filter(|size| *size <= settings.people)
        .collect();
    let all = sizes.len() * ROUNDS * settings.modes.len();
    let mut done = 0;
    for people in sizes {
        for _ in 0..ROUNDS {
            for &mode in &settings.modes {
                progress(done, all);
                let trial = TrialSettings {
                    people,
                    mode,
                    seed: settings.seed,
                };
                let taken = in_own_process(settings, trial)?;
                measured.entry(mode).or_default().push(taken);
                done += 1;
            }
        }
    }
    progress(done, all);
    Ok(measured)
}

fn in_own_process(settings: &BenchSettings, trial: TrialSettings) -> Result<Trial, BenchError> {
    let output = Command::new(&settings.program)
        .args(["bench-trial", "--people", &trial.people.to_string()])
        .args(["--mode", trial.mode.id()])
        .args(["--seed", &trial.seed.to_string()])
        .stdin(Stdio::null())
        .output()
        .map_err(BenchError::Start)?;
    serde_json::from_slice(&output.stdout).map_err(|_| {
        let said = String::from_utf8_lossy(&output.stderr);
        BenchError::Ended(said.trim().to_owned())
    })
}
