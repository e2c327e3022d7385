//! Days on which a town hall is open.

use std::fmt;

use jiff::civil::{Date, Weekday};

use super::data::CalendarData;
use super::holiday::holiday;

/// Why a town hall is closed on a day (閉庁日).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// 土曜日.
    Saturday,
    /// 日曜日.
    Sunday,
    /// A public holiday, by name.
    Holiday(&'static str),
    /// The days around the new year (年末年始).
    NewYear(&'static str),
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Saturday => "土曜日",
            Self::Sunday => "日曜日",
            Self::Holiday(name) | Self::NewYear(name) => name,
        })
    }
}

/// Why a town hall is closed on a day; `None` if it is open. A holiday is named before the weekday.
#[must_use]
pub fn closed(day: Date) -> Option<Closed> {
    if let Some(name) = holiday(day) {
        return Some(Closed::Holiday(name));
    }
    let period = &CalendarData::bundled().closed;
    let of_year = (day.month(), day.day());
    if of_year >= period.from || of_year <= period.to {
        return Some(Closed::NewYear(&period.name));
    }
    match day.weekday() {
        Weekday::Saturday => Some(Closed::Saturday),
        Weekday::Sunday => Some(Closed::Sunday),
        Weekday::Monday
        | Weekday::Tuesday
        | Weekday::Wednesday
        | Weekday::Thursday
        | Weekday::Friday => None,
    }
}

/// Whether a town hall is open on a day (開庁日).
#[must_use]
pub fn is_business_day(day: Date) -> bool {
    closed(day).is_none()
}

/// The first business day after a day (翌営業日).
#[must_use]
pub fn next_business_day(day: Date) -> Date {
    let mut next = day;
    while let Ok(tomorrow) = next.tomorrow() {
        next = tomorrow;
        if is_business_day(next) {
            break;
        }
    }
    next
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn weekends_holidays_and_the_turn_of_the_year_are_closed() {
        for (day, why) in [
            (date(2026, 11, 1), "日曜日"),
            (date(2026, 11, 7), "土曜日"),
            (date(2026, 11, 3), "文化の日"),
            (date(2026, 9, 22), "国民の休日"),
            (date(2026, 12, 29), "年末年始"),
            (date(2027, 1, 1), "元日"),
            (date(2027, 1, 3), "年末年始"),
        ] {
            assert_eq!(closed(day).expect("closed").to_string(), why, "{day}");
        }
        for day in [date(2026, 11, 2), date(2026, 12, 28), date(2027, 1, 4)] {
            assert!(is_business_day(day), "{day}");
        }
    }

    #[test]
    fn the_next_business_day_leaps_over_what_is_closed() {
        for (day, next) in [
            (date(2026, 11, 2), date(2026, 11, 4)),
            (date(2026, 9, 18), date(2026, 9, 24)),
            (date(2026, 12, 28), date(2027, 1, 4)),
            (date(2027, 12, 28), date(2028, 1, 4)),
            (date(2025, 5, 2), date(2025, 5, 7)),
        ] {
            assert_eq!(next_business_day(day), next);
        }
    }
}
