//! Fiscal years (年度).

use std::fmt;

use jiff::civil::{Date, date};

use super::wareki;

/// 年度: from 1 April to 31 March.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FiscalYear {
    /// The year of its April.
    begins_in: i16,
}

impl FiscalYear {
    /// The fiscal year of a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self {
            begins_in: day.year() - i16::from(day.month() < 4),
        }
    }

    /// 1 April.
    #[must_use]
    pub fn first_day(self) -> Date {
        date(self.begins_in, 4, 1)
    }

    /// 31 March of the next year (年度末).
    #[must_use]
    pub fn last_day(self) -> Date {
        date(self.begins_in + 1, 3, 31)
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}度", wareki::year(self.first_day()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fiscal_year_turns_on_the_first_of_april() {
        let year = FiscalYear::of(date(2027, 3, 31));
        assert_eq!(year.to_string(), "令和8年度");
        assert_eq!(year.first_day(), date(2026, 4, 1));
        assert_eq!(year.last_day(), date(2027, 3, 31));
        assert_eq!(FiscalYear::of(date(2027, 4, 1)).to_string(), "令和9年度");
        assert_eq!(
            FiscalYear::of(date(2028, 2, 29)),
            FiscalYear::of(date(2027, 4, 1))
        );
    }
}
