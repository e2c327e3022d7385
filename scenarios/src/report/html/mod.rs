//! report.html: one page for people, without scripts and without anything to fetch.

mod detail;
mod page;
mod rows;
mod scenario;

pub(super) use page::{Source, page};
