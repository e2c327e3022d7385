//! Dates as officers read them: 和暦.

use jiff::civil::{Date, date};

/// The eras and the first day of each, newest first [元号を改める政令; common knowledge].
const ERAS: [(&str, Date); 4] = [
    ("令和", date(2019, 5, 1)),
    ("平成", date(1989, 1, 8)),
    ("昭和", date(1926, 12, 25)),
    ("大正", date(1912, 7, 30)),
];

/// The weekdays from Monday.
const WEEKDAYS: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];

/// The year of a day: 令和8年, 令和元年; days before 大正 in the western count.
#[must_use]
pub fn year(day: Date) -> String {
    let era = ERAS.iter().find(|(_, first)| day >= *first);
    match era {
        Some((name, first)) => match day.year() - first.year() + 1 {
            1 => format!("{name}元年"),
            count => format!("{name}{count}年"),
        },
        None => format!("{}年", day.year()),
    }
}

/// A day: 令和8年11月2日.
#[must_use]
pub fn day(day: Date) -> String {
    format!("{}{}月{}日", year(day), day.month(), day.day())
}

/// A day with its weekday: 令和8年11月2日（月）.
#[must_use]
pub fn day_and_weekday(of: Date) -> String {
    let place = usize::try_from(of.weekday().to_monday_zero_offset()).unwrap_or(0);
    format!("{}（{}）", day(of), WEEKDAYS[place])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eras_change_on_their_first_day() {
        for (of, written) in [
            (date(2026, 11, 2), "令和8年11月2日"),
            (date(2019, 5, 1), "令和元年5月1日"),
            (date(2019, 4, 30), "平成31年4月30日"),
            (date(1989, 1, 8), "平成元年1月8日"),
            (date(1989, 1, 7), "昭和64年1月7日"),
            (date(1926, 12, 25), "昭和元年12月25日"),
            (date(1926, 12, 24), "大正15年12月24日"),
            (date(1912, 7, 29), "1912年7月29日"),
        ] {
            assert_eq!(day(of), written);
        }
        assert_eq!(day_and_weekday(date(2026, 11, 2)), "令和8年11月2日（月）");
        assert_eq!(day_and_weekday(date(2026, 11, 1)), "令和8年11月1日（日）");
    }
}
