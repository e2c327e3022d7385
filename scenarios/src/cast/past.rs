//! Whether a person's pages are settled: everything in them lies in the past, and every row is one of its own.

use jiff::civil::Date;

use crate::ledger::{
    Application, BurdenRatioCard, Card, EquipmentPurchase, HistoryRow, HomeModification, Person,
    Reduction,
};

/// Whether everything in the person's pages is dated before `as_of` (ends of validity apart), and no two
/// rows differ only in their 履歴番号. With anybody else, a claim about the first day of a scenario or about
/// records that came twice could not be decided.
pub(super) fn is_settled(person: &Person, as_of: Date) -> bool {
    days_of(person).into_iter().all(|day| day < as_of)
        && !has_twins::<Card>(person)
        && !has_twins::<BurdenRatioCard>(person)
        && !has_twins::<Reduction>(person)
        && !has_twins::<HomeModification>(person)
        && !has_twins::<EquipmentPurchase>(person)
}

/// Every day in the person's pages but ends of validity.
fn days_of(person: &Person) -> Vec<Date> {
    let mut days = vec![person.acquired_on];
    days.extend(person.lost.map(|lost| lost.on));
    days.extend(person.consent.map(|consent| consent.on));
    for card in &person.cards {
        let office = card.plan_office.as_ref();
        days.push(card.issued_on);
        days.extend(
            [card.certified_on, card.certified_from]
                .into_iter()
                .flatten(),
        );
        days.extend(office.map(|office| office.notified_on));
    }
    let ratios = person.burden_ratios.iter();
    days.extend(ratios.flat_map(|row| [row.issued_on, row.valid_from]));
    let reductions = person.reductions.iter();
    days.extend(reductions.flat_map(|row| [row.issued_on, row.valid_from]));
    let works = person.home_modifications.iter();
    days.extend(works.flat_map(|row| [row.applied_on, row.completed_on]));
    let purchases = person.equipment_purchases.iter();
    days.extend(purchases.map(|row| row.purchased_on));
    days.extend(person.applications.iter().flat_map(days_of_application));
    days
}

fn days_of_application(application: &Application) -> Vec<Date> {
    let decision = application.decision.as_ref();
    let days = [
        Some(application.date),
        application.survey.as_ref().map(|survey| survey.date),
        application.opinion_requested_on,
        application
            .opinion
            .as_ref()
            .map(|opinion| opinion.written_on),
        application.board_date,
        decision.map(|decision| decision.decided_on),
        decision.and_then(|decision| decision.valid_from),
    ];
    days.into_iter().flatten().collect()
}

fn has_twins<Row: HistoryRow + PartialEq>(person: &Person) -> bool {
    let unnumbered = |row: &Row| {
        let mut row = row.clone();
        row.renumber(0);
        row
    };
    let rows: Vec<Row> = Row::rows_of(person).iter().map(unnumbered).collect();
    rows.iter()
        .enumerate()
        .any(|(place, row)| rows[..place].contains(row))
}
