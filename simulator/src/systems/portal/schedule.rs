//! 日程: the one way from an answer to published dates.
//!
//! A stage is moved only by the functions here. Publication takes an [`Acceptance`], and only
//! [`SetupSchedule::accept`] makes one.

use jiff::civil::Date;

use crate::domain::{InsurerNumber, ServiceStartDate, ServiceStartWish, SetupCompletionDate};
use crate::kernel::Moment;
use crate::portal::{ScheduleDates, StageChange};

use super::survey::Ground;

/// Proposed dates (日程案).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    /// 初期セットアップ日.
    pub setup: Date,
    /// The day on which linking is expected to be finished.
    pub completion: SetupCompletionDate,
    /// Which service start.
    pub start: ServiceStartWish,
}

impl Proposal {
    /// The dates as they stand for a completion, expected or real.
    #[must_use]
    pub fn dates(&self, completion: SetupCompletionDate, start_days: u32) -> ScheduleDates {
        let start = ServiceStartDate::after(completion, self.start, start_days).date();
        ScheduleDates {
            setup: self.setup,
            completion: completion.0,
            start,
            is_start_asked_for: self.start == ServiceStartWish::On(start),
        }
    }
}

/// What an insurer wishes for instead of proposed dates (変更希望).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Another day of set-up.
    pub setup: Option<Date>,
    /// Another service start.
    pub start: Option<Date>,
    /// Why.
    pub reason: String,
}

/// An insurer's acceptance (承諾) of proposed dates; the only thing that can be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acceptance {
    proposal: Proposal,
    at: Moment,
}

impl Acceptance {
    /// What was accepted.
    #[must_use]
    pub fn proposal(&self) -> &Proposal {
        &self.proposal
    }

    /// When.
    #[must_use]
    pub fn at(&self) -> Moment {
        self.at
    }
}

/// How far the schedule of an insurer has got
/// (briefing: 初期セットアップスケジュール確定までの流れ (2), published).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ScheduleStage {
    /// No answer to the survey.
    #[default]
    Unanswered,
    /// Answered; nothing speaks against making a schedule.
    Answered,
    /// 再確認: the answer has to be checked again.
    Recheck(Vec<Ground>),
    /// 通知: dates are proposed, a reply is awaited.
    Notified(Proposal),
    /// The reply asks for other dates.
    ChangeAsked(Proposal, Wish),
    /// 確認: accepted, and so fixed.
    Confirmed(Acceptance),
    /// 公開.
    Published(Acceptance),
}

impl ScheduleStage {
    /// The stage's name in the journal.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::Answered => "answered",
            Self::Recheck(_) => "recheck",
            Self::Notified(_) => "notified",
            Self::ChangeAsked(..) => "change_asked",
            Self::Confirmed(_) => "confirmed",
            Self::Published(_) => "published",
        }
    }

    /// The stage for people.
    #[must_use]
    pub fn japanese(&self) -> &'static str {
        match self {
            Self::Unanswered => "アンケート未回答",
            Self::Answered => "アンケート回答済み（日程の通知前）",
            Self::Recheck(_) => "回答内容の再確認中",
            Self::Notified(_) => "日程の通知済み（返信待ち）",
            Self::ChangeAsked(..) => "変更希望の受付済み（新しい通知待ち）",
            Self::Confirmed(_) => "承諾済み（公開前）",
            Self::Published(_) => "公開済み",
        }
    }

    /// The dates on the table, if any.
    #[must_use]
    pub fn proposal(&self) -> Option<&Proposal> {
        match self {
            Self::Notified(proposal) | Self::ChangeAsked(proposal, _) => Some(proposal),
            Self::Confirmed(acceptance) | Self::Published(acceptance) => {
                Some(acceptance.proposal())
            }
            Self::Unanswered | Self::Answered | Self::Recheck(_) => None,
        }
    }

    /// The acceptance, if there is one.
    #[must_use]
    pub fn acceptance(&self) -> Option<&Acceptance> {
        match self {
            Self::Confirmed(acceptance) | Self::Published(acceptance) => Some(acceptance),
            Self::Unanswered
            | Self::Answered
            | Self::Recheck(_)
            | Self::Notified(_)
            | Self::ChangeAsked(..) => None,
        }
    }
}

/// The schedule of one insurer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct SetupSchedule {
    stage: ScheduleStage,
}

/// The stage does not allow the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrongStage;

impl SetupSchedule {
    pub(super) fn stage(&self) -> &ScheduleStage {
        &self.stage
    }

    /// Whether an answer can still be given or corrected.
    pub(super) fn is_open(&self) -> bool {
        match self.stage {
            ScheduleStage::Unanswered | ScheduleStage::Answered | ScheduleStage::Recheck(_) => true,
            ScheduleStage::Notified(_)
            | ScheduleStage::ChangeAsked(..)
            | ScheduleStage::Confirmed(_)
            | ScheduleStage::Published(_) => false,
        }
    }

    /// An answer is there, and these are the grounds to check it again.
    pub(super) fn assess(&mut self, grounds: Vec<Ground>) -> Result<(), WrongStage> {
        if !self.is_open() {
            return Err(WrongStage);
        }
        self.stage = if grounds.is_empty() {
            ScheduleStage::Answered
        } else {
            ScheduleStage::Recheck(grounds)
        };
        Ok(())
    }

    /// Whether dates can be proposed: for the first time, or again because somebody of those who set up together
    /// asked for others.
    pub(super) fn may_be_notified(&self) -> bool {
        match self.stage {
            ScheduleStage::Answered
            | ScheduleStage::Notified(_)
            | ScheduleStage::ChangeAsked(..)
            | ScheduleStage::Confirmed(_) => true,
            ScheduleStage::Unanswered | ScheduleStage::Recheck(_) | ScheduleStage::Published(_) => {
                false
            }
        }
    }

    /// Whether new dates are called for by the insurer's own stage.
    pub(super) fn awaits_notice(&self) -> bool {
        match self.stage {
            ScheduleStage::Answered | ScheduleStage::ChangeAsked(..) => true,
            ScheduleStage::Unanswered
            | ScheduleStage::Recheck(_)
            | ScheduleStage::Notified(_)
            | ScheduleStage::Confirmed(_)
            | ScheduleStage::Published(_) => false,
        }
    }

    /// 通知.
    pub(super) fn notify(&mut self, proposal: Proposal) -> Result<(), WrongStage> {
        if !self.may_be_notified() {
            return Err(WrongStage);
        }
        self.stage = ScheduleStage::Notified(proposal);
        Ok(())
    }

    /// 確認 with acceptance.
    pub(super) fn accept(&mut self, at: Moment) -> Result<Acceptance, WrongStage> {
        let ScheduleStage::Notified(proposal) = self.stage else {
            return Err(WrongStage);
        };
        let acceptance = Acceptance { proposal, at };
        self.stage = ScheduleStage::Confirmed(acceptance);
        Ok(acceptance)
    }

    /// 確認 with a wish for other dates.
    pub(super) fn ask_for_change(&mut self, wish: Wish) -> Result<(), WrongStage> {
        let ScheduleStage::Notified(proposal) = self.stage else {
            return Err(WrongStage);
        };
        self.stage = ScheduleStage::ChangeAsked(proposal, wish);
        Ok(())
    }

    /// 公開.
    pub(super) fn publish(&mut self) -> Result<Acceptance, WrongStage> {
        let ScheduleStage::Confirmed(acceptance) = self.stage else {
            return Err(WrongStage);
        };
        self.stage = ScheduleStage::Published(acceptance);
        Ok(acceptance)
    }
}

/// How the journal has it that a schedule moved.
pub(super) fn change(
    insurer: InsurerNumber,
    before: &ScheduleStage,
    after: &ScheduleStage,
) -> StageChange {
    let grounds = match after {
        ScheduleStage::Recheck(grounds) => grounds.iter().map(Ground::told).collect(),
        ScheduleStage::Unanswered
        | ScheduleStage::Answered
        | ScheduleStage::Notified(_)
        | ScheduleStage::ChangeAsked(..)
        | ScheduleStage::Confirmed(_)
        | ScheduleStage::Published(_) => Vec::new(),
    };
    StageChange {
        insurer: insurer.to_string(),
        from: before.name().to_owned(),
        to: after.name().to_owned(),
        grounds,
        dates: None,
    }
}
