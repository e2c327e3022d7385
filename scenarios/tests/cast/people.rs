//! 語: 人: everybody is there, everybody is somebody else.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use serde_json::Value;
use tekigo::auditor::Auditor;
use tekigo::cast::{CastError, Role, Subject, newcomer, scenario_town, subject};
use tekigo::ledger::{
    ApplicationForm, Category, ConsentState, Ledger, NotInsuredReason, Person, Table,
};
use tekigo::town::{my_number_is_valid, office_number_is_valid};

use super::TODAY;

fn town(seed: u64) -> Ledger {
    scenario_town(seed, 40, TODAY).expect("every word has its person")
}

/// The people of all words that mean an insured person.
fn insured(ledger: &Ledger) -> BTreeMap<Role, Person> {
    let found = |role: &Role| match subject(ledger, role.word()) {
        Ok(Subject::Insured { insured_number }) => {
            let person = ledger.person(&insured_number).expect("is in the books");
            Some((*role, person.clone()))
        }
        Ok(Subject::NotInsured { .. } | Subject::Newcomer) => None,
        Err(error) => panic!("{error}"),
    };
    Role::ALL.iter().filter_map(found).collect()
}

#[test]
fn every_word_has_a_person_of_its_own() {
    for seed in 1..=20 {
        let ledger = town(seed);
        assert_eq!(ledger.people.len(), 40);
        let people = insured(&ledger);
        let numbers: BTreeSet<&str> = people
            .values()
            .map(|person| person.insured_number.as_str())
            .collect();
        assert_eq!((people.len(), numbers.len()), (17, 17), "seed {seed}");
        for (role, person) in &people {
            check(*role, person);
        }
    }
}

fn check(role: Role, person: &Person) {
    let number = person.insured_number.as_str();
    let consent = person.consent.map(|consent| (consent.form, consent.state));
    let rare =
        |character: char| character > '\u{FFFF}' || ('\u{FE00}'..='\u{FE0F}').contains(&character);
    let fits = match role {
        Role::Certified => {
            let decided = person.applications.iter().any(|one| one.decision.is_some());
            person.is_certified() && !person.burden_ratios.is_empty() && decided
        }
        Role::NotCertified => person.applications.is_empty() && person.burden_ratios.is_empty(),
        Role::WithCardHistory => person.cards.len() >= 2,
        Role::SecondCategory => person.category == Category::Second,
        Role::NotDisclosed => person.not_disclosed,
        Role::Gaiji => person.has_gaiji(),
        Role::RareKanji => person.name.chars().any(rare),
        Role::SmallKana => person
            .kana
            .contains(|kana| "ァィゥェォッャュョヮヴ".contains(kana)),
        Role::LongForeignName => person.kana.chars().count() >= 30 && person.kana.contains('・'),
        Role::ConsentGiven => consent == Some((ApplicationForm::From2026, ConsentState::Given)),
        Role::ConsentRefused => consent == Some((ApplicationForm::From2026, ConsentState::Refused)),
        Role::ConsentWithdrawn => {
            consent == Some((ApplicationForm::From2026, ConsentState::Withdrawn))
        }
        Role::ConsentOldForm => consent == Some((ApplicationForm::Before2026, ConsentState::Given)),
        Role::ConsentBlank => consent == Some((ApplicationForm::From2026, ConsentState::Blank)),
        Role::Lost => person.lost.is_some_and(|lost| lost.on < TODAY),
        Role::WrongCheckDigit => !office_number_is_valid(number),
        Role::LeadingZeros => number.starts_with("00000"),
        Role::Provisional | Role::PublicAssistance | Role::OtherMunicipality | Role::Newcomer => {
            false
        }
    };
    assert!(fits, "{role}: {person:?}");
    assert!(
        role == Role::Lost || person.lost.is_none(),
        "{role}: {person:?}"
    );
    let may_be_hidden = matches!(role, Role::NotDisclosed | Role::Lost);
    assert!(may_be_hidden || !person.not_disclosed, "{role}: {person:?}");
    let may_have_gaiji = matches!(role, Role::Gaiji | Role::Lost);
    assert!(may_have_gaiji || !person.has_gaiji(), "{role}: {person:?}");
}

#[test]
fn those_who_are_not_insured_are_found_by_their_reason() {
    let ledger = town(1);
    for reason in NotInsuredReason::ALL {
        let word = match reason {
            NotInsuredReason::Provisional => "仮番号の人",
            NotInsuredReason::PublicAssistance | NotInsuredReason::OtherMunicipality => {
                reason.term()
            }
        };
        let resident = ledger
            .not_insured_because(*reason)
            .expect("one for each reason");
        let expected = Subject::NotInsured {
            provisional_number: resident.provisional_number.clone(),
            my_number: resident.my_number.clone(),
        };
        assert_eq!(subject(&ledger, word).expect("found"), expected);
    }
    let new = subject(&ledger, "新しい被保険者").expect("needs nobody");
    assert_eq!(new, Subject::Newcomer);
}

#[test]
fn every_size_keeps_the_words_the_tables_and_the_order() {
    for size in [22, 40, 1_000] {
        let ledger = scenario_town(7, size, TODAY).expect("a town");
        assert_eq!(Ok(size), u32::try_from(ledger.people.len()));
        assert_eq!(insured(&ledger).len(), 17);
        let numbers = ledger.people.iter().map(|person| &person.insured_number);
        assert!(numbers.is_sorted());
        for table in Table::ALL {
            let mut people = ledger.people.iter();
            let has_rows = |person: &Person| person.lost.is_none() && rows(person, table) > 0;
            assert!(people.any(has_rows), "{table}");
        }
    }
}

fn rows(person: &Person, table: Table) -> usize {
    match table {
        Table::Cards => person.cards.len(),
        Table::BurdenRatios => person.burden_ratios.len(),
        Table::Reductions => person.reductions.len(),
        Table::HomeModifications => person.home_modifications.len(),
        Table::EquipmentPurchases => person.equipment_purchases.len(),
    }
}

#[test]
fn everything_in_the_books_lies_before_the_first_day() {
    for (size, as_of) in [
        (40, TODAY),
        (300, TODAY),
        (40, date(2026, 3, 31)),
        (40, date(2026, 7, 1)),
    ] {
        let ledger = scenario_town(3, size, as_of).expect("a town");
        for person in &ledger.people {
            let pages = serde_json::to_value(person).expect("people are JSON");
            check_days("", &pages, as_of);
        }
        assert_eq!(ledger.people.len(), usize::try_from(size).expect("small"));
    }
}

fn check_days(member: &str, value: &Value, as_of: Date) {
    let is_end = ["valid_to", "certified_to", "expires_on"].contains(&member);
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                check_days(name, value, as_of);
            }
        }
        Value::Array(values) => {
            for value in values {
                check_days(member, value, as_of);
            }
        }
        Value::String(text) => {
            let day: Option<Date> = text.parse().ok().filter(|_| text.len() == 10 && !is_end);
            assert!(day.is_none_or(|day| day < as_of), "{member}: {text}");
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn a_start_before_the_new_form_needs_no_answers_on_it() {
    for as_of in [date(2026, 3, 31), date(2026, 4, 1)] {
        for seed in 1..=5 {
            let ledger = scenario_town(seed, 40, as_of).expect("a town");
            let missing = subject(&ledger, "同意しなかった人").expect_err("nobody yet");
            assert!(matches!(
                missing,
                CastError::NobodyFits {
                    word: "同意しなかった人"
                }
            ));
            subject(&ledger, "旧様式で同意した人").expect("the old form is there");
            subject(&ledger, "認定を受けた人").expect("and everything else");
        }
    }
    for seed in 1..=5 {
        scenario_town(seed, 40, date(2026, 7, 1)).expect("answers of every kind");
    }
}

#[test]
fn the_same_arguments_give_the_same_town() {
    assert_eq!(town(5), town(5));
    assert_ne!(town(5), town(6));
    let small = scenario_town(5, 21, TODAY).expect_err("a person for each word");
    assert_eq!(
        small.to_string(),
        "町の人数は22人以上です（語に当てはまる人と、五つの表に記録のある人）。受け取った値は21です"
    );
}

#[test]
fn a_newcomer_has_numbers_that_nobody_has() {
    let ledger = town(2);
    let person = newcomer(&ledger, TODAY);
    assert_eq!(person, newcomer(&ledger, TODAY));
    assert_eq!(
        (person.insured_number.as_str(), person.cards.len()),
        ("", 1)
    );
    assert_eq!(
        (person.birth, person.acquired_on),
        (date(1961, 11, 3), TODAY)
    );
    assert!(my_number_is_valid(&person.my_number));
    let mut others = ledger.people.iter();
    assert!(others.all(|other| other.my_number != person.my_number
        && other.resident_key != person.resident_key
        && other.address != person.address));
}

#[test]
fn a_word_keeps_meaning_whom_the_first_books_say() {
    let ledger = town(4);
    let auditor = Auditor::new(&ledger, TODAY);
    for (role, person) in insured(&ledger) {
        let is_in_books = auditor.person(&person.insured_number).is_some();
        assert_eq!(is_in_books, role != Role::Lost, "{role}");
    }
}
