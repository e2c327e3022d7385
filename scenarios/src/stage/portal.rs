//! ポータルの窓口: insurers, a vendor and the operator at the portal (介護情報基盤ポータル).

use std::collections::BTreeSet;

use jiff::civil::Date;
use tekigo_simulator::domain::calendar::Month;
use tekigo_simulator::{
    Effect, Input, PortalAnswer, PortalInput, Reply, ScheduleDates, ScheduleReply, SurveyAnswer,
};

use super::failure::{Performed, StepFailure};
use super::live::Live;
use super::register;
use crate::cast::{Milestone, WishedMonth};

/// The package vendor of everybody who answers the survey.
const VENDOR: &str = "ひまわり情報";
/// Why other dates are asked for.
const REASON: &str = "庁内の準備に合わせるため";

/// What has been said at the portal.
#[derive(Debug, Default)]
pub(super) struct Counter {
    /// The last answer.
    pub(super) last: Option<PortalAnswer>,
    /// The service start that our own insurer asked for, once it is published.
    pub(super) start_asked_for: Option<Date>,
    /// Offices and institutions that have registered as users.
    pub(super) users: BTreeSet<String>,
    is_vendor_heard: bool,
}

impl Live {
    /// 「…」が初期セットアップの時期を「…」とアンケートに回答する.
    ///
    /// # Errors
    /// The words are unknown.
    pub fn answer_survey(&mut self, insurer: &str, wished: &str) -> Performed {
        let wished: WishedMonth = wished.parse().map_err(StepFailure::harness)?;
        self.hear_vendor()?;
        let party = register::party(insurer)?;
        let answer = SurveyAnswer {
            insurer: party.number.clone(),
            contact_address: party.address(),
            vendor: VENDOR.to_owned(),
            mode: self.context.mode.id().to_owned(),
            wished_month: self
                .month(wished)
                .map_or_else(String::new, |month| month.to_string()),
            union: party.union,
        };
        self.at_portal(PortalInput::AnswerSurvey(answer))
    }

    /// ベンダが、初期セットアップができるのは「…」からと答える.
    ///
    /// # Errors
    /// The word is unknown.
    pub fn declare_readiness(&mut self, from: &str) -> Performed {
        let from: WishedMonth = from.parse().map_err(StepFailure::harness)?;
        let month = self
            .month(from)
            .ok_or_else(|| StepFailure::harness("ベンダが時期を答えていません"))?;
        self.counter.is_vendor_heard = true;
        self.at_portal(PortalInput::DeclareReadiness {
            vendor: VENDOR.to_owned(),
            ready_from: month.to_string(),
        })
    }

    /// ポータルが「…」に…の初期セットアップを通知する.
    ///
    /// # Errors
    /// The word is unknown.
    pub fn notify_dates(&mut self, insurer: &str, setup_date: Date) -> Performed {
        self.at_portal(PortalInput::Notify {
            insurer: register::party(insurer)?.number,
            setup_date,
            completion_date: None,
        })
    }

    /// 「…」が日程を承諾すると返信する.
    ///
    /// # Errors
    /// The word is unknown.
    pub fn accept_dates(&mut self, insurer: &str) -> Performed {
        self.reply(insurer, Reply::Accept)
    }

    /// 「…」が初期セットアップ日・利用開始日を…にしたいと返信する.
    ///
    /// # Errors
    /// The word is unknown.
    pub fn ask_for_dates(
        &mut self,
        insurer: &str,
        setup_date: Option<Date>,
        start_date: Option<Date>,
    ) -> Performed {
        let reason = REASON.to_owned();
        let wish = Reply::AskForChange {
            setup_date,
            start_date,
            reason,
        };
        self.reply(insurer, wish)
    }

    fn reply(&mut self, insurer: &str, reply: Reply) -> Performed {
        let insurer = register::party(insurer)?.number;
        self.at_portal(PortalInput::Reply(ScheduleReply { insurer, reply }))
    }

    /// ポータルが「…」の日程を公開する. The product learns its dates.
    ///
    /// # Errors
    /// The word is unknown, or the vendor does not take the dates.
    pub async fn publish_dates(&mut self, insurer: &str) -> Performed {
        self.publish(insurer)?;
        if self.beginning.has_town() {
            self.configure_all().await?;
        }
        Ok(())
    }

    fn publish(&mut self, insurer: &str) -> Performed {
        let insurer = register::party(insurer)?.number;
        let is_ours = insurer == self.ledger.insurer.number;
        self.at_portal(PortalInput::Publish { insurer })?;
        let answer = self.counter.last.as_ref().filter(|_| is_ours);
        let dates = answer.and_then(dates_of);
        if let Some(dates) = dates {
            self.counter.start_asked_for = dates.is_start_asked_for.then_some(dates.start);
        }
        Ok(())
    }

    /// 「…」の日程が「…」まで進んでいる: the steps up to it, with today as the day of set-up; a start other than
    /// the usual one is asked for at confirmation.
    pub(super) fn advance_schedule(
        &mut self,
        insurer: &str,
        to: Milestone,
        start: Option<Date>,
    ) -> Performed {
        let today = self.today();
        self.answer_survey(insurer, WishedMonth::This.word())?;
        if to != Milestone::Answered {
            self.notify_dates(insurer, today)?;
        }
        if start.is_some() || to == Milestone::ChangeAsked {
            self.ask_for_dates(insurer, Some(today), start)?;
        }
        if start.is_some() {
            self.notify_dates(insurer, today)?;
        }
        if matches!(to, Milestone::Confirmed | Milestone::Published) {
            self.accept_dates(insurer)?;
        }
        if to == Milestone::Published {
            self.publish(insurer)?;
        }
        self.must_be_taken()
    }

    /// What was done last at the portal was no test of it, and had to be taken.
    pub(super) fn must_be_taken(&self) -> Performed {
        let last = self.counter.last.as_ref();
        match last.and_then(|answer| answer.refusal.as_ref()) {
            None => Ok(()),
            Some(refusal) => Err(StepFailure::harness(refusal)),
        }
    }

    /// Unless a sentence has said otherwise, the vendor is ready from this month on.
    fn hear_vendor(&mut self) -> Performed {
        if self.counter.is_vendor_heard {
            return Ok(());
        }
        self.declare_readiness(WishedMonth::This.word())
    }

    fn month(&self, word: WishedMonth) -> Option<Month> {
        let month = Month::of(self.today());
        match word {
            WishedMonth::This => Some(month),
            WishedMonth::Next => month.last_day().tomorrow().ok().map(Month::of),
            WishedMonth::Blank => None,
        }
    }

    /// Does something at the portal and keeps its answer.
    pub(super) fn at_portal(&mut self, input: PortalInput) -> Performed {
        let effects = self.submit(&Input::Portal(input))?;
        let mut answers = effects.into_iter().filter_map(|dated| {
            let Effect::PortalAnswer(answer) = dated.effect else {
                return None;
            };
            Some(answer)
        });
        self.counter.last = answers.next();
        Ok(())
    }
}

fn dates_of(answer: &PortalAnswer) -> Option<ScheduleDates> {
    answer.changes.iter().find_map(|change| change.dates)
}
