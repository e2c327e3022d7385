//! `tekigo prove`.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::failed;
use super::options::ProveOptions;
use crate::prove::{Proof, ProveError, ProveSettings, Step, page, prove, table};
use crate::verdict::ExitCode as Exit;

/// Why the command could not do its work.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error(transparent)]
    Prove(#[from] ProveError),
    #[error(
        "証明の置き場所「{}」に書けません。書き込めるフォルダーを --out に指定してください: {cause}",
        path.display()
    )]
    Out {
        path: PathBuf,
        cause: std::io::Error,
    },
    #[error("不具合の一覧「{}」を読めません。--list のファイルを確かめてください: {cause}", path.display())]
    List {
        path: PathBuf,
        cause: std::io::Error,
    },
    #[error("証明を書き出せません: {0}")]
    Written(String),
}

/// Runs the command: 0 if the judge was right throughout, 1 if not.
pub(super) fn run(options: &ProveOptions) -> ExitCode {
    match proved(options) {
        Ok(proof) => {
            print!("{}", table(&proof));
            println!(
                "\n次にすること: {} を開いて確かめてください",
                options.out.join("prove.html").display()
            );
            let exit = if proof.holds() {
                Exit::Success
            } else {
                Exit::Failed
            };
            ExitCode::from(exit.code())
        }
        Err(error) => {
            let exit = match &error {
                CommandError::Prove(ProveError::Unknown(_)) => Exit::Usage,
                CommandError::Out { .. } | CommandError::List { .. } => Exit::Settings,
                CommandError::Prove(_) | CommandError::Written(_) => Exit::Undecided,
            };
            failed(&error, exit)
        }
    }
}

fn proved(options: &ProveOptions) -> Result<Proof, CommandError> {
    // Said before the work, not after it.
    std::fs::create_dir_all(&options.out).map_err(|cause| out(&options.out, cause))?;
    let settings = ProveSettings {
        modes: options.mode.modes(),
        list: options.list.as_deref().map(list).transpose()?,
        only: options.only.clone(),
        seed: options.seed,
        jobs: options.jobs.max(1),
        program: None,
    };
    let proof = prove(&settings, &telling())?;
    let json = serde_json::to_string_pretty(&proof);
    let json = json.map_err(|error| CommandError::Written(error.to_string()))?;
    let html = page(&proof).map_err(|error| CommandError::Written(error.to_string()))?;
    for (name, text) in [("prove.json", json), ("prove.html", html)] {
        let path = options.out.join(name);
        std::fs::write(&path, text).map_err(|cause| out(&path, cause))?;
    }
    Ok(proof)
}

fn list(path: &Path) -> Result<String, CommandError> {
    std::fs::read_to_string(path).map_err(|cause| CommandError::List {
        path: path.to_owned(),
        cause,
    })
}

fn out(path: &Path, cause: std::io::Error) -> CommandError {
    CommandError::Out {
        path: path.to_owned(),
        cause,
    }
}

/// A line that is written over on a terminal, and one line in ten elsewhere.
fn telling() -> impl Fn(Step) + Send + Sync {
    let all = AtomicUsize::new(0);
    let ended = AtomicUsize::new(0);
    let wrong = AtomicUsize::new(0);
    let is_terminal = std::io::stderr().is_terminal();
    move |step| {
        let mut stderr = std::io::stderr().lock();
        let said = match step {
            Step::Grounds => writeln!(
                stderr,
                "前提を確かめています（不具合のない製品を全シナリオで試します）…"
            ),
            Step::Begins(count) => {
                all.store(count, Ordering::Relaxed);
                writeln!(stderr, "不具合と変種 {count} 種を試します")
            }
            Step::Ended { name, is_right } => {
                let ended = ended.fetch_add(1, Ordering::Relaxed) + 1;
                let wrong = wrong.fetch_add(usize::from(!is_right), Ordering::Relaxed)
                    + usize::from(!is_right);
                let all = all.load(Ordering::Relaxed);
                let count = format!("{ended}/{all} 種（期待どおりでないもの {wrong} 種）");
                match (is_terminal, ended == all) {
                    (true, true) => write!(stderr, "\r\x1b[K"),
                    (true, false) => write!(stderr, "\r\x1b[K{count} {name}"),
                    (false, is_last) if is_last || ended.is_multiple_of(10) => {
                        writeln!(stderr, "{count}")
                    }
                    (false, _) => Ok(()),
                }
            }
        };
        // Nobody reads the progress of a run whose standard error is closed.
        let _ = said.and_then(|()| stderr.flush());
    }
}
