//! 出来事: what goes wrong on the way, as a scenario asks for it.

use serde_json::json;
use tekigo_simulator::kernel::{DeliveryRule, Event, Fate, LinkAction, LinkFault, Route};
use tekigo_simulator::{Input, LineSwitch, MessageSent};

use super::failure::{Performed, StepFailure};
use super::live::Live;
use super::setup::HELD_WITHIN;
use crate::drivers::RestartError;
use crate::verdict::FailureFamily;

/// When it goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// In the middle of the initial set-up.
    Setup,
    /// At the first registration of the next transfer.
    Transfer,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// 回線の切断.
    LineDown,
    /// 応答の消失.
    AnswerLost,
    /// PMHの一時停止.
    Unavailable,
    /// 認証キーの失効.
    KeyRevoked,
    /// 業務エラー.
    BusinessError,
    /// 製品の停止: the vendor's process is killed while PMH holds an answer back.
    ProductKilled,
    /// 応答なし.
    NoAnswer,
    /// 途中で切れた応答.
    AnswerCut,
    /// 遅い応答.
    AnswerSlow,
    /// 処理結果の遅れ: what the platform has stored is not told PMH.
    ResultsLate,
    /// 受信情報の重複: what comes from outside comes once more, days later.
    InboundTwice,
}

/// The code of the business error that a scenario has PMH answer with.
pub(super) const INJECTED_CODE: &str = "B002";
/// Registrations of a set-up that pass before it goes wrong: the start, the people, and the
/// first kinds of rows.
const PASS_IN_SETUP: u32 = 5;
const WITHOUT_END: u32 = u32::MAX;
/// Longer than any scenario lasts on the run's clock.
const SLOW_SECONDS: i64 = 400 * 86_400;
/// When something that has arrived arrives once more.
const AGAIN_SECONDS: i64 = 3 * 86_400;

impl Trouble {
    /// The trouble of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "回線の切断" => Self::LineDown,
            "応答の消失" => Self::AnswerLost,
            "PMHの一時停止" => Self::Unavailable,
            "認証キーの失効" => Self::KeyRevoked,
            "業務エラー" => Self::BusinessError,
            "製品の停止" => Self::ProductKilled,
            "応答なし" => Self::NoAnswer,
            "途中で切れた応答" => Self::AnswerCut,
            "遅い応答" => Self::AnswerSlow,
            "処理結果の遅れ" => Self::ResultsLate,
            "受信情報の重複" => Self::InboundTwice,
            _ => return None,
        })
    }

    /// What strikes a request, or else a message between PMH and the platform.
    fn action(self) -> Result<LinkAction, Fate> {
        Ok(match self {
            Self::LineDown => LinkAction::LineDown,
            Self::AnswerLost => LinkAction::CutAfter,
            Self::Unavailable => LinkAction::Unavailable { retry_after: 1 },
            Self::KeyRevoked => LinkAction::RevokeKeys,
            Self::BusinessError => LinkAction::BusinessError {
                code: INJECTED_CODE.to_owned(),
            },
            Self::ProductKilled => LinkAction::Hold,
            Self::NoAnswer => LinkAction::NoAnswer,
            Self::AnswerCut => LinkAction::CutWithin,
            Self::AnswerSlow => LinkAction::Slow,
            Self::ResultsLate => {
                return Err(Fate::Delay {
                    seconds: SLOW_SECONDS,
                });
            }
            Self::InboundTwice => {
                return Err(Fate::Duplicate {
                    seconds: AGAIN_SECONDS,
                });
            }
        })
    }

    /// How the journal names it.
    fn name(self) -> &'static str {
        match self {
            Self::LineDown => "line_down",
            Self::AnswerLost => "answer_lost",
            Self::Unavailable => "unavailable",
            Self::KeyRevoked => "key_revoked",
            Self::BusinessError => "business_error",
            Self::ProductKilled => "product_killed",
            Self::NoAnswer => "no_answer",
            Self::AnswerCut => "answer_cut",
            Self::AnswerSlow => "answer_slow",
            Self::ResultsLate => "results_late",
            Self::InboundTwice => "inbound_twice",
        }
    }

    /// How many requests it strikes.
    fn times(self) -> u32 {
        match self {
            Self::Unavailable => WITHOUT_END,
            Self::LineDown
            | Self::AnswerLost
            | Self::KeyRevoked
            | Self::BusinessError
            | Self::ProductKilled
            | Self::NoAnswer
            | Self::AnswerCut
            | Self::AnswerSlow
            | Self::ResultsLate
            | Self::InboundTwice => 1,
        }
    }

    /// Whether it lasts until the scenario's next もし.
    fn lasts(self) -> bool {
        matches!(
            self,
            Self::LineDown | Self::Unavailable | Self::ProductKilled
        )
    }
}

impl Live {
    pub(super) fn arm(&mut self, trouble: Trouble, when: When) -> Performed {
        let skip = match when {
            When::Setup => PASS_IN_SETUP,
            When::Transfer => 0,
        };
        let times = trouble.times();
        match trouble.action() {
            Ok(_) if self.links_by_files() => return self.arm_at_terminal(trouble),
            Ok(action) => self.submit(&Input::LinkFault(LinkFault {
                path: "RegistrationTasks".to_owned(),
                skip,
                times,
                action,
            }))?,
            Err(fate) => self.submit(&Input::Delivery(DeliveryRule {
                route: Route {
                    from: "platform".into(),
                    to: "pmh".into(),
                },
                skip,
                times,
                fate,
            }))?,
        };
        self.armed = Some(trouble);
        Ok(())
    }

    /// In 方式② it goes wrong under the hands of whoever sends the next set.
    fn arm_at_terminal(&mut self, trouble: Trouble) -> Performed {
        match trouble {
            Trouble::LineDown | Trouble::AnswerLost | Trouble::ProductKilled => {
                self.armed = Some(trouble);
                Ok(())
            }
            Trouble::Unavailable
            | Trouble::KeyRevoked
            | Trouble::BusinessError
            | Trouble::NoAnswer
            | Trouble::AnswerCut
            | Trouble::AnswerSlow
            | Trouble::ResultsLate
            | Trouble::InboundTwice => Err(StepFailure::harness(
                "この出来事は方式②では起こせません（@方式①のシナリオだけで使えます）",
            )),
        }
    }

    /// What is to go wrong while files are sent, if it has not yet.
    pub(super) fn trouble_at_terminal(&mut self) -> Performed<Option<Trouble>> {
        if self.links_by_files() && self.armed.is_some() && !self.has_struck()? {
            return Ok(self.armed);
        }
        Ok(None)
    }

    /// Notes that it has gone wrong at the terminal.
    pub(super) fn strike_at_terminal(&mut self, trouble: Trouble) -> Performed {
        let body = json!({ "trouble": trouble.name() });
        self.write("judge", "terminal.struck", &body)
    }

    /// PMH holds back its answer to the first registration after the start of set-up; in 方式② it
    /// takes sets and does not get to their records.
    pub(super) fn slow_down(&mut self) -> Performed {
        if self.links_by_files() {
            self.submit(&Input::Delivery(never_processed()))?;
            self.is_slow = true;
            return Ok(());
        }
        self.submit(&Input::LinkFault(LinkFault {
            path: "RegistrationTasks".to_owned(),
            skip: 1,
            times: 1,
            action: LinkAction::Hold,
        }))?;
        self.is_slow = true;
        Ok(())
    }

    /// PMH lets go of what it held back; the set-up goes on until it rests.
    ///
    /// # Errors
    /// The vendor does not answer.
    pub async fn speed_up(&mut self) -> Performed {
        self.submit(&Input::CalmDown)?;
        self.is_slow = false;
        if self.links_by_files() {
            return self.exchange_files().await;
        }
        self.settle().await.map(|_| ())
    }

    /// The line between vendor and PMH goes down or up.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub fn switch_line(&mut self, is_up: bool) -> Performed {
        self.submit(&Input::Line(LineSwitch { is_up })).map(|_| ())
    }

    pub(super) async fn end_lasting_trouble(&mut self) -> Performed {
        if !self.armed.is_some_and(Trouble::lasts) || !self.has_struck()? {
            return Ok(());
        }
        if !self.links_by_files() {
            self.submit(&Input::CalmDown)?;
        }
        if self.is_product_killed && !self.lease.is_running() {
            // Noted first: a product that goes on by itself calls PMH as soon as it is up.
            self.write("judge", "vendor.restarted", &json!({}))?;
            self.lease.restart().await.map_err(did_not_start)?;
        }
        Ok(())
    }

    /// Whether the product is still to be killed.
    pub(super) fn is_product_doomed(&self) -> bool {
        self.armed == Some(Trouble::ProductKilled) && !self.is_product_killed
    }

    /// Kills the product at the moment at which PMH holds its answer back. Nothing is killed if
    /// that moment does not come.
    pub(super) async fn kill_while_held(&mut self) -> Performed {
        let shell = std::sync::Arc::clone(self.simulator()?.shell());
        let is_held = tokio::time::timeout(HELD_WITHIN, shell.until_held(1)).await;
        if is_held.is_err() {
            return Ok(());
        }
        self.kill_product().await
    }

    /// Kills the product.
    pub(super) async fn kill_product(&mut self) -> Performed {
        self.write_unwritten()?;
        self.write("judge", "vendor.killed", &json!({}))?;
        self.is_product_killed = true;
        self.lease.kill().await.map_err(|not_ours| {
            StepFailure::precondition("製品を途中で止められる", not_ours.to_string())
        })
    }

    /// A scenario whose trouble never came has not tried what it says.
    pub(super) fn trouble_that_never_came(&mut self) -> Option<StepFailure> {
        self.armed?;
        match self.has_struck() {
            Ok(true) => None,
            Ok(false) => Some(StepFailure::of(
                FailureFamily::Precondition,
                "途中の出来事が起きる",
                "出来事が起きる前に終わったため、言っていることを試せていません",
                "",
            )),
            Err(failure) => Some(failure),
        }
    }

    fn has_struck(&mut self) -> Performed<bool> {
        if self.is_product_doomed() && !self.links_by_files() {
            // That PMH holds an answer back is not yet what the scenario speaks of.
            return Ok(false);
        }
        let is_between_systems = self.armed.is_some_and(|armed| armed.action().is_err());
        let events = self.events()?;
        Ok(events.iter().any(|event| match event.kind.as_str() {
            "line.struck" | "terminal.struck" => true,
            "message" => is_between_systems && is_put_off(event),
            _ => false,
        }))
    }
}

/// Whether a message between simulated systems went another way than at once.
fn is_put_off(event: &Event) -> bool {
    serde_json::from_str::<MessageSent>(event.body.get())
        .is_ok_and(|message| message.fate != Fate::Deliver)
}

/// PMH does not get to what it has taken before it is told to.
fn never_processed() -> DeliveryRule {
    DeliveryRule {
        route: Route {
            from: "pmh".into(),
            to: "pmh".into(),
        },
        skip: 0,
        times: WITHOUT_END,
        fate: Fate::Delay {
            seconds: SLOW_SECONDS,
        },
    }
}

fn did_not_start(error: RestartError) -> StepFailure {
    StepFailure::of(
        FailureFamily::VendorSilent,
        "途中で止まった製品が、起動し直すと答える",
        error.to_string(),
        "",
    )
}
