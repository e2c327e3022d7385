//! The day an insurer starts to work through the platform.

use jiff::ToSpan as _;
use jiff::civil::Date;

/// 初期セットアップ完了日: the day the linking of the insured persons' data has finished. From this day the data
/// can be seen (briefing: スケジュール確定までの流れ (2)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetupCompletionDate(pub Date);

/// 利用開始日: the day an insurer starts to work through the platform.
///
/// Not the day data become visible: that is [`SetupCompletionDate`], usually a week earlier
/// (briefing: スケジュール確定までの流れ (2)). Confusing the two hides data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServiceStartDate(Date);

/// Which start an insurer agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceStartWish {
    /// The baseline: so many days after completion.
    Usual,
    /// A day of its own, asked for at confirmation (確認).
    On(Date),
}

/// How a start lies to the completion it follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartGap {
    /// Before completion: the service would start before the data exist.
    Before,
    /// On the baseline or nearer.
    Near,
    /// Further than the baseline, which is not recommended: the data can be seen already.
    Far,
}

impl ServiceStartDate {
    /// The baseline: `days` after completion, a week in the profile.
    #[must_use]
    pub fn usual_for(completion: SetupCompletionDate, days: u32) -> Self {
        let days = i64::from(days).days();
        Self(completion.0.saturating_add(days))
    }

    /// The start that follows a completion: the day asked for, unless completion has come later than it; then
    /// the baseline holds again, since no service starts before completion [SCHED-07, inferred].
    #[must_use]
    pub fn after(completion: SetupCompletionDate, wish: ServiceStartWish, days: u32) -> Self {
        match wish {
            ServiceStartWish::On(day) if day >= completion.0 => Self(day),
            ServiceStartWish::On(_) | ServiceStartWish::Usual => Self::usual_for(completion, days),
        }
    }

    /// The day.
    #[must_use]
    pub fn date(self) -> Date {
        self.0
    }

    /// How a day would lie to a completion.
    #[must_use]
    pub fn gap(day: Date, completion: SetupCompletionDate, days: u32) -> StartGap {
        if day < completion.0 {
            StartGap::Before
        } else if day <= Self::usual_for(completion, days).0 {
            StartGap::Near
        } else {
            StartGap::Far
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_baseline_is_a_week_over_month_and_year_ends() {
        for (completion, start) in [
            (date(2026, 11, 2), date(2026, 11, 9)),
            (date(2026, 12, 28), date(2027, 1, 4)),
            (date(2028, 2, 23), date(2028, 3, 1)),
            (date(2027, 2, 23), date(2027, 3, 2)),
        ] {
            let completion = SetupCompletionDate(completion);
            assert_eq!(ServiceStartDate::usual_for(completion, 7).date(), start);
        }
    }

    #[test]
    fn a_day_asked_for_holds_unless_completion_comes_later() {
        let wish = ServiceStartWish::On(date(2026, 11, 5));
        let start =
            |completion| ServiceStartDate::after(SetupCompletionDate(completion), wish, 7).date();
        assert_eq!(start(date(2026, 11, 2)), date(2026, 11, 5));
        assert_eq!(start(date(2026, 11, 5)), date(2026, 11, 5));
        assert_eq!(start(date(2026, 11, 6)), date(2026, 11, 13));
    }

    #[test]
    fn a_start_lies_before_near_or_far() {
        let gap = |day| ServiceStartDate::gap(day, SetupCompletionDate(date(2026, 11, 2)), 7);
        assert_eq!(gap(date(2026, 11, 1)), StartGap::Before);
        assert_eq!(gap(date(2026, 11, 2)), StartGap::Near);
        assert_eq!(gap(date(2026, 11, 9)), StartGap::Near);
        assert_eq!(gap(date(2026, 11, 10)), StartGap::Far);
    }
}
