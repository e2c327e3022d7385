//! Where a history begins: a reading of the open questions, and how far things have got.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use jiff::civil::date;
use tekigo::auditor::viewing::ViewingRules;
use tekigo_simulator::kernel::Moment;
use tekigo_simulator::profile::Profile;
use tekigo_simulator::viewer::{
    BoardAction, BoardRequest, CarePlanSheet, FourItems, InstitutionAction, InstitutionRequest,
    LifeSheet, OfficeAction, OpinionSheet, PersonAction, PersonRequest, ViewerInput,
};

use super::asking::{office_request, subject_of};
use super::changes::first_rows;
use super::lots::Choice;
use super::player::{INSTITUTIONS, INSURERS, JOBS, MEMBERS, OFFICES, Player};

/// What is changed in `access.toml`, and what the auditor makes of it.
pub(super) type Reading = (
    &'static [(&'static str, &'static str)],
    fn(&mut ViewingRules),
);

/// The open questions answered one way and the other.
pub(super) const READINGS: [Reading; 10] = [
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
pub(super) const STAGES: usize = 5;

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
pub(super) fn stages(reading: usize) -> &'static [Player; STAGES] {
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
