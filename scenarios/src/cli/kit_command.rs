//! `tekigo kit`.

use std::process::ExitCode;

use super::certify_command::profile;
use super::failed;
use super::options::KitOptions;
use crate::kit::{Kit, KitError, KitSettings};
use crate::verdict::ExitCode as Exit;

/// Runs the command.
pub(super) fn run(options: &KitOptions) -> ExitCode {
    let profile = match profile(options.profile.as_deref()) {
        Ok(profile) => profile,
        Err(error) => return failed(&error, error.exit()),
    };
    let settings = KitSettings {
        profile,
        seed: options.seed,
    };
    match write(options, &settings) {
        Ok(files) => {
            let dir = options.dir.display();
            println!("開発キットを {dir} に書きました（{files}ファイル）");
            println!("  はじめに読むもの: {dir}/README.ja.md、{dir}/TUTORIAL.ja.md");
            ExitCode::SUCCESS
        }
        Err(error) => failed(&error, Exit::Settings),
    }
}

/// Makes and writes the kit; how many files it has.
fn write(options: &KitOptions, settings: &KitSettings) -> Result<usize, KitError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|error| KitError::Own(error.to_string()))?;
    Kit::check(&options.dir)?;
    let kit = runtime.block_on(Kit::make(settings))?;
    kit.write(&options.dir)?;
    Ok(kit.files().count())
}
