//! The portal on the air, and its operator, who has no page.

use jiff::civil::Date;
use tekigo_simulator::kernel::{Durability, Moment};
use tekigo_simulator::profile::Profile;
use tekigo_simulator::serve::{InsurerSettings, Settings, Simulator};
use tekigo_simulator::{Effect, Input, InsurerShape, PortalAnswer, PortalInput};

use super::accessible::must_be_usable_in;
use super::browser::{Answer, Browser};

pub(super) const CITY: &str = "139998";

/// A portal on the air.
pub(super) struct Portal {
    pub(super) simulator: Simulator,
    _folder: tempfile::TempDir,
}

impl Portal {
    pub(super) async fn on(day: Date) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let insurer = |number: &str, name: &str, shape| InsurerSettings {
            number: number.to_owned(),
            name: name.to_owned(),
            first_password: "Hatsukai-2026".to_owned(),
            shape,
        };
        let union = "139881".to_owned();
        let simulator = Simulator::start(Settings {
            profile: Profile::bundled(),
            seed: 7,
            start: Moment::at(day, 9, 0),
            insurers: vec![
                insurer(CITY, "つきみ市", InsurerShape::default()),
                insurer("139881", "あさぎり広域連合", InsurerShape::InsurerUnion),
                insurer("139980", "ほしあい市", InsurerShape::Member { union }),
            ],
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

    pub(super) fn browser(&self) -> Browser {
        let address = self.simulator.portal().expect("a portal");
        assert!(address.ip().is_loopback());
        Browser::new(address)
    }

    /// What the operator does, who has no page.
    pub(super) fn operate(&self, input: PortalInput) -> PortalAnswer {
        let effects = self
            .simulator
            .shell()
            .submit(&Input::Portal(input))
            .expect("journaled");
        let answer = effects.into_iter().find_map(|dated| {
            let Effect::PortalAnswer(answer) = dated.effect else {
                return None;
            };
            Some(answer)
        });
        let answer = answer.expect("an answer");
        assert!(answer.done, "{answer:?}");
        answer
    }

    pub(super) fn declare(&self) {
        self.operate(PortalInput::DeclareReadiness {
            vendor: "ひまわり情報".to_owned(),
            ready_from: "2026-09".to_owned(),
        });
    }

    pub(super) fn notify(&self, setup_date: Date) {
        self.operate(PortalInput::Notify {
            insurer: CITY.to_owned(),
            setup_date,
            completion_date: None,
        });
    }

    /// The password in the last mail, as its receiver reads it.
    pub(super) fn mailed_password(&self) -> String {
        self.operate(PortalInput::IssueAccount {
            insurer: CITY.to_owned(),
        });
        self.simulator.shell().look(|world| {
            let mail = world.mail().sent().last().expect("a mail");
            let text = mail.plain.as_deref().expect("a secret");
            let mut lines = text.lines();
            let line = lines.find_map(|line| line.strip_prefix("初期パスワード: "));
            line.expect("a line").to_owned()
        })
    }

    /// Logged in with a password of its own.
    pub(super) async fn at_work(&self) -> Browser {
        let first = self.mailed_password();
        let mut staff = self.browser();
        let login = [("login_id", "H139998"), ("password", first.as_str())];
        assert_eq!(staff.submit("/login", &login).await.location(), "/password");
        let elsewhere = staff.get("/schedule").await;
        assert_eq!(elsewhere.location(), "/password", "nothing before that");
        let own = "Tsukimi-no-yoru-2026";
        let change = [("current", first.as_str()), ("new", own), ("again", own)];
        assert_eq!(staff.submit("/password", &change).await.location(), "/");
        staff
    }

    pub(super) fn journal(&self) -> String {
        std::fs::read_to_string(self.simulator.shell().journal_path()).expect("a journal")
    }
}

pub(super) fn answered(month: &str) -> [(&str, &str); 6] {
    [
        ("insurer", CITY),
        ("contact_address", "kaigo@tsukimi.example"),
        ("vendor", "ひまわり情報"),
        ("mode", "api"),
        ("wished_month", month),
        ("union", ""),
    ]
}

pub(super) fn must_be_usable(path: &str, answer: &Answer) {
    let banner = ["適合（tekigo）の介護情報基盤ポータルシミュレータ"];
    must_be_usable_in(&banner, path, answer);
}
