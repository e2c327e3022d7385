//! 準備: what a municipality does before it may link, in PMH's pages and in its own system.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tekigo_simulator::{Effect, Input, OperatorAction, OperatorAnswer, OperatorInput};

use super::failure::{Performed, StepFailure};
use super::live::{FIRST_PASSWORD, Live};
use crate::control::Operation;

/// The environment that scenarios work in.
pub(super) const ENVIRONMENT: &str = "verification";
/// The other one.
pub(super) const PRODUCTION: &str = "production";
const NEW_PASSWORD: &str = "Tsukimi-no-yoru-2026";
const PROCESSING_RESULT: &str = "kekka@tsukimi.example";
const BOARD_READING: &str = "shinsakai@tsukimi.example";

/// A preparation that can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Preparation {
    /// 連携方式の決定.
    Mode,
    /// 環境設定.
    Environment,
    /// 初回ログイン, with what can only follow it.
    FirstLogIn,
    /// 通知先の登録.
    Addresses,
    /// 認証キーの設定.
    Key,
}

impl Preparation {
    /// The preparation of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "連携方式の決定" => Self::Mode,
            "環境設定" => Self::Environment,
            "初回ログイン" => Self::FirstLogIn,
            "通知先の登録" => Self::Addresses,
            "認証キーの設定" => Self::Key,
            _ => return None,
        })
    }
}

/// What has been prepared, and the secrets that came of it.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    pub(super) left_out: BTreeSet<Preparation>,
    pub(super) key: Option<String>,
    pub(super) accounts: BTreeSet<(String, String)>,
}

impl Live {
    /// Prepares everything but one thing, on both sides.
    pub(super) async fn prepare(&mut self, except: Option<Preparation>) -> Performed {
        self.prepared.left_out = except.into_iter().collect();
        if except == Some(Preparation::FirstLogIn) {
            self.prepared
                .left_out
                .extend([Preparation::Addresses, Preparation::Key]);
        }
        self.settle_outside_pages(except)?;
        if except != Some(Preparation::FirstLogIn) {
            self.first_log_in()?;
        }
        if except == Some(Preparation::Addresses) {
            // The key is had first and the addresses are taken back by never being registered.
            self.issue_key_without_addresses()?;
        } else if except != Some(Preparation::FirstLogIn) {
            self.register_addresses()?;
            if except != Some(Preparation::Key) {
                self.issue_key()?;
            }
        }
        self.configure_all().await
    }

    /// Does what was left out.
    ///
    /// # Errors
    /// PMH's pages or the vendor refuse.
    pub async fn make_good(&mut self, preparation: Preparation) -> Performed {
        match preparation {
            Preparation::Mode => {
                self.prepared.left_out.remove(&Preparation::Mode);
                self.choose_mode()?;
            }
            Preparation::Environment => {
                self.prepared.left_out.remove(&Preparation::Environment);
                self.act_done(OperatorAction::ReportEnvironmentReady)?;
            }
            Preparation::FirstLogIn => {
                self.prepared.left_out.clear();
                self.first_log_in()?;
                self.register_addresses()?;
                self.issue_key()?;
            }
            Preparation::Addresses => {
                self.prepared.left_out.remove(&Preparation::Addresses);
                self.register_addresses()?;
            }
            Preparation::Key => {
                self.prepared.left_out.remove(&Preparation::Key);
                self.issue_key()?;
            }
        }
        self.configure_all().await
    }

    fn settle_outside_pages(&mut self, except: Option<Preparation>) -> Performed {
        if except != Some(Preparation::Mode) {
            self.choose_mode()?;
        }
        if except != Some(Preparation::Environment) {
            self.act_done(OperatorAction::ReportEnvironmentReady)?;
        }
        let setup_date = self.now().date();
        self.act_done(OperatorAction::ConfirmSchedule { setup_date })
    }

    fn choose_mode(&self) -> Performed {
        let mode = self.context.mode.id().to_owned();
        self.act_done(OperatorAction::ChooseMode { mode })
    }

    fn first_log_in(&self) -> Performed {
        let mask = self.simulator()?.shell().mask();
        self.act_done(OperatorAction::LogIn {
            password: mask.password_token(FIRST_PASSWORD),
        })?;
        self.act_done(OperatorAction::ChangePassword {
            current: mask.password_token(FIRST_PASSWORD),
            password: mask.password_token(NEW_PASSWORD),
            length: NEW_PASSWORD.chars().count(),
        })
    }

    fn register_addresses(&self) -> Performed {
        self.act_done(OperatorAction::RegisterAddresses {
            processing_result: PROCESSING_RESULT.to_owned(),
            board_reading: BOARD_READING.to_owned(),
        })
    }

    fn issue_key(&mut self) -> Performed {
        self.prepared.key = Some(self.new_key()?);
        Ok(())
    }

    fn issue_key_without_addresses(&mut self) -> Performed {
        self.register_addresses()?;
        self.issue_key()?;
        self.act_done(OperatorAction::ClearAddresses)
    }

    /// A new key from PMH's page, good for the run's insurer and environment.
    pub(super) fn new_key(&self) -> Performed<String> {
        let number = self.ledger.insurer.number.clone();
        self.new_key_of(&number, ENVIRONMENT)
    }

    pub(super) fn new_key_of(&self, insurer: &str, environment: &str) -> Performed<String> {
        let answer = self.act_as(insurer, environment, OperatorAction::IssueKey)?;
        answer.key.ok_or_else(|| {
            StepFailure::harness(format!(
                "PMHが認証キーを発行しませんでした: {}",
                answer.reason.unwrap_or_default()
            ))
        })
    }

    /// Brings another account of PMH to where it can have a key issued.
    pub(super) fn open_other_account(&mut self, insurer: &str, environment: &str) -> Performed {
        let account = (insurer.to_owned(), environment.to_owned());
        if !self.prepared.accounts.insert(account) {
            return Ok(());
        }
        let mask = self.simulator()?.shell().mask();
        let actions = [
            OperatorAction::LogIn {
                password: mask.password_token(FIRST_PASSWORD),
            },
            OperatorAction::ChangePassword {
                current: mask.password_token(FIRST_PASSWORD),
                password: mask.password_token(NEW_PASSWORD),
                length: NEW_PASSWORD.chars().count(),
            },
            OperatorAction::RegisterAddresses {
                processing_result: PROCESSING_RESULT.to_owned(),
                board_reading: BOARD_READING.to_owned(),
            },
        ];
        for action in actions {
            self.act_as(insurer, environment, action)?;
        }
        Ok(())
    }

    /// An action in PMH's pages, with their answer.
    pub(super) fn act(&self, action: OperatorAction) -> Performed<OperatorAnswer> {
        let number = self.ledger.insurer.number.clone();
        self.act_as(&number, ENVIRONMENT, action)
    }

    fn act_as(
        &self,
        insurer: &str,
        environment: &str,
        action: OperatorAction,
    ) -> Performed<OperatorAnswer> {
        let effects = self.submit(&Input::Operator(OperatorInput {
            insurer: insurer.to_owned(),
            environment: environment.to_owned(),
            action,
        }))?;
        effects
            .into_iter()
            .find_map(|dated| {
                let Effect::OperatorAnswer(answer) = dated.effect else {
                    return None;
                };
                Some(answer)
            })
            .ok_or_else(|| StepFailure::harness("PMHの画面が答えませんでした"))
    }

    fn act_done(&self, action: OperatorAction) -> Performed {
        let answer = self.act(action)?;
        if answer.done {
            return Ok(());
        }
        Err(StepFailure::harness(format!(
            "PMHの画面の操作が断られました: {}",
            answer.reason.unwrap_or_default()
        )))
    }

    /// Tells the vendor all its settings, as far as they exist.
    pub(super) async fn configure_all(&mut self) -> Performed {
        let settings = self.settings()?;
        self.ask_done(Operation::Configure, settings).await?;
        Ok(())
    }

    fn settings(&self) -> Performed<Value> {
        let has = |preparation| !self.prepared.left_out.contains(&preparation);
        let insurer = &self.ledger.insurer;
        Ok(json!({
            "insurer": { "number": insurer.number, "name": insurer.name },
            "mode": has(Preparation::Mode).then(|| self.context.mode.id()),
            "environment": ENVIRONMENT,
            "hosts": if has(Preparation::Environment) { self.host_table()? } else { Value::Null },
            "base_path": self.context.profile.api().base_path.value,
            "certificate": if has(Preparation::Environment) {
                self.certificate(&insurer.number, ENVIRONMENT)?
            } else {
                Value::Null
            },
            "key": self.prepared.key,
            "notification": if has(Preparation::Addresses) {
                json!({ "processing_result": PROCESSING_RESULT, "board_reading": BOARD_READING })
            } else {
                Value::Null
            },
            "setup": {
                "confirmed_date": self.confirmed_date(),
                "service_start_date": null,
            },
            "limits": {
                "records_per_request": self.context.profile.api().records_per_request_max.value,
            },
        }))
    }

    fn host_table(&self) -> Performed<Value> {
        let hosts = self.simulator()?.hosts();
        Ok(hosts
            .iter()
            .map(|host| {
                json!({
                    "role": host.role,
                    "environment": host.environment,
                    "host": host.host,
                    "port": host.port,
                    "address": host.address.to_string(),
                })
            })
            .collect())
    }

    /// An issued client certificate as `configure` takes it.
    pub(super) fn certificate(&self, insurer: &str, environment: &str) -> Performed<Value> {
        let simulator = self.simulator()?;
        let certificate = simulator
            .client_certificate(insurer, environment)
            .ok_or_else(|| StepFailure::harness("証明書が発行されていません"))?;
        Ok(json!({
            "chain_pem": certificate.chain_pem,
            "key_pem": certificate.key_pem,
            "trusted_ca_pem": simulator.authority_pem(),
        }))
    }
}
