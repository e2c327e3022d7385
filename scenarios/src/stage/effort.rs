//! 手間: what the set-up takes of people, judged, and of machines, measured.

use std::time::Instant;

use jiff::civil::Time;
use tekigo_simulator::domain::calendar::is_business_day;
use tekigo_simulator::kernel::Moment;

use super::failure::{Performed, StepFailure};
use super::live::Live;
use crate::effort::{Hands, SetUp, staff_hours};

/// A set-up under way, with the real time at which it began.
pub(super) struct Watch {
    begun: Instant,
    /// The last journal line before it.
    line: u64,
}

impl Live {
    pub(super) fn begin_to_measure(&mut self) -> Performed<Watch> {
        let last = self.events()?.last();
        Ok(Watch {
            line: last.map_or(0, |event| event.n),
            begun: Instant::now(),
        })
    }

    /// Keeps what a set-up took, if it was completed and nothing was meant to hold it up.
    pub(super) fn measure_set_up(&mut self, watch: &Watch) -> Performed {
        let machine = watch.begun.elapsed();
        let is_plain = !self.is_slow && self.beginning.trouble.is_none();
        if !is_plain || self.completion_reports()?.len() != 1 {
            return Ok(());
        }
        let records = self.look()?.rows().len();
        let hands = self.hands_since(watch.line)?;
        self.context.measured.add(SetUp {
            mode: self.context.mode,
            people: self.ledger.people.len(),
            records,
            machine,
            hands,
        });
        Ok(())
    }

    /// 初期セットアップの職員の作業は、1日の定時の範囲に収まる.
    ///
    /// # Errors
    /// There is too much of it, or some of it outside the hours.
    pub fn setup_fits_staff_hours(&mut self) -> Performed {
        let hours = staff_hours().map_err(StepFailure::harness)?;
        let line = self.first_when_line;
        let hands = self.hands_since(line)?;
        let outside = self
            .events()?
            .iter()
            .filter(|event| event.n > line)
            .filter(|event| matches!(event.kind.as_str(), "operator" | "vendor.operation"))
            .filter(|event| {
                let is_within = time_of(event.t).is_some_and(|time| hours.contains(time));
                !is_within || !is_business_day(event.t.date())
            })
            .count();
        let minutes = hands.minutes();
        let fits = i64::try_from(minutes).is_ok_and(|minutes| minutes <= hours.minutes());
        let expected = format!(
            "人の作業が、開庁日の定時（{hours}、{}分）の範囲で終わる",
            hours.minutes()
        );
        let actual = format!(
            "{}。見込みは{minutes}分、定時の外の操作は{outside}件",
            hands.told()
        );
        self.claim(fits && outside == 0 && minutes > 0, expected, actual)
    }

    fn hands_since(&mut self, line: u64) -> Performed<Hands> {
        let events = self.events()?;
        let from = events.partition_point(|event| event.n <= line);
        Ok(Hands::of(&events[from..]))
    }
}

/// The time of day in Japan.
fn time_of(moment: Moment) -> Option<Time> {
    let text = moment.to_string();
    text.get("YYYY-MM-DDT".len().."YYYY-MM-DDTHH:MM:SS".len())?
        .parse()
        .ok()
}
