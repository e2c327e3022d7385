//! 準備: what a municipality does before it may link, in PMH's pages and in its own system.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use tekigo_simulator::{Effect, Input, OperatorAction, OperatorAnswer, OperatorInput};

use super::failure::{Performed, StepFailure};
use super::live::Live;
use super::register;
use crate::control::Operation;

/// The environment that scenarios work in.
pub(super) const ENVIRONMENT: &str = "verification";
/// The other one.
pub(super) const PRODUCTION: &str = "production";
pub(super) const NEW_PASSWORD: &str = "Tsukimi-no-yoru-2026";
pub(super) const PROCESSING_RESULT: &str = "kekka@tsukimi.example";
pub(super) const BOARD_READING: &str = "shinsakai@tsukimi.example";

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
    /// 方式① was used before: its connection is still in the product's settings.
    pub(super) keeps_connection: bool,
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
        if !self.has_account() {
            // Its product is set all the same: nothing but the product keeps it from connecting.
            self.prepared.key = (!self.links_by_files()).then(|| self.never_issued_key());
            return self.configure_all().await;
        }
        self.settle_outside_pages(except)?;
        if except != Some(Preparation::FirstLogIn) {
            self.log_in_first().await?;
            self.register_addresses().await?;
            if except != Some(Preparation::Key) {
                self.issue_key().await?;
            }
            if except == Some(Preparation::Addresses) {
                // A key is not issued without addresses: they are taken back afterwards.
                self.act_done(OperatorAction::ClearAddresses)?;
            }
        }
        self.configure_all().await
    }

    /// Whether PMH has an account for the insurer.
    pub(super) fn has_account(&self) -> bool {
        register::connects(&self.ledger.insurer.number)
    }

    /// 「…」が連携の準備を終える: another insurer of the same world starts with a product that is empty.
    ///
    /// # Errors
    /// The town is unknown, PMH's pages or the vendor refuse.
    pub async fn prepare_another(&mut self, town: &str) -> Performed {
        let size = u32::try_from(self.ledger.people.len()).map_err(StepFailure::harness)?;
        let opened_on = self.opened_on().unwrap_or_else(|| self.today());
        self.leave_desk().await?;
        self.loaded = self.context.town(town, size, opened_on)?;
        self.ledger = Arc::clone(&self.loaded);
        self.prepared = Prepared::default();
        self.confirmed = None;
        self.baseline = None;
        self.last_link = None;
        self.ask_done(Operation::Reset, json!({})).await?;
        self.tell_time().await?;
        self.prepare(None).await?;
        self.load_ledger().await
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
                self.close_browser().await?;
                self.log_in_first().await?;
                self.register_addresses().await?;
                self.issue_key().await?;
            }
            Preparation::Addresses => {
                self.prepared.left_out.remove(&Preparation::Addresses);
                self.register_addresses().await?;
            }
            Preparation::Key => {
                self.prepared.left_out.remove(&Preparation::Key);
                self.issue_key().await?;
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

    /// 方式② has no key.
    async fn issue_key(&mut self) -> Performed {
        if !self.links_by_files() {
            self.prepared.key = Some(self.new_key().await?);
        }
        Ok(())
    }

    /// A new key from PMH's page, good for the run's insurer and environment.
    pub(super) async fn new_key(&mut self) -> Performed<String> {
        let number = self.ledger.insurer.number.clone();
        self.new_key_of(&number, ENVIRONMENT).await
    }

    /// What is settled with PMH outside its pages, with the answer.
    pub(super) fn act(&self, action: OperatorAction) -> Performed<OperatorAnswer> {
        let effects = self.submit(&Input::Operator(OperatorInput {
            insurer: self.ledger.insurer.number.clone(),
            environment: ENVIRONMENT.to_owned(),
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
            .ok_or_else(|| StepFailure::harness("PMHが答えませんでした"))
    }

    fn act_done(&self, action: OperatorAction) -> Performed {
        let answer = self.act(action)?;
        if answer.done {
            return Ok(());
        }
        Err(StepFailure::harness(format!(
            "PMHに断られました: {}",
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
        let is_ready = has(Preparation::Environment);
        let by_files = self.links_by_files();
        let has_connection = !by_files || self.prepared.keeps_connection;
        let connects = is_ready && has_connection;
        Ok(json!({
            "insurer": self.insurer_in_settings(),
            "mode": has(Preparation::Mode).then(|| self.context.mode.id()),
            // In 方式② the environment is all there is of its settings.
            "environment": (is_ready || !by_files).then_some(ENVIRONMENT),
            "hosts": if connects { self.host_table()? } else { Value::Null },
            "base_path": has_connection.then(|| &self.context.profile.api().base_path.value),
            "certificate": if connects {
                self.certificate(&insurer.number, ENVIRONMENT)?
            } else {
                Value::Null
            },
            "key": self.key_in_settings(),
            "notification": if has(Preparation::Addresses) {
                json!({ "processing_result": PROCESSING_RESULT, "board_reading": BOARD_READING })
            } else {
                Value::Null
            },
            "setup": {
                "confirmed_date": self.confirmed_date(),
                "service_start_date": self.counter.start_asked_for,
            },
            "limits": {
                "records_per_request": self.context.profile.api().records_per_request_max.value,
            },
        }))
    }

    /// Where there are unions, the product is told whether its insurer connects at all.
    fn insurer_in_settings(&self) -> Value {
        let insurer = &self.ledger.insurer;
        let mut settings = json!({ "number": insurer.number, "name": insurer.name });
        if !self.is_in_standard_town() {
            settings["connects"] = json!(self.has_account());
        }
        settings
    }

    /// The issued key; in 方式② whatever is left of the time before, if anything is.
    fn key_in_settings(&self) -> Option<String> {
        let is_left = self.links_by_files() && self.prepared.keeps_connection;
        let left = is_left.then(|| self.never_issued_key());
        self.prepared.key.clone().or(left)
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
