//! Published schedules, once set-up is complete.

use tekigo_simulator::PublicStatus;
use tekigo_simulator::domain::{ServiceStartDate, SetupCompletionDate, StartGap};

use super::facts::Facts;
use super::observation::Watch;

/// SCHED-06: completion and service start lie no further apart than the baseline.
pub(super) fn start_not_far_from_completion(facts: &Facts<'_>, watch: &mut Watch) {
    let calendar = facts.profile.calendar();
    let days = calendar.service_start_days_after_completion.value;
    let expected = format!("利用開始日は初期セットアップ完了日から{days}日より後にしない");
    for event in facts.events {
        if event.kind != "portal.status" {
            continue;
        }
        let Ok(status) = serde_json::from_str::<PublicStatus>(event.body.get()) else {
            continue;
        };
        let Some(dates) = status.dates.filter(|_| status.is_complete) else {
            continue;
        };
        let completion = SetupCompletionDate(dates.completion);
        match ServiceStartDate::gap(dates.start, completion, days) {
            StartGap::Before | StartGap::Near => watch.held(event.n, &expected),
            StartGap::Far => {
                let (start, completed) = (dates.start, dates.completion);
                let actual = format!(
                    "{}の利用開始日 {start} は、完了日 {completed} から{days}日を超えています",
                    status.name
                );
                watch.violated(event.n, &expected, actual);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::date;
    use serde_json::json;
    use tekigo_simulator::kernel::Event;
    use tekigo_simulator::profile::Profile;

    use crate::monitors::watch;
    use crate::requirement::Mode;

    /// What the monitor says of a start so many days after completion.
    fn held(days: i32, is_complete: bool) -> Option<bool> {
        let completion = date(2026, 11, 2);
        let body = json!({
            "insurer": "139998",
            "name": "つきみ市",
            "dates": {
                "setup": completion,
                "completion": completion,
                "start": completion.saturating_add(days.days()),
                "is_start_asked_for": true,
            },
            "is_complete": is_complete,
        });
        let event = json!({
            "n": 1, "t": "2026-11-02T09:00:00+09:00", "from": "portal", "kind": "portal.status", "body": body,
        });
        let event: Event = serde_json::from_str(&event.to_string()).expect("an event");
        let seen = watch(&Profile::bundled(), Mode::Api, &[event]);
        let seen = seen.iter().find(|seen| seen.requirement == "SCHED-06");
        seen.map(|seen| seen.holds)
    }

    #[test]
    fn a_week_is_near_and_more_is_too_far() {
        for (days, holds) in [(0, true), (6, true), (7, true), (8, false), (30, false)] {
            assert_eq!(held(days, true), Some(holds), "{days}");
        }
    }

    #[test]
    fn an_expected_completion_is_not_judged() {
        assert_eq!(held(30, false), None);
    }
}
