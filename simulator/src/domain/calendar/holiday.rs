//! Public holidays (国民の祝日に関する法律).

use std::ops::RangeInclusive;

use jiff::civil::{Date, Weekday};

use super::data::{CalendarData, DayRule, HolidayRule};

/// 振替休日.
const SUBSTITUTE: &str = "振替休日";
/// 国民の休日.
const BETWEEN: &str = "国民の休日";

/// The years for which the holidays have been compared with the law.
#[must_use]
pub fn covered_years() -> RangeInclusive<i16> {
    CalendarData::bundled().years.clone()
}

/// The name of the holiday that a day is, if it is one; for years that are not covered, by the same rules.
#[must_use]
pub fn holiday(day: Date) -> Option<&'static str> {
    if let Some(name) = named(day) {
        return Some(name);
    }
    if follows_a_sunday_holiday(day) {
        return Some(SUBSTITUTE);
    }
    let is_named = |day: Option<Date>| day.and_then(named).is_some();
    (is_named(day.yesterday().ok()) && is_named(day.tomorrow().ok())).then_some(BETWEEN)
}

/// The holiday of article 2 that a day is.
fn named(day: Date) -> Option<&'static str> {
    CalendarData::bundled()
        .holidays
        .iter()
        .find(|rule| rule.month == day.month() && rule.day_in(day.year()) == Some(day.day()))
        .map(|rule| rule.name.as_str())
}

/// Whether a day is the first free one after a holiday on a Sunday (article 3, paragraph 2).
fn follows_a_sunday_holiday(day: Date) -> bool {
    let mut before = day;
    while let Ok(earlier) = before.yesterday() {
        if named(earlier).is_none() {
            return false;
        }
        if earlier.weekday() == Weekday::Sunday {
            return true;
        }
        before = earlier;
    }
    false
}

impl HolidayRule {
    fn day_in(&self, year: i16) -> Option<i8> {
        match self.day {
            DayRule::Fixed(day) => Some(day),
            DayRule::Monday(count) => {
                let first = Date::new(year, self.month, 1).ok()?;
                let monday = first.nth_weekday_of_month(count, Weekday::Monday).ok()?;
                Some(monday.day())
            }
            DayRule::VernalEquinox => equinox(year, 20_843_100),
            DayRule::AutumnalEquinox => equinox(year, 23_248_800),
        }
    }
}

/// The day of March or September by the usual approximation, in millionths of a day to keep out fractions:
/// `base + 0.242194 (year - 1980) - floor((year - 1980) / 4)`.
fn equinox(year: i16, base: i64) -> Option<i8> {
    let since = i64::from(year) - 1980;
    let day = (base + 242_194 * since).div_euclid(1_000_000) - since.div_euclid(4);
    i8::try_from(day).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// The holidays as the Cabinet Office publishes them.
    const KNOWN: &str = "
2025-01-01 元日
2025-01-13 成人の日
2025-02-11 建国記念の日
2025-02-23 天皇誕生日
2025-02-24 振替休日
2025-03-20 春分の日
2025-04-29 昭和の日
2025-05-03 憲法記念日
2025-05-04 みどりの日
2025-05-05 こどもの日
2025-05-06 振替休日
2025-07-21 海の日
2025-08-11 山の日
2025-09-15 敬老の日
2025-09-23 秋分の日
2025-10-13 スポーツの日
2025-11-03 文化の日
2025-11-23 勤労感謝の日
2025-11-24 振替休日
2026-01-01 元日
2026-01-12 成人の日
2026-02-11 建国記念の日
2026-02-23 天皇誕生日
2026-03-20 春分の日
2026-04-29 昭和の日
2026-05-03 憲法記念日
2026-05-04 みどりの日
2026-05-05 こどもの日
2026-05-06 振替休日
2026-07-20 海の日
2026-08-11 山の日
2026-09-21 敬老の日
2026-09-22 国民の休日
2026-09-23 秋分の日
2026-10-12 スポーツの日
2026-11-03 文化の日
2026-11-23 勤労感謝の日
2027-01-01 元日
2027-01-11 成人の日
2027-02-11 建国記念の日
2027-02-23 天皇誕生日
2027-03-21 春分の日
2027-03-22 振替休日
2027-04-29 昭和の日
2027-05-03 憲法記念日
2027-05-04 みどりの日
2027-05-05 こどもの日
2027-07-19 海の日
2027-08-11 山の日
2027-09-20 敬老の日
2027-09-23 秋分の日
2027-10-11 スポーツの日
2027-11-03 文化の日
2027-11-23 勤労感謝の日
";

    fn holidays_of(year: i16) -> Vec<(Date, &'static str)> {
        date(year, 1, 1)
            .series(jiff::ToSpan::day(1))
            .take_while(|day| day.year() == year)
            .filter_map(|day| Some((day, holiday(day)?)))
            .collect()
    }

    #[test]
    fn the_published_holidays_and_no_others() {
        let computed: Vec<String> = (2025..=2027)
            .flat_map(holidays_of)
            .map(|(day, name)| format!("{day} {name}"))
            .collect();
        let known: Vec<&str> = KNOWN.trim().lines().collect();
        assert_eq!(computed, known);
    }

    #[test]
    fn substitutes_and_days_between_of_later_years() {
        let irregular = |year| -> Vec<String> {
            holidays_of(year)
                .into_iter()
                .filter(|(_, name)| [SUBSTITUTE, BETWEEN].contains(name))
                .map(|(day, name)| format!("{day} {name}"))
                .collect()
        };
        assert_eq!(irregular(2028), Vec::<String>::new());
        assert_eq!(
            irregular(2029),
            [
                "2029-02-12 振替休日",
                "2029-04-30 振替休日",
                "2029-09-24 振替休日"
            ]
        );
        assert_eq!(
            irregular(2030),
            [
                "2030-05-06 振替休日",
                "2030-08-12 振替休日",
                "2030-11-04 振替休日"
            ]
        );
        assert!(irregular(2032).contains(&"2032-09-21 国民の休日".to_owned()));
    }

    #[test]
    fn the_equinoxes_are_those_announced_or_forecast() {
        for (year, vernal, autumnal) in [
            (2025, 20, 23),
            (2026, 20, 23),
            (2027, 21, 23),
            (2028, 20, 22),
            (2029, 20, 23),
            (2030, 20, 23),
            (2031, 21, 23),
            (2032, 20, 22),
            (2033, 20, 23),
            (2034, 20, 23),
            (2035, 21, 23),
        ] {
            assert_eq!(holiday(date(year, 3, vernal)), Some("春分の日"), "{year}");
            assert_eq!(holiday(date(year, 9, autumnal)), Some("秋分の日"), "{year}");
        }
    }

    #[test]
    fn no_two_rules_meet_in_the_years_covered() {
        for year in covered_years() {
            let mut named: Vec<(i8, Option<i8>)> = CalendarData::bundled()
                .holidays
                .iter()
                .map(|rule| (rule.month, rule.day_in(year)))
                .collect();
            let all = named.len();
            named.sort_unstable();
            named.dedup();
            assert_eq!(named.len(), all, "{year}");
        }
    }
}
