//! 住宅改修費 and 福祉用具購入費: uses of an allowance with what remains of it.

use jiff::civil::Date;

use crate::ledger::{BurdenRatio, EquipmentPurchase, HomeModification};

use super::draw::{Draw, plus_days};
use super::words::Papers;

/// 住宅改修費の支給限度基準額（円）[domain 6.6].
const HOME_ALLOWANCE: u32 = 200_000;
/// 福祉用具購入費の支給限度基準額（円・年度）[domain 6.6].
const EQUIPMENT_ALLOWANCE: u32 = 100_000;

/// One or two works on the home within the one allowance.
pub(super) fn home_modifications(
    draw: &mut Draw,
    ratio: BurdenRatio,
    from: Date,
    until: Date,
) -> Vec<HomeModification> {
    let mut remaining = HOME_ALLOWANCE;
    applied_days(draw, from, until, 2)
        .into_iter()
        .map_while(|applied_on| {
            let cost = (draw.between(30, 180) * 1000).min(remaining);
            remaining -= cost;
            let completed_on = plus_days(applied_on, draw.days(7, 30)).min(until);
            (cost > 0).then(|| HomeModification {
                history_number: 0,
                applied_on,
                completed_on,
                cost,
                paid: benefit(cost, ratio),
                remaining,
            })
        })
        .collect()
}

/// One to three purchases, each fiscal year with an allowance of its own.
pub(super) fn equipment_purchases(
    draw: &mut Draw,
    papers: &Papers,
    ratio: BurdenRatio,
    from: Date,
    until: Date,
) -> Vec<EquipmentPurchase> {
    let mut year = None;
    let mut remaining = EQUIPMENT_ALLOWANCE;
    applied_days(draw, from, until, 3)
        .into_iter()
        .map_while(|purchased_on| {
            if year != Some(fiscal_year(purchased_on)) {
                year = Some(fiscal_year(purchased_on));
                remaining = EQUIPMENT_ALLOWANCE;
            }
            let equipment = draw.pick(&papers.equipment);
            let cost = draw.between(equipment.cost_from, equipment.cost_to) / 100 * 100;
            let name = draw.pick(&equipment.names).clone();
            let covered = cost.min(remaining);
            let paid = benefit(covered, ratio);
            remaining -= covered;
            (covered > 0).then_some(EquipmentPurchase {
                history_number: 0,
                purchased_on,
                item: equipment.item,
                name,
                cost,
                paid,
                remaining,
            })
        })
        .collect()
}

fn applied_days(draw: &mut Draw, from: Date, until: Date, most: u32) -> Vec<Date> {
    let count = draw.between(1, most);
    let mut days: Vec<Date> = (0..count).map(|_| draw.day_between(from, until)).collect();
    days.sort_unstable();
    days
}

const fn benefit(cost: u32, ratio: BurdenRatio) -> u32 {
    cost / 10 * (10 - ratio.tenths())
}

fn fiscal_year(day: Date) -> i16 {
    if day.month() >= 4 {
        day.year()
    } else {
        day.year() - 1
    }
}
