//! Ten thousand bad sets: each is refused, and none changes anything.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{RngSeed, TestRunner};
use tekigo_simulator::profile::LinkSegment;

use super::office::{INSURER, MY_NUMBERS, Office, RawFile};
use super::spoiling::{Spoiling, any_spoiling};
use super::well_formed::{Rules, Table};

/// So many sets must have been refused.
const BAD: usize = 10_000;
/// So many are made; a few of them stay right.
const MADE: u32 = 10_800;

/// A right set that is to be spoiled.
#[derive(Debug, Clone)]
struct Plan {
    is_initial: bool,
    people: usize,
    cards: usize,
    spoilings: Vec<(Index, Spoiling)>,
}

fn any_plan() -> impl Strategy<Value = Plan> {
    let spoilings = vec((any::<Index>(), any_spoiling()), 1..4);
    (any::<bool>(), 1_usize..4, 1_usize..4, spoilings).prop_map(
        |(is_initial, people, cards, spoilings)| Plan {
            is_initial,
            people,
            cards,
            spoilings,
        },
    )
}

fn spoiled(office: &Office, plan: &Plan) -> Vec<RawFile> {
    let segment = if plan.is_initial {
        LinkSegment::Initial
    } else {
        LinkSegment::Difference
    };
    let people: Vec<_> = (1..=plan.people).map(|it| office.person(it)).collect();
    let cards: Vec<_> = (1..=plan.cards).map(|it| office.ratio(it, "1")).collect();
    let mut files = office
        .set("20261102090009", segment)
        .with(office, "person", &people)
        .with(office, "burdenRatioCard", &cards)
        .files(office);
    for (file, spoiling) in &plan.spoilings {
        if !files.is_empty() {
            let file = file.index(files.len());
            spoiling.spoil(&mut files, file);
        }
    }
    files
}

fn rules(office: &Office) -> Rules {
    let settings = office.profile.file();
    let tables = office.profile.kinds().iter().map(|layout| Table {
        code: layout.file_code().to_owned(),
        heads: layout
            .fields()
            .iter()
            .map(|it| it.csv().to_owned())
            .collect(),
        is_sent: layout.direction().is_sent(),
    });
    Rules {
        insurer: INSURER.to_owned(),
        last: 20_261_102_090_000,
        tables: tables.collect(),
        files_max: settings.set_files_max.value,
        bytes_max: settings.bytes_max.value,
    }
}

/// What was seen of all the sets.
#[derive(Default)]
struct Tally {
    refused: Cell<usize>,
    accepted: Cell<usize>,
    by_code: RefCell<BTreeMap<String, usize>>,
}

fn try_it(
    office: &RefCell<Office>,
    before: &str,
    rules: &Rules,
    tally: &Tally,
    plan: &Plan,
) -> Result<(), TestCaseError> {
    let files = spoiled(&office.borrow(), plan);
    let right = rules.records(&files);
    if let Some(records) = right {
        // Nothing that concerns the whole set: what is wrong now is wrong in single records.
        let mut copy = office.borrow().clone();
        let (answer, _) = copy.send(files);
        prop_assert!(answer.done, "a right set is taken: {:?}", answer.problems);
        let accepted = answer.set.map(|set| set.files).unwrap_or_default();
        let taken: Vec<usize> = accepted.iter().map(|file| file.records).collect();
        prop_assert_eq!(taken, records);
        tally.accepted.set(tally.accepted.get() + 1);
        return Ok(());
    }
    let mut office = office.borrow_mut();
    let (answer, effects) = office.send(files);
    prop_assert!(!answer.done, "a wrong set is refused");
    prop_assert!(effects.is_empty() && answer.set.is_none());
    prop_assert!((1..=20).contains(&answer.problems.len()));
    prop_assert_eq!(office.memory(), before, "nothing has changed");
    let told = format!("{answer:?}");
    for number in MY_NUMBERS {
        prop_assert!(!told.contains(number), "{}", told);
    }
    let mut by_code = tally.by_code.borrow_mut();
    for problem in &answer.problems {
        prop_assert!(!problem.message.is_empty());
        *by_code.entry(problem.code.clone()).or_default() += 1;
    }
    tally.refused.set(tally.refused.get() + 1);
    // What the harness remembers is no part of the world.
    office.inputs.clear();
    office.effects.clear();
    Ok(())
}

#[test]
fn ten_thousand_bad_sets_change_nothing() {
    let office = Office::started();
    let before = office.memory();
    let rules = rules(&office);
    let office = RefCell::new(office);
    let tally = Tally::default();
    let config = ProptestConfig {
        cases: MADE,
        rng_seed: RngSeed::Fixed(20_261_102),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let run = TestRunner::new(config).run(&any_plan(), |plan| {
        try_it(&office, &before, &rules, &tally, &plan)
    });
    if let Err(error) = run {
        panic!("{error}");
    }
    let by_code = tally.by_code.into_inner();
    let (refused, accepted) = (tally.refused.get(), tally.accepted.get());
    assert!(refused >= BAD, "{refused} refused, {accepted} taken");
    assert!(accepted >= 100, "{accepted} stayed right");
    // Every way in which files can be wrong came up, some of them often.
    for code in [
        "B001", "F101", "F103", "F104", "F105", "F106", "F107", "F108", "F109", "F201", "F202",
        "F203", "F204", "F205", "F206", "F207", "F208", "F210", "F301", "F302",
    ] {
        let seen = by_code.get(code).copied().unwrap_or_default();
        assert!(seen >= 10, "{code}: {seen} ({by_code:?})");
    }
}
