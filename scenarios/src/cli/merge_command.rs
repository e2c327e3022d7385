//! `tekigo merge`.

use std::process::ExitCode;

use super::certify_command::{conclude, settings_of};
use super::failed;
use super::options::MergeOptions;
use crate::certify::merge;

/// Runs the command.
pub(super) fn run(options: &MergeOptions) -> ExitCode {
    let merged = settings_of(
        options.vendor.as_deref(),
        options.profile.as_deref(),
        &options.report,
        options.strict,
    )
    .and_then(|settings| merge(&options.parts, &settings));
    match merged {
        Ok(certified) => conclude(&certified),
        Err(error) => failed(&error, error.exit()),
    }
}
