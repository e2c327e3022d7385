use std::collections::BTreeMap;

use crate::domain::calendar::Month;
use crate::domain::{InsurerNumber, MailAddress, OfficeNumber, SetupCompletionDate};
use crate::kernel::Moment;
use crate::portal::{Reply, SubsidyAssessment, SurveyAnswer};
use crate::systems::LogIns;

use super::account::{Holder, PortalAccount};
use super::inquiry::Inquiry;
use super::schedule::{Proposal, ScheduleStage, SetupSchedule};
use super::survey::Reading;

/// What the portal remembers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Portal {
    pub(super) registers: BTreeMap<InsurerNumber, Register>,
    pub(super) vendors: BTreeMap<String, Month>,
    pub(super) accounts: BTreeMap<String, PortalAccount>,
    pub(super) log_ins: LogIns<String>,
    pub(super) inquiries: Vec<Inquiry>,
    pub(super) subsidies: BTreeMap<OfficeNumber, SubsidyAssessment>,
}

/// An answer to the survey as it came, and as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeptAnswer {
    pub(super) at: Moment,
    pub(super) answer: SurveyAnswer,
    pub(super) reading: Reading,
}

/// What the portal remembers of one insurer. Nothing that was ever said is taken out again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Register {
    pub(super) answers: Vec<KeptAnswer>,
    pub(super) notices: Vec<(Moment, Proposal)>,
    pub(super) replies: Vec<(Moment, Reply)>,
    pub(super) schedule: SetupSchedule,
    pub(super) completed: Option<SetupCompletionDate>,
}

impl Portal {
    /// What it remembers of an insurer, if it has heard of it.
    #[must_use]
    pub fn register(&self, insurer: InsurerNumber) -> Option<&Register> {
        self.registers.get(&insurer)
    }

    /// The stage of an insurer's schedule.
    #[must_use]
    pub fn stage(&self, insurer: InsurerNumber) -> &ScheduleStage {
        const UNANSWERED: &ScheduleStage = &ScheduleStage::Unanswered;
        self.register(insurer)
            .map_or(UNANSWERED, |register| register.schedule.stage())
    }

    /// From when on a package vendor's product can set up, if it has declared it.
    #[must_use]
    pub fn ready_from(&self, vendor: &str) -> Option<Month> {
        self.vendors.get(vendor).copied()
    }

    /// The account of a log-in id.
    #[must_use]
    pub fn account(&self, login_id: &str) -> Option<&PortalAccount> {
        self.accounts.get(login_id)
    }

    /// The account of an insurer, if one was issued.
    #[must_use]
    pub fn account_of(&self, insurer: InsurerNumber) -> Option<&PortalAccount> {
        let is_its_own = |account: &&PortalAccount| *account.holder() == Holder::Insurer(insurer);
        self.accounts.values().find(is_its_own)
    }

    /// The inquiries, by number from 1.
    #[must_use]
    pub fn inquiries(&self) -> &[Inquiry] {
        &self.inquiries
    }

    /// The applications for subsidies, by number of the office or institution.
    pub fn subsidies(&self) -> impl Iterator<Item = &SubsidyAssessment> {
        self.subsidies.values()
    }

    /// The last answer to the survey, as far as it could be read.
    pub(super) fn last_reading(&self, insurer: InsurerNumber) -> Option<&Reading> {
        let answers = &self.register(insurer)?.answers;
        answers.last().map(|kept| &kept.reading)
    }

    /// Where mails to an insurer go: the newest address that is one.
    pub(super) fn address(&self, insurer: InsurerNumber) -> Option<MailAddress> {
        let answers = &self.register(insurer)?.answers;
        let mut newest_first = answers.iter().rev();
        newest_first.find_map(|kept| kept.reading.address.clone())
    }
}

impl Register {
    /// Every answer to the survey, oldest first.
    pub fn answers(&self) -> impl Iterator<Item = (Moment, &SurveyAnswer)> {
        self.answers.iter().map(|kept| (kept.at, &kept.answer))
    }

    /// Every proposal sent, oldest first.
    #[must_use]
    pub fn notices(&self) -> &[(Moment, Proposal)] {
        &self.notices
    }

    /// Every reply to a proposal, oldest first.
    #[must_use]
    pub fn replies(&self) -> &[(Moment, Reply)] {
        &self.replies
    }

    /// How far the schedule has got.
    #[must_use]
    pub fn stage(&self) -> &ScheduleStage {
        self.schedule.stage()
    }

    /// The completion day, once initial set-up is complete.
    #[must_use]
    pub fn completed(&self) -> Option<SetupCompletionDate> {
        self.completed
    }
}
