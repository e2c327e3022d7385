//! Every door answers as the auditor says, whatever has happened before; and the auditor's matrix is
//! the profile's.

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseResult, TestRunner};
use tekigo::auditor::viewing::{Cell, Finding, ViewingRules};
use tekigo_simulator::profile::{Access, Profile};
use tekigo_simulator::viewer::ViewerInput;

use super::asking::{Step, Turn, shown};
use super::player::Player;
use super::stages::{READINGS, STAGES, stages};

/// How often each reason was due, and each cell of the matrix showed something.
#[derive(Debug, Default)]
struct Tally {
    asked: u32,
    reasons: BTreeMap<&'static str, u32>,
    shown: BTreeMap<(String, String), u32>,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.asked += other.asked;
        for (reason, times) in other.reasons {
            *self.reasons.entry(reason).or_default() += times;
        }
        for (cell, times) in other.shown {
            *self.shown.entry(cell).or_default() += times;
        }
    }
}

/// Plays a history and holds every answer against the auditor's.
fn play(reading: usize, stage: usize, steps: &[Step]) -> Result<Tally, TestCaseError> {
    let mut player = stages(reading)[stage].clone();
    player.history.clear();
    // Comparing everything the world remembers is slow: once in so many histories will do.
    let is_thorough = steps.first().is_some_and(|(_, numbers)| numbers % 32 == 0);
    let mut seen = Tally::default();
    for step in steps {
        let turn = player.step(*step);
        for (request, finding) in std::mem::take(&mut player.aside) {
            check(&player, &request, &finding)?;
        }
        let Turn::Asks(request) = turn else {
            continue;
        };
        // A log-in that fails is counted; else a refusal leaves no trace.
        let is_compared = is_thorough && request.action() != "log_in";
        let before = is_compared.then(|| player.memory());
        let (viewed, finding) = player.ask(request.clone());
        player.remember(&request, viewed.session);
        check(&player, &request, &finding)?;
        let text = serde_json::to_string(&viewed).expect("JSON");
        prop_assert!(!text.contains("個人番号"), "{}", text);
        if let Some(before) = before.filter(|_| !viewed.done) {
            prop_assert_eq!(before, player.memory(), "a refusal changes nothing");
        }
        seen.asked += 1;
        if let Some(reason) = finding.reason() {
            *seen.reasons.entry(reason).or_default() += 1;
        }
        if let Some(disclosure) = viewed.disclosure.filter(|shown| !shown.rows.is_empty()) {
            let cell = (disclosure.role, disclosure.data);
            *seen.shown.entry(cell).or_default() += 1;
        }
    }
    Ok(seen)
}

fn check(player: &Player, request: &ViewerInput, finding: &Finding) -> TestCaseResult {
    prop_assert!(
        finding.holds(),
        "{}\n{:#?}\n{:#?}\nafter:\n{}",
        shown(request),
        finding.differences,
        finding.expected,
        player.history.join("\n"),
    );
    Ok(())
}

/// Plays so many histories from a stage on.
fn histories(cases: u32, stages: std::ops::Range<usize>) -> Tally {
    let strategy = (
        0..READINGS.len(),
        stages,
        vec((any::<u8>(), any::<u32>()), 1..28),
    );
    let mut config = crate::laws::config(cases);
    config.source_file = Some(file!());
    let tally = RefCell::new(Tally::default());
    let outcome = TestRunner::new(config).run(&strategy, |(reading, stage, steps)| {
        let seen = play(reading, stage, &steps)?;
        tally.borrow_mut().add(seen);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    tally.into_inner()
}

#[test]
fn every_door_answers_as_the_auditor_says_whatever_has_happened() {
    // Two cores, two halves of about the same work.
    let half = || {
        let mut tally = histories(1_300, 0..3);
        tally.add(histories(3_800, 3..STAGES));
        tally
    };
    let tally = std::thread::scope(|scope| {
        let other = scope.spawn(half);
        let mut tally = half();
        tally.add(
            other
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        );
        tally
    });
    let missing: Vec<_> = REASONS
        .into_iter()
        .filter(|reason| tally.reasons.get(reason).is_none_or(|times| *times < 5))
        .collect();
    assert!(
        missing.is_empty(),
        "hardly ever due: {missing:?} in {tally:#?}"
    );
    for role in ViewingRules::roles() {
        for data in ViewingRules::data() {
            let is_open = ViewingRules::cell(role, data) != Some(Cell::No);
            let times = tally.shown.get(&(role.to_owned(), (*data).to_owned()));
            let is_shown = times.is_some_and(|times| *times > 0);
            assert_eq!(is_shown, is_open, "{role} {data} in {tally:#?}");
        }
    }
}

/// Every reason there is.
const REASONS: [&str; 41] = [
    "certificate_wrong",
    "log_in_failed",
    "log_in_locked",
    "not_logged_in",
    "token_expired",
    "session_ended",
    "account_not_ready",
    "browser_only",
    "face_not_compared",
    "no_card",
    "card_lost",
    "card_expired",
    "card_not_insurance",
    "smartphone_not_yet",
    "card_unknown",
    "not_entitled",
    "municipality_not_open",
    "person_unknown",
    "person_deleted",
    "person_hidden",
    "four_items_differ",
    "identity_not_checked",
    "identity_too_old",
    "not_self",
    "not_own_insured",
    "not_responsible",
    "already_responsible",
    "not_of_meeting",
    "not_asked",
    "not_for_viewer",
    "consent_missing",
    "consent_refused",
    "consent_withdrawn",
    "consent_before_law",
    "consent_not_yet",
    "not_certified",
    "applied_since",
    "consent_given",
    "not_assented",
    "already_sent",
    "content",
];

#[test]
fn the_auditors_matrix_is_the_profiles() {
    let profile = Profile::bundled();
    let access = profile.access();
    let roles: Vec<&str> = access
        .viewers()
        .iter()
        .map(|role| role.id.as_str())
        .collect();
    assert_eq!(roles, ViewingRules::roles().collect::<Vec<_>>());
    let data: Vec<&str> = access.data().iter().map(|data| data.id.as_str()).collect();
    assert_eq!(data, ViewingRules::data());
    for role in access.viewers() {
        for data in ViewingRules::data() {
            let (_, held) = access.cell(role, data).expect("a cell");
            let own = ViewingRules::cell(&role.id, data).expect("a cell");
            let is_same = matches!(
                (held, own),
                (Access::No, Cell::No)
                    | (Access::Yes, Cell::Yes)
                    | (Access::Ungated, Cell::Ungated)
                    | (Access::Consent, Cell::Consent)
                    | (Access::Own, Cell::OwnWriting)
            );
            assert!(is_same, "{} {data}: {held:?} and {own:?}", role.id);
        }
    }
}
