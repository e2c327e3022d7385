//! A whole certification in one day.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::ledger::{
    ApplicationForm, BusinessEvent, Card, CareLevel, ConsentBox, ConsentState, IssueRow, Person,
};
use crate::town::limit_units;

use super::happening::{Happening, INSURANCE_CARD, touched};
use super::{paper, rows};

/// All stages up to the decision, and for a certification the card that shows it.
pub(super) fn certified(
    person: &Person,
    insurer_number: &str,
    level: CareLevel,
    today: Date,
) -> Happening {
    let mut happening = decided(person, level, today, today);
    if level.is_certified() {
        let result = paper::result(level, today, today);
        let row = Card {
            care_level: Some(level),
            certified_on: Some(today),
            certified_from: result.valid_from,
            certified_to: result.valid_to,
            limit_units: limit_units(level),
            ..rows::first_card(insurer_number.to_owned(), today)
        };
        let number = rows::next_number(&person.cards);
        happening
            .touches
            .push(touched(INSURANCE_CARD, Some(number)));
        happening.events.push(BusinessEvent::IssueCard(IssueRow {
            insured_number: person.insured_number.clone(),
            row,
            insert_before: None,
        }));
    }
    happening
}

/// All stages up to a decision that is valid from the first day of the month after next; no card yet.
pub(super) fn decided_ahead(person: &Person, today: Date) -> Happening {
    let from = today.first_of_month().saturating_add(2.months());
    let level = person.care_level().filter(|level| level.is_certified());
    decided(person, level.unwrap_or(CareLevel::Care2), today, from)
}

fn decided(person: &Person, level: CareLevel, today: Date, from: Date) -> Happening {
    let number = paper::application_number(person, today);
    let papers = [
        "certificationProgress",
        "surveySheet",
        "physicianOpinion",
        "certification",
    ];
    let mut touches: Vec<_> = papers
        .map(|kind| (kind.to_owned(), Some(number.clone())))
        .into();
    if consent_changes(person, today) {
        touches.push(touched("consent", None));
    }
    Happening {
        events: vec![
            paper::accept(person, &number, today, ConsentBox::Given),
            paper::survey(&number, today),
            paper::request_opinion(&number, today),
            paper::opinion(&number, today),
            paper::board(&number, today),
            paper::decision(&number, paper::result(level, today, from)),
        ],
        touches,
        wrong_number: None,
    }
}

/// The box of the application says yes: news, unless the books know as much from the same day or later.
fn consent_changes(person: &Person, today: Date) -> bool {
    let is_known = person.consent.is_some_and(|held| {
        let is_answer = held.form == ApplicationForm::From2026 && held.state != ConsentState::Blank;
        let is_same = held.on == today && held.state == ConsentState::Given;
        is_answer && (held.on > today || is_same)
    });
    paper::form_on(today) == ApplicationForm::From2026 && !is_known
}
