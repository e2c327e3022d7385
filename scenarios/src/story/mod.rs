//! 物語: a long stretch of a town's life, tried as one.
//!
//! A scenario says one rule in a few sentences. A [`Story`] goes on for weeks or a year: every business
//! day of the calendar staff register what the day brings, and link in the evening; at each month's end
//! platform, auditor and vendor are compared. What a day brings is drawn from the seed ([`Diary`]), in
//! the proportions of a real town as far as figures are published, and computed from the books alone.
//!
//! A story has a journal, a verdict and a place in the report as a scenario has.

mod booklist;
mod case;
mod diary;
mod matter;
mod newcomers;

pub use booklist::{Story, UnknownStory};
pub use diary::{Diary, Entry};
