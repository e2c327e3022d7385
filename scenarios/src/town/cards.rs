//! 被保険者証, 負担割合証 and 減免減額認定証 as issued over the years.

use jiff::civil::{Date, date};

use crate::ledger::{
    BurdenRatio, BurdenRatioCard, BurdenStage, Card, CareLevel, PlanOffice, Reduction,
    ReductionType,
};

use super::course::Step;
use super::draw::{Draw, plus_days};
use super::numbers;
use super::words::{Distribution, Papers, Words};

/// Rows every person has at least, in all five tables together [domain 5.3, fixture sizing].
const ROWS_MIN: usize = 3;

/// Writes the cards of one person.
pub(super) struct CardWriter<'a> {
    pub(super) draw: Draw,
    pub(super) distribution: &'a Distribution,
    pub(super) papers: &'a Papers,
    pub(super) insurer_number: &'a str,
    pub(super) until: Date,
}

impl CardWriter<'_> {
    /// A card at the entry in the books: number, name, no certification.
    pub(super) fn at_entry(&mut self, acquired_on: Date) -> Card {
        let issued_on = plus_days(acquired_on, self.draw.days(0, 10)).min(self.until);
        self.blank(issued_on)
    }

    fn blank(&self, issued_on: Date) -> Card {
        Card {
            history_number: 0,
            card_insurer_number: self.insurer_number.to_owned(),
            issued_on,
            expires_on: None,
            care_level: None,
            certified_on: None,
            certified_from: None,
            certified_to: None,
            limit_units: None,
            board_opinion: None,
            restriction: None,
            plan_office: None,
        }
    }

    /// The card that follows a decision.
    pub(super) fn after_decision(&mut self, step: &Step, board_opinion: Option<String>) -> Card {
        let issued_on = plus_days(step.decided, self.draw.days(1, 5));
        let restricted = self.draw.per_mille(self.distribution.rates.restriction);
        let restriction = restricted.then(|| self.draw.pick(&self.papers.restrictions).clone());
        let has_office = self.draw.per_mille(self.distribution.rates.plan_office);
        let plan_office = has_office.then(|| self.plan_office(step));
        let period = step.period;
        Card {
            care_level: Some(step.level),
            certified_on: Some(step.decided),
            certified_from: period.map(|(from, _)| from),
            certified_to: period.map(|(_, to)| to),
            limit_units: limit_units(step.level),
            board_opinion,
            restriction,
            plan_office,
            ..self.blank(issued_on)
        }
    }

    /// The card of a 事業対象者: the check-list's day stands in the place of the certification's.
    pub(super) fn program_target(&mut self, earliest: Date) -> Card {
        let checked_on = self
            .draw
            .day_between(earliest.max(plus_days(self.until, -900)), self.until);
        Card {
            care_level: Some(CareLevel::ProgramTarget),
            certified_on: Some(checked_on),
            limit_units: limit_units(CareLevel::Support1),
            ..self.blank(checked_on)
        }
    }

    /// Issues the newest card again (worn out, lost, moved within the town) until there are rows enough.
    pub(super) fn top_up(&mut self, cards: &mut Vec<Card>, other_rows: usize) {
        let missing = ROWS_MIN.saturating_sub(cards.len() + other_rows);
        let Some(newest) = cards.last().cloned() else {
            return;
        };
        let mut days: Vec<Date> = (0..missing)
            .map(|_| self.draw.day_between(newest.issued_on, self.until))
            .collect();
        days.sort_unstable();
        cards.extend(days.into_iter().map(|issued_on| Card {
            issued_on,
            ..newest.clone()
        }));
    }

    fn plan_office(&mut self, step: &Step) -> PlanOffice {
        let supported = matches!(step.level, CareLevel::Support1 | CareLevel::Support2);
        // 地域包括支援センター hold numbers of type 0, care-plan offices of type 7.
        let (names, office_type) = if supported {
            (&self.papers.support_centers, 0)
        } else {
            (&self.papers.plan_offices, 7)
        };
        let place = usize::try_from(self.draw.below(names.len() as u64)).unwrap_or(0);
        PlanOffice {
            number: numbers::office(office_type, place + 1),
            name: names[place].clone(),
            notified_on: plus_days(step.decided, self.draw.days(0, 5)),
        }
    }
}

/// 区分支給限度基準額（単位・月額） of a level; none for 非該当 and 事業対象者, who have no certification.
#[must_use]
pub fn limit_units(level: CareLevel) -> Option<u32> {
    let levels = &Words::bundled().distribution.level;
    levels
        .iter()
        .find(|row| row.level == level)
        .map(|row| row.limit_units)
}

/// The years of 負担割合証 (1 August to 31 July) since the first certification, at most the last three.
fn benefit_years(first: &Step, until: Date) -> Vec<(Date, Date, Date)> {
    let Some((from, _)) = first.period else {
        return Vec::new();
    };
    let last = benefit_year(until);
    (benefit_year(from).max(last - 2)..=last)
        .map(|year| {
            let begins = from.max(date(year, 8, 1));
            // No card is issued before the decision it rests on.
            let usual = if begins == from {
                first.decided
            } else {
                date(year, 7, 20)
            };
            let issued_on = usual.max(plus_days(first.decided, 3));
            (issued_on.min(until), begins, date(year + 1, 7, 31))
        })
        .collect()
}

fn benefit_year(day: Date) -> i16 {
    if day.month() >= 8 {
        day.year()
    } else {
        day.year() - 1
    }
}

/// 負担割合証 of each year.
pub(super) fn burden_ratios(
    draw: &mut Draw,
    distribution: &Distribution,
    first: &Step,
    until: Date,
) -> Vec<BurdenRatioCard> {
    let shares = &distribution.burden_ratio;
    let ratios = [
        (BurdenRatio::Ten, shares.ten),
        (BurdenRatio::Twenty, shares.twenty),
        (BurdenRatio::Thirty, shares.thirty),
    ];
    let (mut ratio, _) = *draw.weighted(&ratios, |(_, weight)| *weight);
    benefit_years(first, until)
        .into_iter()
        .map(|(issued_on, valid_from, valid_to)| {
            if draw.per_mille(50) {
                ratio = draw.weighted(&ratios, |(_, weight)| *weight).0;
            }
            BurdenRatioCard {
                history_number: 0,
                issued_on,
                ratio,
                valid_from,
                valid_to,
            }
        })
        .collect()
}

/// 減免減額認定証 of the last one or two years.
pub(super) fn reductions(draw: &mut Draw, first: &Step, until: Date) -> Vec<Reduction> {
    const STAGES: [(BurdenStage, u32, u32, u64); 4] = [
        (BurdenStage::Stage1, 300, 880, 10),
        (BurdenStage::Stage2, 390, 880, 40),
        (BurdenStage::Stage3a, 650, 1370, 25),
        (BurdenStage::Stage3b, 1360, 1370, 25),
    ];
    let kinds = [
        (ReductionType::BurdenLimit, 88),
        (ReductionType::SpecialBurdenLimit, 1),
        (ReductionType::UserShareReduction, 3),
        (ReductionType::WelfareCorporation, 8),
    ];
    let (kind, _) = *draw.weighted(&kinds, |(_, weight)| *weight);
    let (stage, food, residence, _) = *draw.weighted(&STAGES, |(.., weight)| *weight);
    let limits_charges = matches!(
        kind,
        ReductionType::BurdenLimit | ReductionType::SpecialBurdenLimit
    );
    let years = benefit_years(first, until);
    let skipped = years
        .len()
        .saturating_sub(usize::from(draw.per_mille(500)) + 1);
    years
        .into_iter()
        .skip(skipped)
        .map(|(issued_on, valid_from, valid_to)| Reduction {
            history_number: 0,
            kind,
            issued_on,
            valid_from,
            valid_to,
            stage,
            food_limit: limits_charges.then_some(food),
            residence_limit: limits_charges.then_some(residence),
        })
        .collect()
}
