//! つきみ市 and Hana on the air, for those who want to see her data in a browser.

use std::path::Path;

use tekigo_simulator::kernel::{Durability, Moment};
use tekigo_simulator::profile::Profile;
use tekigo_simulator::serve::{InsurerSettings, Settings, Simulator};
use tekigo_simulator::{ClockMove, Input, InsurerShape};

use super::browser::Browser;
use crate::viewing::scene::{AOBA, HANA_NUMBER, HOSHIAI, HOSPITAL, OTHER_NUMBER, Scene, TSUKIMI};

/// The run of one test: what the scene did has happened here too.
pub(crate) struct Visitors {
    pub(crate) simulator: Simulator,
    pub(super) scene: Scene,
    folder: tempfile::TempDir,
}

async fn start(folder: &Path, resume: bool) -> Simulator {
    let insurer = |number: &str, name: &str| InsurerSettings {
        number: number.to_owned(),
        name: name.to_owned(),
        first_password: "first".to_owned(),
        shape: InsurerShape::default(),
    };
    let simulator = Simulator::start(Settings {
        profile: Profile::bundled(),
        seed: 7,
        start: Moment::default_start(),
        insurers: vec![insurer(TSUKIMI, "つきみ市"), insurer(HOSHIAI, "ほしあい市")],
        my_numbers: [HANA_NUMBER, OTHER_NUMBER]
            .map(|number| number.parse().expect("digits"))
            .to_vec(),
        journal: folder.join("journal.jsonl"),
        durability: Durability::Process,
        port: 0,
        resume,
    });
    simulator.await.expect("a world")
}

impl Visitors {
    /// A world in which everything has happened that happened in a scene.
    pub(crate) async fn of(scene: Scene) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let simulator = start(folder.path(), false).await;
        let visitors = Self {
            simulator,
            scene,
            folder,
        };
        // The first is the opening, which the simulator has made itself.
        for input in &visitors.scene.inputs()[1..] {
            visitors.simulator.shell().submit(input).expect("journaled");
        }
        visitors
    }

    /// The same world after the program was ended and started again.
    pub(super) async fn started_again(self) -> Self {
        let Self {
            simulator,
            scene,
            folder,
        } = self;
        drop(simulator);
        Self {
            simulator: start(folder.path(), true).await,
            scene,
            folder,
        }
    }

    pub(super) async fn new() -> Self {
        Self::of(Scene::new()).await
    }

    /// Submits what the scene has done since, too.
    pub(crate) fn happen(&mut self, what: impl FnOnce(&mut Scene)) {
        let before = self.scene.inputs().len();
        what(&mut self.scene);
        for input in &self.scene.inputs()[before..] {
            self.simulator.shell().submit(input).expect("journaled");
        }
    }

    pub(crate) fn wait(&self, seconds: i64) {
        let to = self.simulator.shell().now().plus_seconds(seconds);
        let moved = self
            .simulator
            .shell()
            .submit(&Input::Clock(ClockMove { to }));
        moved.expect("journaled");
    }

    pub(super) fn careweb(&self) -> Browser {
        let address = self.simulator.careweb().expect("pages");
        assert!(address.ip().is_loopback());
        Browser::new(address)
    }

    pub(super) fn mynaportal(&self) -> Browser {
        let address = self.simulator.mynaportal().expect("pages");
        assert!(address.ip().is_loopback());
        Browser::new(address)
    }

    pub(super) fn medical(&self) -> Browser {
        let address = self.simulator.medical().expect("pages");
        assert!(address.ip().is_loopback());
        Browser::new(address)
    }

    pub(super) fn board(&self) -> Browser {
        let address = self.simulator.board().expect("pages");
        assert!(address.ip().is_loopback());
        Browser::new(address)
    }

    /// つきみ病院's terminal.
    pub(super) async fn hospital(&self) -> Browser {
        let mut browser = self.medical();
        let certificate = format!("line-{HOSPITAL}");
        let line = [("institution", HOSPITAL), ("certificate", &certificate)];
        assert_eq!(browser.submit("/login", &line).await.location(), "/");
        browser
    }

    /// A member of つきみ市's board, logged in.
    pub(super) async fn member(&self, number: &str) -> Browser {
        let mut browser = self.board();
        let login = [
            ("insurer", TSUKIMI),
            ("member", number),
            ("password", number),
        ];
        assert_eq!(browser.submit("/login", &login).await.location(), "/");
        browser
    }

    /// A user of an office at a browser, logged in.
    pub(super) async fn office(&self, office: &str, user: &str) -> Browser {
        let mut browser = self.careweb();
        let certificate = format!("office-{office}");
        let login = [
            ("certificate", certificate.as_str()),
            ("user", user),
            ("password", user),
        ];
        assert_eq!(browser.submit("/login", &login).await.location(), "/");
        browser
    }

    pub(super) async fn aoba(&self) -> Browser {
        self.office(AOBA, "care_manager").await
    }

    /// Hana at a browser, logged in with her card.
    pub(super) async fn hana(&self) -> Browser {
        let mut browser = self.mynaportal();
        let card = self.card();
        assert_eq!(
            browser
                .submit("/login", &[("card", &card)])
                .await
                .location(),
            "/"
        );
        browser
    }

    /// What stands for Hana's card in a list.
    pub(super) fn card(&self) -> String {
        let token = self.scene.token(HANA_NUMBER);
        let tag = token.rsplit(':').next().expect("a tag");
        tag.trim_end_matches('〕').to_owned()
    }

    pub(crate) fn journal(&self) -> String {
        std::fs::read_to_string(self.simulator.shell().journal_path()).expect("a journal")
    }
}
