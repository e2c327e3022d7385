//! `tekigo certify`.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use tekigo_reference_vendor::{Fault, Variant};
use tekigo_simulator::kernel::Moment;
use tekigo_simulator::profile::Profile;

use super::failed;
use super::options::CertifyOptions;
use super::progress::progress;
use crate::certify::{Certified, CertifyError, CertifySettings, certify};
use crate::drivers::VendorFile;
use crate::feature::{FeatureFile, load_own};
use crate::report::table::{Colour, Console, render};
use crate::requirement::{Catalogue, Mode};
use crate::story::Story;

/// The width of what is not written to a terminal.
const PAGE_COLUMNS: usize = 110;
/// Wider lines are hard to follow.
const TERMINAL_COLUMNS_MAX: usize = 140;

/// Runs the command.
pub(super) fn run(options: &CertifyOptions) -> ExitCode {
    let settings = match settings(options) {
        Ok(settings) => settings,
        Err(error) => return failed(&error, error.exit()),
    };
    match certify(&settings, &progress()) {
        Ok(certified) => conclude(&certified),
        Err(error) => failed(&error, error.exit()),
    }
}

/// Prints what a run came to.
pub(super) fn conclude(certified: &Certified) -> ExitCode {
    print(certified);
    ExitCode::from(certified.exit.code())
}

/// What a merged run is asked for; the rest its parts say themselves.
pub(super) fn settings_of(
    file: Option<&Path>,
    dir: Option<&Path>,
    report: &Path,
    strict: bool,
) -> Result<CertifySettings, CertifyError> {
    let mut command = command_for(file, None, None, dir);
    if strict {
        command.push_str(" --strict");
    }
    Ok(CertifySettings {
        vendor: vendor(file, None, None)?,
        modes: Mode::ALL.to_vec(),
        profile: profile(dir)?,
        feature: None,
        tags: None,
        only: None,
        sample: false,
        story: None,
        shard: None,
        seed: 0,
        start: Moment::default_start(),
        jobs: 1,
        strict,
        browser: false,
        goes_on: false,
        report: report.to_owned(),
        executed_at: now(),
        command,
        program: None,
    })
}

fn now() -> String {
    let now = jiff::Zoned::now();
    now.strftime("%Y-%m-%d %H:%M:%S %:z").to_string()
}

fn settings(options: &CertifyOptions) -> Result<CertifySettings, CertifyError> {
    Ok(CertifySettings {
        vendor: vendor(
            options.vendor.as_deref(),
            options.fault.as_deref(),
            options.variant.as_deref(),
        )?,
        modes: options.mode.modes(),
        profile: profile(options.profile.as_deref())?,
        feature: feature(options)?,
        tags: options.tags.clone(),
        only: options.only.clone(),
        sample: false,
        story: story(options)?,
        shard: options.shard,
        seed: options.seed,
        start: Moment::default_start(),
        jobs: options.jobs.max(1),
        strict: options.strict,
        browser: options.browser,
        goes_on: false,
        report: options.report.clone(),
        executed_at: now(),
        command: command(options),
        program: None,
    })
}

/// The build to try: the one of a file, or the bundled one, with a fault or a harmless difference.
pub(super) fn vendor(
    file: Option<&Path>,
    fault: Option<&str>,
    variant: Option<&str>,
) -> Result<VendorFile, CertifyError> {
    let unknown = |error: &dyn std::error::Error| CertifyError::Selection(error.to_string());
    if let Some(path) = file {
        return VendorFile::load(path).map_err(|error| CertifyError::Vendor(error.to_string()));
    }
    if let Some(fault) = fault {
        Fault::named(Some(fault)).map_err(|error| unknown(&error))?;
        return Ok(VendorFile::bundled_reference_with(&["--fault", fault]));
    }
    if let Some(name) = variant {
        Variant::named(Some(name)).map_err(|error| unknown(&error))?;
        return Ok(VendorFile::bundled_reference_with(&["--variant", name]));
    }
    Ok(VendorFile::bundled_reference())
}

/// The feature file in place of the suite.
fn feature(options: &CertifyOptions) -> Result<Option<Arc<FeatureFile>>, CertifyError> {
    let Some(path) = &options.feature else {
        return Ok(None);
    };
    let name = path.display();
    let selection = |told: String| CertifyError::Selection(told);
    let text = std::fs::read_to_string(path).map_err(|error| {
        selection(format!("シナリオのファイル「{name}」を読めません。--feature のファイルを確かめてください: {error}"))
    })?;
    let catalogue = Catalogue::bundled();
    let catalogue = catalogue.map_err(|errors| selection(format!("{errors:?}")))?;
    let file = load_own(&name.to_string(), &text, &catalogue).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        selection(format!(
            "シナリオのファイルに誤りがあります。--feature のファイルを直してください:\n{}",
            lines.join("\n")
        ))
    })?;
    Ok(Some(Arc::new(file)))
}

fn story(options: &CertifyOptions) -> Result<Option<Story>, CertifyError> {
    let named = options.story.as_deref().map(Story::named).transpose();
    named.map_err(|error| CertifyError::Selection(error.to_string()))
}

/// The bundled profile, or the one in a folder.
pub(super) fn profile(dir: Option<&Path>) -> Result<Arc<Profile>, CertifyError> {
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
    let mut command = command_for(
        options.vendor.as_deref(),
        options.fault.as_deref(),
        options.variant.as_deref(),
        options.profile.as_deref(),
    );
    if options.strict {
        command.push_str(" --strict");
    }
    if options.browser {
        command.push_str(" --browser");
    }
    command
}

/// `tekigo certify` for this build and this interface.
pub(super) fn command_for(
    vendor: Option<&Path>,
    fault: Option<&str>,
    variant: Option<&str>,
    profile: Option<&Path>,
) -> String {
    let path = |path: &Path| path.display().to_string();
    let options = [
        ("--vendor", vendor.map(path)),
        ("--fault", fault.map(str::to_owned)),
        ("--variant", variant.map(str::to_owned)),
        ("--profile", profile.map(path)),
    ];
    let mut command = "tekigo certify".to_owned();
    for (option, value) in options {
        if let Some(value) = value {
            command.push_str(&format!(" {option} {value}"));
        }
    }
    command
}

pub(super) fn print(certified: &Certified) {
    let report = certified.written.html.display().to_string();
    let colour = if std::io::stdout().is_terminal() {
        Colour::Ansi
    } else {
        Colour::Plain
    };
    let console = Console {
        width: width(),
        colour,
        report: Some(&report),
        facts: &certified.facts,
    };
    let text = render(&certified.table, &console);
    let mut out = std::io::stdout().lock();
    // A closed pipe ends the reading, not the run: its report is on the disk.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// As wide as the terminal; a file or a pipe gets the same width everywhere.
fn width() -> usize {
    let terminal = std::io::stdout().is_terminal().then(terminal_columns);
    terminal
        .flatten()
        .map_or(PAGE_COLUMNS, |columns| columns.min(TERMINAL_COLUMNS_MAX))
}

#[cfg(unix)]
fn terminal_columns() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
    Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
}

#[cfg(not(unix))]
fn terminal_columns() -> Option<usize> {
    None
}
