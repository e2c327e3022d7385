//! 語: 異動: every word is possible, and changes what it says.

use std::collections::{BTreeMap, BTreeSet};

use tekigo::auditor::{Auditor, ExpectedKey, ExpectedRow};
use tekigo::cast::{
    Happening, Occasion, Subject, events, into_ledger, newcomer, scenario_town, subject,
};
use tekigo::ledger::{Assigned, BusinessEvent, Ledger, Person};
use tekigo::town::{my_number_is_valid, office_number_is_valid};

use super::TODAY;

type State = BTreeMap<ExpectedKey, ExpectedRow>;

/// The numbers that a vendor would give.
const NEW_NUMBER: &str = "0099999999";

fn town(seed: u64) -> Ledger {
    scenario_town(seed, 40, TODAY).expect("every word has its person")
}

/// Whose 異動 the scenarios speak of.
fn whose(occasion: Occasion) -> &'static str {
    let first_certifications = [
        Occasion::IssueProgramTargetCard,
        Occasion::CertifySupport1,
        Occasion::CertifySupport2,
        Occasion::CertifyCare1,
        Occasion::CertifyCare5,
        Occasion::FindNotEligible,
    ];
    if occasion == Occasion::Enter {
        "新しい被保険者"
    } else if occasion == Occasion::Disclose {
        "不開示の人"
    } else if occasion == Occasion::InsertCard {
        "証の履歴がある人"
    } else if occasion == Occasion::WithdrawConsent {
        "同意した人"
    } else if first_certifications.contains(&occasion) {
        "認定を受けていない人"
    } else {
        "認定を受けた人"
    }
}

fn person_for(ledger: &Ledger, who: &str) -> Person {
    match subject(ledger, who).expect("the word is known") {
        Subject::Insured { insured_number } => ledger
            .person(&insured_number)
            .expect("in the books")
            .clone(),
        Subject::Newcomer => newcomer(ledger, TODAY),
        Subject::NotInsured { .. } => panic!("{who} is not insured"),
    }
}

fn happening(ledger: &Ledger, occasion: Occasion, person: &Person, nth: u32) -> Happening {
    let found = events(
        occasion.word(),
        person,
        ledger,
        TODAY,
        nth,
        &person.my_number,
    );
    found.unwrap_or_else(|error| panic!("{error}"))
}

fn apply(auditor: &mut Auditor, happening: &Happening) {
    let assigned = Assigned {
        insured_number: Some(NEW_NUMBER.to_owned()),
        application_number: None,
    };
    for event in &happening.events {
        let event = event.clone().with_assigned(&assigned);
        auditor
            .apply(&event)
            .unwrap_or_else(|error| panic!("{error}: {event:?}"));
    }
}

fn plain(number: &str) -> String {
    number.to_owned()
}

/// The keys under which something else is expected than before.
fn changed(before: &State, after: &State) -> BTreeSet<ExpectedKey> {
    let keys = before.keys().chain(after.keys());
    keys.filter(|key| before.get(key) != after.get(key))
        .cloned()
        .collect()
}

#[test]
fn every_word_changes_exactly_the_records_it_is_about() {
    for seed in 1..=5 {
        let ledger = town(seed);
        for occasion in Occasion::ALL {
            let mut person = person_for(&ledger, whose(*occasion));
            let own = person.my_number.clone();
            let mut auditor = Auditor::new(&ledger, TODAY);
            if *occasion == Occasion::CorrectNumber {
                apply(
                    &mut auditor,
                    &happening(&ledger, Occasion::MixedUpNumber, &person, 0),
                );
                person = auditor
                    .person(&person.insured_number)
                    .expect("in the books")
                    .clone();
            }
            let before = auditor.expected(&plain);
            let happened = events(occasion.word(), &person, &ledger, TODAY, 0, &own)
                .unwrap_or_else(|error| panic!("{error}"));
            apply(&mut auditor, &happened);
            let changed = changed(&before, &auditor.expected(&plain));
            let number = if person.insured_number.is_empty() {
                NEW_NUMBER
            } else {
                &person.insured_number
            };
            assert!(
                changed.iter().all(|key| key.insured_number == number),
                "{occasion}"
            );
            let touched: BTreeSet<(String, String)> = happened
                .touches
                .iter()
                .map(|(kind, row)| (kind.clone(), row.clone().unwrap_or_default()))
                .collect();
            let mut found: BTreeSet<(String, String)> =
                changed.into_iter().map(|key| (key.kind, key.row)).collect();
            if *occasion == Occasion::InsertCard {
                // Sent again, all of them; different are the inserted one and those after it.
                let rows = 1..=person.cards.len() + 1;
                let all = rows.map(|row| ("insuranceCard".to_owned(), row.to_string()));
                assert_eq!(touched, all.collect(), "seed {seed}");
                assert!(found.len() >= 2 && found.is_subset(&touched), "seed {seed}");
                found = touched.clone();
            }
            assert_eq!(found, touched, "seed {seed}: {occasion}");
            assert_eq!(
                happened.wrong_number.is_some(),
                is_wrong(*occasion),
                "{occasion}"
            );
        }
    }
}

const fn is_wrong(occasion: Occasion) -> bool {
    matches!(occasion, Occasion::WrongNumber | Occasion::MixedUpNumber)
}

#[test]
fn a_wrong_number_is_well_formed_and_belongs_to_nobody() {
    let ledger = town(1);
    let person = person_for(&ledger, "認定を受けた人");
    let mut seen = BTreeSet::new();
    for nth in 0..5 {
        let happened = happening(&ledger, Occasion::WrongNumber, &person, nth);
        let number = happened
            .wrong_number
            .expect("a number that is not the person's");
        assert!(my_number_is_valid(&number), "{number}");
        let mut people = ledger.people.iter().map(|person| &person.my_number);
        assert!(people.all(|other| *other != number));
        let mut others = ledger
            .not_insured
            .iter()
            .map(|resident| &resident.my_number);
        assert!(others.all(|other| *other != number));
        assert!(seen.insert(number));
    }
}

#[test]
fn changes_differ_each_time() {
    let ledger = town(1);
    let person = person_for(&ledger, "認定を受けた人");
    let mut addresses = BTreeSet::from([person.address.clone()]);
    let mut names = Vec::from([person.name.clone()]);
    let mut auditor = Auditor::new(&ledger, TODAY);
    for nth in 0..4 {
        let person = auditor
            .person(&person.insured_number)
            .expect("in the books")
            .clone();
        apply(
            &mut auditor,
            &happening(&ledger, Occasion::Move, &person, nth),
        );
        apply(
            &mut auditor,
            &happening(&ledger, Occasion::Rename, &person, nth),
        );
        let person = auditor
            .person(&person.insured_number)
            .expect("in the books");
        assert!(
            addresses.insert(person.address.clone()),
            "{}",
            person.address
        );
        assert!(
            person.address.starts_with("月影県つきみ市"),
            "{}",
            person.address
        );
        assert!(!names.contains(&person.name), "{}", person.name);
        names.push(person.name.clone());
    }
}

#[test]
fn up_to_the_limit_nothing_remains() {
    let ledger = town(1);
    let person = person_for(&ledger, "認定を受けた人");
    let mut auditor = Auditor::new(&ledger, TODAY);
    for occasion in [
        Occasion::ModifyHome,
        Occasion::ModifyHomeUpToLimit,
        Occasion::BuyEquipment,
        Occasion::BuyEquipmentUpToLimit,
    ] {
        let person = auditor
            .person(&person.insured_number)
            .expect("in the books")
            .clone();
        apply(&mut auditor, &happening(&ledger, occasion, &person, 0));
    }
    let after = auditor
        .person(&person.insured_number)
        .expect("in the books");
    let work = after.home_modifications.last().expect("recorded");
    let purchase = after.equipment_purchases.last().expect("recorded");
    assert_eq!((work.remaining, purchase.remaining), (0, 0));
    let nothing_left =
        events("住宅改修費の利用", after, &ledger, TODAY, 1, "").expect_err("used up");
    assert_eq!(
        nothing_left.to_string(),
        format!(
            "被保険者番号「{}」の人の「住宅改修費の利用」は登録できません。住宅改修費の支給限度基準額が残っていません",
            person.insured_number
        )
    );
}

#[test]
fn what_is_registered_beforehand_stands_in_the_ledger() {
    let loaded = town(2);
    for occasion in Occasion::ALL.iter().filter(|one| **one != Occasion::Enter) {
        let mut ledger = loaded.clone();
        let person = person_for(&loaded, whose(*occasion));
        let happened = happening(&ledger, *occasion, &person, 0);
        into_ledger(&mut ledger, &happened).unwrap_or_else(|error| panic!("{error}"));
        let mut auditor = Auditor::new(&loaded, TODAY);
        apply(&mut auditor, &happened);
        assert_eq!(
            ledger.person(&person.insured_number),
            auditor.person(&person.insured_number),
            "{occasion}"
        );
        let others = |ledger: &Ledger| -> Vec<Person> {
            let people = ledger.people.iter();
            people
                .filter(|one| one.insured_number != person.insured_number)
                .cloned()
                .collect()
        };
        assert_eq!(others(&ledger), others(&loaded), "{occasion}");
    }
}

#[test]
fn a_newcomer_must_be_numbered_first() {
    let loaded = town(2);
    let mut ledger = loaded.clone();
    let person = newcomer(&ledger, TODAY);
    let happened = happening(&ledger, Occasion::Enter, &person, 0);
    into_ledger(&mut ledger, &happened).expect_err("only a vendor gives the number");
    assert_eq!(ledger, loaded);
    events("転居", &person, &ledger, TODAY, 0, "").expect_err("not in the books yet");
}

#[test]
fn the_vendors_application_number_replaces_the_proposed_one() {
    let ledger = town(1);
    let person = person_for(&ledger, "認定を受けていない人");
    let happened = happening(&ledger, Occasion::CertifyCare1, &person, 0);
    let renumbered = happened.clone().with_application_number("B-7");
    let text = format!("{renumbered:?}");
    assert!(!text.contains(&format!("S2026{}01", person.insured_number)));
    let rows: Vec<_> = renumbered
        .touches
        .iter()
        .filter_map(|(_, row)| row.as_deref())
        .collect();
    assert_eq!(rows.iter().filter(|row| **row == "B-7").count(), 4);
    apply(&mut Auditor::new(&ledger, TODAY), &renumbered);
    assert_eq!(
        renumbered.clone().with_application_number("B-7"),
        renumbered
    );
}

#[test]
fn a_certification_ahead_begins_in_the_month_after_next() {
    let ledger = town(1);
    let person = person_for(&ledger, "認定を受けた人");
    let happened = happening(&ledger, Occasion::CertifyAhead, &person, 0);
    let decision = happened.events.iter().find_map(|event| {
        let BusinessEvent::RegisterDecision(register) = event else {
            return None;
        };
        Some(register.decision.clone())
    });
    let decision = decision.expect("it is decided");
    assert_eq!(decision.decided_on, TODAY);
    assert_eq!(
        decision.valid_from.map(|day| day.to_string()).as_deref(),
        Some("2027-01-01")
    );
    assert_eq!(
        decision.valid_to.map(|day| day.to_string()).as_deref(),
        Some("2027-12-31")
    );
    let opinion = happened.events.iter().find_map(|event| {
        let BusinessEvent::RegisterOpinion(register) = event else {
            return None;
        };
        Some(register.opinion.clone())
    });
    let code = opinion.expect("with an opinion").institution_code;
    assert!(office_number_is_valid(&code), "{code}");
}
