use crate::domain::{
    InstitutionCode, InsuredKey, InsurerNumber, OfficeNumber, ServiceStartDate, ServiceStartWish,
    SetupCompletionDate,
};
use crate::kernel::Moment;
use crate::profile::{
    Access, AtLimit, CheckScope, DataKind, PortalCardGate, Profile, ViewGate, ViewerRole,
};
use crate::systems::careweb::CareWeb;
use crate::systems::platform::{Holdings, Platform, is_named_in};
use crate::systems::qualification::{CheckedBy, OnlineQualification};
use crate::viewer::{Denial, Subject};

use super::consent::{ConsentEvidence, consent_of};
use super::{Admission, Viewer};

/// The data that shows in マイナポータル from the day of the law [hitachi: 留意事項].
const PORTAL_FIRST: &str = "insuranceCard";

/// What the gates look at.
#[derive(Debug, Clone, Copy)]
pub struct Gates<'w, 'p> {
    /// The profile.
    pub profile: &'p Profile,
    /// The run's time.
    pub now: Moment,
    /// What is held.
    pub platform: &'w Platform,
    /// Who is responsible, and who has typed the four items.
    pub careweb: &'w CareWeb,
    /// Who has read whose card.
    pub qualification: &'w OnlineQualification,
}

/// Evidence that a person's data may be spoken of to this viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonShown {
    key: InsuredKey,
}

impl PersonShown {
    /// Who.
    #[must_use]
    pub fn key(&self) -> InsuredKey {
        self.key
    }
}

/// Evidence that the viewer knows who the person is (本人確認).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerifiedIdentity {
    key: InsuredKey,
}

impl VerifiedIdentity {
    /// Who.
    #[must_use]
    pub fn key(&self) -> InsuredKey {
        self.key
    }
}

/// Which rows of a kind a grant opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowFilter {
    /// All of them.
    All,
    /// Those this institution wrote.
    WrittenBy(String),
    /// Those that name this member.
    Naming(String),
}

/// Evidence that every gate was open: the platform shows nothing without one.
#[derive(Debug, Clone)]
pub struct ViewingGrant<'p> {
    key: InsuredKey,
    role: &'p ViewerRole,
    data: &'p DataKind,
    rows: RowFilter,
}

impl<'p> ViewingGrant<'p> {
    /// Whose data.
    #[must_use]
    pub fn key(&self) -> InsuredKey {
        self.key
    }

    /// The row of the matrix that opened it.
    #[must_use]
    pub fn role(&self) -> &'p ViewerRole {
        self.role
    }

    /// The kind of data.
    #[must_use]
    pub fn data(&self) -> &'p DataKind {
        self.data
    }

    /// Which rows.
    #[must_use]
    pub fn rows(&self) -> &RowFilter {
        &self.rows
    }
}

impl<'w, 'p> Gates<'w, 'p> {
    /// Passes every gate for one kind of data.
    ///
    /// # Errors
    /// The first gate that stays shut.
    pub fn open(
        &self,
        admission: &Admission<'p>,
        subject: &Subject,
        data: &str,
    ) -> Result<ViewingGrant<'p>, Denial> {
        let viewer = admission.viewer();
        let person = self.person(viewer, subject, Some(data))?;
        let identity = self.identity(viewer, person)?;
        self.relation(viewer, identity)?;
        let role = admission.role().ok_or(Denial::NotForViewer)?;
        let cell = self.profile.access().cell(role, data);
        let (data, access) = cell.ok_or(Denial::NotForViewer)?;
        let asks_ungated = self.profile.access().policy.consent_for_ungated_kinds.value;
        match access {
            Access::No => return Err(Denial::NotForViewer),
            Access::Ungated if !asks_ungated => {}
            Access::Yes => {}
            Access::Ungated | Access::Consent | Access::Own => {
                self.consent(identity)?;
            }
        }
        Ok(ViewingGrant {
            key: identity.key,
            role,
            data,
            rows: rows(viewer, access),
        })
    }

    /// The gates of municipality and person, 不開示 with them.
    ///
    /// # Errors
    /// The first that stays shut.
    pub fn person(
        &self,
        viewer: &Viewer,
        subject: &Subject,
        data: Option<&str>,
    ) -> Result<PersonShown, Denial> {
        let insurer = subject.insurer.parse().ok();
        let insurer: InsurerNumber = insurer.ok_or(Denial::MunicipalityNotOpen)?;
        let is_own = *viewer == Viewer::Municipality(insurer);
        if !is_own && !self.is_open_to(viewer, insurer, data) {
            return Err(Denial::MunicipalityNotOpen);
        }
        let number = subject.insured.parse().ok();
        let number = number.ok_or(Denial::PersonUnknown)?;
        let key = InsuredKey { insurer, number };
        self.platform.present(self.profile, key)?;
        // A municipality looks after its own people, whoever else may not see them.
        if !is_own && self.platform.is_hidden(self.profile, key) {
            return Err(Denial::PersonHidden);
        }
        Ok(PersonShown { key })
    }

    /// Whether a municipality's data can be seen now.
    #[must_use]
    pub fn is_open(&self, insurer: InsurerNumber) -> bool {
        let today = self.now.date();
        let Some(completed) = self.platform.completed_on(insurer) else {
            return false;
        };
        let usual = self
            .profile
            .calendar()
            .service_start_days_after_completion
            .value;
        match self.profile.access().policy.view_gate.value {
            ViewGate::Completion => completed <= today,
            ViewGate::Start => {
                let asked_for = self.platform.service_start(insurer);
                let wish = asked_for.map_or(ServiceStartWish::Usual, ServiceStartWish::On);
                let completion = SetupCompletionDate(completed);
                let started = ServiceStartDate::after(completion, wish, usual).date();
                completed <= today && started <= today
            }
        }
    }

    fn is_open_to(&self, viewer: &Viewer, insurer: InsurerNumber, data: Option<&str>) -> bool {
        let policy = &self.profile.access().policy;
        let is_portal_first = matches!(viewer, Viewer::Person(_))
            && data == Some(PORTAL_FIRST)
            && policy.portal_card_gate.value == PortalCardGate::Law;
        if is_portal_first {
            return self.now.date() >= self.profile.calendar().law_in_force.value;
        }
        self.is_open(insurer)
    }

    /// The gate of identity.
    ///
    /// # Errors
    /// Nobody has checked, or too long ago; or the viewer asks about somebody else.
    pub fn identity(
        &self,
        viewer: &Viewer,
        person: PersonShown,
    ) -> Result<VerifiedIdentity, Denial> {
        let key = person.key;
        let holdings = self.holdings(key)?;
        match viewer {
            Viewer::Office { office, .. } => self.office_check(*office, key, holdings)?,
            Viewer::Institution(code) => self.institution_check(*code, key, holdings)?,
            Viewer::Person(identifier) if holdings.identifier() == *identifier => {}
            Viewer::Person(_) => return Err(Denial::NotSelf),
            Viewer::Municipality(insurer) if key.insurer == *insurer => {}
            Viewer::Municipality(_) => return Err(Denial::NotOwnInsured),
            // The municipality chose the members of a meeting and whose case they judge.
            Viewer::Member { .. } => {}
        }
        Ok(VerifiedIdentity { key })
    }

    /// The gate of identity for what needs no fresh check: once is enough.
    ///
    /// # Errors
    /// Nobody has ever checked.
    pub fn identity_ever(
        &self,
        viewer: &Viewer,
        person: PersonShown,
    ) -> Result<VerifiedIdentity, Denial> {
        match self.identity(viewer, person) {
            Err(Denial::IdentityTooOld) => Ok(VerifiedIdentity { key: person.key }),
            outcome => outcome,
        }
    }

    fn office_check(
        &self,
        office: OfficeNumber,
        key: InsuredKey,
        holdings: &Holdings,
    ) -> Result<(), Denial> {
        let policy = &self.profile.access().policy;
        let by = CheckedBy::Office(office);
        let card = self.qualification.checked(by, holdings.identifier());
        let typed = self.careweb.typed_four_items(office, key);
        let typed_counts = typed
            .is_some_and(|at| policy.idcheck_scope.value == CheckScope::Card || self.is_fresh(at));
        if typed_counts || card.is_some_and(|at| self.is_fresh(at)) {
            return Ok(());
        }
        if card.is_none() && typed.is_none() {
            return Err(Denial::IdentityNotChecked);
        }
        let is_waived =
            policy.second_visit_waiver.value && self.careweb.is_responsible(office, key);
        if is_waived {
            return Ok(());
        }
        Err(Denial::IdentityTooOld)
    }

    /// An institution has read the card, or was asked by the insurer to write about the person
    /// [domain 4.4 (B11)].
    fn institution_check(
        &self,
        code: InstitutionCode,
        key: InsuredKey,
        holdings: &Holdings,
    ) -> Result<(), Denial> {
        if self.platform.was_asked(key, code) {
            return Ok(());
        }
        let by = CheckedBy::Institution(code);
        match self.qualification.checked(by, holdings.identifier()) {
            Some(at) if self.is_fresh(at) => Ok(()),
            Some(_) => Err(Denial::IdentityTooOld),
            None => Err(Denial::IdentityNotChecked),
        }
    }

    fn is_fresh(&self, checked: Moment) -> bool {
        let access = self.profile.access();
        let seconds = i64::from(access.limits.idcheck_hours.value) * 3_600;
        let end = checked.plus_seconds(seconds);
        match access.policy.idcheck_at_limit.value {
            AtLimit::Expired => self.now < end,
            AtLimit::Valid => self.now <= end,
        }
    }

    /// The gate of relation.
    ///
    /// # Errors
    /// An office that is not responsible, a member of another meeting.
    pub fn relation(&self, viewer: &Viewer, person: VerifiedIdentity) -> Result<(), Denial> {
        match viewer {
            Viewer::Office { office, .. } => {
                let is_responsible = self.careweb.is_responsible(*office, person.key);
                is_responsible.then_some(()).ok_or(Denial::NotResponsible)
            }
            Viewer::Member { insurer, number } => {
                let is_member = *insurer == person.key.insurer
                    && is_named_in(self.profile, self.holdings(person.key)?, number);
                is_member.then_some(()).ok_or(Denial::NotOfMeeting)
            }
            Viewer::Person(_) | Viewer::Institution(_) | Viewer::Municipality(_) => Ok(()),
        }
    }

    fn consent(&self, person: VerifiedIdentity) -> Result<ConsentEvidence, Denial> {
        consent_of(self.profile, self.holdings(person.key)?, self.now)
    }

    fn holdings(&self, key: InsuredKey) -> Result<&'w Holdings, Denial> {
        self.platform.holdings(key).ok_or(Denial::PersonUnknown)
    }
}

fn rows(viewer: &Viewer, access: Access) -> RowFilter {
    match (viewer, access) {
        (Viewer::Member { number, .. }, _) => RowFilter::Naming(number.clone()),
        (Viewer::Office { office, .. }, Access::Own) => RowFilter::WrittenBy(office.to_string()),
        (Viewer::Institution(code), Access::Own) => RowFilter::WrittenBy(code.to_string()),
        (
            Viewer::Office { .. }
            | Viewer::Person(_)
            | Viewer::Institution(_)
            | Viewer::Municipality(_),
            _,
        ) => RowFilter::All,
    }
}
