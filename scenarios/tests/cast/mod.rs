//! One module for each list of words.

mod lists;
mod occasions;
mod people;
mod stages;

use jiff::civil::{Date, date};

/// The usual start of a run.
const TODAY: Date = date(2026, 11, 2);
