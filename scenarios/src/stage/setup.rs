//! 初期セットアップと連携: starting, waiting, going on.

use std::time::Duration;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::failure::{Performed, StepFailure};
use super::live::Live;
use crate::control::{Answer, AnswerResult, Operation};
use crate::verdict::FailureFamily;

/// How long a vendor may take to the request that PMH holds, in real time.
pub(super) const HELD_WITHIN: Duration = Duration::from_secs(10);
/// How long a vendor that said "started" may still show "not started", in real time.
const START_GRACE: Duration = Duration::from_millis(500);

/// How often staff press on before they give up: more than a day of it.
const PRESSES_MAX: usize = 200;

/// What staff see of the set-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupView {
    /// The state's word; empty if the vendor shows none.
    pub state: String,
    /// How many of its records PMH has accepted.
    pub accepted: u64,
    /// 初期セットアップ完了日.
    pub completed_on: Option<Date>,
    /// 利用開始日.
    pub starts_on: Option<Date>,
    /// Whether the product has anywhere to show it.
    pub shows_start: bool,
    /// What is wrong.
    pub reason: Option<String>,
}

impl SetupView {
    fn of(answer: &Answer) -> Self {
        let text = |member: &str| answer.data().get(member).and_then(Value::as_str);
        Self {
            state: text("state").unwrap_or_default().to_owned(),
            accepted: answer
                .data()
                .get("accepted")
                .and_then(Value::as_u64)
                .unwrap_or_default(),
            completed_on: text("completed_on").and_then(|date| date.parse().ok()),
            starts_on: text("service_start_on").and_then(|date| date.parse().ok()),
            shows_start: answer.data().get("service_start_on").is_some(),
            reason: text("reason")
                .filter(|reason| !reason.is_empty())
                .map(str::to_owned),
        }
    }
}

impl Live {
    /// Starts the initial set-up with a reference date, today's without one, and waits until it
    /// rests.
    ///
    /// # Errors
    /// The vendor does not answer, or has no such operation.
    pub async fn start_setup(&mut self, baseline: Option<Date>) -> Performed {
        let watch = self.begin_to_measure()?;
        self.begin_setup(baseline).await?;
        self.measure_set_up(&watch)
    }

    async fn begin_setup(&mut self, baseline: Option<Date>) -> Performed {
        let baseline = baseline.unwrap_or_else(|| self.today());
        self.baseline = Some(baseline);
        let input = json!({ "baseline_date": baseline });
        self.link_operations += 1;
        if self.links_by_files() {
            return self
                .prepare_and_exchange(Operation::StartSetup, input)
                .await;
        }
        let answer = self.ask_to_begin(Operation::StartSetup, input).await?;
        supported(Operation::StartSetup, &answer)?;
        self.last_link = Some(answer);
        if self.is_product_doomed() {
            self.kill_while_held().await?;
            if !self.lease.is_running() {
                return Ok(());
            }
        }
        self.settle().await.map(|_| ())
    }

    /// Goes on with the set-up from wherever it stands.
    ///
    /// # Errors
    /// The vendor does not answer, or has no such operation.
    pub async fn resume_setup(&mut self) -> Performed {
        // A product that was started again may be going on by itself.
        let view = if self.is_product_killed && !self.links_by_files() {
            self.settle().await?
        } else {
            self.view_setup().await?
        };
        match view.state.as_str() {
            "completed" => Ok(()),
            "not_started" | "" => {
                let baseline = self.baseline.unwrap_or_else(|| self.now().date());
                let earliest = self.confirmed_date();
                let law = self.context.profile.calendar().law_in_force.value;
                let first = baseline.max(earliest).max(law);
                self.start_setup(Some(first)).await
            }
            _ => {
                self.link_operations += 1;
                if self.links_by_files() {
                    let input = json!({});
                    return self
                        .prepare_and_exchange(Operation::ResumeSetup, input)
                        .await;
                }
                let answer = self.ask_to_begin(Operation::ResumeSetup, json!({})).await?;
                supported(Operation::ResumeSetup, &answer)?;
                self.last_link = Some(answer);
                self.settle().await.map(|_| ())
            }
        }
    }

    /// Starts the set-up, and goes on as often as the product stops to ask for it, as long as each
    /// time brings it further.
    ///
    /// # Errors
    /// The vendor does not answer, or has no such operation.
    pub async fn start_setup_and_press_on(&mut self) -> Performed {
        self.start_setup(None).await?;
        let mut accepted = None;
        for _ in 0..PRESSES_MAX {
            let view = self.view_setup().await?;
            if view.state != "interrupted" || Some(view.accepted) <= accepted {
                break;
            }
            accepted = Some(view.accepted);
            self.resume_setup().await?;
        }
        Ok(())
    }

    /// In 方式② the product only prepares its files; the staff do the rest.
    async fn prepare_and_exchange(&mut self, operation: Operation, input: Value) -> Performed {
        let answer = self.ask(operation, input).await?;
        supported(operation, &answer)?;
        let is_done = answer.is_done();
        self.last_link = Some(answer);
        // Without an account nobody can send anything.
        if is_done && self.has_account() {
            self.exchange_files().await?;
        }
        Ok(())
    }

    /// Runs the transfer of differences, once a running set-up rests.
    ///
    /// # Errors
    /// The vendor does not answer, or has no such operation.
    pub async fn run_transfer(&mut self) -> Performed {
        if self.links_by_files() {
            self.link_operations += 1;
            return self.exchange_files().await;
        }
        if self.baseline.is_some() && !self.is_slow {
            self.settle().await?;
        }
        self.link_operations += 1;
        let answer = self.ask(Operation::RunTransfer, json!({})).await?;
        supported(Operation::RunTransfer, &answer)?;
        self.last_link = Some(answer);
        // A set-up that only waited for a correction may have been completed by the transfer.
        Ok(())
    }

    /// What staff see of the set-up now.
    ///
    /// # Errors
    /// The vendor does not answer, or has no such view.
    pub async fn view_setup(&mut self) -> Performed<SetupView> {
        let answer = self.ask(Operation::ViewSetup, json!({})).await?;
        supported(Operation::ViewSetup, &answer)?;
        Ok(SetupView::of(&answer))
    }

    /// Waits until the set-up rests: done, stopped, or waiting for a person — or, where PMH is
    /// slow, until PMH holds an answer back.
    ///
    /// # Errors
    /// The vendor does not answer, or is still at work after the limit.
    pub(super) async fn settle(&mut self) -> Performed<SetupView> {
        let is_started = self.last_link.as_ref().is_some_and(Answer::is_done);
        let begun = std::time::Instant::now();
        let is_settled = |answer: &Answer| match SetupView::of(answer).state.as_str() {
            "running" => false,
            "not_started" => !is_started || begun.elapsed() > START_GRACE,
            _ => true,
        };
        let answer = if self.is_slow {
            let shell = std::sync::Arc::clone(self.simulator()?.shell());
            // A vendor that never calls is looked at all the same.
            let _ = tokio::time::timeout(HELD_WITHIN, shell.until_held(1)).await;
            self.write_unwritten()?;
            self.ask(Operation::ViewSetup, json!({})).await?
        } else {
            self.look_until(Operation::ViewSetup, is_settled).await?
        };
        supported(Operation::ViewSetup, &answer)?;
        Ok(SetupView::of(&answer))
    }
}

pub(super) fn supported(operation: Operation, answer: &Answer) -> Performed {
    match answer.result() {
        AnswerResult::Done | AnswerResult::Refused => Ok(()),
        AnswerResult::Unsupported => Err(StepFailure::of(
            FailureFamily::Unsupported,
            format!("操作「{}」ができる", operation.japanese()),
            format!(
                "操作「{}」に対応していないと答えました",
                operation.japanese()
            ),
            operation.name(),
        )),
        AnswerResult::Failed => Err(StepFailure::of(
            FailureFamily::VendorSilent,
            format!("操作「{}」を受け付ける", operation.japanese()),
            format!(
                "操作「{}」が失敗したと答えました: {}",
                operation.japanese(),
                answer.reason().unwrap_or("理由なし")
            ),
            operation.name(),
        )),
    }
}
