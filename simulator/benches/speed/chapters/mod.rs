//! What is measured, a chapter each.

mod link;
mod setup;
mod start;
mod town;

use crate::Outcome;
use crate::arguments::Arguments;
use link::Requests;

pub(super) use start::start_in_this_process;
pub(super) use town::{SetUpWork, set_up_in_this_process};

/// Measures what was asked for.
pub(super) fn run(arguments: &Arguments) -> Outcome<()> {
    let is_wanted = |chapter: &str| {
        arguments.chapters.is_empty() || arguments.chapters.iter().any(|wanted| wanted == chapter)
    };
    if arguments.is_smoke {
        println!("smoke run: it runs; the figures say nothing\n");
    }
    if is_wanted("start") {
        start::run(arguments)?;
    }
    if is_wanted("link") {
        link::run(arguments, Requests::Single)?;
    }
    if is_wanted("batch") {
        link::run(arguments, Requests::Batch)?;
    }
    if is_wanted("setup") {
        setup::run(arguments)?;
    }
    Ok(())
}
