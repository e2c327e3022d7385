//! Dates as municipal staff write them.

use jiff::civil::{Date, Weekday};

use crate::kernel::Moment;

/// The first day of 令和, and the year before its first.
const REIWA: (Date, i16) = (Date::constant(2019, 5, 1), 2018);

/// A date with both eras, e.g. `令和8年11月2日（2026年11月2日、月曜日）`. Dates before 令和 are
/// written with the western year alone: none are shown by a page.
pub fn japanese_date(date: Date) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let weekday = weekday(date.weekday());
    if date < REIWA.0 {
        return format!("{year}年{month}月{day}日（{weekday}曜日）");
    }
    let era_year = match year - REIWA.1 {
        1 => "元".to_owned(),
        number => number.to_string(),
    };
    format!("令和{era_year}年{month}月{day}日（{year}年{month}月{day}日、{weekday}曜日）")
}

/// A date and the time of day in Japan, to the minute.
pub fn japanese_moment(moment: Moment) -> String {
    let minutes = (moment.unix_seconds() + 9 * 3600).rem_euclid(86_400) / 60;
    format!(
        "{} {:02}:{:02}",
        japanese_date(moment.date()),
        minutes / 60,
        minutes % 60
    )
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "月",
        Weekday::Tuesday => "火",
        Weekday::Wednesday => "水",
        Weekday::Thursday => "木",
        Weekday::Friday => "金",
        Weekday::Saturday => "土",
        Weekday::Sunday => "日",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_date_has_both_eras() {
        assert_eq!(
            japanese_moment(Moment::default_start()),
            "令和8年11月2日（2026年11月2日、月曜日） 09:00"
        );
        assert_eq!(
            japanese_date(date(2019, 5, 1)),
            "令和元年5月1日（2019年5月1日、水曜日）"
        );
        assert_eq!(japanese_date(date(2019, 4, 30)), "2019年4月30日（火曜日）");
        let new_year: Moment = "2026-12-31T15:04:59Z".parse().expect("a moment");
        assert_eq!(
            japanese_moment(new_year),
            "令和9年1月1日（2027年1月1日、金曜日） 00:04"
        );
    }
}
