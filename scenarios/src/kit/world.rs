//! The simulated world that answers the samples.

use serde_json::{Map, Value, json};
use tekigo_simulator::kernel::{Durability, Moment};
use tekigo_simulator::profile::{KindId, Profile};
use tekigo_simulator::serve::{InsurerSettings, Settings, Shell, Simulator};
use tekigo_simulator::{
    Arrival, Effect, Input, InsurerShape, OperatorAction, OperatorAnswer, OperatorInput,
};

use super::books::Books;
use super::error::KitError;
use super::folder::KitSettings;
use crate::requirement::Mode;

/// The environment that the samples are sent to.
pub(super) const ENVIRONMENT: &str = "verification";
const FIRST_PASSWORD: &str = "Hatsukai-2026";
const OWN_PASSWORD: &str = "Mihon-no-asa-2026";

/// A world in which the municipality of the books has everything ready for its set-up.
pub(super) struct SampleWorld {
    /// The simulated side.
    pub(super) simulator: Simulator,
    /// The authentication key, in mode 1.
    pub(super) key: Option<String>,
    insurer: String,
    _folder: tempfile::TempDir,
}

impl SampleWorld {
    /// Opens the world and prepares everything up to the day of set-up.
    pub(super) async fn open(
        settings: &KitSettings,
        books: &Books,
        mode: Mode,
    ) -> Result<Self, KitError> {
        let folder = tempfile::tempdir().map_err(|cause| KitError::Folder {
            path: std::env::temp_dir(),
            cause,
        })?;
        let people = books.ledger.people.iter();
        let insurer = books.ledger.insurer.number.clone();
        let simulator = Simulator::start(Settings {
            profile: settings.profile.clone(),
            seed: settings.seed,
            start: Moment::default_start(),
            insurers: vec![InsurerSettings {
                number: insurer.clone(),
                name: books.ledger.insurer.name.clone(),
                first_password: FIRST_PASSWORD.to_owned(),
                shape: InsurerShape::default(),
            }],
            my_numbers: people
                .filter_map(|person| person.my_number.parse().ok())
                .collect(),
            journal: folder.path().join("journal.jsonl"),
            durability: Durability::Process,
            port: 0,
            resume: false,
        })
        .await?;
        let mut world = Self {
            simulator,
            key: None,
            insurer,
            _folder: folder,
        };
        world.prepare(mode)?;
        Ok(world)
    }

    fn prepare(&mut self, mode: Mode) -> Result<(), KitError> {
        let mask = self.shell().mask();
        let setup_date = self.shell().now().date();
        for action in [
            OperatorAction::LogIn {
                password: mask.password_token(FIRST_PASSWORD),
            },
            OperatorAction::ChangePassword {
                current: mask.password_token(FIRST_PASSWORD),
                password: mask.password_token(OWN_PASSWORD),
                length: OWN_PASSWORD.chars().count(),
            },
            OperatorAction::RegisterAddresses {
                processing_result: "kekka@mihon.example".to_owned(),
                board_reading: "shinsakai@mihon.example".to_owned(),
            },
            OperatorAction::ChooseMode {
                mode: mode.id().to_owned(),
            },
            OperatorAction::ReportEnvironmentReady,
            OperatorAction::ConfirmSchedule { setup_date },
        ] {
            self.done(action)?;
        }
        if mode == Mode::Api {
            self.key = self.done(OperatorAction::IssueKey)?.key;
        }
        Ok(())
    }

    /// The way into the world.
    pub(super) fn shell(&self) -> &Shell {
        self.simulator.shell()
    }

    /// 保険者番号 of the municipality.
    pub(super) fn insurer(&self) -> &str {
        &self.insurer
    }

    /// What PMH's page answers.
    pub(super) fn act(&self, action: OperatorAction) -> Result<OperatorAnswer, KitError> {
        let effects = self.shell().submit(&Input::Operator(OperatorInput {
            insurer: self.insurer.clone(),
            environment: ENVIRONMENT.to_owned(),
            action,
        }))?;
        let answer = effects.into_iter().find_map(|dated| {
            if let Effect::OperatorAnswer(answer) = dated.effect {
                return Some(answer);
            }
            None
        });
        answer.ok_or_else(|| KitError::Own("PMHの画面が答えません".to_owned()))
    }

    /// As [`SampleWorld::act`], for what must not be refused.
    fn done(&self, action: OperatorAction) -> Result<OperatorAnswer, KitError> {
        let answer = self.act(action)?;
        match answer.done {
            true => Ok(answer),
            false => Err(KitError::Own(answer.reason.unwrap_or_default())),
        }
    }

    /// Lets something wait for the municipality: one record of every kind that can.
    pub(super) fn let_arrive(&self, profile: &Profile, books: &Books) -> Result<(), KitError> {
        for (kind, record) in arrivals(profile, books) {
            let text = Value::Object(record).to_string();
            let record = serde_json::value::RawValue::from_string(text)?;
            self.shell().submit(&Input::Arrival(Arrival {
                insurer: self.insurer.clone(),
                kind: profile.layout(kind).id().to_owned(),
                record,
            }))?;
        }
        Ok(())
    }
}

/// One invented record of every kind that municipalities fetch; only those that the profile's layout accepts.
fn arrivals(profile: &Profile, books: &Books) -> Vec<(KindId, Map<String, Value>)> {
    let insurer = &books.ledger.insurer.number;
    let people = || {
        books
            .ledger
            .people
            .iter()
            .filter(|person| person.lost.is_none())
    };
    let office = people()
        .flat_map(|person| &person.cards)
        .find_map(|card| card.plan_office.as_ref());
    let opinion = people()
        .flat_map(|person| &person.applications)
        .find_map(|application| application.opinion.as_ref());
    let applicant = people().find_map(|person| Some((person, person.applications.last()?)));
    let (Some(office), Some(opinion), Some((person, application))) = (office, opinion, applicant)
    else {
        return Vec::new();
    };
    let number = &person.insured_number;
    let records = [
        (
            "planRequest",
            json!({
                "insurerNumber": insurer, "insuredNumber": number, "requestNumber": "TD-0001",
                "requestType": "1", "submittedDate": "2026-11-02", "officeNumber": office.number,
                "officeName": office.name, "startDate": "2026-11-03", "isAssented": true,
            }),
        ),
        (
            "physicianOpinion",
            json!({
                "insurerNumber": insurer, "insuredNumber": number,
                "applicationNumber": application.application_number, "isDeleted": false,
                "writtenDate": "2026-11-02", "institutionCode": opinion.institution_code,
                "institutionName": opinion.institution_name, "physicianName": opinion.physician_name,
                "diagnosis": opinion.diagnosis,
            }),
        ),
        (
            "consent",
            json!({
                "insurerNumber": insurer, "insuredNumber": number, "consentState": "1",
                "takenDate": "2026-11-02", "takenBy": "2", "officeNumber": office.number,
            }),
        ),
        (
            "boardReadingStatus",
            json!({
                "insurerNumber": insurer, "insuredNumber": number, "meetingNumber": "S2026-11-1",
                "memberNumber": "I01", "readDate": "2026-11-02",
            }),
        ),
    ];
    records
        .into_iter()
        .filter_map(|(kind, record)| {
            let kind = profile.kind(kind)?;
            let fits = profile.layout(kind).read_json(&record.to_string()).is_ok();
            let record = record.as_object().filter(|_| fits)?;
            Some((kind, record.clone()))
        })
        .collect()
}
