//! 操作卓 (console): a person works the build, one instruction at a time.
//!
//! The run is the one of [`crate::certify`], with the manual driver: each operation becomes an instruction on a
//! page, and the person's answer its answer. [`run`] serves the pages and runs the suite; `Desk` stands between
//! the two, and writes everything that was said into the console's journal before anything goes on. Started again
//! with the same folder, it goes on at the same instruction.
//!
//! It knows no rule and no verdict: those come from the scenarios' journals, as with every other driver.

mod arrived;
mod book;
mod checklist;
mod desk;
mod entry;
mod filled;
mod form;
mod instruction;
mod ledger_files;
mod pages;
mod people;
mod running;
mod schema;
mod shape;
mod standing;
mod store;
mod vocabulary;
mod words;

pub use running::{ConsoleError, ConsoleSettings, run};
