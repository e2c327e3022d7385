//! What an office does beside viewing.

use crate::domain::OfficeNumber;
use crate::profile::{Entitlements, PaperKind, ServiceId, Setting, WithoutAssent};
use crate::systems::careweb::{self, Office};
use crate::systems::platform::{self, Paper};
use crate::systems::viewing::{PersonShown, VerifiedIdentity, Viewer};
use crate::viewer::{
    CarePlanSheet, Denial, FourItems, LifeSheet, OpinionSheet, PlanRequestSheet, Subject,
};

use super::doors::{Counter, Reply};

/// 届出の種類: 介護予防サービス計画 [profile: plan_request_type].
const PREVENTIVE: &str = "2";

impl Counter<'_> {
    pub(super) fn register_user(
        &mut self,
        office: OfficeNumber,
        viewer: &Viewer,
        typed: &FourItems,
        reply: &mut Reply,
    ) -> Result<(), Denial> {
        let person = self.gates().person(viewer, &typed.subject, None)?;
        let agreed = careweb::compare_four_items(self.platform, self.profile, person, typed);
        let agreed = agreed.map_err(|differing| {
            reply.detail = differing;
            Denial::FourItemsDiffer
        })?;
        careweb::register_user(&mut self.doors.careweb, self.now, office, agreed);
        Ok(())
    }

    pub(super) fn take_consent(
        &mut self,
        office: OfficeNumber,
        viewer: &Viewer,
        subject: &Subject,
        reply: &mut Reply,
    ) -> Result<(), Denial> {
        self.entitled(office, |may| &may.take_consent)?;
        let identity = self.identified(viewer, subject)?;
        self.gates().relation(viewer, identity)?;
        let (profile, now) = (self.profile, self.now);
        let taken = platform::take_consent(self.platform, profile, now, identity, office)?;
        reply.sent(taken);
        Ok(())
    }

    pub(super) fn submit_plan_request(
        &mut self,
        office: OfficeNumber,
        viewer: &Viewer,
        sheet: &PlanRequestSheet,
        reply: &mut Reply,
    ) -> Result<(), Denial> {
        let name = if sheet.request_type == PREVENTIVE {
            let office = self.entitled(office, |may| &may.submit_preventive_plan_request)?;
            office.name.clone()
        } else {
            let office = self.entitled(office, |may| &may.submit_plan_request)?;
            office.name.clone()
        };
        let identity = self.identified(viewer, &sheet.subject)?;
        let policy = &self.profile.access().policy;
        let is_refused = policy.plan_request_without_assent.value == WithoutAssent::Refuse;
        if is_refused && !sheet.assented {
            return Err(Denial::NotAssented);
        }
        let taken = platform::take_plan_request(
            self.platform,
            self.profile,
            self.now,
            identity,
            (office, &name),
            sheet,
            &mut reply.detail,
        )?;
        reply.sent(taken);
        Ok(())
    }

    pub(super) fn send_office_opinion(
        &mut self,
        office: OfficeNumber,
        sheet: &OpinionSheet,
        reply: &mut Reply,
    ) -> Result<(), Denial> {
        let name = self.entitled(office, |may| &may.send_opinion)?.name.clone();
        let code = office.as_str().parse().map_err(|_| Denial::NotEntitled)?;
        self.send_opinion(code, &name, sheet, reply)
    }

    pub(super) fn register_care_plan(
        &mut self,
        office: OfficeNumber,
        viewer: &Viewer,
        sheet: &CarePlanSheet,
        reply: &mut Reply,
    ) -> Result<(), Denial> {
        self.entitled(office, |may| &may.register_care_plan)?;
        let person = self.responsible_for(viewer, &sheet.subject)?;
        let paper = Paper {
            kind: PaperKind::CarePlan,
            office,
            number: sheet.number.clone(),
            on: sheet.created,
            contents: sheet.contents.clone(),
        };
        let made = platform::register_paper(self.platform, person, paper);
        reply.viewed.made.push(made);
        Ok(())
    }

    pub(super) fn register_life(
        &mut self,
        office: OfficeNumber,
        viewer: &Viewer,
        sheet: &LifeSheet,
        reply: &mut Reply,
    ) -> Result<(), Denial> {
        self.entitled(office, |may| &may.register_life)?;
        let person = self.responsible_for(viewer, &sheet.subject)?;
        let paper = Paper {
            kind: PaperKind::LifeData,
            office,
            number: sheet.measured.to_string(),
            on: sheet.measured,
            contents: sheet.contents.clone(),
        };
        let made = platform::register_paper(self.platform, person, paper);
        reply.viewed.made.push(made);
        Ok(())
    }

    /// The office, if its kind of service may do this at all.
    fn entitled(
        &self,
        office: OfficeNumber,
        list: impl Fn(&Entitlements) -> &Setting<Vec<ServiceId>>,
    ) -> Result<&Office, Denial> {
        let found = self.doors.careweb.office(office);
        let office = found.ok_or(Denial::NotLoggedIn)?;
        let entitled = &list(&self.profile.access().entitlement).value;
        if !entitled.contains(&office.service) {
            return Err(Denial::NotEntitled);
        }
        Ok(office)
    }

    /// The gates up to identity.
    pub(super) fn identified(
        &self,
        viewer: &Viewer,
        subject: &Subject,
    ) -> Result<VerifiedIdentity, Denial> {
        let gates = self.gates();
        let person = gates.person(viewer, subject, None)?;
        gates.identity(viewer, person)
    }

    /// A person whom a responsible office writes about. That it has once checked who the person
    /// is comes first: whoever never has must not learn that there is such a person.
    fn responsible_for(&self, viewer: &Viewer, subject: &Subject) -> Result<PersonShown, Denial> {
        let gates = self.gates();
        let person = gates.person(viewer, subject, None)?;
        let identity = gates.identity_ever(viewer, person)?;
        gates.relation(viewer, identity)?;
        Ok(person)
    }
}
