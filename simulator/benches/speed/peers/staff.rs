//! What the municipality's staff and their system do, without a line in between.

use std::str::FromStr;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use tekigo_simulator::profile::Profile;
use tekigo_simulator::serve::{RawRequest, Shell};
use tekigo_simulator::{Effect, Input, OperatorAction, OperatorAnswer, OperatorInput};

use crate::Outcome;
use crate::people::INSURER;

pub(super) const ENVIRONMENT: &str = "verification";
pub(super) const FIRST: &str = "Hatsukai-2026";
const OWN: &str = "Tsukimi-2026-11";

/// Which way records travel (方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Mode {
    /// 方式①: API連携・バッチ処理.
    Api,
    /// 方式②: ファイル連携.
    File,
}

impl Mode {
    /// PMH's word for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::File => "file",
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Api => "mode 1",
            Self::File => "mode 2",
        }
    }

    /// Records in a request, as many as the bundled profile takes; rows in a file, half as many.
    pub(crate) fn together(self) -> u32 {
        match self {
            Self::Api => 1000,
            Self::File => 50_000,
        }
    }
}

impl FromStr for Mode {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = [Self::Api, Self::File]
            .into_iter()
            .find(|mode| mode.word() == word);
        found.ok_or_else(|| format!("no mode is called {word:?}"))
    }
}

/// The staff of one municipality, and its system.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Staff<'s> {
    shell: &'s Shell,
}

impl<'s> Staff<'s> {
    pub(crate) fn new(shell: &'s Shell) -> Self {
        Self { shell }
    }

    /// Prepares everything up to the day of set-up; the key, in mode 1.
    pub(crate) fn prepare(&self, mode: Mode) -> Outcome<Option<String>> {
        let mask = self.shell.mask();
        for action in [
            OperatorAction::LogIn {
                password: mask.password_token(FIRST),
            },
            OperatorAction::ChangePassword {
                current: mask.password_token(FIRST),
                password: mask.password_token(OWN),
                length: OWN.chars().count(),
            },
            OperatorAction::RegisterAddresses {
                processing_result: "kekka@tsukimi.example".to_owned(),
                board_reading: "shinsakai@tsukimi.example".to_owned(),
            },
            OperatorAction::ChooseMode {
                mode: mode.word().to_owned(),
            },
            OperatorAction::ReportEnvironmentReady,
            OperatorAction::ConfirmSchedule {
                setup_date: self.shell.now().date(),
            },
        ] {
            self.act(action)?;
        }
        match mode {
            Mode::Api => Ok(self.act(OperatorAction::IssueKey)?.key),
            Mode::File => Ok(None),
        }
    }

    /// Starts the set-up in mode 1.
    pub(crate) fn start_by_request(&self, key: &str) -> Outcome<()> {
        let start = format!(r#"[{{"insurerNumber":"{INSURER}","baselineDate":"2026-11-02"}}]"#);
        self.register(key, "setupStart", start.into())
    }

    /// Sends a request of mode 1, as it comes in from the line.
    pub(crate) fn register(&self, key: &str, kind: &str, body: Bytes) -> Outcome<()> {
        let base = &Profile::bundled().api().base_path.value.clone();
        let reply = self.shell.request(RawRequest {
            environment: ENVIRONMENT.to_owned(),
            method: "POST".to_owned(),
            path: format!("{base}/{kind}RegistrationTasks"),
            query: "linkSegment=1".to_owned(),
            certificate: Some(format!("{INSURER}-{ENVIRONMENT}-01")),
            authorization: Some(format!("Bearer {key}")),
            content_type: Some("application/json".to_owned()),
            body: Ok(body),
        })?;
        match reply.status {
            202 => Ok(()),
            _ => Err(format!("not taken over: {}", reply.body).into()),
        }
    }

    /// Sends a set of mode 2, as it comes in from a browser.
    pub(crate) fn upload(&self, files: &[(String, Vec<u8>)]) -> Outcome<()> {
        let files = files.iter();
        let files = files.map(|(name, bytes)| self.shell.uploaded_file(name, bytes));
        self.act(OperatorAction::Upload {
            files: files.collect(),
        })?;
        Ok(())
    }

    fn act(&self, action: OperatorAction) -> Outcome<OperatorAnswer> {
        let effects = self.shell.submit(&Input::Operator(OperatorInput {
            insurer: INSURER.to_owned(),
            environment: ENVIRONMENT.to_owned(),
            action,
        }))?;
        match effects.into_iter().next().map(|dated| dated.effect) {
            Some(Effect::OperatorAnswer(answer)) if answer.done => Ok(answer),
            other => Err(format!("PMH's pages refuse: {other:?}").into()),
        }
    }
}
