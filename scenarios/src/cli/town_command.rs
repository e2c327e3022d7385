//! `tekigo town`.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::process::ExitCode;

use super::failed;
use super::options::TownOptions;
use crate::town::{TownError, TownSettings, TownSummary, write_town};
use crate::verdict::ExitCode as Exit;

/// Runs the command.
pub(super) fn run(options: &TownOptions) -> ExitCode {
    let settings = TownSettings::new(options.size, options.seed);
    match write(options, &settings) {
        Ok(summary) => {
            eprintln!("{summary}");
            ExitCode::SUCCESS
        }
        Err(error) => failed(&error, Exit::Usage),
    }
}

fn write(options: &TownOptions, settings: &TownSettings) -> Result<TownSummary, TownError> {
    match &options.out {
        None => write_town(settings, std::io::stdout().lock()),
        Some(path) => {
            let mut out = BufWriter::new(File::create(path)?);
            let summary = write_town(settings, &mut out)?;
            out.flush()?;
            Ok(summary)
        }
    }
}
