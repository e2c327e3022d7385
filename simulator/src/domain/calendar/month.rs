//! Months, as a municipality wishes for one.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use super::wareki;
use crate::domain::shown;

/// A month of a year, written `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    first: Date,
}

/// A text that is no month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("年月は「2026-11」の形です。受け取った値「{received}」は読めません")]
pub struct MonthError {
    /// The text as it came, shortened for display.
    pub received: String,
}

impl Month {
    /// The month that a day lies in.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self {
            first: day.first_of_month(),
        }
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        self.first
    }

    /// Its last day (月末).
    #[must_use]
    pub fn last_day(self) -> Date {
        self.first.last_of_month()
    }

    /// For people: 令和8年11月.
    #[must_use]
    pub fn japanese(self) -> String {
        format!("{}{}月", wareki::year(self.first), self.first.month())
    }
}

impl FromStr for Month {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || -> Option<Date> {
            let (year, month) = text.split_once('-')?;
            let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
            if year.len() != 4 || month.len() != 2 || !is_digits(year) || !is_digits(month) {
                return None;
            }
            Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
        };
        read()
            .map(|first| Self { first })
            .ok_or_else(|| MonthError {
                received: shown(text),
            })
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Month;

    #[test]
    fn a_month_reads_back_as_written_and_knows_its_ends() {
        let month: Month = "2028-02".parse().expect("a month");
        assert_eq!(month.to_string(), "2028-02");
        assert_eq!(month.first_day(), date(2028, 2, 1));
        assert_eq!(month.last_day(), date(2028, 2, 29));
        assert_eq!(month.japanese(), "令和10年2月");
        assert_eq!(Month::of(date(2028, 2, 29)), month);
        for text in [
            "",
            "2028",
            "2028-13",
            "2028-2",
            "２０２８-02",
            "2028-02-01",
            "+028-02",
        ] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }
}
