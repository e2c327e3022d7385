//! What holds for every person of every town.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use tekigo::ledger::{ApplicationForm, Category, ConsentBox, ConsentState, HistoryRow, Person};

pub(super) fn check_rows(person: &Person) -> Result<(), TestCaseError> {
    fn numbers<Row: HistoryRow>(rows: &[Row]) -> bool {
        rows.iter()
            .map(HistoryRow::history_number)
            .eq(1..=u32::try_from(rows.len()).unwrap_or(0))
    }
    prop_assert!(person.history_rows() >= 3, "{person:?}");
    prop_assert!(!person.cards.is_empty());
    prop_assert!(
        numbers(&person.cards) && numbers(&person.burden_ratios) && numbers(&person.reductions)
    );
    prop_assert!(numbers(&person.home_modifications) && numbers(&person.equipment_purchases));
    prop_assert!(
        person
            .home_modifications
            .iter()
            .all(|row| row.remaining <= 200_000 && row.paid <= row.cost)
    );
    prop_assert!(
        person
            .equipment_purchases
            .iter()
            .all(|row| row.remaining <= 100_000 && row.paid <= row.cost)
    );
    prop_assert_eq!(person.burden_ratios.is_empty(), !person.is_certified());
    Ok(())
}

pub(super) fn check_dates(person: &Person, as_of: Date) -> Result<(), TestCaseError> {
    let until = person.lost.map_or(as_of, |lost| lost.on);
    prop_assert!(
        person.birth < person.acquired_on && person.acquired_on <= until,
        "{person:?}"
    );
    let issued: Vec<_> = person.cards.iter().map(|card| card.issued_on).collect();
    prop_assert!(
        issued.is_sorted()
            && issued
                .iter()
                .all(|day| (person.acquired_on..=until).contains(day)),
        "{person:?}"
    );
    for row in &person.burden_ratios {
        prop_assert!(
            row.valid_from <= row.valid_to
                && row.issued_on <= until
                && row.issued_on >= person.acquired_on
        );
    }
    for row in &person.reductions {
        prop_assert!(
            row.valid_from <= row.valid_to
                && row.issued_on <= until
                && row.issued_on >= person.acquired_on
        );
    }
    for row in &person.home_modifications {
        prop_assert!(
            row.applied_on <= row.completed_on && row.completed_on <= until,
            "{person:?}"
        );
    }
    prop_assert!(
        person
            .equipment_purchases
            .iter()
            .all(|row| row.purchased_on <= until)
    );
    Ok(())
}

pub(super) fn check_certification(person: &Person, as_of: Date) -> Result<(), TestCaseError> {
    prop_assert!(person.category == Category::First || person.is_certified());
    for application in &person.applications {
        let new_form = application.date >= date(2026, 4, 1);
        prop_assert_eq!(application.form == ApplicationForm::From2026, new_form);
        if let Some(survey) = &application.survey {
            prop_assert!(
                survey.basic_items.len() == 74
                    && survey.basic_items.bytes().all(|item| item.is_ascii_digit())
            );
            prop_assert!(survey.date >= application.date);
        }
        if let Some(opinion) = &application.opinion {
            prop_assert_eq!(opinion.institution_code.len(), 10);
        }
    }
    if person.is_certified() {
        let newest = person
            .applications
            .iter()
            .rev()
            .find_map(|application| application.decision.as_ref());
        let (card, decision) = (
            person.cards.last().expect("a card"),
            newest.expect("a decision"),
        );
        prop_assert_eq!(card.care_level, Some(decision.care_level));
        prop_assert_eq!(
            (card.certified_from, card.certified_to),
            (decision.valid_from, decision.valid_to)
        );
        prop_assert_eq!(card.certified_on, Some(decision.decided_on));
        let current = decision.valid_from <= Some(card.issued_on.max(as_of));
        prop_assert!(
            current && decision.valid_to >= decision.valid_from,
            "{person:?}"
        );
    }
    Ok(())
}

pub(super) fn check_consent(person: &Person) -> Result<(), TestCaseError> {
    let boxes: Vec<_> = person
        .applications
        .iter()
        .filter(|application| application.form == ApplicationForm::From2026)
        .map(|application| application.consent_box)
        .collect();
    if boxes.contains(&ConsentBox::Refused) && !boxes.contains(&ConsentBox::Given) {
        prop_assert_eq!(
            person.consent.map(|consent| consent.state),
            Some(ConsentState::Refused)
        );
    }
    if let Some(consent) = person.consent {
        prop_assert_eq!(
            consent.form == ApplicationForm::From2026,
            consent.on >= date(2026, 4, 1)
        );
    }
    Ok(())
}
