//! The portal in `tekigo serve`: the town's account at it, and its operator (運営者), who has no page.

use std::time::Duration;

use jiff::civil::Date;
use tekigo_simulator::domain::InsurerNumber;
use tekigo_simulator::domain::calendar::{Month, is_business_day, next_business_day};
use tekigo_simulator::serve::{ShellError, Simulator};
use tekigo_simulator::systems::portal::{LogInStage, ScheduleStage};
use tekigo_simulator::{Effect, Input, PortalInput, SurveyAnswer, World};

use super::options::ServeMode;

/// The package vendor that the prepared answer to the survey names.
const VENDOR: &str = "ひまわり情報";
/// Where the portal's mails to the town go.
const CONTACT: &str = "kaigo@tsukimi.example";
/// How often the operator looks at what has come.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// Whoever works at the portal without its pages.
pub(super) struct PortalDesk<'a> {
    simulator: &'a Simulator,
    insurer: InsurerNumber,
}

impl<'a> PortalDesk<'a> {
    pub(super) fn new(simulator: &'a Simulator, insurer: &str) -> Self {
        let insurer = insurer.parse().expect("the number of a bundled town");
        Self { simulator, insurer }
    }

    /// Answers the survey as the town, so that it has an account and dates to reply to.
    pub(super) fn prepare(&self, mode: ServeMode) -> Result<(), ShellError> {
        let mode = match mode {
            ServeMode::Api => "api",
            ServeMode::File => "file",
        };
        self.act(PortalInput::AnswerSurvey(SurveyAnswer {
            insurer: self.insurer.to_string(),
            contact_address: CONTACT.to_owned(),
            vendor: VENDOR.to_owned(),
            mode: mode.to_owned(),
            wished_month: Month::of(self.today()).to_string(),
            union: None,
        }))?;
        while let Some(input) = self.next() {
            if !self.act(input)? {
                break;
            }
        }
        Ok(())
    }

    /// Does what the operator has to do next, as often as there is something. Never ends but for an error.
    pub(super) async fn operate(&self) -> Result<(), ShellError> {
        let mut refused = None;
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let Some(input) = self.next() else {
                continue;
            };
            // What was refused once is tried again when something else has come.
            if refused.as_ref() == Some(&input) {
                continue;
            }
            refused = (!self.act(input.clone())?).then_some(input);
        }
    }

    /// Where the pages are, how to log in, and what there is to do.
    pub(super) fn tell(&self) {
        let Some(address) = self.simulator.portal() else {
            return;
        };
        println!("\n介護情報基盤ポータルの画面（ブラウザーで開く）: http://{address}/");
        let account = self.simulator.shell().look(|world| {
            let account = world.portal().account_of(self.insurer)?;
            let first = (account.stage() == LogInStage::FirstPassword)
                .then(|| first_password(world, account.login_id()))
                .flatten();
            Some((account.login_id().to_owned(), first))
        });
        match account {
            Some((login_id, Some(first))) => {
                println!(
                    "  ログインID {login_id}  初期パスワード {first}（初回ログイン。変更を求められます）"
                );
                println!("  行うこと: パスワードの変更 → 日程の確認（承諾か、変更の希望）");
            }
            Some((login_id, None)) => {
                println!("  ログインID {login_id}  パスワード 前に決めたもの");
            }
            None => println!(
                "  行うこと: アンケートに答えると、ログインIDと初期パスワードがメールで届きます"
            ),
        }
        println!("  通知・公開などの運営者の作業は、この模擬環境が自動で行います");
    }

    /// What the operator, or the vendor that it asks, does next.
    fn next(&self) -> Option<PortalInput> {
        let insurer = || self.insurer.to_string();
        self.simulator.shell().look(|world| {
            let portal = world.portal();
            let register = portal.register(self.insurer)?;
            let (_, answer) = register.answers().last()?;
            let has_address = answer.contact_address.contains('@');
            if has_address && portal.account_of(self.insurer).is_none() {
                return Some(PortalInput::IssueAccount { insurer: insurer() });
            }
            let vendor = answer.vendor.trim();
            let notify = |setup_date| {
                if portal.ready_from(vendor).is_none() {
                    let vendor = vendor.to_owned();
                    let ready_from = Month::of(world.now().date()).to_string();
                    return PortalInput::DeclareReadiness { vendor, ready_from };
                }
                PortalInput::Notify {
                    insurer: insurer(),
                    setup_date,
                    completion_date: None,
                }
            };
            match register.stage() {
                ScheduleStage::Answered => {
                    let wished: Month = answer.wished_month.trim().parse().ok()?;
                    let earliest = wished.first_day().max(world.now().date());
                    Some(notify(open_from(earliest)))
                }
                ScheduleStage::ChangeAsked(proposal, wish) => {
                    Some(notify(wish.setup.unwrap_or(proposal.setup)))
                }
                ScheduleStage::Confirmed(_) => Some(PortalInput::Publish { insurer: insurer() }),
                ScheduleStage::Unanswered
                | ScheduleStage::Recheck(_)
                | ScheduleStage::Notified(_)
                | ScheduleStage::Published(_) => None,
            }
        })
    }

    /// Whether it was done; why not is printed.
    fn act(&self, input: PortalInput) -> Result<bool, ShellError> {
        let effects = self.simulator.shell().submit(&Input::Portal(input))?;
        let refusals: Vec<String> = effects
            .into_iter()
            .filter_map(|dated| {
                let Effect::PortalAnswer(answer) = dated.effect else {
                    return None;
                };
                answer.refusal
            })
            .map(|refusal| refusal.to_string())
            .collect();
        for refusal in &refusals {
            println!("ポータルの運営者の作業が断られました: {refusal}");
        }
        Ok(refusals.is_empty())
    }

    fn today(&self) -> Date {
        self.simulator.shell().now().date()
    }
}

/// A day, or the next on which the town hall is open.
fn open_from(day: Date) -> Date {
    if is_business_day(day) {
        day
    } else {
        next_business_day(day)
    }
}

/// The first password of an account, as its receiver reads it in the mail.
fn first_password(world: &World, login_id: &str) -> Option<String> {
    let line = format!("ログインID: {login_id}");
    let mails = world.mail().sent().iter().rev();
    mails
        .filter_map(|mail| mail.plain.as_deref())
        .filter(|text| text.lines().any(|it| it == line))
        .find_map(|text| {
            let mut lines = text.lines();
            lines.find_map(|it| it.strip_prefix("初期パスワード: ").map(str::to_owned))
        })
}
