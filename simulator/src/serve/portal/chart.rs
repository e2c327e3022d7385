//! The chart of published dates: one line a municipality, time from left to right.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::domain::calendar::Month;
use crate::portal::{PublicStatus, ScheduleDates};

/// Width of a character of a name, in units of the drawing.
const CHARACTER: i32 = 13;
/// Most characters of a name that get room of their own.
const NAME_CHARACTERS_MAX: usize = 24;
/// Width of the time axis.
const AXIS: i32 = 640;
/// Height of a line, and of the axis above them.
const LINE: i32 = 28;
/// Width of the shortest set-up.
const BAR_MIN: i32 = 6;
/// Most months with a label of their own; of more, every third.
const LABELS_MAX: usize = 14;

/// A chart, ready to be written as SVG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chart {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) months: Vec<Tick>,
    pub(super) bars: Vec<Bar>,
    /// The whole in one sentence.
    pub(super) summary: String,
}

/// The beginning of a month on the axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tick {
    pub(super) x: i32,
    /// Empty where labels would meet.
    pub(super) label: String,
}

/// A municipality's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) name: String,
    pub(super) y: i32,
    pub(super) from: i32,
    pub(super) width: i32,
    pub(super) start: i32,
    /// The dates, for a reader that shows no picture.
    pub(super) text: String,
}

/// A span of days, drawn over the axis.
struct Scale {
    /// Where the axis begins: right of the names.
    left: i32,
    first: Date,
    days: i32,
}

impl Scale {
    fn of(dates: &[ScheduleDates], left: i32) -> Option<Self> {
        let first = Month::of(dates.iter().map(|it| it.setup).min()?).first_day();
        let last = dates.iter().map(|it| it.start.max(it.completion)).max()?;
        let end = Month::of(last).last_day();
        let days = (end - first).get_days() + 1;
        Some(Self { left, first, days })
    }

    fn x(&self, day: Date) -> i32 {
        self.left + (day - self.first).get_days() * AXIS / self.days
    }

    fn months(&self) -> Vec<Tick> {
        let firsts = self.first.series(1.month());
        let end = self.first.saturating_add(self.days.days());
        let firsts: Vec<Date> = firsts.take_while(|first| *first < end).collect();
        let step = if firsts.len() > LABELS_MAX { 3 } else { 1 };
        let tick = |(place, first): (usize, &Date)| Tick {
            x: self.x(*first),
            label: if place % step == 0 {
                Month::of(*first).japanese()
            } else {
                String::new()
            },
        };
        firsts.iter().enumerate().map(tick).collect()
    }
}

impl Chart {
    /// The chart of those whose dates are published; none if nobody's are.
    pub(super) fn of(list: &[PublicStatus]) -> Option<Self> {
        let shown: Vec<(&PublicStatus, ScheduleDates)> = list
            .iter()
            .filter_map(|row| Some((row, row.dates?)))
            .collect();
        let dates: Vec<ScheduleDates> = shown.iter().map(|(_, dates)| *dates).collect();
        let names = shown.iter().map(|(row, _)| row.name.chars().count());
        let longest = names.max().unwrap_or(0).min(NAME_CHARACTERS_MAX);
        let left = CHARACTER * (i32::try_from(longest).unwrap_or(0) + 1);
        let scale = Scale::of(&dates, left)?;
        let bars: Vec<Bar> = shown
            .iter()
            .zip(1..)
            .map(|((row, dates), place)| Bar {
                name: row.name.clone(),
                y: place * LINE,
                from: scale.x(dates.setup),
                width: (scale.x(dates.completion) - scale.x(dates.setup)).max(BAR_MIN),
                start: scale.x(dates.start),
                text: format!(
                    "{} 初期セットアップ {}から{}、利用開始 {}",
                    row.name, dates.setup, dates.completion, dates.start
                ),
            })
            .collect();
        let rows = i32::try_from(bars.len()).unwrap_or(i32::MAX / LINE - 2);
        Some(Self {
            width: left + AXIS + 20,
            height: (rows + 1) * LINE + 10,
            months: scale.months(),
            summary: format!(
                "日程を公開した{}市町村等の、初期セットアップの期間と利用開始日",
                bars.len()
            ),
            bars,
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn row(name: &str, dates: Option<(Date, Date, Date)>) -> PublicStatus {
        PublicStatus {
            insurer: "139998".to_owned(),
            name: name.to_owned(),
            dates: dates.map(|(setup, completion, start)| ScheduleDates {
                setup,
                completion,
                start,
                is_start_asked_for: false,
            }),
            is_complete: false,
            through: None,
        }
    }

    #[test]
    fn nothing_published_is_no_chart() {
        assert_eq!(Chart::of(&[row("つきみ市", None)]), None);
    }

    #[test]
    fn time_runs_from_left_to_right_within_the_drawing() {
        let early = (date(2026, 11, 2), date(2026, 11, 6), date(2026, 11, 13));
        let late = (date(2028, 3, 1), date(2028, 3, 1), date(2028, 3, 8));
        let list = [
            row("つきみ市", Some(early)),
            row("ほしあい市", None),
            row("こもれび町", Some(late)),
        ];
        let chart = Chart::of(&list).expect("a chart");
        let [first, second] = &chart.bars[..] else {
            panic!("two lines");
        };
        assert!(first.from < first.start && first.start < second.from);
        assert!(first.y < second.y && second.y + LINE <= chart.height);
        assert_eq!(chart.months.len(), 17, "November 2026 to March 2028");
        let left = CHARACTER * 6;
        assert_eq!(chart.months[0].x, left, "right of the longest name");
        assert_eq!(chart.months[0].label, "令和8年11月");
        assert_eq!(chart.months[1].label, "", "no room for every label");
        let inside = |x: i32| (left..=chart.width).contains(&x);
        assert!(
            chart
                .bars
                .iter()
                .all(|bar| inside(bar.from + bar.width) && inside(bar.start))
        );
        assert!(chart.summary.contains("2市町村等"));
    }
}
