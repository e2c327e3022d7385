//! Towns of unions and designated cities: whose number stands where.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tekigo::town::{
    TownSettings, UnionKind, UnionTown, generate, insurer_number_is_valid, municipalities,
    quarters, unions,
};
use tekigo_simulator::domain::Insurers;

fn any_union() -> impl Strategy<Value = UnionTown> {
    prop::sample::select(unions())
}

proptest! {
    #![proptest_config(super::config(24))]

    #[test]
    fn an_insurers_number_and_the_number_on_the_card_are_kept_apart(
        town in any_union(), size in 2_u32..200, seed: u64,
    ) {
        let members: BTreeMap<&str, &str> =
            town.members.iter().map(|it| (it.number.as_str(), it.name.as_str())).collect();
        for settings in town.ledgers(size, seed >> 1) {
            let ledger = generate(&settings).expect("a town of an allowed size");
            let own = ledger.insurer.number.as_str();
            for person in &ledger.people {
                let on_cards: BTreeSet<&str> =
                    person.cards.iter().map(|card| card.card_insurer_number.as_str()).collect();
                prop_assert_eq!(on_cards.len(), 1, "one person, one number on all cards");
                let on_card = on_cards.first().copied().unwrap_or_default();
                let name = members.get(on_card).copied().unwrap_or_default();
                prop_assert!(person.address.contains(name) && !name.is_empty(), "{} {}", on_card, person.address);
                match town.kind {
                    UnionKind::CertificationUnion => prop_assert_eq!(on_card, own),
                    UnionKind::InsurerUnion | UnionKind::DesignatedCity => {
                        prop_assert_eq!(own, &town.union.number);
                        prop_assert_ne!(on_card, own);
                    }
                }
            }
        }
    }

    #[test]
    fn people_are_shared_out_evenly_and_none_is_lost(town in any_union(), size in 2_u32..200, seed: u64) {
        let ledgers: Vec<_> = town
            .ledgers(size, seed >> 1)
            .iter()
            .map(|settings| generate(settings).expect("a town of an allowed size"))
            .collect();
        let mut by_place: BTreeMap<&str, usize> = BTreeMap::new();
        for person in ledgers.iter().flat_map(|ledger| &ledger.people) {
            let card = person.cards.first().expect("everybody has a card");
            *by_place.entry(&card.card_insurer_number).or_default() += 1;
        }
        let counts: Vec<usize> = by_place.values().copied().collect();
        prop_assert_eq!(counts.iter().sum::<usize>(), size as usize);
        prop_assert_eq!(counts.len(), town.members.len());
        let most = counts.iter().max().expect("some");
        prop_assert!(counts.iter().all(|count| most - count <= 1), "{:?}", counts);
    }

    #[test]
    fn a_town_without_members_is_as_it_always_was(size in 1_u32..60, seed: u64) {
        let plain = TownSettings::new(size, seed);
        let alone = TownSettings {
            card_insurers: vec![municipalities().remove(0)],
            ..plain.clone()
        };
        prop_assert_eq!(generate(&plain).expect("a town"), generate(&alone).expect("a town"));
    }
}

#[test]
fn whoever_has_books_connects_and_nobody_else_does() {
    for town in unions() {
        let insurers: Insurers = town
            .shapes()
            .iter()
            .map(|(insurer, shape)| {
                shape
                    .insurer(&insurer.number, &insurer.name)
                    .expect("an insurer")
            })
            .collect();
        let connecting: BTreeSet<String> = insurers
            .iter()
            .filter(|insurer| insurers.connection(insurer.number).is_ok())
            .map(|insurer| insurer.number.to_string())
            .collect();
        let with_books: BTreeSet<String> = town
            .ledgers(2, 1)
            .into_iter()
            .filter_map(|settings| settings.insurer)
            .map(|insurer| insurer.number)
            .collect();
        assert_eq!(connecting, with_books, "{}", town.union.name);
        for settings in town.ledgers(20, 1) {
            let ledger = generate(&settings).expect("a town");
            let own = ledger.insurer.number.parse().expect("a number");
            let allowed: Vec<String> = insurers
                .card_numbers(own)
                .iter()
                .map(ToString::to_string)
                .collect();
            let cards = ledger.people.iter().flat_map(|person| &person.cards);
            assert!(
                cards
                    .into_iter()
                    .all(|card| allowed.contains(&card.card_insurer_number))
            );
        }
    }
}

#[test]
fn there_is_a_union_of_every_shape_and_nobody_has_anothers_number() {
    let unions = unions();
    for kind in [
        UnionKind::InsurerUnion,
        UnionKind::CertificationUnion,
        UnionKind::DesignatedCity,
    ] {
        assert!(unions.iter().any(|town| town.kind == kind), "{kind:?}");
    }
    assert!(unions.iter().any(|town| town.sets_up_together));
    assert!(unions.iter().any(|town| town.runs_support_project));
    let mut numbers: Vec<String> = unions
        .iter()
        .map(|town| town.union.number.clone())
        .collect();
    numbers.extend(municipalities().into_iter().map(|it| it.number));
    let all = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), all, "a union's number is nobody else's");
    for town in &unions {
        assert!(
            insurer_number_is_valid(&town.union.number),
            "{}",
            town.union.number
        );
        assert_eq!(town.members.len(), 2, "{}", town.union.name);
        for member in &town.members {
            assert!(insurer_number_is_valid(&member.number), "{}", member.number);
            assert!(quarters(&member.number).len() > 3, "{}", member.name);
        }
    }
}
