//! The world's way to the portal, and to what is attested.

use super::World;
use crate::attestation::{self, Attestation};
use crate::domain::{InsurerNumber, SetupCompletionDate};
use crate::effect::{Dated, Effect};
use crate::input::Opening;
use crate::portal::{PortalInput, PublicStatus};
use crate::systems::SystemId;
use crate::systems::portal::{self, Acted, PortalContext, Secrets};

impl World {
    /// The portal, for looking at.
    #[must_use]
    pub fn portal(&self) -> &portal::Portal {
        &self.portal
    }

    /// The register of insurers and unions.
    #[must_use]
    pub fn insurers(&self) -> &crate::domain::Insurers {
        &self.insurers
    }

    /// What everybody can read at the portal, by number.
    #[must_use]
    pub fn public_status(&self) -> Vec<PublicStatus> {
        portal::status_list(&self.portal, &self.portal_context())
    }

    fn portal_context(&self) -> PortalContext<'_> {
        PortalContext {
            profile: &self.profile,
            insurers: &self.insurers,
            now: self.now,
        }
    }

    pub(super) fn register_insurers(&mut self, opening: &Opening) {
        let insurers = opening.insurers.iter();
        self.insurers = insurers
            .filter_map(|insurer| insurer.shape.insurer(&insurer.number, &insurer.name))
            .collect();
    }

    pub(super) fn visit_portal(&mut self, input: &PortalInput, effects: &mut Vec<Dated>) {
        let context = PortalContext {
            profile: &self.profile,
            insurers: &self.insurers,
            now: self.now,
        };
        let secrets = Secrets {
            mask: &self.mask,
            random: &mut self.random,
        };
        let mut acted = portal::act(&mut self.portal, &context, secrets, input);
        let answer = std::mem::take(&mut acted.answer);
        self.emit(effects, Effect::PortalAnswer(answer));
        self.follow_up(acted, effects);
    }

    pub(super) fn report_completion(
        &mut self,
        insurer: InsurerNumber,
        on: jiff::civil::Date,
        effects: &mut Vec<Dated>,
    ) {
        let context = PortalContext {
            profile: &self.profile,
            insurers: &self.insurers,
            now: self.now,
        };
        let on = SetupCompletionDate(on);
        let acted = portal::receive_completion(&mut self.portal, &context, insurer, on);
        self.follow_up(acted, effects);
    }

    /// What has been attested in this run, oldest first.
    #[must_use]
    pub fn attestations(&self) -> &[Attestation] {
        &self.attestations
    }

    pub(super) fn take_attestation(&mut self, attestation: &Attestation, effects: &mut Vec<Dated>) {
        let calendar = self.profile.calendar();
        let today = self.now.date();
        let answer = attestation::judge(attestation, &self.insurers, calendar, today);
        if answer.done {
            self.attestations.push(attestation.clone());
        }
        self.emit(effects, Effect::AttestationAnswer(answer));
    }

    fn follow_up(&mut self, acted: Acted, effects: &mut Vec<Dated>) {
        for status in acted.published {
            self.emit(effects, Effect::PublicStatus(status));
        }
        self.send_all(SystemId::Portal, acted.outgoing, effects);
    }
}
