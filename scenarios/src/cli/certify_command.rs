//! `tekigo certify`.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tekigo_simulator::kernel::Moment;
use tekigo_simulator::profile::Profile;

use super::failed;
use super::options::{CertifyOptions, ModeOption};
use crate::certify::{Certified, CertifyError, CertifySettings, Progress, Step, certify};
use crate::drivers::VendorFile;
use crate::report::table::{Colour, Console, render};
use crate::requirement::Mode;

const CONSOLE_COLUMNS: usize = 110;

/// Runs the command.
pub(super) fn run(options: &CertifyOptions) -> ExitCode {
    let settings = match settings(options) {
        Ok(settings) => settings,
        Err(error) => return failed(&error, error.exit()),
    };
    match certify(&settings, &progress()) {
        Ok(certified) => {
            print(&certified);
            ExitCode::from(certified.exit.code())
        }
        Err(error) => failed(&error, error.exit()),
    }
}

fn settings(options: &CertifyOptions) -> Result<CertifySettings, CertifyError> {
    let vendor = match (&options.vendor, &options.fault) {
        (Some(path), _) => {
            VendorFile::load(path).map_err(|error| CertifyError::Vendor(error.to_string()))?
        }
        (None, Some(fault)) => {
            tekigo_reference_vendor::Fault::named(Some(fault))
                .map_err(|error| CertifyError::Selection(error.to_string()))?;
            VendorFile::bundled_reference_with(&["--fault", fault])
        }
        (None, None) => VendorFile::bundled_reference(),
    };
    Ok(CertifySettings {
        vendor,
        modes: match options.mode {
            ModeOption::Api => vec![Mode::Api],
            ModeOption::File => vec![Mode::File],
            ModeOption::Both => vec![Mode::Api, Mode::File],
        },
        profile: profile(options.profile.as_deref())?,
        tags: options.tags.clone(),
        only: options.only.clone(),
        seed: options.seed,
        start: Moment::default_start(),
        jobs: options.jobs.max(1),
        strict: options.strict,
        report: options.report.clone(),
        executed_at: jiff::Zoned::now()
            .strftime("%Y-%m-%d %H:%M:%S %:z")
            .to_string(),
        command: command(options),
        program: None,
    })
}

/// The bundled profile, or the one in a folder.
pub(super) fn profile(dir: Option<&std::path::Path>) -> Result<Arc<Profile>, CertifyError> {
    match dir {
        None => Ok(Profile::bundled()),
        Some(dir) => Profile::load(dir).map(Arc::new).map_err(|error| {
            CertifyError::Vendor(format!(
                "連携仕様プロファイルを読めません。検証を行う担当者は、--profile のフォルダーの中身を直してください: {error}"
            ))
        }),
    }
}

/// The command that repeats the run, without its choice of seed, mode and scenarios.
fn command(options: &CertifyOptions) -> String {
    let mut command = "tekigo certify".to_owned();
    if let Some(vendor) = &options.vendor {
        command.push_str(&format!(" --vendor {}", vendor.display()));
    }
    if let Some(fault) = &options.fault {
        command.push_str(&format!(" --fault {fault}"));
    }
    if let Some(profile) = &options.profile {
        command.push_str(&format!(" --profile {}", profile.display()));
    }
    if options.strict {
        command.push_str(" --strict");
    }
    command
}

/// A line that is written over on a terminal, and one line in ten elsewhere.
fn progress() -> Progress {
    let planned = AtomicUsize::new(0);
    let ended = AtomicUsize::new(0);
    let failed = AtomicUsize::new(0);
    let is_terminal = std::io::stderr().is_terminal();
    Arc::new(move |step| {
        let mut out = std::io::stderr().lock();
        let said = match step {
            Step::AskingVendor => writeln!(out, "ベンダー製品を起動し、申告を確かめています…"),
            Step::Begins { scenarios } => {
                planned.store(scenarios, Ordering::Relaxed);
                writeln!(out, "シナリオ {scenarios} 件を実行します")
            }
            Step::Ended { id, title, passed } => {
                let ended = ended.fetch_add(1, Ordering::Relaxed) + 1;
                let planned = planned.load(Ordering::Relaxed);
                if !passed {
                    failed.fetch_add(1, Ordering::Relaxed);
                }
                let failed = failed.load(Ordering::Relaxed);
                if is_terminal {
                    write!(
                        out,
                        "\r\x1b[K{ended}/{planned} 件（通らなかったもの {failed} 件） {id} {title}"
                    )
                } else if ended.is_multiple_of(10) || ended == planned {
                    writeln!(out, "{ended}/{planned} 件（通らなかったもの {failed} 件）")
                } else {
                    Ok(())
                }
            }
            Step::Judging if is_terminal => write!(out, "\r\x1b[K記録から判定しています…\r\x1b[K"),
            Step::Judging => writeln!(out, "記録から判定しています…"),
        };
        // Nobody reads the progress of a run whose standard error is closed.
        let _ = said.and_then(|()| out.flush());
    })
}

fn print(certified: &Certified) {
    let report = certified.written.html.display().to_string();
    let colour = if std::io::stdout().is_terminal() {
        Colour::Ansi
    } else {
        Colour::Plain
    };
    let console = Console {
        width: CONSOLE_COLUMNS,
        colour,
        report: Some(&report),
        facts: &certified.facts,
    };
    let text = render(&certified.table, &console);
    let mut out = std::io::stdout().lock();
    // A closed pipe ends the reading, not the run: its report is on the disk.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
