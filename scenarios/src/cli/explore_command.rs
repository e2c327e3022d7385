//! `tekigo explore`.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use super::certify_command::{command_for, profile, vendor};
use super::failed;
use super::options::ExploreOptions;
use crate::certify::CertifyError;
use crate::explore::{ExploreSettings, Step, explore, table};
use crate::verdict::ExitCode as Exit;

/// Runs the command: 0 if no history broke a rule, 1 if one did, 4 if nothing could be told to its end.
pub(super) fn run(options: &ExploreOptions) -> ExitCode {
    let settings = match settings(options) {
        Ok(settings) => settings,
        Err(error) => return failed(&error, error.exit()),
    };
    match explore(&settings, &telling()) {
        Ok(exploration) => {
            print!("{}", table(&settings, &exploration, &again(options)));
            let exit = if exploration.holds() {
                Exit::Success
            } else if exploration.held + exploration.broken == 0 {
                Exit::Undecided
            } else {
                Exit::Failed
            };
            ExitCode::from(exit.code())
        }
        Err(error) => failed(&error, error.exit()),
    }
}

fn settings(options: &ExploreOptions) -> Result<ExploreSettings, CertifyError> {
    Ok(ExploreSettings {
        vendor: vendor(options.vendor.as_deref(), options.fault.as_deref(), None)?,
        modes: options.mode.modes(),
        profile: profile(options.profile.as_deref())?,
        seed: options.seed,
        cases: options.cases,
        deeds: options.deeds,
        jobs: options.jobs.max(1),
        out: options.out.clone(),
        program: None,
    })
}

/// The command that runs a feature file against the same product in the same town.
fn again(options: &ExploreOptions) -> String {
    let product = command_for(
        options.vendor.as_deref(),
        options.fault.as_deref(),
        None,
        options.profile.as_deref(),
    );
    format!("{product} --strict --seed {}", options.seed)
}

/// A line that is written over on a terminal, and one after the other elsewhere.
fn telling() -> impl Fn(Step) {
    let is_terminal = std::io::stderr().is_terminal();
    move |step| {
        let line = match step {
            Step::Again => "保存してある流れを試しています…".to_owned(),
            Step::Told { told, all, broken } => {
                format!("{told}/{all} 件の流れを試しました（規則に反したもの {broken} 件）")
            }
            Step::Shrinking { requirement } => {
                format!("{requirement} に反する流れを縮めています…")
            }
            Step::Over if is_terminal => String::new(),
            Step::Over => return,
        };
        let mut stderr = std::io::stderr().lock();
        let said = if is_terminal {
            write!(stderr, "\r\x1b[K{line}")
        } else {
            writeln!(stderr, "{line}")
        };
        // Nobody reads the progress of a run whose standard error is closed.
        let _ = said.and_then(|()| stderr.flush());
    }
}
