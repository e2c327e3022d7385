use std::collections::BTreeMap;

use crate::domain::{InsuredKey, OfficeNumber};
use crate::kernel::Moment;
use crate::profile::{Job, Profile, ServiceId};
use crate::systems::LogIns;
use crate::systems::viewing::{Admission, Sessions, Viewer};
use crate::viewer::Denial;

/// What 介護WEBサービス remembers.
#[derive(Debug, Clone, Default)]
pub struct CareWeb {
    pub(super) offices: BTreeMap<OfficeNumber, Office>,
    pub(super) sessions: Sessions<(OfficeNumber, String)>,
    pub(super) log_ins: LogIns<(OfficeNumber, String)>,
    pub(super) typed: BTreeMap<(OfficeNumber, InsuredKey), Moment>,
    pub(super) responsible: BTreeMap<(OfficeNumber, InsuredKey), Moment>,
}

/// A care office (介護事業所).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Its name.
    pub name: String,
    /// Kind of service.
    pub service: ServiceId,
    /// The name in its client certificate.
    pub certificate: String,
    /// Who works there with it, by log-in id.
    pub users: BTreeMap<String, User>,
}

/// A user of an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Job.
    pub job: Job,
    /// The password's token.
    pub password: String,
}

impl CareWeb {
    /// Notes an office as it is now.
    pub fn note_office(&mut self, number: OfficeNumber, office: Office) {
        self.offices.insert(number, office);
    }

    /// An office.
    #[must_use]
    pub fn office(&self, number: OfficeNumber) -> Option<&Office> {
        self.offices.get(&number)
    }

    /// The log-ins to the pages.
    #[must_use]
    pub fn sessions(&self) -> &Sessions<(OfficeNumber, String)> {
        &self.sessions
    }

    /// The same, to change them.
    pub fn sessions_mut(&mut self) -> &mut Sessions<(OfficeNumber, String)> {
        &mut self.sessions
    }

    /// When an office last typed the four items of a person, all of them right.
    #[must_use]
    pub fn typed_four_items(&self, office: OfficeNumber, person: InsuredKey) -> Option<Moment> {
        self.typed.get(&(office, person)).copied()
    }

    /// Whether an office is registered as responsible for a person.
    #[must_use]
    pub fn is_responsible(&self, office: OfficeNumber, person: InsuredKey) -> bool {
        self.responsible.contains_key(&(office, person))
    }

    /// For whom an office is responsible.
    pub fn people_of(&self, office: OfficeNumber) -> impl Iterator<Item = InsuredKey> {
        self.responsible
            .keys()
            .filter(move |(responsible, _)| *responsible == office)
            .map(|(_, person)| *person)
    }

    /// Whom an office has ever identified by the four items.
    pub fn people_typed_by(&self, office: OfficeNumber) -> impl Iterator<Item = InsuredKey> {
        self.typed
            .keys()
            .filter(move |(typed_by, _)| *typed_by == office)
            .map(|(_, person)| *person)
    }

    /// Admits a user who is logged in, as the office and the user are now.
    ///
    /// # Errors
    /// The office or the user is no longer there.
    pub fn admit<'p>(
        &self,
        profile: &'p Profile,
        (number, user): &(OfficeNumber, String),
    ) -> Result<Admission<'p>, Denial> {
        let office = self.offices.get(number).ok_or(Denial::NotLoggedIn)?;
        let job = office.users.get(user).ok_or(Denial::NotLoggedIn)?.job;
        let role = profile.access().office_role(office.service, job);
        let viewer = Viewer::Office {
            office: *number,
            user: user.clone(),
        };
        Ok(Admission::new(viewer, role))
    }
}
