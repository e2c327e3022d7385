//! An office: PMH on the air, and a terminal in front of it.

use tekigo::operator::{CarriedFile, Errand, Stop, Stopped, Terminal};
use tekigo_simulator::kernel::{Durability, Event, Moment, read_journal};
use tekigo_simulator::profile::Profile;
use tekigo_simulator::serve::{InsurerSettings, Settings, Simulator};
use tekigo_simulator::{Input, InsurerShape, OperatorAction, OperatorInput};

pub(super) const INSURER: &str = "139998";
pub(super) const FIRST: &str = "Hatsukai-2026";
pub(super) const OWN: &str = "Tsukimi-no-yoru-2026";

/// PMH with one insurer, and a terminal at its 検証環境.
pub(super) struct Office {
    pub(super) simulator: Simulator,
    pub(super) terminal: Terminal,
    folder: tempfile::TempDir,
}

impl Office {
    pub(super) async fn open(mode: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let simulator = Simulator::start(Settings {
            profile: Profile::bundled(),
            seed: 7,
            start: Moment::default_start(),
            insurers: vec![InsurerSettings {
                number: INSURER.to_owned(),
                name: "つきみ市".to_owned(),
                first_password: FIRST.to_owned(),
                shape: InsurerShape::default(),
            }],
            my_numbers: Vec::new(),
            journal: folder.path().join("journal.jsonl"),
            durability: Durability::Process,
            port: 0,
            resume: false,
        })
        .await
        .expect("it starts");
        let address = simulator.pages("verification").expect("there are pages");
        let office = Self {
            terminal: Terminal::at(address),
            simulator,
            folder,
        };
        office.settle(OperatorAction::ChooseMode {
            mode: mode.to_owned(),
        });
        office.settle(OperatorAction::ReportEnvironmentReady);
        office.settle(OperatorAction::ConfirmSchedule {
            setup_date: Moment::default_start().date(),
        });
        office
    }

    /// An office in which everything before the link has been done.
    pub(super) async fn ready(mode: &str) -> Self {
        let mut office = Self::open(mode).await;
        done(office.terminal.log_in(INSURER, FIRST).await);
        done(office.terminal.change_password(FIRST, OWN).await);
        let addresses = ("kekka@tsukimi.example", "shinsakai@tsukimi.example");
        done(
            office
                .terminal
                .register_addresses(addresses.0, addresses.1)
                .await,
        );
        office
    }

    fn settle(&self, action: OperatorAction) {
        let input = Input::Operator(OperatorInput {
            insurer: INSURER.to_owned(),
            environment: "verification".to_owned(),
            action,
        });
        self.simulator.shell().submit(&input).expect("it is taken");
    }

    /// What was done in the pages, by the word of the action, in order.
    pub(super) fn deeds(&self) -> Vec<String> {
        let events: Vec<Event> =
            read_journal(&self.folder.path().join("journal.jsonl")).expect("a journal");
        let operator = events.iter().filter(|event| event.kind == "operator");
        operator
            .map(|event| {
                let body: serde_json::Value = serde_json::from_str(event.body.get()).expect("JSON");
                body["action"].as_str().expect("an action").to_owned()
            })
            .collect()
    }
}

/// A set with the start of an initial set-up.
pub(super) fn start_of_setup(number: &str) -> Vec<CarriedFile> {
    let name =
        |code: &str, sequence: &str| format!("KJ_{INSURER}_{code}_1_{number}_{sequence}.csv");
    let start = name("SST", "001");
    let file = |name: &str, text: &str| CarriedFile {
        name: name.to_owned(),
        bytes: format!("\u{FEFF}{text}").into_bytes(),
    };
    vec![
        file(
            &name("CTL", "000"),
            &format!("\"ファイル名\",\"件数\"\r\n\"{start}\",\"1\"\r\n"),
        ),
        file(
            &start,
            &format!("\"保険者番号\",\"基準日\"\r\n\"{INSURER}\",\"2026-11-02\"\r\n"),
        ),
    ]
}

#[track_caller]
pub(super) fn done<T>(errand: Stopped<T>) -> T {
    match errand.expect("the pages are as described") {
        Errand::Done(value) => value,
        Errand::Stopped(stop) => panic!("stopped at {stop}"),
    }
}

#[track_caller]
pub(super) fn stopped<T: std::fmt::Debug>(errand: Stopped<T>) -> Stop {
    match errand.expect("the pages are as described") {
        Errand::Done(value) => panic!("done: {value:?}"),
        Errand::Stopped(stop) => stop,
    }
}
