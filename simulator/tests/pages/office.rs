//! Two municipalities, their world on the air, and their staff at a browser.

use tekigo_simulator::kernel::{Durability, Moment};
use tekigo_simulator::profile::Profile;
use tekigo_simulator::serve::{InsurerSettings, Settings, Simulator};
use tekigo_simulator::{
    Arrival, Effect, Input, InsurerShape, OperatorAction, OperatorAnswer, OperatorInput,
};

use super::browser::Browser;

pub(super) const INSURER: &str = "139998";
pub(super) const OTHER: &str = "149997";
pub(super) const ENVIRONMENT: &str = "verification";
pub(super) const FIRST: &str = "Hatsukai-2026";
pub(super) const OWN: &str = "Tsukimi-no-yoru-2026";

/// The run of one test.
pub(super) struct Office {
    pub(super) simulator: Simulator,
    _folder: tempfile::TempDir,
}

impl Office {
    /// Nobody has logged in yet.
    pub(super) async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let insurer = |number: &str, name: &str| InsurerSettings {
            number: number.to_owned(),
            name: name.to_owned(),
            first_password: FIRST.to_owned(),
            shape: InsurerShape::default(),
        };
        let simulator = Simulator::start(Settings {
            profile: Profile::bundled(),
            seed: 7,
            start: Moment::default_start(),
            insurers: vec![insurer(INSURER, "つきみ市"), insurer(OTHER, "ほしみ町")],
            my_numbers: vec![123_456_789_018],
            journal: folder.path().join("journal.jsonl"),
            durability: Durability::Process,
            port: 0,
            resume: false,
        });
        Self {
            simulator: simulator.await.expect("a world"),
            _folder: folder,
        }
    }

    /// Both municipalities have chosen their mode outside the pages.
    pub(super) async fn in_mode(mode: &str) -> Self {
        let office = Self::new().await;
        for insurer in [INSURER, OTHER] {
            for action in [
                OperatorAction::ChooseMode {
                    mode: mode.to_owned(),
                },
                OperatorAction::ReportEnvironmentReady,
                OperatorAction::ConfirmSchedule {
                    setup_date: jiff::civil::date(2026, 11, 2),
                },
            ] {
                assert!(office.act(insurer, action).done);
            }
        }
        office
    }

    /// An action without the pages.
    pub(super) fn act(&self, insurer: &str, action: OperatorAction) -> OperatorAnswer {
        let input = Input::Operator(OperatorInput {
            insurer: insurer.to_owned(),
            environment: ENVIRONMENT.to_owned(),
            action,
        });
        let effects = self.simulator.shell().submit(&input).expect("journaled");
        match effects.into_iter().map(|dated| dated.effect).next() {
            Some(Effect::OperatorAnswer(answer)) => answer,
            other => panic!("the pages answer the staff, not {other:?}"),
        }
    }

    /// A consent reaches the platform from outside, to be fetched by the insurer.
    pub(super) fn consent_arrives(&self, record: &serde_json::Value) {
        let arrival = Arrival {
            insurer: INSURER.to_owned(),
            kind: "consent".to_owned(),
            record: serde_json::value::to_raw_value(record).expect("JSON"),
        };
        let submitted = self.simulator.shell().submit(&Input::Arrival(arrival));
        submitted.expect("journaled");
    }

    pub(super) fn browser(&self) -> Browser {
        let address = self.simulator.pages(ENVIRONMENT).expect("pages");
        assert!(address.ip().is_loopback());
        Browser::new(address)
    }

    /// Logged in with a password of their own.
    pub(super) async fn at_work(&self, insurer: &str) -> Browser {
        let mut browser = self.browser();
        let login = [("login_id", insurer), ("password", FIRST)];
        assert_eq!(
            browser.submit("/login", &login).await.location(),
            "/password"
        );
        let change = [("current", FIRST), ("new", OWN), ("again", OWN)];
        assert_eq!(browser.submit("/password", &change).await.location(), "/");
        browser
    }

    /// The same, with addresses registered.
    pub(super) async fn ready(&self, insurer: &str) -> Browser {
        let mut browser = self.at_work(insurer).await;
        let addresses = [
            ("processing_result", "kekka@tsukimi.example"),
            ("board_reading", "shinsakai@tsukimi.example"),
        ];
        assert_eq!(
            browser.submit("/addresses", &addresses).await.location(),
            "/"
        );
        browser
    }

    /// Position in the journal: as long as it stands, nothing reached the world.
    pub(super) fn events(&self) -> (u64, String) {
        self.simulator.shell().journal_end()
    }

    /// Everything that the journal holds.
    pub(super) fn journal(&self) -> String {
        std::fs::read_to_string(self.simulator.shell().journal_path()).expect("a journal")
    }
}
