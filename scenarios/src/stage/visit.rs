//! 窓口: how somebody on the far side of the platform asks at their door, log-in and all.

use tekigo_simulator::viewer::{
    CardFact, CardReading, Directory, InstitutionAction, InstitutionFact, InstitutionRequest,
    OfficeAction, OfficeFact, OfficeRequest, OfficeUser, PersonAction, PersonRequest, Reader,
    StaffRequest, Subject, Viewed, ViewerInput,
};

use super::failure::{Performed, StepFailure};
use super::live::Live;
use super::preparation::ENVIRONMENT;
use crate::cast::Beholder;

/// Where the cards of the town end, if nothing else is said of them.
const CARDS_EXPIRE: jiff::civil::Date = jiff::civil::date(2035, 5, 6);
/// The password of every user of an office.
const PASSWORD: &str = "Jigyosho-2026";
/// つきみ病院: 医療機関コード, district 99.
const HOSPITAL: &str = "1319900021";

/// An invented office of district 99, with the one user whom a scenario knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Office {
    pub(super) number: &'static str,
    name: &'static str,
    service: &'static str,
    job: &'static str,
}

const AOBA: Office = Office {
    number: "1379900028",
    name: "あおば居宅介護支援事業所",
    service: "care_management",
    job: "care_manager",
};
const HINODE: Office = Office {
    number: "1379900036",
    name: "ひので訪問介護事業所",
    service: "visiting",
    job: "staff",
};

/// The office that a viewer works for, if any.
pub(super) const fn office_of(viewer: Beholder) -> Option<Office> {
    match viewer {
        Beholder::CareManager | Beholder::CareSoftware => Some(AOBA),
        Beholder::HomeHelp => Some(HINODE),
        Beholder::Person | Beholder::Hospital | Beholder::Staff => None,
    }
}

/// What somebody asks for, at whichever door.
#[derive(Debug, Clone)]
pub(super) enum Errand {
    /// To see one kind of data.
    See(Subject, String),
    /// 本人確認 by card.
    Read(CardReading),
    /// What only offices do.
    Office(OfficeAction),
}

impl Live {
    /// Asks at the viewer's door, logging in first where the door wants it: a log-in that is refused is the
    /// answer.
    ///
    /// # Errors
    /// The viewer's door has nothing like this.
    pub(super) fn visit(
        &mut self,
        viewer: Beholder,
        card: &str,
        errand: Errand,
    ) -> Performed<Viewed> {
        match viewer {
            Beholder::CareManager | Beholder::CareSoftware | Beholder::HomeHelp => {
                self.visit_as_office(viewer, errand)
            }
            Beholder::Person => self.visit_portal(card, errand),
            Beholder::Hospital => self.visit_as_hospital(errand),
            Beholder::Staff => self.visit_as_staff(errand),
        }
    }

    fn visit_as_office(&mut self, viewer: Beholder, errand: Errand) -> Performed<Viewed> {
        let office = office_of(viewer).ok_or_else(|| not_there(viewer))?;
        self.note_office(office)?;
        let at_door = |session, action| {
            let request = OfficeRequest { session, action };
            if viewer == Beholder::CareSoftware {
                ViewerInput::CareSoftware(request)
            } else {
                ViewerInput::Careweb(request)
            }
        };
        let log_in = OfficeAction::LogIn {
            certificate: Some(certificate_of(office)),
            user: office.job.to_owned(),
            password: self.token(PASSWORD)?,
        };
        let entered = self.ask_at_door(at_door(None, log_in))?;
        if !entered.done {
            return Ok(entered);
        }
        let action = match errand {
            Errand::See(subject, data) => OfficeAction::View { subject, data },
            Errand::Read(reading) => OfficeAction::ReadCard(reading),
            Errand::Office(action) => action,
        };
        self.ask_at_door(at_door(entered.session, action))
    }

    fn visit_portal(&mut self, card: &str, errand: Errand) -> Performed<Viewed> {
        let Errand::See(subject, data) = errand else {
            return Err(not_there(Beholder::Person));
        };
        self.note_good_card(card)?;
        let log_in = PersonAction::LogIn {
            card: card.to_owned(),
        };
        let entered = self.ask_at_door(ViewerInput::Mynaportal(PersonRequest {
            session: None,
            action: log_in,
        }))?;
        if !entered.done {
            return Ok(entered);
        }
        self.ask_at_door(ViewerInput::Mynaportal(PersonRequest {
            session: entered.session,
            action: PersonAction::View { subject, data },
        }))
    }

    fn visit_as_hospital(&mut self, errand: Errand) -> Performed<Viewed> {
        let certificate = format!("line-{HOSPITAL}");
        if self.viewers.is_new(HOSPITAL) {
            self.note_fact(Directory::Institution(InstitutionFact {
                code: HOSPITAL.to_owned(),
                name: "つきみ病院".to_owned(),
                certificate: certificate.clone(),
            }))?;
        }
        let action = match errand {
            Errand::See(subject, data) => InstitutionAction::View { subject, data },
            Errand::Read(reading) => InstitutionAction::ReadCard(reading),
            Errand::Office(_) => return Err(not_there(Beholder::Hospital)),
        };
        self.ask_at_door(ViewerInput::Medical(InstitutionRequest {
            institution: HOSPITAL.to_owned(),
            certificate: Some(certificate),
            action,
        }))
    }

    fn visit_as_staff(&mut self, errand: Errand) -> Performed<Viewed> {
        let Errand::See(subject, data) = errand else {
            return Err(not_there(Beholder::Staff));
        };
        self.ask_at_door(ViewerInput::Municipality(StaffRequest {
            account: self.ledger.insurer.number.clone(),
            environment: ENVIRONMENT.to_owned(),
            subject,
            data,
        }))
    }

    fn note_office(&mut self, office: Office) -> Performed {
        if !self.viewers.is_new(office.number) {
            return Ok(());
        }
        let password = self.token(PASSWORD)?;
        self.note_fact(Directory::Office(OfficeFact {
            number: office.number.to_owned(),
            name: office.name.to_owned(),
            service: office.service.to_owned(),
            certificate: certificate_of(office),
            users: vec![OfficeUser {
                id: office.job.to_owned(),
                job: office.job.to_owned(),
                password,
            }],
        }))
    }

    /// A person's card, which is good.
    fn note_good_card(&mut self, card: &str) -> Performed {
        if !self.viewers.is_new(card) {
            return Ok(());
        }
        self.note_card(card, |_| {})
    }

    /// A person's card, good but for what `change` does to it.
    pub(super) fn note_card(&self, card: &str, change: impl FnOnce(&mut CardFact)) -> Performed {
        let mut fact = CardFact {
            my_number: card.to_owned(),
            expires: CARDS_EXPIRE,
            is_lost: false,
            is_insurance_card: true,
        };
        change(&mut fact);
        self.note_fact(Directory::Card(fact))
    }

    fn token(&self, password: &str) -> Performed<String> {
        Ok(self.simulator()?.shell().mask().password_token(password))
    }
}

/// A reading as it should be.
pub(super) fn reading(card: &str) -> CardReading {
    CardReading {
        card: card.to_owned(),
        face_compared: true,
        reader: Reader::CardReader,
    }
}

fn certificate_of(office: Office) -> String {
    format!("office-{}", office.number)
}

fn not_there(viewer: Beholder) -> StepFailure {
    StepFailure::harness(format!("「{viewer}」にできることではありません"))
}

#[cfg(test)]
mod tests {
    use super::{AOBA, HINODE};
    use crate::town::office_number_is_valid;

    #[test]
    fn offices_have_valid_numbers() {
        for office in [AOBA, HINODE] {
            assert!(office_number_is_valid(office.number), "{office:?}");
        }
    }
}
