//! One town set up in this process, and what it took.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tekigo_simulator::domain::InsurerNumber;
use tekigo_simulator::kernel::{Durability, Moment};
use tekigo_simulator::profile::{
    CsvCodec, FileName, KindId, LinkSegment, Profile, Record, SetNumber,
};
use tekigo_simulator::serve::{InsurerSettings, RawRequest, Settings, Shell, Simulator};
use tekigo_simulator::{
    Effect, Input, InsurerShape, OperatorAction, OperatorAnswer, OperatorInput,
};

use super::load::Load;
use super::meter::{cpu_seconds, memory_bytes};
use crate::requirement::Mode;
use crate::town::{TownError, TownSettings};

const ENVIRONMENT: &str = "verification";
const FIRST_PASSWORD: &str = "Hatsukai-2026";
const OWN_PASSWORD: &str = "Sokutei-no-asa-2026";
/// Rows in a file: half of what the bundled profile takes.
const ROWS: usize = 50_000;

/// One town to set up.
#[derive(Debug, Clone, Copy)]
pub struct TrialSettings {
    /// Its people, lost ones included.
    pub people: u32,
    /// How its records travel.
    pub mode: Mode,
    /// The seed of town and world.
    pub seed: u64,
}

/// What a set-up took.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// The town's people.
    pub people: u32,
    /// Records sent.
    pub records: u64,
    /// Their bytes, as sent.
    pub bytes: u64,
    /// Requests, or sets of files.
    pub sendings: u64,
    /// CPU seconds of the simulated side; `None` where the operating system does not tell.
    pub cpu_seconds: Option<f64>,
    /// Bytes of memory that came on top; `None` where the operating system does not tell.
    pub memory_bytes: Option<u64>,
    /// Bytes of the journal.
    pub journal_bytes: u64,
}

/// Why a trial could not be made.
#[derive(Debug, thiserror::Error)]
pub enum TrialError {
    /// No such town.
    #[error(transparent)]
    Town(#[from] TownError),
    /// The simulated side did not start.
    #[error(transparent)]
    Simulator(#[from] tekigo_simulator::serve::SimulatorError),
    /// Its journal could not be written.
    #[error(transparent)]
    Shell(#[from] tekigo_simulator::serve::ShellError),
    /// A file could not be written or read.
    #[error("一時フォルダーを使えません: {0}")]
    Folder(#[from] std::io::Error),
    /// A record that the profile refuses, which would be a bug of ours.
    #[error("測定のための記録が、連携仕様プロファイルに合いません: {0}")]
    Record(String),
    /// PMH refused what was sent.
    #[error("PMHが受け付けませんでした: {0}")]
    Refused(String),
}

impl Trial {
    /// Sets a town up. Only what the simulated side does is counted.
    ///
    /// # Errors
    /// The town cannot be made, the simulated side does not start or refuses a record.
    pub async fn run(settings: TrialSettings) -> Result<Self, TrialError> {
        let profile = Profile::bundled();
        let load = Load::of(TownSettings::new(settings.people, settings.seed), &profile)?;
        let folder = tempfile::tempdir()?;
        let simulator = start(folder.path(), &load, &profile, settings.seed).await?;
        let municipality =
            Municipality::prepared(simulator.shell(), &profile, &load, settings.mode)?;
        municipality.set_up(settings.people, &load)
    }
}

async fn start(
    folder: &Path,
    load: &Load,
    profile: &Arc<Profile>,
    seed: u64,
) -> Result<Simulator, TrialError> {
    Ok(Simulator::start(Settings {
        profile: Arc::clone(profile),
        seed,
        start: Moment::default_start(),
        insurers: vec![InsurerSettings {
            number: load.insurer.clone(),
            name: "測定の町".to_owned(),
            first_password: FIRST_PASSWORD.to_owned(),
            shape: InsurerShape::default(),
        }],
        my_numbers: load.my_numbers.clone(),
        journal: folder.join("journal.jsonl"),
        durability: Durability::Process,
        port: 0,
        resume: false,
    })
    .await?)
}

/// The municipality's side: its staff, its system, its terminal.
struct Municipality<'a> {
    shell: &'a Shell,
    profile: &'a Profile,
    insurer: &'a str,
    /// The authentication key, in mode 1.
    key: Option<String>,
}

/// What is sent at once.
enum Sending {
    Request { kind: KindId, body: Vec<u8> },
    Set(Vec<(String, Vec<u8>)>),
}

impl Sending {
    fn bytes(&self) -> usize {
        match self {
            Self::Request { body, .. } => body.len(),
            Self::Set(files) => files.iter().map(|(_, bytes)| bytes.len()).sum(),
        }
    }
}

impl<'a> Municipality<'a> {
    /// Everything prepared up to the day of set-up.
    fn prepared(
        shell: &'a Shell,
        profile: &'a Profile,
        load: &'a Load,
        mode: Mode,
    ) -> Result<Self, TrialError> {
        let mut municipality = Self {
            shell,
            profile,
            insurer: &load.insurer,
            key: None,
        };
        let mask = shell.mask();
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
                processing_result: "kekka@sokutei.example".to_owned(),
                board_reading: "shinsakai@sokutei.example".to_owned(),
            },
            OperatorAction::ChooseMode {
                mode: mode.id().to_owned(),
            },
            OperatorAction::ReportEnvironmentReady,
            OperatorAction::ConfirmSchedule {
                setup_date: shell.now().date(),
            },
        ] {
            municipality.act(action)?;
        }
        if mode == Mode::Api {
            municipality.key = municipality.act(OperatorAction::IssueKey)?.key;
        }
        Ok(municipality)
    }

    fn set_up(&self, people: u32, load: &Load) -> Result<Trial, TrialError> {
        let mut trial = Trial {
            people,
            records: 0,
            bytes: 0,
            sendings: 0,
            cpu_seconds: cpu_seconds().map(|_| 0.0),
            memory_bytes: None,
            journal_bytes: 0,
        };
        let before = memory_bytes();
        let mut set = SetNumber::of_moment(self.shell.now());
        let kind = |id: &str| self.profile.kind(id);
        let start = json!({
            "insurerNumber": self.insurer,
            "baselineDate": self.shell.now().date().to_string(),
        });
        if let (Some(kind), Value::Object(start)) = (kind("setupStart"), start) {
            self.send(&self.sending(kind, &[start], set)?)?;
        }
        for (kind, records) in &load.kinds {
            let most = match self.key {
                Some(_) => self.profile.api().records_per_request_max.value,
                None => self.profile.file().rows_max.value.min(ROWS),
            };
            for records in records.chunks(most) {
                set = set.next();
                let sending = self.sending(*kind, records, set)?;
                trial.records += records.len() as u64;
                trial.bytes += sending.bytes() as u64;
                trial.sendings += 1;
                let start = cpu_seconds();
                self.send(&sending)?;
                if let (Some(sum), Some(start), Some(end)) =
                    (&mut trial.cpu_seconds, start, cpu_seconds())
                {
                    *sum += end - start;
                }
            }
        }
        self.check(load)?;
        trial.memory_bytes = before
            .zip(memory_bytes())
            .map(|(before, after)| after.saturating_sub(before));
        trial.journal_bytes = std::fs::metadata(self.shell.journal_path())?.len();
        Ok(trial)
    }

    /// Puts records into the form in which they travel.
    fn sending(
        &self,
        kind: KindId,
        records: &[Map<String, Value>],
        set: SetNumber,
    ) -> Result<Sending, TrialError> {
        let wrong = |reason: &dyn std::fmt::Display| TrialError::Record(reason.to_string());
        let body = serde_json::to_vec(records).map_err(|error| wrong(&error))?;
        if self.key.is_some() {
            return Ok(Sending::Request { kind, body });
        }
        let layout = self.profile.layout(kind);
        let records = records
            .iter()
            .map(|record| {
                let text = Value::Object(record.clone()).to_string();
                layout.read_json(&text).map_err(|errors| {
                    TrialError::Record(errors.first().map_or_else(String::new, ToString::to_string))
                })
            })
            .collect::<Result<Vec<Record>, _>>()?;
        let control = self.profile.kind("setControl").unwrap_or(kind);
        let insurer = InsurerNumber::parse(self.insurer).map_err(|error| wrong(&error))?;
        let name = |sequence, kind| {
            FileName {
                set,
                sequence,
                insurer,
                kind,
                segment: LinkSegment::Initial,
            }
            .build(self.profile)
        };
        let codec = CsvCodec::new(self.profile);
        let (file, count) = (name(1, kind), records.len().to_string());
        let listed = self
            .profile
            .layout(control)
            .record([("fileName", file.as_str()), ("recordCount", &count)])
            .map_err(|errors| {
                TrialError::Record(errors.first().map_or_else(String::new, ToString::to_string))
            })?;
        let written =
            |kind, records: &[Record]| codec.write(kind, records).map_err(|error| wrong(&error));
        Ok(Sending::Set(vec![
            (name(0, control), written(control, &[listed])?),
            (file, written(kind, &records)?),
        ]))
    }

    fn send(&self, sending: &Sending) -> Result<(), TrialError> {
        let (kind, body) = match sending {
            Sending::Request { kind, body } => (*kind, body),
            Sending::Set(files) => {
                let files = files
                    .iter()
                    .map(|(name, bytes)| self.shell.uploaded_file(name, bytes));
                self.act(OperatorAction::Upload {
                    files: files.collect(),
                })?;
                return Ok(());
            }
        };
        let path = self.profile.layout(kind).path().unwrap_or_default();
        let api = self.profile.api();
        let reply = self.shell.request(RawRequest {
            environment: ENVIRONMENT.to_owned(),
            method: "POST".to_owned(),
            path: format!("{}/{path}", api.base_path.value),
            query: format!("linkSegment={}", api.link_segment_initial.value),
            certificate: Some(format!("{}-{ENVIRONMENT}-01", self.insurer)),
            authorization: self.key.as_ref().map(|key| format!("Bearer {key}")),
            content_type: Some("application/json".to_owned()),
            body: Ok(body.clone().into()),
        })?;
        match reply.status {
            202 => Ok(()),
            _ => Err(TrialError::Refused(reply.body.to_string())),
        }
    }

    fn act(&self, action: OperatorAction) -> Result<OperatorAnswer, TrialError> {
        let effects = self.shell.submit(&Input::Operator(OperatorInput {
            insurer: self.insurer.to_owned(),
            environment: ENVIRONMENT.to_owned(),
            action,
        }))?;
        match effects.into_iter().next().map(|dated| dated.effect) {
            Some(Effect::OperatorAnswer(answer)) if answer.done => Ok(answer),
            Some(Effect::OperatorAnswer(answer)) => {
                let problem = answer
                    .problems
                    .first()
                    .map(|problem| problem.message.clone());
                let reason = answer.reason.or(problem).unwrap_or_default();
                Err(TrialError::Refused(reason))
            }
            _ => Err(TrialError::Refused("答えがありません".to_owned())),
        }
    }

    /// A set-up that was fast because nothing was stored would be worth nothing.
    fn check(&self, load: &Load) -> Result<(), TrialError> {
        let sent = load.kinds.iter().find_map(|(kind, records)| {
            (self.profile.layout(*kind).id() == "person").then_some(records.len())
        });
        let held = self.shell.look(|world| world.platform().people());
        if sent == Some(held) {
            return Ok(());
        }
        Err(TrialError::Refused(format!(
            "{}人を送り、{held}人が登録されました（記録 {} 件）",
            sent.unwrap_or_default(),
            load.records()
        )))
    }
}
