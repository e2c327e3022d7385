//! PMH's pages in a real Chromium, by a person's path: with the keyboard, and looked at.
//!
//! Without Chromium this says `not run` and why; with `CI=true` that is a failure. With
//! `TEKIGO_SCREENSHOTS` set to a folder, a picture of every page is written there.
#![allow(missing_docs, reason = "tests")]
#![allow(
    dead_code,
    reason = "the helpers shared with the tests over HTTP do more than this needs"
)]

mod keyboard;
mod look;
mod path;
mod programs;
mod terminal;

#[path = "../pages/browser.rs"]
mod browser;
#[path = "../pages/file_set.rs"]
mod file_set;
#[path = "../pages/office.rs"]
mod office;

use std::panic::AssertUnwindSafe;
use std::process::ExitCode;

use futures::FutureExt;

use office::Office;
use programs::Programs;
use terminal::Terminal;

fn main() -> ExitCode {
    let programs = match programs::find() {
        Ok(programs) => programs,
        Err(missing) => {
            println!("not run: {missing}");
            return if programs::is_ci() {
                ExitCode::FAILURE
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let is_right = runtime
        .expect("a runtime")
        .block_on(async { walk("api", &programs).await && walk("file", &programs).await });
    if is_right {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Walks the path in one mode; whatever comes of it, Chromium is ended.
async fn walk(mode: &str, programs: &Programs) -> bool {
    println!("mode {mode}: a person's path in Chromium ...");
    let office = Office::in_mode(mode).await;
    let terminal = Terminal::open(programs).await;
    let walked = AssertUnwindSafe(path::walk(&office, &terminal, mode));
    let is_right = walked.catch_unwind().await.is_ok();
    terminal.close().await;
    println!("mode {mode}: {}", if is_right { "ok" } else { "FAILED" });
    is_right
}
