//! What the auditor's laws start from: a town, a platform that did everything right, and events.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use serde_json::Value;
use tekigo::auditor::{ExpectedKey, ExpectedRow};
use tekigo::ledger::{
    AcceptApplication, ApplicationForm, ApplicationType, BusinessEvent, Card, ChangePerson,
    ConsentBox, ConsentOn, DeleteRow, IssueRow, Ledger, LoseQualification, LossReason, Person,
    PersonChanges, Table, Trait,
};
use tekigo::town::{TownSettings, generate};

pub(super) const BASELINE: Date = date(2026, 11, 2);

pub(super) type Expected = BTreeMap<ExpectedKey, ExpectedRow>;

pub(super) fn town(size: u32, seed: u64) -> Ledger {
    generate(&TownSettings::new(size, seed)).expect("a town of an allowed size")
}

pub(super) fn token(my_number: &str) -> String {
    format!("〔個人番号:{}〕", &my_number[8..])
}

/// What a platform that did everything right would hold.
pub(super) fn held(expected: &Expected) -> BTreeMap<ExpectedKey, Option<Value>> {
    let state = |row: &ExpectedRow| match row {
        ExpectedRow::Present(record) => Some(Value::Object(record.clone())),
        ExpectedRow::Deleted => None,
    };
    expected
        .iter()
        .map(|(key, row)| (key.clone(), state(row)))
        .collect()
}

pub(super) fn item<'a>(
    expected: &'a Expected,
    kind: &str,
    person: &Person,
    row: &str,
    item: &str,
) -> Option<&'a Value> {
    match expected.get(&ExpectedKey::new(kind, &person.insured_number, row))? {
        ExpectedRow::Present(record) => record.get(item),
        ExpectedRow::Deleted => None,
    }
}

pub(super) fn found(ledger: &Ledger, wanted: Trait) -> &Person {
    ledger
        .person_like(wanted)
        .expect("a town of a hundred has everyone")
}

/// A day after the books were loaded.
pub(super) fn day(after: u8) -> Date {
    date(2026, 11, 3).saturating_add(jiff::ToSpan::days(i64::from(after)))
}

/// A reissue of the person's newest card.
pub(super) fn reissue(person: &Person, on: Date, insert_before: Option<u32>) -> BusinessEvent {
    let newest = person.cards.last().expect("everyone has a card");
    let row = Card {
        history_number: 0,
        issued_on: on,
        ..newest.clone()
    };
    BusinessEvent::IssueCard(IssueRow {
        insured_number: person.insured_number.clone(),
        row,
        insert_before,
    })
}

pub(super) fn delete_card(person: &Person, history_number: u32) -> BusinessEvent {
    BusinessEvent::DeleteRow(DeleteRow {
        insured_number: person.insured_number.clone(),
        table: Table::Cards,
        history_number,
        on: day(0),
    })
}

pub(super) fn apply_for(
    person: &Person,
    form: ApplicationForm,
    consent_box: ConsentBox,
    on: Date,
) -> BusinessEvent {
    BusinessEvent::AcceptApplication(AcceptApplication {
        insured_number: person.insured_number.clone(),
        application_number: Some(format!("T{}-{on}", person.insured_number).replace("--", "-")),
        date: on,
        kind: ApplicationType::Change,
        form,
        consent_box,
    })
}

pub(super) fn offer(person: &Person, on: Date) -> BusinessEvent {
    BusinessEvent::OfferConsent(ConsentOn {
        insured_number: person.insured_number.clone(),
        on,
    })
}

pub(super) fn withdraw(person: &Person, on: Date) -> BusinessEvent {
    BusinessEvent::WithdrawConsent(ConsentOn {
        insured_number: person.insured_number.clone(),
        on,
    })
}

pub(super) fn lose(person: &Person, on: Date) -> BusinessEvent {
    BusinessEvent::LoseQualification(LoseQualification {
        insured_number: person.insured_number.clone(),
        on,
        reason: LossReason::Died,
    })
}

pub(super) fn rename(person: &Person, name: &str) -> BusinessEvent {
    BusinessEvent::ChangePerson(ChangePerson {
        insured_number: person.insured_number.clone(),
        on: day(1),
        changes: PersonChanges {
            name: Some(name.to_owned()),
            ..PersonChanges::default()
        },
    })
}

/// One of the events above, by choice.
pub(super) fn chosen(person: &Person, choice: u8, after: u8) -> BusinessEvent {
    match choice % 7 {
        0 => reissue(person, day(after), None),
        1 => reissue(person, day(after), Some(1)),
        2 => delete_card(person, u32::from(after % 4) + 1),
        3 => apply_for(
            person,
            ApplicationForm::From2026,
            ConsentBox::ALL[usize::from(after % 3)],
            day(after),
        ),
        4 => offer(person, day(after)),
        5 => withdraw(person, day(after)),
        _ => rename(person, &format!("改姓{after}　太郎")),
    }
}
