//! When a person was born, entered the books and left them.

use jiff::civil::Date;

use crate::ledger::{Category, LossReason, Lost, Sex};

use super::draw::{Draw, Purpose, Streams, plus_days, plus_months};
use super::plan::{Care, Plan};
use super::words::{Band, Distribution};

/// 資格: the outline of a life in the books.
pub(super) struct Life {
    pub(super) birth: Date,
    pub(super) sex: Sex,
    pub(super) category: Category,
    /// 資格取得年月日; for a second-category person the 40th birthday, until the certification is known.
    pub(super) acquired_on: Date,
    pub(super) lost: Option<Lost>,
    /// The last day on which anything was written about the person.
    pub(super) until: Date,
    /// Whether the person is to be certified, if the time in the books allows it.
    pub(super) certified: bool,
}

impl Life {
    pub(super) fn drawn(
        streams: &Streams,
        index: u32,
        plan: Plan,
        as_of: Date,
        distribution: &Distribution,
    ) -> Self {
        let draw = &mut streams.draw(Purpose::Birth, index);
        let is_second = match plan.care {
            Some(care) => care == Care::SecondCategory,
            None => draw.per_mille(distribution.rates.second_category),
        };
        let mut life = if is_second {
            Self::second_category(draw, as_of)
        } else {
            Self::first_category(draw, plan, as_of, distribution)
        };
        life.leave(
            &mut streams.draw(Purpose::Loss, index),
            plan,
            as_of,
            distribution,
        );
        life
    }

    fn second_category(draw: &mut Draw, as_of: Date) -> Self {
        let birth = born(draw, as_of, 44, 64);
        let sex = if draw.per_mille(450) {
            Sex::Female
        } else {
            Sex::Male
        };
        Self {
            birth,
            sex,
            category: Category::Second,
            acquired_on: plus_months(birth, 40 * 12),
            lost: None,
            until: as_of,
            certified: true,
        }
    }

    fn first_category(
        draw: &mut Draw,
        plan: Plan,
        as_of: Date,
        distribution: &Distribution,
    ) -> Self {
        let bands = &distribution.band;
        // People with a planned course need years in the books for it to have happened.
        let band: &Band = draw.weighted(bands, |band| {
            if plan.plain && !(75..95).contains(&band.from) {
                0
            } else {
                band.weight
            }
        });
        let birth = born(draw, as_of, band.from, band.to);
        let sex = if draw.per_mille(band.female) {
            Sex::Female
        } else {
            Sex::Male
        };
        let certified = match plan.care {
            Some(care) => care == Care::Certified,
            None => draw.per_mille(band.certified),
        };
        // 65歳到達日 is the day before the birthday.
        let reached = plus_days(plus_months(birth, 65 * 12), -1);
        let moved_in = draw.per_mille(distribution.rates.moved_in) && !plan.plain;
        let acquired_on = if moved_in {
            draw.day_between(reached, as_of)
        } else {
            reached
        };
        Self {
            birth,
            sex,
            category: Category::First,
            acquired_on,
            lost: None,
            until: as_of,
            certified,
        }
    }

    fn leave(&mut self, draw: &mut Draw, plan: Plan, as_of: Date, distribution: &Distribution) {
        let by_chance = draw.per_mille(distribution.rates.lost) && !plan.plain;
        let reasons = [
            (LossReason::MovedOut, 30),
            (LossReason::Died, 60),
            (LossReason::Mistaken, 4),
            (LossReason::Lost, 6),
        ];
        let (drawn, _) = *draw.weighted(&reasons, |(_, weight)| *weight);
        let Some(reason) = plan.lost.or_else(|| by_chance.then_some(drawn)) else {
            return;
        };
        // A third leave in the month before the books stand, the day itself included.
        let ago = if draw.per_mille(333) {
            draw.days(0, 30)
        } else {
            draw.days(31, 400)
        };
        let on = plus_days(as_of, -ago).max(self.acquired_on);
        self.lost = Some(Lost { on, reason });
        self.until = on;
    }
}

fn born(draw: &mut Draw, as_of: Date, age_from: u32, age_to: u32) -> Date {
    let age = i64::from(draw.between(age_from, age_to));
    plus_days(plus_months(as_of, -12 * age), -draw.days(0, 364))
}
