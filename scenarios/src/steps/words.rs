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
