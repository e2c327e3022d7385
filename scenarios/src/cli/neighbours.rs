//! The people of `tekigo serve --people`, those who want to see their data, and how to try it.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use tekigo_simulator::domain::InsurerNumber;
use tekigo_simulator::profile::Profile;
use tekigo_simulator::serve::{ClientCertificate, RawRequest, Simulator, SimulatorError};
use tekigo_simulator::viewer::{
    AskedOpinion, CardFact, Directory, InstitutionFact, MemberFact, OfficeFact, OfficeUser,
};
use tekigo_simulator::{Effect, Input};

use super::serve_command::ENVIRONMENT;

/// What the municipality has linked of its people.
const RECORDS: &str = include_str!("../../../fixtures/towns/neighbours.json");
/// 個人番号 of the people, as the records give them.
pub(super) const MY_NUMBERS: [&str; 2] = ["123456789018", "111111111118"];
/// How many they are.
const PEOPLE: usize = MY_NUMBERS.len();
/// Whoever logs in to a page does it with this.
const PASSWORD: &str = "Kaigo-no-asa-2026";
const HANA: &str = "0000000001";
const HAJIME: &str = "0000000002";
const HOSPITAL: &str = "1310000001";
const MEMBER: &str = "M01";

/// An office: number, name, kind of service, and its user with job.
const OFFICES: [(&str, &str, &str, &str); 3] = [
    (
        "1379990011",
        "あおば居宅介護支援事業所",
        "care_management",
        "care_manager",
    ),
    ("1379990029", "わかくさ訪問介護", "visiting", "staff"),
    (
        "1359990031",
        "介護老人保健施設つばき",
        "health_facility",
        "staff",
    ),
];

/// What keeps the people from living there.
#[derive(Debug, thiserror::Error)]
pub(super) enum NeighbourError {
    #[error(transparent)]
    Shell(#[from] tekigo_simulator::serve::ShellError),
    #[error("架空の人の記録を読めません: {0}")]
    Records(#[from] serde_json::Error),
    #[error("架空の人の記録（{kind}）を連携できません: {answer}")]
    Refused { kind: String, answer: String },
    #[error("架空の事業所などを登録できません: {0}")]
    Fact(String),
}

/// A record as the file has it.
#[derive(serde::Deserialize)]
struct Row {
    kind: String,
    record: Value,
}

/// The municipality whose people they are.
pub(super) struct Neighbours<'a> {
    pub(super) simulator: &'a Simulator,
    pub(super) insurer: &'a str,
}

impl Neighbours<'_> {
    /// Links everything but the completion, and introduces those who want to see it.
    pub(super) fn move_in(&self, key: &str) -> Result<(), NeighbourError> {
        for fact in self.facts() {
            self.note(fact)?;
        }
        let today = self.simulator.shell().now().date().to_string();
        self.link(key, "setupStart", json!({ "baselineDate": today }))?;
        let rows: Vec<Row> = serde_json::from_str(RECORDS)?;
        for row in rows {
            self.link(key, &row.kind, row.record)?;
        }
        Ok(())
    }

    /// Whether they have moved in.
    pub(super) fn are_there(&self) -> bool {
        let office = OFFICES[0].0.parse();
        office.is_ok_and(|number| {
            let shell = self.simulator.shell();
            shell.look(|world| world.doors().careweb().office(number).is_some())
        })
    }

    /// Files that the municipality sends later: name, kind and record.
    pub(super) fn later(&self) -> [(&'static str, &'static str, Value); 2] {
        let today = self.simulator.shell().now().date().to_string();
        [
            (
                "complete.json",
                "setupCompletion",
                json!({
                    "insurerNumber": self.insurer, "baselineDate": today,
                    "completionDate": today, "personCount": PEOPLE,
                }),
            ),
            (
                "withdraw.json",
                "consent",
                json!({
                    "insurerNumber": self.insurer, "insuredNumber": HANA,
                    "consentState": "3", "takenDate": today, "takenBy": "1",
                }),
            ),
        ]
    }

    fn profile(&self) -> Arc<Profile> {
        let shell = self.simulator.shell();
        shell.look(|world| Arc::clone(world.profile()))
    }

    /// Path and query to which a record of later is sent.
    pub(super) fn place(&self, kind: &str) -> Option<String> {
        let profile = self.profile();
        let layout = profile.layout(profile.kind(kind)?);
        let base = &profile.api().base_path.value;
        // What is sent later is sent after the completion.
        let segment = if kind.starts_with("setup") { "1" } else { "2" };
        Some(format!("{base}/{}?linkSegment={segment}", layout.path()?))
    }

    fn segment(&self, kind: &str) -> &'static str {
        if kind.starts_with("setup") || !self.is_complete() {
            "1"
        } else {
            "2"
        }
    }

    fn facts(&self) -> Vec<Directory> {
        let mask = self.simulator.shell().mask();
        let insurer = || self.insurer.to_owned();
        let mut facts: Vec<Directory> = OFFICES
            .iter()
            .map(|(number, name, service, job)| {
                Directory::Office(OfficeFact {
                    number: (*number).to_owned(),
                    name: (*name).to_owned(),
                    service: (*service).to_owned(),
                    certificate: certificate_of(number),
                    users: vec![OfficeUser {
                        id: (*job).to_owned(),
                        job: (*job).to_owned(),
                        password: mask.password_token(PASSWORD),
                    }],
                })
            })
            .collect();
        facts.extend(MY_NUMBERS.map(|number| {
            Directory::Card(CardFact {
                my_number: mask.my_number_token(number),
                expires: jiff::civil::date(2034, 5, 6),
                is_lost: false,
                is_insurance_card: true,
            })
        }));
        facts.push(Directory::Institution(InstitutionFact {
            code: HOSPITAL.to_owned(),
            name: "つきみ病院".to_owned(),
            certificate: certificate_of(HOSPITAL),
        }));
        facts.push(Directory::AskedOpinion(AskedOpinion {
            insurer: insurer(),
            insured: HAJIME.to_owned(),
            application: "A-2".to_owned(),
            institution: HOSPITAL.to_owned(),
        }));
        facts.push(Directory::Member(MemberFact {
            insurer: insurer(),
            number: MEMBER.to_owned(),
            password: mask.password_token(PASSWORD),
        }));
        facts
    }

    fn note(&self, fact: Directory) -> Result<(), NeighbourError> {
        let effects = self.simulator.shell().submit(&Input::Directory(fact))?;
        for dated in effects {
            if let Effect::Noted(noted) = dated.effect
                && !noted.done
            {
                return Err(NeighbourError::Fact(noted.reason.unwrap_or_default()));
            }
        }
        Ok(())
    }

    fn link(&self, key: &str, kind: &str, mut record: Value) -> Result<(), NeighbourError> {
        record["insurerNumber"] = json!(self.insurer);
        let refused = |answer: String| NeighbourError::Refused {
            kind: kind.to_owned(),
            answer,
        };
        let shell = self.simulator.shell();
        let profile = self.profile();
        let layout = profile.kind(kind).map(|kind| profile.layout(kind));
        let path = layout.and_then(|layout| layout.path());
        let path = path.ok_or_else(|| refused("連携仕様にない種別です".to_owned()))?;
        let certificate = self.simulator.client_certificate(self.insurer, ENVIRONMENT);
        let reply = shell.request(RawRequest {
            environment: ENVIRONMENT.to_owned(),
            method: "POST".to_owned(),
            path: format!("{}/{path}", profile.api().base_path.value),
            query: format!("linkSegment={}", self.segment(kind)),
            certificate: certificate.map(|certificate| certificate.name.clone()),
            authorization: Some(format!("Bearer {key}")),
            content_type: Some("application/json".to_owned()),
            body: Ok(json!([record]).to_string().into()),
        })?;
        if reply.status != 202 {
            return Err(refused(format!("{} {}", reply.status, reply.body)));
        }
        Ok(())
    }

    /// The certificate of あおば居宅介護支援事業所 for its care software.
    pub(super) fn software_certificate(&self) -> Result<ClientCertificate, SimulatorError> {
        let name = certificate_of(OFFICES[0].0);
        self.simulator.issue_office_certificate(&name)
    }

    /// Says where the interface for care software is, and how to log in.
    pub(super) fn tell_software(&self, dir: &Path) {
        let Some((host, address)) = self.simulator.care_software() else {
            return;
        };
        let (_, name, _, user) = OFFICES[0];
        let dir = dir.display();
        println!("\n介護ソフトのログイン（{name}。別の端末で。閲覧だけができます）:");
        println!(
            "  curl --cacert {dir}/ca.pem --cert {dir}/office.pem --key {dir}/office-key.pem \\"
        );
        println!("    --resolve {host}:{}:127.0.0.1 \\", address.port());
        println!("    --data '{{\"user\":\"{user}\",\"password\":\"{PASSWORD}\"}}' \\");
        println!("    https://{host}:{}/careweb/v1/tokens", address.port());
        println!(
            "  返ったaccessTokenを -H 'Authorization: Bearer …' に付けて: /careweb/v1/insured/{}/{HANA}/surveySheet",
            self.insurer
        );
    }

    /// Whether the municipality has reported its set-up complete.
    fn is_complete(&self) -> bool {
        let insurer: Option<InsurerNumber> = self.insurer.parse().ok();
        let shell = self.simulator.shell();
        insurer.is_some_and(|insurer| shell.look(|world| world.is_open(insurer)))
    }

    /// Says where the pages are, who can be played, and what to try.
    pub(super) fn tell(&self, commands: &[String]) {
        let address = |address: Option<std::net::SocketAddr>| {
            address.map_or_else(String::new, |address| format!("http://{address}/"))
        };
        let simulator = self.simulator;
        println!("\n見る側の画面（ブラウザーで開く。パスワードはどれも {PASSWORD}）:");
        println!("  介護WEBサービス: {}", address(simulator.careweb()));
        for (number, name, _, user) in OFFICES {
            let certificate = certificate_of(number);
            println!("    {name}: クライアント証明書の名義 {certificate}、ログインID {user}");
        }
        println!(
            "  マイナポータル: {}  カードを選ぶ（月見 花、星野 一）",
            address(simulator.mynaportal())
        );
        println!(
            "  医療機関: {}  医療機関コード {HOSPITAL}、証明書の名義 {}",
            address(simulator.medical()),
            certificate_of(HOSPITAL)
        );
        println!(
            "  認定審査会: {}  保険者番号 {}、ログインID（委員の番号） {MEMBER}",
            address(simulator.board()),
            self.insurer
        );
        println!("\n月見 花の被保険者証（この人だけ、まだ同意していません）:");
        println!(
            "  保険者番号 {}、被保険者番号 {HANA}、カナ氏名 ツキミ　ハナ、生年月日 1940-05-06、性別 女",
            self.insurer
        );
        self.tell_story(commands);
    }

    fn tell_story(&self, commands: &[String]) {
        println!("\n試し方:");
        let command = |at: usize| commands.get(at).map_or("", String::as_str);
        if !self.is_complete() {
            println!("  1. 月見 花としてマイナポータルを開く。いま見られるのは被保険者証だけ");
            println!(
                "  2. 市として、初期セットアップの完了を報告する（別の端末で）:\n{}",
                command(0)
            );
        }
        println!(
            "  3. あおば居宅介護支援事業所として、被保険者証から利用者を登録し、担当事業所になる"
        );
        println!("  4. 認定調査票を開く。同意がないので断られる");
        println!("  5. 包括同意を取得して、もう一度開く。見える。マイナポータルには出ない");
        println!(
            "  6. 市として、同意の撤回を連携する（別の端末で）:\n{}",
            command(1)
        );
        println!("  7. 認定調査票をもう一度開く。断られる");
    }
}

fn certificate_of(number: &str) -> String {
    format!("line-{number}")
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::options::{Command, Options};
    use crate::cli::serve_command::{ServeError, Standing, stand};

    async fn stand_with(dir: &std::path::Path, more: &[&str]) -> Result<Standing, ServeError> {
        let dir = dir.to_str().expect("a plain path");
        let line = ["tekigo", "serve", "--dir", dir];
        let options = Options::parse_from(line.iter().chain(more));
        let Command::Serve(options) = options.command else {
            panic!("serve");
        };
        stand(&options).await
    }

    #[tokio::test]
    async fn the_people_move_in_and_the_story_can_be_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let standing = stand_with(folder.path(), &["--people"])
            .await
            .expect("a world");
        let neighbours = standing.neighbours();
        assert!(neighbours.are_there());
        let rows: Vec<Row> = serde_json::from_str(RECORDS).expect("records");
        let held: usize = standing.simulator.shell().look(|world| {
            let of = |number: &str| {
                let key = tekigo_simulator::domain::InsuredKey {
                    insurer: standing.insurer.parse().expect("a number"),
                    number: number.parse().expect("a number"),
                };
                world.platform().holdings(key).expect("a person").records()
            };
            of(HANA) + of(HAJIME)
        });
        assert_eq!(held, rows.len(), "every record was taken");
        assert!(!neighbours.is_complete());
        let key = std::fs::read_to_string(folder.path().join("key.txt")).expect("a key");
        for (name, kind, record) in neighbours.later() {
            assert!(neighbours.place(kind).is_some(), "{name}");
            neighbours.link(&key, kind, record).expect(name);
        }
        assert!(neighbours.is_complete());
        drop(standing);
        let again = stand_with(folder.path(), &["--people"]).await;
        assert!(again.expect("the same world").neighbours().are_there());
    }

    #[tokio::test]
    async fn without_the_option_nobody_lives_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let standing = stand_with(folder.path(), &[]).await.expect("a world");
        assert!(!standing.neighbours().are_there());
        drop(standing);
        let late = stand_with(folder.path(), &["--people"]).await;
        assert!(matches!(late, Err(ServeError::NoPeople)));
        let other = folder.path().join("other");
        let by_file = stand_with(&other, &["--people", "--mode", "file"]).await;
        assert!(matches!(by_file, Err(ServeError::NoPeople)));
    }
}
