//! The auditor: all books, and the events that are written into them.

use std::collections::BTreeMap;

use crate::ledger::{
    AcceptApplication, Application, BusinessEvent, HistoryRow, IssueRow, Ledger, Lost, Person,
    RegisterPerson,
};
use jiff::civil::Date;

use super::books::{AuditError, BoardMaterial, Books};
use super::outsiders::Outsider;

/// How a 個人番号 looks to the reader of the expected records (the simulated world sees mask tokens).
pub type Mask<'a> = &'a dyn Fn(&str) -> String;

/// 監査役.
#[derive(Debug, Clone)]
pub struct Auditor {
    pub(super) insurer_number: String,
    pub(super) people: BTreeMap<String, Books>,
    /// 申請番号 to 被保険者番号.
    applications: BTreeMap<String, String>,
    pub(super) never: Vec<Outsider>,
}

impl Auditor {
    /// The books as loaded. People lost on or before the baseline date are no part of set-up and must never
    /// appear; everyone else is there with all rows.
    #[must_use]
    pub fn new(ledger: &Ledger, baseline: Date) -> Self {
        let mut auditor = Self {
            insurer_number: ledger.insurer.number.clone(),
            people: BTreeMap::new(),
            applications: BTreeMap::new(),
            never: Vec::new(),
        };
        auditor
            .never
            .extend(ledger.not_insured.iter().map(|resident| Outsider {
                number: resident.provisional_number.clone(),
                my_number: Some(resident.my_number.clone()),
                reason: resident.reason.term().to_owned(),
            }));
        for person in &ledger.people {
            match person.lost.filter(|lost| lost.on <= baseline) {
                Some(lost) => auditor.exclude(person, lost),
                None => auditor.admit(person.clone()),
            }
        }
        auditor
    }

    fn exclude(&mut self, person: &Person, lost: Lost) {
        self.never.push(Outsider {
            number: person.insured_number.clone(),
            my_number: Some(person.my_number.clone()),
            reason: format!("基準日以前の{}に{}", lost.on, lost.reason),
        });
    }

    fn admit(&mut self, person: Person) {
        let number = person.insured_number.clone();
        self.never
            .extend(person.previous_numbers.iter().map(|previous| Outsider {
                number: previous.clone(),
                my_number: None,
                reason: "付番替え前の番号".to_owned(),
            }));
        for application in &person.applications {
            self.applications
                .insert(application.application_number.clone(), number.clone());
        }
        self.people.insert(number, Books::open(person));
    }

    /// Writes one event, which the vendor answered with done, into the books.
    ///
    /// # Errors
    /// The event does not fit the books; they stay as they were.
    pub fn apply(&mut self, event: &BusinessEvent) -> Result<(), AuditError> {
        match event {
            BusinessEvent::RegisterPerson(register) => self.register(register),
            BusinessEvent::ChangePerson(change) => self
                .books(&change.insured_number)
                .map(|books| books.change(&change.changes)),
            BusinessEvent::LoseQualification(loss) => {
                self.books(&loss.insured_number).map(|books| {
                    books.lose(Lost {
                        on: loss.on,
                        reason: loss.reason,
                    })
                })
            }
            BusinessEvent::IssueCard(issue) => self.issue(issue),
            BusinessEvent::IssueBurdenRatio(issue) => self.issue(issue),
            BusinessEvent::IssueReduction(issue) => self.issue(issue),
            BusinessEvent::RecordHomeModification(issue) => self.issue(issue),
            BusinessEvent::RecordEquipmentPurchase(issue) => self.issue(issue),
            BusinessEvent::DeleteRow(delete) => self
                .books(&delete.insured_number)?
                .delete(delete.table, delete.history_number),
            BusinessEvent::AcceptApplication(accept) => self.accept(accept),
            BusinessEvent::RegisterSurvey(register) => self
                .application(&register.application_number)
                .map(|application| application.survey = Some(register.survey.clone())),
            BusinessEvent::RequestOpinion(request) => self
                .application(&request.application_number)
                .map(|application| application.opinion_requested_on = Some(request.date)),
            BusinessEvent::RegisterOpinion(register) => self
                .application(&register.application_number)
                .map(|application| application.opinion = Some(register.opinion.clone())),
            BusinessEvent::ScheduleBoard(schedule) => self
                .application(&schedule.application_number)
                .map(|application| application.board_date = Some(schedule.date)),
            BusinessEvent::RegisterDecision(register) => self
                .application(&register.application_number)
                .map(|application| application.decision = Some(register.decision.clone())),
            BusinessEvent::OfferConsent(offer) => self
                .books(&offer.insured_number)
                .map(|books| books.note_given(offer.on, None)),
            BusinessEvent::WithdrawConsent(withdrawal) => self
                .books(&withdrawal.insured_number)?
                .withdraw(withdrawal.on),
        }
    }

    /// A consent that an office took: the platform holds it without the vendor having sent it.
    ///
    /// # Errors
    /// The person is unknown or has left.
    pub fn note_office_consent(
        &mut self,
        insured_number: &str,
        on: Date,
        office_number: &str,
    ) -> Result<(), AuditError> {
        self.books(insured_number)
            .map(|books| books.note_given(on, Some(office_number.to_owned())))
    }

    /// A material that the vendor answered with done when it was handed to the board. A later one of the same
    /// application takes its place. Who declares no such function is never handed one.
    ///
    /// # Errors
    /// The application is unknown, or the person has left.
    pub fn note_material(
        &mut self,
        application_number: &str,
        material: BoardMaterial,
    ) -> Result<(), AuditError> {
        let owner = self.owner_of(application_number)?;
        let books = self.books(&owner)?;
        let application_number = application_number.to_owned();
        books.materials.insert(application_number, material);
        Ok(())
    }

    /// The auditor's own page of a person, to choose the next event from.
    #[must_use]
    pub fn person(&self, insured_number: &str) -> Option<&Person> {
        self.people.get(insured_number).map(|books| &books.person)
    }

    /// Everyone in the books who was ever to be linked, by 被保険者番号.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values().map(|books| &books.person)
    }

    fn register(&mut self, register: &RegisterPerson) -> Result<(), AuditError> {
        let person = &register.person;
        let insured_number = person.insured_number.clone();
        if insured_number.is_empty() {
            return Err(AuditError::NotNumbered {
                operation: "register_person",
            });
        }
        if self.people.contains_key(&insured_number) {
            return Err(AuditError::NumberInUse { insured_number });
        }
        let mut person = person.clone();
        person.number_open_rows();
        self.admit(person);
        Ok(())
    }

    fn issue<Row: HistoryRow>(&mut self, issue: &IssueRow<Row>) -> Result<(), AuditError> {
        self.books(&issue.insured_number)?.issue(issue)
    }

    fn accept(&mut self, accept: &AcceptApplication) -> Result<(), AuditError> {
        let Some(application_number) = accept.application_number.clone() else {
            return Err(AuditError::NotNumbered {
                operation: "accept_application",
            });
        };
        if self.applications.contains_key(&application_number) {
            return Err(AuditError::ApplicationNumberInUse { application_number });
        }
        let books = self.books(&accept.insured_number)?;
        books.person.applications.push(Application {
            application_number: application_number.clone(),
            date: accept.date,
            kind: accept.kind,
            form: accept.form,
            consent_box: accept.consent_box,
            survey: None,
            opinion_requested_on: None,
            opinion: None,
            board_date: None,
            decision: None,
        });
        books.note_box(accept.form, accept.consent_box, accept.date);
        self.applications
            .insert(application_number, accept.insured_number.clone());
        Ok(())
    }

    fn books(&mut self, insured_number: &str) -> Result<&mut Books, AuditError> {
        let insured_number = insured_number.to_owned();
        let Some(books) = self.people.get_mut(&insured_number) else {
            return Err(AuditError::UnknownPerson { insured_number });
        };
        match books.person.lost {
            Some(lost) => Err(AuditError::AlreadyLost {
                insured_number,
                on: lost.on,
            }),
            None => Ok(books),
        }
    }

    fn owner_of(&self, application_number: &str) -> Result<String, AuditError> {
        let owner = self.applications.get(application_number).cloned();
        owner.ok_or_else(|| unknown(application_number))
    }

    fn application(&mut self, application_number: &str) -> Result<&mut Application, AuditError> {
        let owner = self.owner_of(application_number)?;
        self.books(&owner)?
            .application(application_number)
            .ok_or_else(|| unknown(application_number))
    }
}

fn unknown(application_number: &str) -> AuditError {
    AuditError::UnknownApplication {
        application_number: application_number.to_owned(),
    }
}
