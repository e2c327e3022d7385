//! Who may see what: every door answers as the auditor says, whatever has happened before.
//!
//! A history begins on one of several stages (nothing linked, linked, set up, offices responsible,
//! consented) under one of several readings of the open questions, and goes on with random steps:
//! people change, move, are hidden and deleted, consent, refuse and withdraw, cards are lost,
//! offices register and end, time passes to the second, and everybody asks for everything.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use jiff::civil::date;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseResult, TestRunner};
use tekigo::auditor::viewing::{Cell, Finding, ViewingRules};
use tekigo_simulator::kernel::Moment;
use tekigo_simulator::profile::{Access, Profile};
use tekigo_simulator::viewer::{
    BoardAction, BoardRequest, CarePlanSheet, FourItems, InstitutionAction, InstitutionRequest,
    LifeSheet, OfficeAction, OpinionSheet, PersonAction, PersonRequest, ViewerInput,
};

use super::viewing_history::{Choice, Step, Turn, first_rows, office_request, shown, subject_of};
use super::viewing_player::{INSTITUTIONS, INSURERS, JOBS, MEMBERS, OFFICES, Player};

/// What is changed in `access.toml`, and what the auditor makes of it.
type Reading = (
    &'static [(&'static str, &'static str)],
    fn(&mut ViewingRules),
);

/// The open questions answered one way and the other.
const READINGS: [Reading; 10] = [
    (&[], |_| {}),
    (
        &[(
            "view_gate = { value = \"completion\"",
            "view_gate = { value = \"start\"",
        )],
        |rules| {
            rules.from_service_start = true;
        },
    ),
    (
        &[(
            "consent_for_ungated_kinds = { value = false",
            "consent_for_ungated_kinds = { value = true",
        )],
        |rules| rules.consent_for_everything = true,
    ),
    (
        &[(
            "idcheck_scope = { value = \"both\"",
            "idcheck_scope = { value = \"card\"",
        )],
        |rules| {
            rules.typed_items_grow_old = false;
        },
    ),
    (
        &[(
            "idcheck_at_limit = { value = \"expired\"",
            "idcheck_at_limit = { value = \"valid\"",
        )],
        |rules| {
            rules.limit_included = true;
        },
    ),
    (
        &[(
            "second_visit_waiver = { value = false",
            "second_visit_waiver = { value = true",
        )],
        |rules| {
            rules.second_visit_waived = true;
        },
    ),
    (
        &[(
            "portal_card_gate = { value = \"law\"",
            "portal_card_gate = { value = \"gate\"",
        )],
        |rules| {
            rules.portal_card_from_law = false;
        },
    ),
    (
        &[(
            "plan_request_without_assent = { value = \"refuse\"",
            "plan_request_without_assent = { value = \"accept\"",
        )],
        |rules| rules.assent_waived = true,
    ),
    (
        &[(
            "smartphone_reading_from = { value = \"2026-04-01\"",
            "smartphone_reading_from = { value = \"2026-11-03\"",
        )],
        |rules| rules.smartphones_from = date(2026, 11, 3),
    ),
    (
        &[
            (
                "idcheck_hours = { value = 24",
                "idcheck_hours = { value = 8",
            ),
            (
                "access_minutes = { value = 60",
                "access_minutes = { value = 30",
            ),
            (
                "second_visit_waiver = { value = false",
                "second_visit_waiver = { value = true",
            ),
            (
                "idcheck_scope = { value = \"both\"",
                "idcheck_scope = { value = \"card\"",
            ),
        ],
        |rules| {
            rules.check_seconds = 8 * 3_600;
            rules.access_seconds = 30 * 60;
            rules.second_visit_waived = true;
            rules.typed_items_grow_old = false;
        },
    ),
];

/// How far things have got when a history begins.
const STAGES: usize = 5;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/profiles/if-2.0-assumed")
}

fn profile_of(changes: &[(&str, &str)]) -> Arc<Profile> {
    if changes.is_empty() {
        return Profile::bundled();
    }
    let copy = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(copy.path().join("kinds")).expect("a folder");
    for part in ["", "kinds"] {
        let files = std::fs::read_dir(folder().join(part)).expect("the profile");
        for file in files.map(|file| file.expect("an entry")) {
            if file.path().is_file() {
                let to = copy.path().join(part).join(file.file_name());
                std::fs::copy(file.path(), to).expect("a copied file");
            }
        }
    }
    let path = copy.path().join("access.toml");
    let mut text = std::fs::read_to_string(&path).expect("the file");
    for (from, to) in changes {
        assert!(text.contains(from), "access.toml has no «{from}»");
        text = text.replacen(from, to, 1);
    }
    std::fs::write(&path, text).expect("the file");
    Arc::new(Profile::load(copy.path()).expect("another reading"))
}

/// The stages under one reading, made once.
fn stages(reading: usize) -> &'static [Player; STAGES] {
    static MADE: [OnceLock<[Player; STAGES]>; READINGS.len()] =
        [const { OnceLock::new() }; READINGS.len()];
    MADE[reading].get_or_init(|| {
        let (changes, change) = READINGS[reading];
        let mut rules = ViewingRules::assumed();
        change(&mut rules);
        let start = Moment::at(date(2026, 11, 2), 9, 0);
        let mut player = Player::new(profile_of(changes), rules, start);
        let empty = player.clone();
        for insurer in 0..2 {
            player.begin(insurer);
        }
        for person in 0..4 {
            player.link_person(person, 0);
            first_rows(&mut player, person);
        }
        let linked = player.clone();
        for insurer in 0..2 {
            player.complete(insurer, date(2026, 11, 2));
        }
        let open = player.clone();
        settle(&mut player);
        let settled = player.clone();
        for person in 0..4 {
            player.link_consent(person, "1", date(2026, 11, 2));
        }
        send_opinion(&mut player);
        [empty, linked, open, settled, player]
    })
}

/// Always the good choice.
struct First;

impl Choice for First {
    fn choose(&mut self, of: usize) -> usize {
        usize::from(of == 16)
    }
}

/// Everybody logs in; offices and institutions check the first two people, and offices become
/// responsible for them.
fn settle(player: &mut Player) {
    // Under the reading by which nothing is open before the start of service, wait for it.
    player.move_clock(Moment::at(date(2026, 11, 9), 9, 0));
    for (office, (number, _)) in OFFICES.iter().enumerate() {
        for door in 0..2 {
            let log_in = OfficeAction::LogIn {
                certificate: Some(format!("office-{number}")),
                user: JOBS[0].to_owned(),
                password: player.password(JOBS[0]),
            };
            accomplish(player, office_request(door, None, log_in));
        }
        let session = player.visits[0][office];
        for person in 0..2 {
            let subject = subject_of(person);
            let typed = FourItems {
                subject: subject.clone(),
                kana: "ツキミ　シヨウイチ".to_owned(),
                birth: "1940-05-06".to_owned(),
                sex: "1".to_owned(),
            };
            accomplish(
                player,
                office_request(0, session, OfficeAction::RegisterUser(typed)),
            );
            let responsible = OfficeAction::BecomeResponsible(subject);
            accomplish(player, office_request(0, session, responsible));
        }
    }
    let reading = player.reading(&mut First);
    let read = OfficeAction::ReadCard(reading.clone());
    accomplish(player, office_request(0, player.visits[0][0], read));
    for institution in INSTITUTIONS {
        accomplish(
            player,
            ViewerInput::Medical(InstitutionRequest {
                institution: institution.to_owned(),
                certificate: Some(format!("line-{institution}")),
                action: InstitutionAction::ReadCard(reading.clone()),
            }),
        );
    }
    for human in 0..2 {
        let card = player.card(human);
        let action = PersonAction::LogIn { card };
        accomplish(
            player,
            ViewerInput::Mynaportal(PersonRequest {
                session: None,
                action,
            }),
        );
    }
    for (insurer, member) in MEMBERS {
        let action = BoardAction::LogIn {
            insurer: INSURERS[insurer].to_owned(),
            member: member.to_owned(),
            password: player.password(member),
        };
        accomplish(
            player,
            ViewerInput::Board(BoardRequest {
                session: None,
                action,
            }),
        );
    }
    player.note_asked(0, 0, 0);
    player.note_asked(0, 1, 2);
    let subject = subject_of(0);
    let plan = OfficeAction::RegisterCarePlan(CarePlanSheet {
        subject: subject.clone(),
        number: "P0".to_owned(),
        created: date(2026, 11, 9),
        contents: "計画".to_owned(),
    });
    let life = OfficeAction::RegisterLife(LifeSheet {
        subject,
        measured: date(2026, 11, 9),
        contents: "評価".to_owned(),
    });
    for duty in [plan, life] {
        let session = player.visits[0][0];
        accomplish(player, office_request(0, session, duty));
    }
}

/// The first institution sends the opinion that it was asked for.
fn send_opinion(player: &mut Player) {
    let sheet = OpinionSheet {
        subject: subject_of(0),
        application: "A-0".to_owned(),
        written: date(2026, 11, 9),
        physician: "山田".to_owned(),
        diagnosis: "骨粗鬆症".to_owned(),
        remarks: None,
    };
    let request = InstitutionRequest {
        institution: INSTITUTIONS[0].to_owned(),
        certificate: Some(format!("line-{}", INSTITUTIONS[0])),
        action: InstitutionAction::SendOpinion(sheet),
    };
    accomplish(player, ViewerInput::Medical(request));
}

fn accomplish(player: &mut Player, request: ViewerInput) {
    let (viewed, finding) = player.ask(request.clone());
    assert!(finding.holds(), "{finding:?}");
    assert!(viewed.done, "{request:?} {viewed:?}");
    player.remember(&request, viewed.session);
}

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
        let before = is_thorough.then(|| player.memory());
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
    let mut config = super::config(cases);
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
const REASONS: [&str; 40] = [
    "certificate_wrong",
    "log_in_failed",
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
