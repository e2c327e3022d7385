use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::domain::{InstitutionCode, InsuredKey, InsurerNumber};

use super::papers::{Paper, PaperKey};
use super::state::Platform;

/// What the platform remembers of the side that is not PMH's.
#[derive(Debug, Clone, Default)]
pub struct Reception {
    pub(super) papers: BTreeMap<(InsuredKey, PaperKey), Paper>,
    pub(super) starts: BTreeMap<InsurerNumber, Date>,
    /// Whose opinion was asked for, for which application, from whom.
    pub(super) asked: BTreeSet<(InsuredKey, String, InstitutionCode)>,
    pub(super) opinions: BTreeSet<(InsuredKey, String)>,
    /// Whose materials of which meeting a member has read.
    pub(super) readings: BTreeSet<(InsuredKey, String, String)>,
    pub(super) plan_requests: u64,
}

impl Platform {
    /// Notes a municipality's start of service (利用開始日).
    pub fn note_start(&mut self, insurer: InsurerNumber, on: Date) {
        self.reception.starts.insert(insurer, on);
    }

    /// Learns the start that a municipality has confirmed at the portal; without one, the usual start holds again.
    pub(super) fn settle_start(&mut self, insurer: InsurerNumber, on: Option<Date>) {
        match on {
            Some(on) => self.note_start(insurer, on),
            None => {
                self.reception.starts.remove(&insurer);
            }
        }
    }

    /// A municipality's start of service, if it is not the usual one.
    #[must_use]
    pub fn service_start(&self, insurer: InsurerNumber) -> Option<Date> {
        self.reception.starts.get(&insurer).copied()
    }

    /// Notes that an insurer has asked an institution for a doctor's opinion.
    pub fn note_asked(
        &mut self,
        person: InsuredKey,
        application: &str,
        institution: InstitutionCode,
    ) {
        let asked = (person, application.to_owned(), institution);
        self.reception.asked.insert(asked);
    }

    /// Whether an institution has been asked for an opinion on a person at all.
    #[must_use]
    pub fn was_asked(&self, person: InsuredKey, institution: InstitutionCode) -> bool {
        let asked = &self.reception.asked;
        asked
            .range((person, String::new(), InstitutionCode::LEAST)..)
            .take_while(|(asked, _, _)| *asked == person)
            .any(|(_, _, by)| *by == institution)
    }

    /// On whom an institution has been asked for an opinion.
    pub fn people_asked_of(
        &self,
        institution: InstitutionCode,
    ) -> impl Iterator<Item = InsuredKey> {
        let asked = self.reception.asked.iter();
        asked
            .filter(move |(_, _, by)| *by == institution)
            .map(|(person, _, _)| *person)
    }

    /// For which applications of a person it was asked, and whether an opinion has been sent.
    pub fn applications_asked(
        &self,
        person: InsuredKey,
        institution: InstitutionCode,
    ) -> impl Iterator<Item = (String, bool)> {
        let asked = self.reception.asked.iter();
        asked
            .filter(move |(asked, _, by)| *asked == person && *by == institution)
            .map(|(person, application, _)| {
                let sent = (*person, application.clone());
                (application.clone(), self.reception.opinions.contains(&sent))
            })
    }
}
