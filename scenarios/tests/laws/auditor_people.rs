//! The auditor: who enters, who leaves, and who must never appear.

use serde_json::json;
use tekigo::auditor::{AuditError, Auditor, BoardMaterial, ExpectedKey, ExpectedRow};
use tekigo::ledger::{Assigned, BusinessEvent, NotInsuredReason, RegisterPerson, Trait};

use super::auditor_events::{BASELINE, day, found, held, item, lose, offer, rename, token, town};

#[test]
fn a_person_lost_later_is_deleted_and_the_rows_stay() {
    let ledger = town(100, 3);
    let person = found(&ledger, Trait::CertifiedCardHolder);
    let mut auditor = Auditor::new(&ledger, BASELINE);
    let before = auditor.expected_of(&person.insured_number, &token);
    auditor
        .apply(&lose(person, day(4)))
        .expect("the person is there");
    let after = auditor.expected_of(&person.insured_number, &token);
    let page = ExpectedKey::new("person", &person.insured_number, "");
    assert_eq!(after.get(&page), Some(&ExpectedRow::Deleted));
    assert!(
        before
            .iter()
            .filter(|(key, _)| **key != page)
            .all(|(key, row)| after.get(key) == Some(row))
    );
    assert!(matches!(
        auditor.apply(&offer(person, day(5))),
        Err(AuditError::AlreadyLost { .. })
    ));
    let differences = auditor.judge(
        &held(&Auditor::new(&ledger, BASELINE).expected(&token)),
        &token,
    );
    assert_eq!(differences.len(), 1);
    let words = format!(
        "被保険者番号{}の被保険者の記録: 期待 削除済み、実際 あり",
        person.insured_number
    );
    assert_eq!(differences[0].to_string(), words);
}

#[test]
fn people_lost_after_the_baseline_are_in_set_up_and_then_deleted() {
    let ledger = town(100, 3);
    let died = found(&ledger, Trait::Died);
    let lost = died.lost.expect("that is the trait");
    let page = ExpectedKey::new("person", &died.insured_number, "");
    let auditor = Auditor::new(&ledger, lost.on.yesterday().expect("not the first day"));
    let set_up = auditor.expected_of_set_up(&token);
    let date = item(&set_up, "person", died, "", "qualificationLostDate");
    assert_eq!(date, Some(&json!(lost.on.to_string())));
    assert_eq!(
        auditor.expected(&token).get(&page),
        Some(&ExpectedRow::Deleted)
    );
    let on_the_day = Auditor::new(&ledger, lost.on);
    assert!(!on_the_day.expected(&token).contains_key(&page));
    assert!(
        on_the_day
            .never(&token)
            .numbers
            .contains_key(&died.insured_number)
    );
}

#[test]
fn nobody_who_is_not_insured_may_appear() {
    let ledger = town(100, 3);
    let auditor = Auditor::new(&ledger, BASELINE);
    let mut actual = held(&auditor.expected(&token));
    let stranger = ledger
        .not_insured_because(NotInsuredReason::Provisional)
        .expect("at least three");
    let renumbered = found(&ledger, Trait::Renumbered);
    actual.insert(
        ExpectedKey::new("person", &stranger.provisional_number, ""),
        None,
    );
    actual.insert(
        ExpectedKey::new("person", &renumbered.previous_numbers[0], ""),
        Some(json!({})),
    );
    let disguised = json!({"myNumber": token(&stranger.my_number)});
    actual.insert(
        ExpectedKey::new("person", "0000000000", ""),
        Some(disguised),
    );
    let differences = auditor.judge(&actual, &token);
    let about = |words: &str| {
        differences
            .iter()
            .filter(|one| one.expected.contains(words))
            .count()
    };
    assert_eq!(
        (about("送られない（仮番号）"), about("付番替え前の番号")),
        (2, 1),
        "{differences:?}"
    );
}

#[test]
fn a_new_person_appears_under_the_number_the_vendor_gave() {
    let ledger = town(100, 3);
    let mut person = town(101, 4).people.remove(100);
    person.insured_number.clear();
    let event = BusinessEvent::RegisterPerson(Box::new(RegisterPerson { person }));
    assert!(
        !serde_json::to_string(&event)
            .expect("JSON")
            .contains("insured_number")
    );
    let mut auditor = Auditor::new(&ledger, BASELINE);
    assert!(matches!(
        auditor.apply(&event),
        Err(AuditError::NotNumbered { .. })
    ));
    let assigned = Assigned {
        insured_number: Some("0012345678".to_owned()),
        application_number: None,
    };
    let event = event.with_assigned(&assigned);
    auditor.apply(&event).expect("now it has a number");
    assert!(matches!(
        auditor.apply(&event),
        Err(AuditError::NumberInUse { .. })
    ));
    let newcomer = auditor.person("0012345678").expect("registered").clone();
    auditor
        .apply(&rename(&newcomer, "新姓　花"))
        .expect("registered");
    let expected = auditor.expected(&token);
    let five = item(&expected, "person", &newcomer, "", "basicFiveInfo").expect("required");
    assert_eq!(five["name"], json!("新姓　花"));
}

#[test]
fn a_material_handed_to_the_board_must_be_there_as_it_was_handed_last() {
    let ledger = town(100, 3);
    let person = found(&ledger, Trait::CertifiedCardHolder);
    let application = person.applications.last().expect("one was decided");
    let number = &application.application_number;
    let mut auditor = Auditor::new(&ledger, BASELINE);
    let without = held(&auditor.expected(&token));
    let material = |contents: &str| BoardMaterial {
        meeting_number: "G1".to_owned(),
        meeting_date: day(7),
        member_numbers: vec!["M01".to_owned(), "M02".to_owned()],
        contents: contents.to_owned(),
    };
    for contents in ["一次判定の資料", "差し替えた資料"] {
        let noted = auditor.note_material(number, material(contents));
        noted.expect("the application is known");
    }
    let state = auditor.expected(&token);
    let expected = |item_name| item(&state, "boardMaterial", person, number, item_name);
    assert_eq!(expected("material"), Some(&json!("差し替えた資料")));
    assert_eq!(expected("memberNumbers"), Some(&json!("M01;M02")));
    assert_eq!(expected("meetingDate"), Some(&json!(day(7).to_string())));
    assert!(auditor.judge(&held(&state), &token).is_empty());
    let differences = auditor.judge(&without, &token);
    let told: Vec<String> = differences.iter().map(ToString::to_string).collect();
    let missing = format!(
        "被保険者番号{}の審査会資料（申請番号{number}）の記録: 期待 あり、実際 なし",
        person.insured_number
    );
    assert_eq!(told, [missing]);
    let strange = auditor.note_material("X", material(""));
    assert!(matches!(
        strange,
        Err(AuditError::UnknownApplication { .. })
    ));
}
