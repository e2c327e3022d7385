//! 和暦: days and times as a municipal officer writes them.

use jiff::civil::DateTime;
use tekigo_simulator::domain::calendar::wareki;

/// `2026-11-02` as 令和8年11月2日; a text that is no day stays as it is.
pub(super) fn day(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), wareki::day)
}

/// `2026-11-02T09:00:00+09:00` as 令和8年11月2日 9時00分, with seconds where there are any.
pub(super) fn moment(text: &str) -> String {
    let local = text.trim_end_matches("+09:00");
    let Ok(moment) = local.parse::<DateTime>() else {
        return text.to_owned();
    };
    let date = wareki::day(moment.date());
    let (hour, minute, second) = (moment.hour(), moment.minute(), moment.second());
    if second == 0 {
        format!("{date} {hour}時{minute:02}分")
    } else {
        format!("{date} {hour}時{minute:02}分{second:02}秒")
    }
}

#[cfg(test)]
mod tests {
    use super::{day, moment};

    #[test]
    fn a_day_is_written_with_its_era() {
        assert_eq!(day("2026-04-01"), "令和8年4月1日");
        assert_eq!(day("2019-05-01"), "令和元年5月1日");
        assert_eq!(day("2019-04-30"), "平成31年4月30日");
        assert_eq!(day("1950-01-02"), "昭和25年1月2日");
        assert_eq!(day("unknown"), "unknown");
    }

    #[test]
    fn seconds_are_written_where_there_are_any() {
        assert_eq!(
            moment("2026-11-02T09:00:00+09:00"),
            "令和8年11月2日 9時00分"
        );
        assert_eq!(
            moment("2026-11-03T08:59:59+09:00"),
            "令和8年11月3日 8時59分59秒"
        );
    }
}
