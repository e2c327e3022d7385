use std::collections::BTreeMap;

use crate::domain::calendar::Month;
use crate::domain::{InsurerNumber, MailAddress, OfficeNumber, SetupCompletionDate};
use crate::kernel::Moment;
use crate::portal::{Reply, SubsidyAssessment, SurveyAnswer};

use super::account::PortalAccount;
use super::context::PortalContext;
use super::inquiry::Inquiry;
use super::schedule::{Proposal, ScheduleStage, SetupSchedule};
use super::survey::{self, Reading};

/// What the portal remembers.
#[derive(Debug, Clone, Default)]
pub struct Portal {
    pub(super) registers: BTreeMap<InsurerNumber, Register>,
    pub(super) vendors: BTreeMap<String, Month>,
    pub(super) accounts: BTreeMap<String, PortalAccount>,
    pub(super) inquiries: Vec<Inquiry>,
    pub(super) subsidies: BTreeMap<OfficeNumber, SubsidyAssessment>,
}

/// What the portal remembers of one insurer. Nothing that was ever said is taken out again.
#[derive(Debug, Clone, Default)]
pub struct Register {
    pub(super) answers: Vec<(Moment, SurveyAnswer)>,
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

    /// The inquiries, by number from 1.
    #[must_use]
    pub fn inquiries(&self) -> &[Inquiry] {
        &self.inquiries
    }

    /// The applications for subsidies, by number of the office or institution.
    pub fn subsidies(&self) -> impl Iterator<Item = &SubsidyAssessment> {
        self.subsidies.values()
    }

    /// The last answer to the survey, as far as it can be read.
    pub(super) fn last_reading(
        &self,
        context: &PortalContext<'_>,
        insurer: InsurerNumber,
    ) -> Option<Reading> {
        let (_, answer) = self.register(insurer)?.answers.last()?;
        Some(survey::read(context, answer))
    }

    /// Where mails to an insurer go: the newest address that is one.
    pub(super) fn address(
        &self,
        context: &PortalContext<'_>,
        insurer: InsurerNumber,
    ) -> Option<MailAddress> {
        let answers = &self.register(insurer)?.answers;
        let newest_first = answers.iter().rev();
        newest_first
            .map(|(_, answer)| survey::read(context, answer))
            .find_map(|reading| reading.address)
    }
}

impl Register {
    /// Every answer to the survey, oldest first.
    #[must_use]
    pub fn answers(&self) -> &[(Moment, SurveyAnswer)] {
        &self.answers
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
