//! Sets under trouble between the systems, and worlds that go on from their journal.

use std::fs;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;
use tekigo_simulator::kernel::{DeliveryRule, Durability, Fate, Moment, Route, read_journal};
use tekigo_simulator::profile::{LinkSegment, Profile};
use tekigo_simulator::serve::{InsurerSettings, Settings, Simulator};
use tekigo_simulator::systems::pmh::FileSetState;
use tekigo_simulator::{
    Arrival, ClockMove, Effect, Input, InsurerShape, OperatorAction, OperatorAnswer, OperatorInput,
    World,
};

use super::office::{ENVIRONMENT, INSURER, MY_NUMBERS, Office, SEED, mask};
use super::spoiling::{Spoiling, any_spoiling};

const SYSTEMS: [&str; 5] = ["pmh", "intermediate", "qualification", "platform", "mail"];

#[derive(Debug, Clone)]
enum Event {
    Send {
        people: usize,
        card: usize,
        is_newer: bool,
    },
    SendSpoiled {
        place: prop::sample::Index,
        spoiling: Spoiling,
    },
    Strike(DeliveryRule),
    Wait(i64),
    Arrive,
    MakeInboundSet,
    FetchAll,
    CalmDown,
}

fn any_rule() -> impl Strategy<Value = DeliveryRule> {
    let system = || prop::sample::select(&SYSTEMS[..]);
    let fate = prop_oneof![
        (1_i64..7200).prop_map(|seconds| Fate::Delay { seconds }),
        (1_i64..7200).prop_map(|seconds| Fate::Duplicate { seconds }),
        Just(Fate::Lose),
        Just(Fate::Reorder),
    ];
    (system(), system(), 0_u32..2, 1_u32..3, fate).prop_map(|(from, to, skip, times, fate)| {
        DeliveryRule {
            route: Route {
                from: from.into(),
                to: to.into(),
            },
            skip,
            times,
            fate,
        }
    })
}

fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        5 => (1_usize..4, 1_usize..6, prop::bool::weighted(0.8))
            .prop_map(|(people, card, is_newer)| Event::Send { people, card, is_newer }),
        2 => (any::<prop::sample::Index>(), any_spoiling())
            .prop_map(|(place, spoiling)| Event::SendSpoiled { place, spoiling }),
        3 => any_rule().prop_map(Event::Strike),
        2 => (0_i64..7200).prop_map(Event::Wait),
        1 => Just(Event::Arrive),
        1 => Just(Event::MakeInboundSet),
        1 => Just(Event::FetchAll),
        1 => Just(Event::CalmDown),
    ]
}

/// Files that PMH has made so far.
fn made(office: &Office) -> Vec<String> {
    let pmh = office.world.pmh();
    let results = pmh
        .file_sets(&office.account())
        .into_iter()
        .flat_map(|set| match set.state {
            FileSetState::Completed { results, .. } => results,
            FileSetState::Processing { .. } | FileSetState::Refused { .. } => Vec::new(),
        });
    let inbound = pmh.inbound_sets(&office.account()).into_iter();
    results
        .chain(inbound.flat_map(|set| set.files))
        .map(|file| file.name.to_owned())
        .collect()
}

fn happen(office: &mut Office, event: &Event, number: &mut u64) {
    match event {
        Event::Send {
            people,
            card,
            is_newer,
        } => {
            *number += u64::from(*is_newer);
            let people: Vec<_> = (1..=*people).map(|it| office.person(it)).collect();
            let set = office
                .set(&number.to_string(), LinkSegment::Difference)
                .with(office, "person", &people)
                .with(office, "burdenRatioCard", &[office.ratio(*card, "1")]);
            let (answer, _) = office.send(set.files(office));
            assert_eq!(answer.done, *is_newer, "{answer:?}");
        }
        Event::SendSpoiled { place, spoiling } => {
            let set = office.set("20261102085959", LinkSegment::Difference).with(
                office,
                "person",
                &[office.person(1)],
            );
            let mut files = set.files(office);
            let place = place.index(files.len());
            spoiling.spoil(&mut files, place);
            let (answer, _) = office.send(files);
            assert!(!answer.done, "its number is too old in any case");
        }
        Event::Strike(rule) => drop(office.take(Input::Delivery(rule.clone()))),
        Event::Wait(seconds) => {
            let to = office.world.now().plus_seconds(*seconds);
            office.take(Input::Clock(ClockMove { to }));
        }
        Event::Arrive => {
            let record = json!({ "insurerNumber": INSURER, "insuredNumber": "0000000001" });
            office.take(Input::Arrival(Arrival {
                insurer: INSURER.to_owned(),
                kind: "consent".to_owned(),
                record: serde_json::value::to_raw_value(&record).expect("JSON"),
            }));
        }
        Event::MakeInboundSet => drop(office.try_to(OperatorAction::MakeInboundSet)),
        Event::FetchAll => {
            for name in made(office) {
                office.fetch(&name);
            }
        }
        Event::CalmDown => drop(office.take(Input::CalmDown)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_set_is_done_in_the_end_and_a_journal_gives_the_same_world(
        events in vec(any_event(), 0..14),
    ) {
        let mut office = Office::started();
        let mut number = 20_261_102_090_000;
        for event in &events {
            let before = office.memory();
            let heard = office.effects.len();
            happen(&mut office, event, &mut number);
            if let Event::SendSpoiled { .. } | Event::Send { is_newer: false, .. } = event {
                prop_assert_eq!(office.memory(), before);
                prop_assert_eq!(office.effects.len(), heard + 1, "only the answer");
            }
        }
        office.take(Input::CalmDown);
        let is_lost = office.effects.iter().any(|dated| {
            matches!(&dated.effect, Effect::Message(message) if message.fate == Fate::Lose)
        });
        let sets = office.world.pmh().file_sets(&office.account());
        let is_open = |set: &&tekigo_simulator::systems::pmh::FileSetView<'_>| {
            matches!(set.state, FileSetState::Processing { .. })
        };
        let open = sets.iter().filter(is_open).count();
        prop_assert!(is_lost || open == 0, "{} sets are not done", open);

        let mut world = World::new(office.profile.clone(), mask(), SEED);
        let mut effects = Vec::new();
        for input in &office.inputs {
            let (_, kind) = input.origin_and_kind();
            let line = serde_json::value::to_raw_value(input).expect("JSON");
            let read = Input::from_journal(kind, &line).expect("fits its kind");
            effects.extend(world.apply(&read.expect("an input")));
        }
        prop_assert_eq!(&effects, &office.effects);
        prop_assert_eq!(format!("{:?}", world.pmh()), format!("{:?}", office.world.pmh()));
        prop_assert_eq!(format!("{:?}", world.memory()), office.memory());
    }
}

fn settings(journal: &Path, resume: bool) -> Settings {
    Settings {
        profile: Profile::bundled(),
        seed: SEED,
        start: Moment::default_start(),
        insurers: vec![InsurerSettings {
            number: INSURER.to_owned(),
            name: "つきみ市".to_owned(),
            first_password: "first".to_owned(),
            shape: InsurerShape::default(),
        }],
        my_numbers: MY_NUMBERS
            .iter()
            .map(|it| it.parse().expect("digits"))
            .collect(),
        journal: journal.to_owned(),
        durability: Durability::Process,
        port: 0,
        resume,
    }
}

fn act(simulator: &Simulator, action: OperatorAction) -> OperatorAnswer {
    let input = Input::Operator(OperatorInput {
        insurer: INSURER.to_owned(),
        environment: ENVIRONMENT.to_owned(),
        action,
    });
    let effects = simulator.shell().submit(&input).expect("journaled");
    match effects.into_iter().next().map(|dated| dated.effect) {
        Some(Effect::OperatorAnswer(answer)) => answer,
        other => panic!("the pages answer the staff, not {other:?}"),
    }
}

fn prepare(simulator: &Simulator) {
    let mask = simulator.shell().mask();
    for action in [
        OperatorAction::LogIn {
            password: mask.password_token("first"),
        },
        OperatorAction::ChangePassword {
            current: mask.password_token("first"),
            password: mask.password_token("own"),
            length: 16,
        },
        OperatorAction::RegisterAddresses {
            processing_result: "kekka@tsukimi.example".to_owned(),
            board_reading: "shinsakai@tsukimi.example".to_owned(),
        },
        OperatorAction::ChooseMode {
            mode: "file".to_owned(),
        },
        OperatorAction::ReportEnvironmentReady,
        OperatorAction::ConfirmSchedule {
            setup_date: jiff::civil::date(2026, 11, 2),
        },
    ] {
        let answer = act(simulator, action);
        assert!(answer.done, "{answer:?}");
    }
}

/// The bytes of a right set, and of one that is none.
fn sets() -> [Vec<(String, Vec<u8>)>; 2] {
    let office = Office::prepared(Profile::bundled());
    let right = office
        .set("20261102090000", LinkSegment::Initial)
        .with(&office, "setupStart", &[office.start()])
        .with(&office, "person", &[office.person(1), office.person(2)])
        .with(
            &office,
            "burdenRatioCard",
            &[office.ratio(1, "1"), office.ratio(3, "1")],
        )
        .files(&office);
    let mut wrong = right.clone();
    wrong[2].1[40] = 0xff;
    [right, wrong]
}

#[tokio::test]
async fn a_run_of_sets_cut_off_at_any_line_goes_on_from_its_journal() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("whole.jsonl");
    let results = "KJ_139998_KEK_1_20261102090000_002.csv";
    let (pmh, text) = {
        let simulator = Simulator::start(settings(&path, false))
            .await
            .expect("on the air");
        prepare(&simulator);
        let [right, wrong] = sets();
        for (set, is_right) in [(wrong, false), (right, true)] {
            let shell = simulator.shell();
            let file = |(name, bytes): &(String, Vec<u8>)| shell.uploaded_file(name, bytes);
            let files = set.iter().map(file).collect();
            let answer = act(&simulator, OperatorAction::Upload { files });
            assert_eq!(answer.done, is_right, "{answer:?}");
        }
        let fetched = act(
            &simulator,
            OperatorAction::FetchFile {
                name: results.to_owned(),
            },
        );
        let text = fetched.fetched.expect("a file").text;
        let bytes = simulator.shell().file_bytes(&text);
        assert!(bytes.starts_with(b"\xef\xbb\xbf\"") && bytes.ends_with(b"\"\r\n"));
        (
            simulator.shell().look(|world| format!("{:?}", world.pmh())),
            text,
        )
    };
    let whole = fs::read_to_string(&path).expect("journal");
    for number in MY_NUMBERS {
        assert!(!whole.contains(number), "{number}");
    }
    // Texts stand in the journal as they came, behind the mask.
    assert!(whole.contains("\"text\":\"\u{feff}\\\"保険者番号\\\",\\\"被保険者番号\\\""));
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    for kept in 1..=lines.len() {
        let cut = dir.path().join(format!("cut-{kept}.jsonl"));
        let torn = lines
            .get(kept)
            .map_or("", |line| &line[..line.len().min(20)]);
        fs::write(&cut, lines[..kept].concat() + torn).expect("written");
        let simulator = Simulator::start(settings(&cut, true))
            .await
            .expect("continued");
        let again = simulator.shell().look(|world| format!("{:?}", world.pmh()));
        assert!(kept < lines.len() || again == pmh);
        let is_sent = lines[..kept]
            .iter()
            .any(|line| line.contains("\"done\":true,\"set\""));
        let upload = lines
            .iter()
            .rposition(|line| line.contains("\"action\":\"upload\""));
        let has_upload = upload.is_some_and(|upload| upload < kept);
        assert!(has_upload || !is_sent);
        if has_upload {
            let answer = act(
                &simulator,
                OperatorAction::FetchFile {
                    name: results.to_owned(),
                },
            );
            assert_eq!(answer.fetched.expect("a file").text, text);
        }
        drop(simulator);
        assert!(read_journal(&cut).expect("whole again").len() >= kept);
    }
}

#[test]
fn answers_without_files_are_written_as_they_always_were() {
    let done = serde_json::to_string(&OperatorAnswer::done()).expect("JSON");
    assert_eq!(done, r#"{"done":true}"#);
    let refused = serde_json::to_string(&OperatorAnswer::refused("理由")).expect("JSON");
    assert_eq!(refused, r#"{"done":false,"reason":"理由"}"#);
}
