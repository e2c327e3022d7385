//! Viewers who are no offices, and what every viewer does.

use crate::domain::{InstitutionCode, InsuredKey, InsurerNumber};
use crate::systems::qualification::{self, CheckedBy};
use crate::systems::viewing::{Admission, Viewer};
use crate::systems::{careweb, mynaportal, platform};
use crate::viewer::{
    BoardAction, BoardRequest, CardReading, Denial, InstitutionAction, InstitutionRequest,
    OpinionSheet, PersonAction, PersonRequest, PersonSeen, StaffRequest, Subject,
};

use super::doors::{Counter, Reply};

impl<'w> Counter<'w> {
    pub(super) fn mynaportal(
        &mut self,
        request: &PersonRequest,
        reply: &mut Reply,
    ) -> Result<(), Denial> {
        let (profile, now) = (self.profile, self.now);
        match &request.action {
            PersonAction::LogIn { card } => {
                let person = qualification::present_card(self.qualification, now, card)?;
                reply.by(&Viewer::Person(person));
                let lifetime = mynaportal::portal_lifetime(profile);
                let sessions = self.doors.portal.sessions_mut();
                reply.viewed.session = Some(sessions.open(now, person, lifetime));
                Ok(())
            }
            PersonAction::LogOut => self.doors.portal.sessions_mut().close(request.session),
            PersonAction::View { subject, data } => {
                let admission = self.doors.portal.admit(profile, request.session, now)?;
                reply.by(admission.viewer());
                self.view(&admission, subject, data, reply)
            }
        }
    }

    pub(super) fn medical(
        &mut self,
        request: &InstitutionRequest,
        reply: &mut Reply,
    ) -> Result<(), Denial> {
        let profile = self.profile;
        let certificate = request.certificate.as_deref();
        let medical = &self.doors.medical;
        let (code, institution, admission) =
            medical.admit(profile, &request.institution, certificate)?;
        reply.by(admission.viewer());
        match &request.action {
            InstitutionAction::ReadCard(reading) => {
                let by = CheckedBy::Institution(code);
                self.read_card(by, admission.viewer(), reading, reply)
            }
            InstitutionAction::View { subject, data } => {
                self.view(&admission, subject, data, reply)
            }
            InstitutionAction::SendOpinion(sheet) => {
                let name = institution.name.clone();
                self.send_opinion(code, &name, sheet, reply)
            }
        }
    }

    pub(super) fn board(
        &mut self,
        request: &BoardRequest,
        reply: &mut Reply,
    ) -> Result<(), Denial> {
        let (profile, now) = (self.profile, self.now);
        let lifetime = careweb::office_lifetime(profile);
        match &request.action {
            BoardAction::LogIn {
                insurer,
                member,
                password,
            } => {
                let holder =
                    self.doors
                        .board
                        .log_in((profile, now), (insurer, member), password)?;
                reply.viewed.by = Some(format!("{}/{}", holder.0, holder.1));
                let sessions = self.doors.board.sessions_mut();
                reply.viewed.session = Some(sessions.open(now, holder, lifetime));
                Ok(())
            }
            BoardAction::Refresh => {
                let sessions = self.doors.board.sessions_mut();
                sessions.renew(request.session, now, lifetime)
            }
            BoardAction::LogOut => self.doors.board.sessions_mut().close(request.session),
            BoardAction::View { subject, data } => {
                let admission = self.doors.board.admit(profile, request.session, now)?;
                reply.by(admission.viewer());
                self.read_material(&admission, subject, data, reply)
            }
        }
    }

    /// Shows a member a person's materials and notes that they were read.
    fn read_material(
        &mut self,
        admission: &Admission<'w>,
        subject: &Subject,
        data: &str,
        reply: &mut Reply,
    ) -> Result<(), Denial> {
        let profile = self.profile;
        let grant = self.gates().open(admission, subject, data)?;
        reply.viewed.disclosure = Some(platform::disclose(self.platform, profile, &grant));
        if let Viewer::Member { number, .. } = admission.viewer()
            && data == "boardMaterial"
        {
            let now = self.now;
            let read = platform::note_reading(self.platform, profile, now, &grant, number);
            for reading in read {
                reply.sent(reading);
            }
        }
        Ok(())
    }

    pub(super) fn municipality(
        &mut self,
        request: &StaffRequest,
        reply: &mut Reply,
    ) -> Result<(), Denial> {
        let (account, environment) = (&request.account, &request.environment);
        let admission = self.pmh.admit(self.profile, account, environment)?;
        reply.by(admission.viewer());
        self.view(&admission, &request.subject, &request.data, reply)
    }

    /// Shows one kind of data, if every gate is open.
    pub(super) fn view(
        &self,
        admission: &Admission<'w>,
        subject: &Subject,
        data: &str,
        reply: &mut Reply,
    ) -> Result<(), Denial> {
        let grant = self.gates().open(admission, subject, data)?;
        let disclosure = platform::disclose(self.platform, self.profile, &grant);
        reply.viewed.disclosure = Some(disclosure);
        Ok(())
    }

    /// Reads a card; the reader learns whom it belongs to as far as their data may be seen.
    pub(super) fn read_card(
        &mut self,
        by: CheckedBy,
        viewer: &Viewer,
        reading: &CardReading,
        reply: &mut Reply,
    ) -> Result<(), Denial> {
        let identifier =
            qualification::read_card(self.qualification, self.profile, self.now, by, reading)?;
        let gates = self.gates();
        let people = self.platform.keys_of(identifier).map(|key| Subject {
            insurer: key.insurer.to_string(),
            insured: key.number.to_string(),
        });
        reply.viewed.people = people
            .filter(|subject| gates.person(viewer, subject, None).is_ok())
            .map(|Subject { insurer, insured }| PersonSeen { insurer, insured })
            .collect();
        Ok(())
    }

    /// Takes an opinion for a municipality that has been set up; whoever may not see a person's
    /// data can still have been asked to write about the person.
    pub(super) fn send_opinion(
        &mut self,
        code: InstitutionCode,
        name: &str,
        sheet: &OpinionSheet,
        reply: &mut Reply,
    ) -> Result<(), Denial> {
        let insurer: Option<InsurerNumber> = sheet.subject.insurer.parse().ok();
        let insurer = insurer.filter(|insurer| self.gates().is_open(*insurer));
        insurer.ok_or(Denial::MunicipalityNotOpen)?;
        let key = key_of(&sheet.subject).ok_or(Denial::PersonUnknown)?;
        self.platform.present(self.profile, key)?;
        let profile = self.profile;
        let detail = &mut reply.detail;
        let author = (code, name);
        let taken = platform::take_opinion(self.platform, profile, key, author, sheet, detail)?;
        reply.sent(taken);
        Ok(())
    }
}

/// Whose numbers these are, if they are numbers at all.
pub(super) fn key_of(subject: &Subject) -> Option<InsuredKey> {
    Some(InsuredKey {
        insurer: subject.insurer.parse().ok()?,
        number: subject.insured.parse().ok()?,
    })
}
