//! `tekigo console`.

use std::process::ExitCode;

use tekigo_simulator::kernel::Moment;

use super::certify_command::{command_for, profile, vendor};
use super::failed;
use super::options::ConsoleOptions;
use crate::certify::CertifySettings;
use crate::console::{ConsoleError, ConsoleSettings, run as open};

/// Runs the command until Ctrl-C.
pub(super) fn run(options: &ConsoleOptions) -> ExitCode {
    let opened = settings(options).and_then(|settings| {
        let folder = settings.run.report.display().to_string();
        open(settings, |address| tell(address, &folder))
    });
    match opened {
        Ok(exit) => ExitCode::from(exit.code()),
        Err(error) => failed(&error, error.exit()),
    }
}

fn tell(address: &str, folder: &str) {
    println!("操作卓を開きました。ブラウザーで {address}/ を開いてください");
    println!(
        "記録と報告書は {folder} に置きます。同じフォルダーで起動し直せば、続きから始まります"
    );
    println!("終えるには Ctrl-C を押してください");
}

fn settings(options: &ConsoleOptions) -> Result<ConsoleSettings, ConsoleError> {
    let mut command = command_for(
        Some(&options.vendor),
        None,
        None,
        options.profile.as_deref(),
    )
    .replace("tekigo certify", "tekigo console");
    if options.strict {
        command.push_str(" --strict");
    }
    Ok(ConsoleSettings {
        run: CertifySettings {
            vendor: vendor(Some(&options.vendor), None, None)?,
            modes: options.mode.modes(),
            profile: profile(options.profile.as_deref())?,
            feature: None,
            tags: options.tags.clone(),
            only: options.only.clone(),
            sample: false,
            story: None,
            shard: None,
            seed: options.seed,
            start: Moment::default_start(),
            jobs: 1,
            strict: options.strict,
            browser: false,
            goes_on: true,
            report: options.folder.clone(),
            executed_at: jiff::Zoned::now()
                .strftime("%Y-%m-%d %H:%M:%S %:z")
                .to_string(),
            command,
            program: None,
        },
        listen: options.listen,
    })
}
