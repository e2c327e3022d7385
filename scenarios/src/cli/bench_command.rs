//! `tekigo bench`: what the simulated side takes of this machine.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use super::failed;
use super::options::{BenchOptions, BenchTrialOptions};
use crate::bench::{BenchError, BenchSettings, Trial, TrialSettings, measure, svg, table};
use crate::requirement::Mode;
use crate::verdict::ExitCode as Exit;

/// Why the command could not do its work.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error(transparent)]
    Bench(#[from] BenchError),
    #[error("自分自身を起動できません: {0}")]
    Program(std::io::Error),
    #[error("図を「{path}」に書けません: {cause}")]
    Plot { path: String, cause: std::io::Error },
}

/// Runs the command. Whatever is measured, it ends with 0: this is no verdict.
pub(super) fn run(options: &BenchOptions) -> ExitCode {
    match bench(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error, Exit::Settings),
    }
}

fn bench(options: &BenchOptions) -> Result<(), CommandError> {
    let settings = BenchSettings {
        modes: options.mode.modes(),
        people: options.people,
        seed: options.seed,
        program: std::env::current_exe().map_err(CommandError::Program)?,
    };
    let measured = measure(&settings, &tell)?;
    print!("{}", table(&measured, options.people, options.seed));
    if let Some(path) = &options.out {
        write(path, &svg(&measured, options.people))?;
        println!("\n図: {}", path.display());
    }
    Ok(())
}

/// Runs one trial and prints its result for the process that asked for it.
pub(super) fn run_trial(options: &BenchTrialOptions) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error, Exit::Undecided),
    };
    let settings = TrialSettings {
        people: options.people,
        mode: options.mode.modes().first().copied().unwrap_or(Mode::Api),
        seed: options.seed,
    };
    let trial = runtime.block_on(Trial::run(settings));
    let text = match &trial {
        Ok(trial) => serde_json::to_string(trial),
        Err(error) => return failed(error, Exit::Settings),
    };
    match text {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => failed(&error, Exit::Undecided),
    }
}

fn write(path: &Path, text: &str) -> Result<(), CommandError> {
    std::fs::write(path, text).map_err(|cause| CommandError::Plot {
        path: path.display().to_string(),
        cause,
    })
}

/// Tells how far it is: on a line that is written over on a terminal, on a line each elsewhere.
fn tell(done: usize, all: usize) {
    let mut err = std::io::stderr().lock();
    let said = match (err.is_terminal(), done == all) {
        (true, false) => write!(err, "\r測っています… {done}/{all}"),
        (true, true) => write!(err, "\r\x1b[K"),
        (false, _) => writeln!(err, "測っています… {done}/{all}"),
    };
    // Nobody reads the progress of a run whose standard error is closed.
    let _ = said.and_then(|()| err.flush());
}
