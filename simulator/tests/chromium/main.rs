//! Every page-set in a real Chromium, by a person's path: with the keyboard, looked at, and gone
//! over by an accessibility checker.
//!
//! Without Chromium this says `not run` and why; with `CI=true` that is a failure. So it is with
//! axe-core, the checker, whose script is the file that `TEKIGO_AXE` names. With
//! `TEKIGO_SCREENSHOTS` set to a folder, a picture of every page is written there.
#![allow(missing_docs, reason = "tests")]
#![allow(
    dead_code,
    unused_imports,
    reason = "the helpers shared with the tests over HTTP do more than this needs"
)]

mod checker;
mod keyboard;
mod look;
mod path;
mod portal;
mod programs;
mod terminal;
mod visits;

#[path = "../pages/accessible.rs"]
mod accessible;
#[path = "../pages/browser.rs"]
mod browser;
#[path = "../pages/file_set.rs"]
mod file_set;
#[path = "../pages/office.rs"]
mod office;
#[path = "../pages/portal_scene.rs"]
mod portal_scene;
#[path = "../pages/visitors.rs"]
mod visitors;

#[path = "../profile"]
mod profile {
    pub(crate) mod variant;

    pub(crate) use variant::Variant;
}

#[path = "../viewing"]
mod viewing {
    mod papers;
    pub(crate) mod scene;
    mod visits;
}

use std::panic::AssertUnwindSafe;
use std::process::ExitCode;

use futures::FutureExt;

use programs::Programs;
use terminal::Terminal;

/// Whose path it is.
#[derive(Debug, Clone, Copy)]
enum Path {
    /// A municipality's staff at PMH, in a mode.
    Pmh(&'static str),
    /// An office, a hospital, a board's member and the person.
    Visits,
    /// A municipality's staff at the portal.
    Portal,
}

const PATHS: [Path; 4] = [
    Path::Pmh("api"),
    Path::Pmh("file"),
    Path::Visits,
    Path::Portal,
];

fn main() -> ExitCode {
    let programs = match programs::find() {
        Ok(programs) => programs,
        Err(missing) => {
            println!("not run: {missing}");
            return failure_if(programs::is_ci());
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let is_right = runtime.expect("a runtime").block_on(async {
        let mut is_right = true;
        for path in PATHS {
            is_right &= walk(path, &programs).await;
        }
        is_right
    });
    if let Err(missing) = &programs.axe {
        println!("not run: {missing}");
        return failure_if(programs::is_ci() || !is_right);
    }
    if is_right {
        println!("Chromium: every path ok");
    }
    failure_if(!is_right)
}

fn failure_if(is_wrong: bool) -> ExitCode {
    if is_wrong {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// Walks a path; whatever comes of it, Chromium is ended.
async fn walk(path: Path, programs: &Programs) -> bool {
    println!("{path:?}: a person's path in Chromium ...");
    let terminal = Terminal::open(programs).await;
    let walked = AssertUnwindSafe(async {
        terminal.must_know_a_fault().await;
        match path {
            Path::Pmh(mode) => path::walk(&terminal, mode).await,
            Path::Visits => visits::walk(&terminal).await,
            Path::Portal => portal::walk(&terminal).await,
        }
    });
    let is_right = walked.catch_unwind().await.is_ok();
    terminal.close().await;
    println!("{path:?}: {}", if is_right { "ok" } else { "FAILED" });
    is_right
}
