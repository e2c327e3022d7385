//! コマンド: what a person types, and what the program answers.

mod bench_command;
mod certify_command;
mod console_command;
mod doctor_command;
mod explore_command;
mod init_command;
mod kit_command;
mod merge_command;
mod neighbours;
mod options;
mod progress;
mod prove_command;
mod serve_command;
mod serve_portal;
mod show_failure_command;
mod town_command;
mod usage;

use std::process::ExitCode;

use clap::Parser as _;

use options::{Command, Options};

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let options = match Options::try_parse() {
        Ok(options) => options,
        Err(error) => return usage::answer(&error),
    };
    match options.command {
        Command::Certify(options) => certify_command::run(&options),
        Command::Merge(options) => merge_command::run(&options),
        Command::Doctor(options) => doctor_command::run(&options),
        Command::Init(options) => init_command::run(&options),
        Command::Console(options) => console_command::run(&options),
        Command::Serve(options) => serve_command::run(&options),
        Command::Town(options) => town_command::run(&options),
        Command::Kit(options) => kit_command::run(&options),
        Command::ShowFailure(options) => show_failure_command::run(&options),
        Command::Prove(options) => prove_command::run(&options),
        Command::Explore(options) => explore_command::run(&options),
        Command::Bench(options) => bench_command::run(&options),
        Command::BenchTrial(options) => bench_command::run_trial(&options),
        Command::ReferenceVendor(options) => until_stopped(tekigo_reference_vendor::run(
            tekigo_reference_vendor::Options {
                interface: match options.listen {
                    Some(address) => tekigo_reference_vendor::Interface::Http(address),
                    None => tekigo_reference_vendor::Interface::Stdio,
                },
                database: options.database,
                fault: options.fault,
                variant: options.variant,
                stop_with_stdin: options.stop_with_stdin,
            },
        )),
        Command::NullVendor(options) => {
            until_stopped(tekigo_null_vendor::run(tekigo_null_vendor::Options {
                listen: options.listen,
                stop_with_stdin: options.stop_with_stdin,
                behaviour: options.behaviour,
            }))
        }
    }
}

/// Runs a bundled vendor until it is told to stop.
fn until_stopped<E: std::fmt::Display>(vendor: impl Future<Output = Result<(), E>>) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error, crate::verdict::ExitCode::Undecided),
    };
    match runtime.block_on(vendor) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error, crate::verdict::ExitCode::Settings),
    }
}

/// Says what went wrong, where people look for it, and how the program ends.
fn failed(error: &dyn std::fmt::Display, exit: crate::verdict::ExitCode) -> ExitCode {
    eprintln!("{error}");
    ExitCode::from(exit.code())
}
