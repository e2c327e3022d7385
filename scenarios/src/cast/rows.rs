//! 証と利用: new rows of the five tables.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::ledger::{
    BurdenRatio, BurdenRatioCard, BurdenStage, Card, CareLevel, EquipmentItem, EquipmentPurchase,
    HistoryRow, HomeModification, Person, Reduction, ReductionType,
};
use crate::town::limit_units;

/// 住宅改修費の支給限度基準額（円）[domain 6.6].
const HOME_ALLOWANCE: u32 = 200_000;
/// 福祉用具購入費の支給限度基準額（円・年度）[domain 6.6].
const EQUIPMENT_ALLOWANCE: u32 = 100_000;
/// Costs of a use (円).
const HOME_COST: u32 = 50_000;
const EQUIPMENT_COST: u32 = 30_000;

/// The number the next row of a table will have.
pub(super) fn next_number<Row: HistoryRow>(rows: &[Row]) -> u32 {
    rows.iter()
        .map(HistoryRow::history_number)
        .max()
        .unwrap_or(0)
        + 1
}

/// A day between the issue of the two newest cards; none without two cards or without such a day.
pub(super) fn day_between(cards: &[Card]) -> Option<Date> {
    let [.., older, newest] = cards else {
        return None;
    };
    let days = (newest.issued_on - older.issued_on).get_days();
    (days >= 2).then(|| older.issued_on.saturating_add((days / 2).days()))
}

/// Whether both allowances leave enough for one more use.
pub(super) fn allowances_suffice(person: &Person) -> bool {
    let home = person.home_modifications.last();
    let equipment = person.equipment_purchases.last();
    home.is_none_or(|row| row.remaining >= HOME_COST)
        && equipment.is_none_or(|row| row.remaining >= EQUIPMENT_COST)
}

/// A card without a certification.
pub(crate) const fn first_card(insurer_number: String, issued_on: Date) -> Card {
    Card {
        history_number: 0,
        card_insurer_number: insurer_number,
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

/// The card of a 事業対象者: the check-list's day stands in the place of the certification's.
pub(super) fn program_target_card(insurer_number: String, today: Date) -> Card {
    Card {
        care_level: Some(CareLevel::ProgramTarget),
        certified_on: Some(today),
        limit_units: limit_units(CareLevel::Support1),
        ..first_card(insurer_number, today)
    }
}

/// A card again, issued on another day.
pub(crate) fn card_again(card: &Card, issued_on: Date) -> Card {
    Card {
        history_number: 0,
        issued_on,
        ..card.clone()
    }
}

/// 負担割合証 for the coming year: after the newest one, up to the end of a July.
pub(crate) fn burden_ratio(person: &Person, ratio: BurdenRatio, today: Date) -> BurdenRatioCard {
    let newest = person.burden_ratios.last();
    let after = newest.and_then(|row| row.valid_to.tomorrow().ok());
    let valid_from = after.map_or(today, |after| after.max(today));
    BurdenRatioCard {
        history_number: 0,
        issued_on: today,
        ratio,
        valid_from,
        valid_to: end_of_benefit_year(valid_from),
    }
}

/// The ratio after the newest one: 1割, 2割, 3割, and 1割 again.
pub(super) fn next_ratio(person: &Person) -> BurdenRatio {
    match person.burden_ratios.last().map(|row| row.ratio) {
        Some(BurdenRatio::Ten) => BurdenRatio::Twenty,
        Some(BurdenRatio::Twenty) => BurdenRatio::Thirty,
        Some(BurdenRatio::Thirty) | None => BurdenRatio::Ten,
    }
}

/// 介護保険負担限度額認定証, 第2段階, from today on.
pub(crate) fn burden_limit(today: Date) -> Reduction {
    Reduction {
        history_number: 0,
        kind: ReductionType::BurdenLimit,
        issued_on: today,
        valid_from: today,
        valid_to: end_of_benefit_year(today),
        stage: BurdenStage::Stage2,
        food_limit: Some(390),
        residence_limit: Some(880),
    }
}

/// How much of an allowance a use takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// The usual cost, or what is left.
    Usual,
    /// All that is left.
    Everything,
}

/// A use of 住宅改修費; none if nothing is left.
pub(crate) fn home_modification(
    person: &Person,
    extent: Extent,
    today: Date,
) -> Option<HomeModification> {
    let newest = person.home_modifications.last();
    let left = newest.map_or(HOME_ALLOWANCE, |row| row.remaining);
    let cost = cost(extent, HOME_COST, left)?;
    Some(HomeModification {
        history_number: 0,
        applied_on: today,
        completed_on: today,
        cost,
        paid: benefit(person, cost),
        remaining: left - cost,
    })
}

/// A use of 福祉用具購入費; none if nothing is left of the fiscal year's allowance.
pub(crate) fn equipment_purchase(
    person: &Person,
    extent: Extent,
    today: Date,
) -> Option<EquipmentPurchase> {
    let newest = person.equipment_purchases.last();
    let left = newest
        .filter(|row| fiscal_year(row.purchased_on) == fiscal_year(today))
        .map_or(EQUIPMENT_ALLOWANCE, |row| row.remaining);
    let cost = cost(extent, EQUIPMENT_COST, left)?;
    Some(EquipmentPurchase {
        history_number: 0,
        purchased_on: today,
        item: EquipmentItem::CommodeSeat,
        name: "家具調ポータブルトイレ".to_owned(),
        cost,
        paid: benefit(person, cost),
        remaining: left - cost,
    })
}

fn cost(extent: Extent, usual: u32, left: u32) -> Option<u32> {
    let cost = match extent {
        Extent::Usual => usual.min(left),
        Extent::Everything => left,
    };
    (cost > 0).then_some(cost)
}

/// What the insurer pays: nine tenths at 1割.
fn benefit(person: &Person, cost: u32) -> u32 {
    let newest = person.burden_ratios.last();
    let tenths = newest.map_or(1, |row| row.ratio.tenths());
    cost / 10 * (10 - tenths)
}

fn fiscal_year(day: Date) -> i16 {
    if day.month() >= 4 {
        day.year()
    } else {
        day.year() - 1
    }
}

/// 31 July, where the year of 負担割合証 and 負担限度額認定証 ends.
fn end_of_benefit_year(day: Date) -> Date {
    if day.month() >= 8 {
        date(day.year() + 1, 7, 31)
    } else {
        date(day.year(), 7, 31)
    }
}
