//! The report of a run and the console in a real Chromium: looked at, and gone over by an accessibility checker.
//!
//! Without Chromium or axe-core this says `not run` and why, as the tests of the pages do; with
//! `CI=true` that is a failure. With `TEKIGO_SCREENSHOTS` set to a folder, pictures are written there.
#![allow(missing_docs, reason = "tests")]
#![allow(
    dead_code,
    unused_crate_dependencies,
    reason = "the helpers shared with the pages do more than this needs"
)]

#[path = "../../simulator/tests/chromium/checker.rs"]
mod checker;
#[path = "../../simulator/tests/chromium/keyboard.rs"]
mod keyboard;
#[path = "../../simulator/tests/chromium/look.rs"]
mod look;
#[path = "../../simulator/tests/chromium/programs.rs"]
mod programs;
#[path = "../../simulator/tests/chromium/terminal.rs"]
mod terminal;

#[path = "console"]
mod console {
    mod http;
    pub(crate) mod looked_at;
    mod officer;
    mod opened;
    mod product;
}

use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::process::{Command, ExitCode};

use futures::FutureExt;

use programs::Programs;
use terminal::Terminal;

/// A run with everything a report can show: a red rule, consequences, stories, both modes.
const RUN: [&str; 7] = [
    "certify",
    "--fault",
    "sends_blank_as_given",
    "--only",
    "CONSENT-01/02-2",
    "--seed",
    "20260401",
];

/// Everything that is folded away is opened.
const OPEN: &str =
    "for (const part of document.querySelectorAll('details')) part.open = true; return true";

fn main() -> ExitCode {
    let programs = match programs::find() {
        Ok(programs) => programs,
        Err(missing) => return not_run(&missing),
    };
    if let Err(missing) = &programs.axe {
        return not_run(missing);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let ran = Command::new(env!("CARGO_BIN_EXE_tekigo"))
        .args(RUN)
        .arg("--report")
        .arg(folder.path().join("report"))
        .current_dir(folder.path())
        .output()
        .expect("the program starts");
    assert_eq!(ran.status.code(), Some(1), "{ran:?}");
    let page = folder.path().join("report").join("report.html");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = runtime.expect("a runtime");
    let word = |is_right: bool| if is_right { "ok" } else { "FAILED" };
    let is_report_right = runtime.block_on(look(&page, &programs));
    println!("Chromium: the report {}", word(is_report_right));
    let is_console_right = runtime.block_on(look_at_console(&programs));
    println!("Chromium: the console {}", word(is_console_right));
    let is_right = is_report_right && is_console_right;
    if is_right {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn not_run(missing: &str) -> ExitCode {
    println!("not run: {missing}");
    if programs::is_ci() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// Looks at the report; whatever comes of it, Chromium is ended.
async fn look(page: &Path, programs: &Programs) -> bool {
    let terminal = Terminal::open(programs).await;
    let looked = AssertUnwindSafe(async {
        terminal.must_know_a_fault().await;
        terminal.go(&format!("file://{}", page.display())).await;
        terminal.must_look_right("report-1-closed").await;
        terminal.run(OPEN).await;
        terminal.must_fit("report-2-open").await;
        terminal.print("report-2-open").await;
    });
    let is_right = looked.catch_unwind().await.is_ok();
    terminal.close().await;
    is_right
}

/// Looks at the console; whatever comes of it, Chromium is ended.
async fn look_at_console(programs: &Programs) -> bool {
    let terminal = Terminal::open(programs).await;
    let looked = AssertUnwindSafe(console::looked_at::walk(&terminal));
    let is_right = looked.catch_unwind().await.is_ok();
    terminal.close().await;
    is_right
}
