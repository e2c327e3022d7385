//! The auditor: the expected state follows the business history and nothing else.

use proptest::prelude::*;
use serde_json::{Value, json};
use tekigo::auditor::{AuditError, Auditor, ExpectedKey, ExpectedRow, compare};
use tekigo::ledger::{ApplicationForm, BusinessEvent, ConsentBox, Person, Trait};

use super::auditor_events::{
    BASELINE, Expected, apply_for, chosen, day, delete_card, found, held, item, reissue, token,
    town, withdraw,
};

proptest! {
    #![proptest_config(super::config(24))]

    #[test]
    fn replaying_nothing_leaves_the_set_up_state(size in 1_u32..150, seed: u64) {
        let ledger = town(size, seed);
        let auditor = Auditor::new(&ledger, BASELINE);
        let expected = auditor.expected(&token);
        prop_assert_eq!(&expected, &auditor.expected_of_set_up(&token));
        prop_assert!(auditor.judge(&held(&expected), &token).is_empty());
        let present = ledger.people.iter().filter(|person| person.lost.is_none());
        let rows: usize = present.clone().map(Person::history_rows).sum();
        let history = |key: &&ExpectedKey| ["Card", "Use"].iter().any(|end| key.kind.ends_with(end));
        prop_assert_eq!(expected.keys().filter(history).count(), rows);
        prop_assert_eq!(expected.keys().filter(|key| key.kind == "person").count(), present.count());
    }

    #[test]
    fn the_order_of_events_of_different_people_does_not_matter(
        seed: u64,
        choices in proptest::collection::vec((0_usize..6, any::<u8>(), 0_u8..40), 1..40),
    ) {
        let ledger = town(40, seed);
        let events: Vec<(usize, BusinessEvent)> = choices
            .into_iter()
            .map(|(place, choice, after)| (place, chosen(&ledger.people[place], choice, after)))
            .collect();
        let mut grouped = events.clone();
        grouped.sort_by_key(|(place, _)| *place);
        let after = |events: &[(usize, BusinessEvent)]| {
            let mut auditor = Auditor::new(&ledger, BASELINE);
            let outcomes = events.iter().filter(|(_, event)| auditor.apply(event).is_ok()).count();
            (outcomes, auditor.expected(&token))
        };
        prop_assert_eq!(after(&events), after(&grouped));
    }

    #[test]
    fn a_refused_event_leaves_the_books_alone(seed: u64, choice: u8, after: u8) {
        let ledger = town(40, seed);
        let mut auditor = Auditor::new(&ledger, BASELINE);
        let before = auditor.expected(&token);
        if auditor.apply(&chosen(&ledger.people[1], choice, after)).is_err() {
            prop_assert_eq!(before, auditor.expected(&token));
        }
    }

    #[test]
    fn events_survive_being_written_down(seed: u64, choice: u8, after: u8) {
        let event = chosen(&town(1, seed).people[0], choice, after);
        let text = serde_json::to_string(&event).expect("events are JSON");
        prop_assert_eq!(&serde_json::from_str::<BusinessEvent>(&text).expect("and back"), &event);
        let input = event.input().expect("an object");
        prop_assert!(!input.contains_key("operation") && text.contains(event.operation()));
    }
}

#[test]
fn a_withdrawal_replaces_the_consent() {
    let ledger = town(100, 3);
    let person = found(&ledger, Trait::ConsentGiven);
    let mut auditor = Auditor::new(&ledger, BASELINE);
    assert_eq!(
        item(
            &auditor.expected(&token),
            "consent",
            person,
            "",
            "consentState"
        ),
        Some(&json!("1"))
    );
    auditor
        .apply(&withdraw(person, day(2)))
        .expect("there is a consent");
    let expected = auditor.expected(&token);
    assert_eq!(
        item(&expected, "consent", person, "", "consentState"),
        Some(&json!("3"))
    );
    assert_eq!(
        item(&expected, "consent", person, "", "takenDate"),
        Some(&json!("2026-11-05"))
    );
    assert!(matches!(
        auditor.apply(&withdraw(person, day(3))),
        Err(AuditError::NothingToWithdraw { .. })
    ));
    let late = apply_for(person, ApplicationForm::From2026, ConsentBox::Given, day(0));
    auditor.apply(&late).expect("a late paper is accepted");
    let state = auditor.expected(&token);
    assert_eq!(
        item(&state, "consent", person, "", "consentState"),
        Some(&json!("3")),
        "not brought back"
    );
}

#[test]
fn only_answers_on_the_new_form_are_linked() {
    let ledger = town(100, 3);
    let auditor = Auditor::new(&ledger, BASELINE);
    for unsent in [
        Trait::ConsentBlank,
        Trait::ConsentOldForm,
        Trait::ConsentNone,
    ] {
        let person = found(&ledger, unsent);
        assert_eq!(
            item(
                &auditor.expected(&token),
                "consent",
                person,
                "",
                "consentState"
            ),
            None,
            "{unsent}"
        );
    }
    let refused = found(&ledger, Trait::ConsentRefused);
    assert_eq!(
        item(
            &auditor.expected(&token),
            "consent",
            refused,
            "",
            "consentState"
        ),
        Some(&json!("2"))
    );
}

#[test]
fn a_box_counts_only_if_it_was_filled_in_on_the_new_form() {
    let ledger = town(100, 3);
    let mut auditor = Auditor::new(&ledger, BASELINE);
    let asked = found(&ledger, Trait::ConsentOldForm);
    for (form, consent_box, expected) in [
        (ApplicationForm::Before2026, ConsentBox::Given, None),
        (ApplicationForm::From2026, ConsentBox::Blank, None),
        (
            ApplicationForm::From2026,
            ConsentBox::Refused,
            Some(json!("2")),
        ),
        (
            ApplicationForm::From2026,
            ConsentBox::Given,
            Some(json!("1")),
        ),
        (
            ApplicationForm::From2026,
            ConsentBox::Blank,
            Some(json!("1")),
        ),
        (
            ApplicationForm::Before2026,
            ConsentBox::Refused,
            Some(json!("1")),
        ),
    ] {
        let after = u8::try_from(
            auditor
                .person(&asked.insured_number)
                .expect("known")
                .applications
                .len(),
        );
        let event = apply_for(asked, form, consent_box, day(after.expect("few")));
        auditor.apply(&event).expect("an application is accepted");
        let state = auditor.expected(&token);
        assert_eq!(
            item(&state, "consent", asked, "", "consentState"),
            expected.as_ref(),
            "{form} {consent_box}"
        );
    }
}

#[test]
fn a_retroactive_row_renumbers_the_later_ones() {
    let ledger = town(100, 3);
    let person = found(&ledger, Trait::Uncertified);
    let mut auditor = Auditor::new(&ledger, BASELINE);
    let before = auditor.expected(&token);
    auditor
        .apply(&reissue(person, day(0), Some(2)))
        .expect("row 2 is there");
    let after = auditor.expected(&token);
    let issued = |state: &Expected, row: &str| {
        item(state, "insuranceCard", person, row, "issueDate").cloned()
    };
    assert_eq!(issued(&after, "1"), issued(&before, "1"));
    assert_eq!(issued(&after, "2"), Some(json!("2026-11-03")));
    assert_eq!(issued(&after, "3"), issued(&before, "2"));
    assert_eq!(issued(&after, "4"), issued(&before, "3"));
    assert_eq!(
        item(&after, "insuranceCard", person, "4", "historyKey"),
        Some(&json!("4"))
    );
    let nowhere = reissue(person, day(0), Some(9));
    assert!(matches!(
        auditor.apply(&nowhere),
        Err(AuditError::UnknownRow { .. })
    ));
}

#[test]
fn a_deleted_row_keeps_its_number() {
    let ledger = town(100, 3);
    let person = found(&ledger, Trait::Uncertified);
    let mut auditor = Auditor::new(&ledger, BASELINE);
    let key = |row: &str| ExpectedKey::new("insuranceCard", &person.insured_number, row);
    auditor
        .apply(&delete_card(person, 3))
        .expect("row 3 is there");
    assert_eq!(
        auditor.expected(&token).get(&key("3")),
        Some(&ExpectedRow::Deleted)
    );
    assert!(
        !auditor.expected_of_set_up(&token).contains_key(&key("3")),
        "set-up never sends it"
    );
    auditor
        .apply(&reissue(person, day(1), None))
        .expect("a new card");
    let state = auditor.expected(&token);
    assert_eq!(state.get(&key("3")), Some(&ExpectedRow::Deleted));
    assert!(matches!(
        state.get(&key("4")),
        Some(ExpectedRow::Present(_))
    ));
    auditor
        .apply(&reissue(person, day(1), Some(3)))
        .expect("in the place of the deleted row");
    let state = auditor.expected(&token);
    assert!(matches!(
        state.get(&key("3")),
        Some(ExpectedRow::Present(_))
    ));
    assert_eq!(state.get(&key("4")), Some(&ExpectedRow::Deleted));
    assert!(matches!(
        auditor.apply(&delete_card(person, 4)),
        Err(AuditError::UnknownRow { .. })
    ));
}

#[test]
fn a_difference_names_the_item_and_both_values() {
    let ledger = town(100, 3);
    let person = found(&ledger, Trait::Gaiji);
    let auditor = Auditor::new(&ledger, BASELINE);
    let expected = auditor.expected(&token);
    let key = ExpectedKey::new("person", &person.insured_number, "");
    let five = item(&expected, "person", person, "", "basicFiveInfo").expect("required");
    let sent_name = five["name"].as_str().expect("a text");
    assert!(
        sent_name.contains('〓')
            && !sent_name
                .chars()
                .any(|one| ('\u{E000}'..='\u{F8FF}').contains(&one))
    );
    let mut actual = held(&expected);
    let record = actual
        .get_mut(&key)
        .and_then(Option::as_mut)
        .expect("registered");
    record["basicFiveInfo"]["sex"] = json!("9");
    record["qualificationLostDate"] = Value::Null;
    record["changeDate"] = json!("2026-11-05");
    let differences = compare(&expected, &actual);
    assert_eq!(differences.len(), 1, "{differences:?}");
    let words = format!(
        "被保険者番号{}の被保険者のbasicFiveInfo.sex: 期待 ",
        person.insured_number
    );
    assert!(
        differences[0].to_string().starts_with(&words),
        "{}",
        differences[0]
    );
    actual.remove(&ExpectedKey::new(
        "insuranceCard",
        &person.insured_number,
        "1",
    ));
    assert!(
        compare(&expected, &actual)[0]
            .to_string()
            .contains("被保険者証（履歴番号1）の記録: 期待 あり、実際 なし")
    );
}

#[test]
fn a_consent_taken_by_an_office_is_expected_as_such() {
    let ledger = town(100, 3);
    let person = found(&ledger, Trait::ConsentNone);
    let mut auditor = Auditor::new(&ledger, BASELINE);
    auditor
        .note_office_consent(&person.insured_number, day(0), "1379900017")
        .expect("known");
    let expected = auditor.expected(&token);
    assert_eq!(
        item(&expected, "consent", person, "", "takenBy"),
        Some(&json!("2"))
    );
    assert_eq!(
        item(&expected, "consent", person, "", "officeNumber"),
        Some(&json!("1379900017"))
    );
}
