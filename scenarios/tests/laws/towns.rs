//! The invented towns: valid, unique, repeatable, and shaped like a real one.

use std::collections::BTreeSet;

use jiff::civil::date;
use proptest::prelude::*;
use tekigo::ledger::{Category, Ledger, NotInsuredReason, Person, Sex, Trait};
use tekigo::town::{
    SIZE_MAX, TownError, TownSettings, generate, insurer_number_is_valid, municipalities,
    my_number_is_valid, office_number_is_valid, write, write_town,
};

use super::town_people::{check_certification, check_consent, check_dates, check_rows};

fn town(size: u32, seed: u64) -> Ledger {
    generate(&TownSettings::new(size, seed)).expect("a town of an allowed size")
}

fn written(settings: &TownSettings) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(settings, &mut bytes).expect("memory takes everything");
    bytes
}

proptest! {
    #![proptest_config(super::config(24))]

    #[test]
    fn numbers_are_valid_and_belong_to_one_person(size in 1_u32..400, seed: u64) {
        let ledger = town(size, seed);
        let strangers = || ledger.not_insured.iter();
        let my_numbers: Vec<&String> =
            ledger.people.iter().map(|person| &person.my_number).chain(strangers().map(|one| &one.my_number)).collect();
        let insured: Vec<&String> = ledger
            .people
            .iter()
            .flat_map(|person| std::iter::once(&person.insured_number).chain(&person.previous_numbers))
            .collect();
        let applications: Vec<&String> =
            ledger.people.iter().flat_map(|person| &person.applications).map(|one| &one.application_number).collect();
        prop_assert!(my_numbers.iter().all(|number| my_number_is_valid(number)));
        prop_assert!(insured.iter().all(|number| number.len() == 10 && number.bytes().all(|byte| byte.is_ascii_digit())));
        for numbers in [my_numbers, insured, applications] {
            let unique: BTreeSet<_> = numbers.iter().collect();
            prop_assert_eq!(unique.len(), numbers.len());
        }
        let keys: BTreeSet<_> = ledger.people.iter().map(|person| &person.resident_key).collect();
        prop_assert_eq!(keys.len(), ledger.people.len());
        for office in ledger.people.iter().flat_map(|person| &person.cards).filter_map(|card| card.plan_office.as_ref()) {
            prop_assert!(office_number_is_valid(&office.number), "{}", office.number);
        }
    }

    #[test]
    fn every_person_is_complete_and_in_order(size in 1_u32..300, seed: u64, later in -900_i64..900) {
        let as_of = date(2026, 11, 2).saturating_add(jiff::ToSpan::days(if seed % 2 == 0 { later } else { 0 }));
        let settings = TownSettings { as_of, ..TownSettings::new(size, seed) };
        for person in &generate(&settings).expect("a town of an allowed size").people {
            check_rows(person)?;
            check_dates(person, as_of)?;
            check_certification(person, as_of)?;
            check_consent(person)?;
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes(size in 1_u32..150, seed: u64) {
        let settings = TownSettings::new(size, seed);
        prop_assert_eq!(written(&settings), written(&settings));
    }

    #[test]
    fn the_written_town_is_the_town_in_memory(size in 1_u32..150, seed: u64) {
        let settings = TownSettings::new(size, seed);
        let read: Ledger = serde_json::from_slice(&written(&settings)).expect("the document is a ledger");
        prop_assert_eq!(read, town(size, seed));
    }

    #[test]
    fn a_person_does_not_depend_on_the_size_of_the_town(size in 1_u32..120, more in 1_u32..120, seed: u64) {
        let (small, large) = (town(size, seed), town(size + more, seed));
        prop_assert_eq!(&small.people[..], &large.people[..small.people.len()]);
    }

    #[test]
    fn every_trait_is_found_in_a_town_of_a_hundred(seed: u64) {
        let ledger = town(100, seed);
        for wanted in Trait::ALL {
            prop_assert!(ledger.person_like(*wanted).is_some(), "{wanted}");
        }
        for reason in NotInsuredReason::ALL {
            prop_assert!(ledger.not_insured_because(*reason).is_some(), "{reason}");
        }
    }
}

#[test]
fn check_digits_follow_the_published_samples() {
    for number in [
        "082024", "141002", "131235", "012047", "122192", "122069", "139998",
    ] {
        assert!(insurer_number_is_valid(number), "{number}");
    }
    for number in [
        "123456789018",
        "111111111118",
        "012345678903",
        "987654321018",
        "210987654320",
    ] {
        assert!(my_number_is_valid(number), "{number}");
    }
    for number in ["0870000007", "1374500013", "1471300010", "2710100013"] {
        assert!(office_number_is_valid(number), "{number}");
    }
    for number in [
        "210987654321",
        "000000000000",
        "12345678901",
        "１２３４５６７８９０１８",
    ] {
        assert!(!my_number_is_valid(number), "{number}");
    }
    assert!(!insurer_number_is_valid("131012") && !office_number_is_valid("0870000008"));
}

#[test]
fn invented_municipalities_have_valid_numbers_that_no_city_has() {
    let insurers = municipalities();
    assert!(insurers.len() >= 3);
    for insurer in insurers {
        assert!(
            insurer_number_is_valid(&insurer.number),
            "{}",
            insurer.number
        );
        assert!(
            ("13990".."13999").contains(&&insurer.number[..5])
                || insurer.number.starts_with("13999")
        );
    }
}

#[test]
fn a_town_of_twenty_thousand_is_shaped_like_a_real_one() {
    let ledger = town(20_000, 7);
    let share = |count: usize| f64::from(u32::try_from(count).expect("small")) / 20_000.0;
    let count =
        |matches: &dyn Fn(&&Person) -> bool| share(ledger.people.iter().filter(matches).count());
    let near = |name: &str, found: f64, wanted: f64, tolerance: f64| {
        assert!(
            (found - wanted).abs() <= tolerance,
            "{name}: {found} instead of {wanted}"
        );
    };
    assert_eq!(ledger.not_insured.len(), 100);
    let turned_75 = date(1951, 11, 2);
    near(
        "75 and older",
        count(&|person| person.birth <= turned_75),
        0.562,
        0.012,
    );
    near(
        "certified",
        count(&|person| person.is_certified()),
        0.194,
        0.012,
    );
    near(
        "second category",
        count(&|person| person.category == Category::Second),
        0.003,
        0.0015,
    );
    near(
        "female",
        count(&|person| person.sex == Sex::Female),
        0.565,
        0.02,
    );
    near(
        "card holders",
        count(&|person| person.card_holder),
        0.75,
        0.015,
    );
    near(
        "not disclosed",
        count(&|person| person.not_disclosed),
        1.0 / 300.0,
        0.0015,
    );
    near("gaiji", count(&|person| person.has_gaiji()), 0.002, 0.0012);
    near("lost", count(&|person| person.lost.is_some()), 0.015, 0.004);
}

#[test]
fn certification_rises_with_age() {
    let ledger = town(20_000, 7);
    let rate = |from: i16, to: i16| {
        let band = || {
            ledger
                .people
                .iter()
                .filter(move |person| (from..=to).contains(&(2026 - person.birth.year())))
        };
        let certified = band().filter(|person| person.is_certified()).count();
        f64::from(u32::try_from(certified).expect("small"))
            / f64::from(u32::try_from(band().count()).expect("small"))
    };
    assert!(
        rate(66, 69) < rate(71, 74) && rate(71, 74) < rate(76, 79) && rate(76, 79) < rate(81, 84)
    );
    assert!(rate(81, 84) < rate(86, 89) && rate(86, 89) < rate(91, 99));
}

#[test]
fn a_town_of_a_thousand_shows_every_trait() {
    let ledger = town(1_000, 1);
    for wanted in Trait::ALL {
        assert!(ledger.person_like(*wanted).is_some(), "{wanted}");
        assert_eq!(wanted.name().parse::<Trait>().as_ref(), Ok(wanted));
    }
}

#[test]
fn the_summary_counts_what_was_written() {
    let settings = TownSettings::new(300, 5);
    let mut bytes = Vec::new();
    let summary = write_town(&settings, &mut bytes).expect("memory takes everything");
    let ledger: Ledger = serde_json::from_slice(&bytes).expect("the document is a ledger");
    assert_eq!(summary.people, 300);
    assert_eq!(summary.by_age_band.values().sum::<u64>(), 300);
    assert_eq!(
        usize::try_from(summary.certified),
        Ok(ledger
            .people
            .iter()
            .filter(|one| one.is_certified())
            .count())
    );
    assert_eq!(
        usize::try_from(summary.not_insured),
        Ok(ledger.not_insured.len())
    );
    assert!(summary.to_string().contains("被保険者 300人"));
}

#[test]
fn impossible_towns_are_refused_in_japanese() {
    let none = generate(&TownSettings::new(0, 1)).expect_err("nobody lives there");
    assert_eq!(
        none.to_string(),
        "町の人数は1人以上です。受け取った値は0です"
    );
    let huge = generate(&TownSettings::new(SIZE_MAX + 1, 1)).expect_err("nobody has such a town");
    assert_eq!(
        huge.to_string(),
        "町の人数は1,000,000人以下です。受け取った値は1000001です"
    );
    let mut insurer = municipalities().remove(0);
    insurer.number = "131012".to_owned();
    let settings = TownSettings {
        insurer: Some(insurer),
        ..TownSettings::new(1, 1)
    };
    assert!(matches!(
        generate(&settings),
        Err(TownError::InsurerNumber { .. })
    ));
}
