//! The holidays as the data file gives them.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use toml::{Table, Value};

static BUNDLED: LazyLock<CalendarData> = LazyLock::new(|| {
    CalendarData::read(include_str!("../../../../fixtures/calendar/holidays.toml"))
        .expect("the calendar is part of the program and read by its tests")
});

/// Rules of one calendar.
pub(super) struct CalendarData {
    pub(super) years: RangeInclusive<i16>,
    pub(super) holidays: Vec<HolidayRule>,
    pub(super) closed: ClosedPeriod,
}

/// A holiday of the law and the day it falls on.
pub(super) struct HolidayRule {
    pub(super) name: String,
    pub(super) month: i8,
    pub(super) day: DayRule,
}

/// How the day of a holiday is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayRule {
    /// A day of the month.
    Fixed(i8),
    /// The so-manieth Monday.
    Monday(i8),
    /// 春分.
    VernalEquinox,
    /// 秋分.
    AutumnalEquinox,
}

/// Days on which offices are closed every year, over the turn of the year.
pub(super) struct ClosedPeriod {
    pub(super) name: String,
    pub(super) from: (i8, i8),
    pub(super) to: (i8, i8),
}

impl CalendarData {
    pub(super) fn bundled() -> &'static Self {
        &BUNDLED
    }

    /// Reads the data; `None` if something is missing or of another type.
    fn read(text: &str) -> Option<Self> {
        let table: Table = text.parse().ok()?;
        let years = table.get("years")?.as_table()?;
        let closed = table.get("closed")?.as_table()?;
        let holidays = table.get("holiday")?.as_array()?;
        Some(Self {
            years: number(years, "from")?..=number(years, "to")?,
            holidays: holidays.iter().map(rule).collect::<Option<_>>()?,
            closed: ClosedPeriod {
                name: closed.get("name")?.as_str()?.to_owned(),
                from: day_of_year(closed.get("from")?)?,
                to: day_of_year(closed.get("to")?)?,
            },
        })
    }
}

fn rule(value: &Value) -> Option<HolidayRule> {
    let table = value.as_table()?;
    let equinox = table.get("equinox").map(Value::as_str);
    let day = match (number(table, "day"), number(table, "monday"), equinox) {
        (Some(day), None, None) => DayRule::Fixed(day),
        (None, Some(count), None) => DayRule::Monday(count),
        (None, None, Some(Some("vernal"))) => DayRule::VernalEquinox,
        (None, None, Some(Some("autumnal"))) => DayRule::AutumnalEquinox,
        _ => return None,
    };
    Some(HolidayRule {
        name: table.get("name")?.as_str()?.to_owned(),
        month: number(table, "month")?,
        day,
    })
}

fn day_of_year(value: &Value) -> Option<(i8, i8)> {
    let table = value.as_table()?;
    Some((number(table, "month")?, number(table, "day")?))
}

fn number<N: TryFrom<i64>>(table: &Table, name: &str) -> Option<N> {
    N::try_from(table.get(name)?.as_integer()?).ok()
}

#[cfg(test)]
mod tests {
    use super::CalendarData;

    #[test]
    fn the_law_names_sixteen_holidays() {
        assert_eq!(CalendarData::bundled().holidays.len(), 16);
    }

    #[test]
    fn a_rule_that_is_no_rule_is_not_passed_over() {
        let whole = include_str!("../../../../fixtures/calendar/holidays.toml");
        for (from, to) in [
            ("monday = 2", "tuesday = 2"),
            ("equinox = \"vernal\"", "equinox = \"summer\""),
            ("month = 11\nday = 3", "month = 11"),
            ("[closed]", "[shut]"),
        ] {
            assert!(whole.contains(from), "{from}");
            let broken = whole.replacen(from, to, 1);
            assert!(CalendarData::read(&broken).is_none(), "{to}");
        }
    }
}
