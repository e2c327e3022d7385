//! report.html: one page for people, without scripts and without anything to fetch.

mod accounting;
mod detail;
mod effort;
mod page;
mod rows;
mod scenario;
mod side_by_side;
mod stories;

pub(super) use accounting::accounting_page;
pub(super) use page::{Source, page};
