//! Offices: in the pages of 介護WEBサービス and through care software.

use crate::domain::OfficeNumber;
use crate::kernel::Moment;
use crate::profile::Profile;
use crate::systems::care_software::CareSoftware;
use crate::systems::careweb;
use crate::systems::qualification::CheckedBy;
use crate::systems::viewing::Sessions;
use crate::viewer::{Denial, OfficeAction, OfficeRequest};

use super::doors::{Counter, Reply};
use super::viewers::key_of;

impl<'w> Counter<'w> {
    pub(super) fn careweb(
        &mut self,
        request: &OfficeRequest,
        reply: &mut Reply,
    ) -> Result<(), Denial> {
        let sessions = self.doors.careweb.sessions_mut();
        if let Some(done) = keep(sessions, self.profile, self.now, request) {
            return done;
        }
        if let Some(done) = self.log_in(request, reply) {
            let holder = done?;
            let lifetime = careweb::office_lifetime(self.profile);
            let sessions = self.doors.careweb.sessions_mut();
            reply.viewed.session = Some(sessions.open(self.now, holder, lifetime));
            return Ok(());
        }
        let sessions = self.doors.careweb.sessions();
        let holder = sessions.holder(request.session, self.now)?.clone();
        self.office_action(&holder, &request.action, reply)
    }

    pub(super) fn care_software(
        &mut self,
        request: &OfficeRequest,
        reply: &mut Reply,
    ) -> Result<(), Denial> {
        let sessions = self.doors.software.sessions_mut();
        if let Some(done) = keep(sessions, self.profile, self.now, request) {
            return done;
        }
        if let Some(done) = self.log_in(request, reply) {
            let holder = done?;
            let lifetime = careweb::office_lifetime(self.profile);
            let sessions = self.doors.software.sessions_mut();
            reply.viewed.session = Some(sessions.open(self.now, holder, lifetime));
            return Ok(());
        }
        let sessions = self.doors.software.sessions();
        let holder = sessions.holder(request.session, self.now)?.clone();
        self.doors.careweb.admit(self.profile, &holder)?;
        CareSoftware::may(self.profile, &request.action)?;
        self.office_action(&holder, &request.action, reply)
    }

    fn log_in(
        &mut self,
        request: &OfficeRequest,
        reply: &mut Reply,
    ) -> Option<Result<(OfficeNumber, String), Denial>> {
        let OfficeAction::LogIn {
            certificate,
            user,
            password,
        } = &request.action
        else {
            return None;
        };
        let at = (self.profile, self.now);
        let careweb = &mut self.doors.careweb;
        let holder = careweb::log_in(careweb, at, certificate.as_deref(), user, password);
        if let Ok((office, user)) = &holder {
            reply.viewed.by = Some(format!("{office}/{user}"));
        }
        Some(holder)
    }

    /// What an office does once it has come in; the same for both doors.
    fn office_action(
        &mut self,
        holder: &(OfficeNumber, String),
        action: &OfficeAction,
        reply: &mut Reply,
    ) -> Result<(), Denial> {
        let profile = self.profile;
        let admission = self.doors.careweb.admit(profile, holder)?;
        reply.by(admission.viewer());
        let office = holder.0;
        match action {
            // Taken care of before anybody is admitted.
            OfficeAction::LogIn { .. } | OfficeAction::Refresh | OfficeAction::LogOut => Ok(()),
            OfficeAction::RegisterUser(typed) => {
                self.register_user(office, admission.viewer(), typed, reply)
            }
            OfficeAction::ReadCard(reading) => self.read_card(
                CheckedBy::Office(office),
                admission.viewer(),
                reading,
                reply,
            ),
            OfficeAction::BecomeResponsible(subject) => {
                let identity = self.identified(admission.viewer(), subject)?;
                let careweb = &mut self.doors.careweb;
                careweb::become_responsible(careweb, self.now, office, identity)
            }
            OfficeAction::EndResponsibility(subject) => {
                let key = key_of(subject).ok_or(Denial::NotResponsible)?;
                careweb::end_responsibility(&mut self.doors.careweb, office, key)
            }
            OfficeAction::View { subject, data } => self.view(&admission, subject, data, reply),
            OfficeAction::TakeConsent(subject) => {
                self.take_consent(office, admission.viewer(), subject, reply)
            }
            OfficeAction::SubmitPlanRequest(sheet) => {
                self.submit_plan_request(office, admission.viewer(), sheet, reply)
            }
            OfficeAction::SendOpinion(sheet) => self.send_office_opinion(office, sheet, reply),
            OfficeAction::RegisterCarePlan(sheet) => {
                self.register_care_plan(office, admission.viewer(), sheet, reply)
            }
            OfficeAction::RegisterLife(sheet) => {
                self.register_life(office, admission.viewer(), sheet, reply)
            }
        }
    }
}

/// Renews or ends a log-in, if that is what is asked.
fn keep<H>(
    sessions: &mut Sessions<H>,
    profile: &Profile,
    now: Moment,
    request: &OfficeRequest,
) -> Option<Result<(), Denial>> {
    match request.action {
        OfficeAction::Refresh => {
            let lifetime = careweb::office_lifetime(profile);
            Some(sessions.renew(request.session, now, lifetime))
        }
        OfficeAction::LogOut => Some(sessions.close(request.session)),
        OfficeAction::LogIn { .. }
        | OfficeAction::RegisterUser(_)
        | OfficeAction::ReadCard(_)
        | OfficeAction::BecomeResponsible(_)
        | OfficeAction::EndResponsibility(_)
        | OfficeAction::View { .. }
        | OfficeAction::TakeConsent(_)
        | OfficeAction::SubmitPlanRequest(_)
        | OfficeAction::SendOpinion(_)
        | OfficeAction::RegisterCarePlan(_)
        | OfficeAction::RegisterLife(_) => None,
    }
}
