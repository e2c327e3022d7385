//! Words of the sentences that stand for something simple.

use jiff::civil::Date;

use crate::stage::{Performed, StepFailure};

/// 令和N年N月N日.
pub(super) fn day(text: &str) -> Performed<Date> {
    let read = || {
        let (year, rest) = text.strip_prefix("令和")?.split_once('年')?;
        let (month, rest) = rest.split_once('月')?;
        let day = rest.strip_suffix('日')?;
        let year: i16 = year.parse().ok()?;
        Date::new(2018 + year, month.parse().ok()?, day.parse().ok()?).ok()
    };
    read().ok_or_else(|| StepFailure::harness(format!("日付「{text}」を読めません")))
}

/// 令和N年N月N日, or nothing if the sentence leaves the day out.
pub(super) fn day_if_said(text: &str) -> Performed<Option<Date>> {
    if text.is_empty() {
        return Ok(None);
    }
    day(text).map(Some)
}

/// A word looked up in a closed list.
pub(super) fn one_of<T>(found: Option<T>, what: &str, word: &str) -> Performed<T> {
    found.ok_or_else(|| StepFailure::harness(format!("{what}「{word}」はありません")))
}

/// N時間N分N秒, each of which may be left out, in seconds.
pub(super) fn duration(text: &str) -> Performed<i64> {
    let read = || {
        let mut rest = text;
        let mut all: i64 = 0;
        for (unit, length) in [("時間", 3_600), ("分", 60), ("秒", 1)] {
            if let Some((number, after)) = rest.split_once(unit) {
                all += number.parse::<i64>().ok()? * length;
                rest = after;
            }
        }
        (rest.is_empty() && all > 0).then_some(all)
    };
    read().ok_or_else(|| StepFailure::harness(format!("時間「{text}」を読めません")))
}
