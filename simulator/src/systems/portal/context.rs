//! In the light of what the portal decides.

use jiff::civil::Date;

use crate::domain::{Insurer, InsurerKind, InsurerNumber, Insurers};
use crate::kernel::Moment;
use crate::portal::Refusal;
use crate::profile::Profile;

use super::refusal;

/// What the portal knows without having been told at its counter.
#[derive(Debug, Clone, Copy)]
pub struct PortalContext<'a> {
    /// The interface profile, for the dates of the programme.
    pub profile: &'a Profile,
    /// The register of insurers and unions.
    pub insurers: &'a Insurers,
    /// The run's time.
    pub now: Moment,
}

impl<'a> PortalContext<'a> {
    /// Today.
    pub(super) fn today(&self) -> Date {
        self.now.date()
    }

    /// 施行日.
    pub(super) fn law_in_force(&self) -> Date {
        self.profile.calendar().law_in_force.value
    }

    /// Days from completion to the usual service start.
    pub(super) fn start_days(&self) -> u32 {
        self.profile
            .calendar()
            .service_start_days_after_completion
            .value
    }

    /// The one of a number, if it has a set-up of its own.
    pub(super) fn connected(&self, number: InsurerNumber) -> Result<&'a Insurer, Refusal> {
        let connected = self.insurers.connection(number);
        connected.map_err(|why| refusal::no_schedule(&why))
    }

    /// Who has dates in common with an insurer, itself included: those who set up together and connect
    /// themselves.
    pub(super) fn scheduled_together(&self, number: InsurerNumber) -> Vec<InsurerNumber> {
        match self.insurers.get(number).map(|insurer| &insurer.kind) {
            Some(InsurerKind::Member { .. }) => self
                .insurers
                .set_up_together(number)
                .into_iter()
                .filter(|other| self.insurers.connection(*other).is_ok())
                .collect(),
            Some(
                InsurerKind::Municipality { .. }
                | InsurerKind::InsurerUnion
                | InsurerKind::CertificationUnion { .. },
            )
            | None => vec![number],
        }
    }
}
