//! The calendar of a town hall: public holidays, business days, fiscal years, and dates as officers read them.
//!
//! The holidays are data of the law (`fixtures/calendar/holidays.toml`), which is part of the program.

mod business_day;
mod data;
mod fiscal;
mod holiday;
mod month;
mod staff_hours;
pub mod wareki;

pub use business_day::{Closed, closed, is_business_day, next_business_day};
pub use fiscal::FiscalYear;
pub use holiday::{covered_years, holiday};
pub use month::{Month, MonthError};
pub use staff_hours::{StaffHours, StaffHoursError};
