//! The auditor: all books, all events, the expected state.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::ledger::{
    AcceptApplication, Application, BusinessEvent, Ledger, Lost, Person, RegisterPerson, Table,
};

use super::books::{AuditError, Books};
use super::comparison::{Difference, ExpectedKey, ExpectedRow, compare};
use super::records;

/// How a 個人番号 looks to the reader of the expected records (the simulated world sees mask tokens).
pub type Mask<'a> = &'a dyn Fn(&str) -> String;

/// 監査役.
#[derive(Debug, Clone)]
pub struct Auditor {
    insurer_number: String,
    people: BTreeMap<String, Books>,
    /// 申請番号 to 被保険者番号.
    applications: BTreeMap<String, String>,
    never: Vec<Outsider>,
}

/// Someone of whom no record may ever be there.
#[derive(Debug, Clone)]
struct Outsider {
    number: String,
    my_number: Option<String>,
    reason: String,
}

/// 送ってはならない人: numbers that no record may carry, with the reason in Japanese.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Never {
    /// 仮番号, H番号, 被保険者番号 of people lost before the baseline date, 付番替え前の番号.
    pub numbers: BTreeMap<String, String>,
    /// 個人番号 (as the mask shows it) of those who hold no other place in the books.
    pub my_numbers: BTreeMap<String, String>,
}

impl Never {
    /// The records that are there and must not be, deleted ones included.
    #[must_use]
    pub fn found_in(&self, actual: &BTreeMap<ExpectedKey, Option<Value>>) -> Vec<Difference> {
        let forbidden = |key: &ExpectedKey, held: &Option<Value>| {
            let my_number = held
                .as_ref()
                .and_then(|record| record.get("myNumber"))
                .and_then(Value::as_str);
            self.numbers
                .get(&key.insured_number)
                .or_else(|| self.my_numbers.get(my_number?))
        };
        actual
            .iter()
            .filter_map(|(key, held)| {
                let reason = forbidden(key, held)?;
                let state = if held.is_some() {
                    "あり"
                } else {
                    "削除済みの記録あり"
                };
                Some(Difference::of(
                    key,
                    format!("送られない（{reason}）"),
                    state,
                ))
            })
            .collect()
    }
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
            BusinessEvent::IssueCard(issue) => self.books(&issue.insured_number)?.issue(
                Table::Cards,
                |person| &mut person.cards,
                issue,
            ),
            BusinessEvent::IssueBurdenRatio(issue) => self.books(&issue.insured_number)?.issue(
                Table::BurdenRatios,
                |person| &mut person.burden_ratios,
                issue,
            ),
            BusinessEvent::IssueReduction(issue) => self.books(&issue.insured_number)?.issue(
                Table::Reductions,
                |person| &mut person.reductions,
                issue,
            ),
            BusinessEvent::RecordHomeModification(issue) => {
                self.books(&issue.insured_number)?.issue(
                    Table::HomeModifications,
                    |person| &mut person.home_modifications,
                    issue,
                )
            }
            BusinessEvent::RecordEquipmentPurchase(issue) => {
                self.books(&issue.insured_number)?.issue(
                    Table::EquipmentPurchases,
                    |person| &mut person.equipment_purchases,
                    issue,
                )
            }
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

    /// What the platform must hold once set-up is complete and every difference has been transferred.
    #[must_use]
    pub fn expected(&self, mask: Mask<'_>) -> BTreeMap<ExpectedKey, ExpectedRow> {
        let mut expected = BTreeMap::new();
        for books in self.people.values() {
            self.expect_person(books, mask, &mut expected);
        }
        expected
    }

    /// The same for one person.
    #[must_use]
    pub fn expected_of(
        &self,
        insured_number: &str,
        mask: Mask<'_>,
    ) -> BTreeMap<ExpectedKey, ExpectedRow> {
        let mut expected = BTreeMap::new();
        if let Some(books) = self.people.get(insured_number) {
            self.expect_person(books, mask, &mut expected);
        }
        expected
    }

    /// What set-up alone, run on these books, must bring: people lost after the baseline date are still
    /// there (with their 資格喪失年月日), and rows taken back were never sent.
    #[must_use]
    pub fn expected_of_set_up(&self, mask: Mask<'_>) -> BTreeMap<ExpectedKey, ExpectedRow> {
        let mut expected = self.expected(mask);
        expected.retain(|key, row| *row != ExpectedRow::Deleted || key.kind == records::PERSON);
        for (key, row) in &mut expected {
            if let (ExpectedRow::Deleted, Some(books)) =
                (&row, self.people.get(&key.insured_number))
            {
                *row = ExpectedRow::Present(self.person_record(books, mask));
            }
        }
        expected
    }

    /// The people that must never appear.
    #[must_use]
    pub fn never(&self, mask: Mask<'_>) -> Never {
        let mut never = Never::default();
        for outsider in self
            .never
            .iter()
            .filter(|outsider| !self.people.contains_key(&outsider.number))
        {
            never
                .numbers
                .insert(outsider.number.clone(), outsider.reason.clone());
            if let Some(my_number) = &outsider.my_number {
                never
                    .my_numbers
                    .insert(mask(my_number), outsider.reason.clone());
            }
        }
        for books in self.people.values() {
            never.my_numbers.remove(&mask(&books.person.my_number));
        }
        never
    }

    /// All differences from what is there: the expected state, and nobody who must never appear.
    #[must_use]
    pub fn judge(
        &self,
        actual: &BTreeMap<ExpectedKey, Option<Value>>,
        mask: Mask<'_>,
    ) -> Vec<Difference> {
        let never = self.never(mask);
        let mut differences = never.found_in(actual);
        let rest = compare(&self.expected(mask), actual);
        differences.extend(
            rest.into_iter()
                .filter(|one| !never.numbers.contains_key(&one.insured_number)),
        );
        differences
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

    fn expect_person(
        &self,
        books: &Books,
        mask: Mask<'_>,
        expected: &mut BTreeMap<ExpectedKey, ExpectedRow>,
    ) {
        let Books {
            person,
            taken_back,
            consent_office,
        } = books;
        let (insurer, number) = (&self.insurer_number, &person.insured_number);
        let page = match person.lost {
            Some(_) => ExpectedRow::Deleted,
            None => ExpectedRow::Present(self.person_record(books, mask)),
        };
        expected.insert(ExpectedKey::new(records::PERSON, number, ""), page);
        let mut present = |kind: &str, row: String, record| {
            expected.insert(
                ExpectedKey::new(kind, number, row),
                ExpectedRow::Present(record),
            );
        };
        for row in &person.cards {
            let record = records::card(insurer, person, row);
            present(
                records::INSURANCE_CARD,
                row.history_number.to_string(),
                record,
            );
        }
        for row in &person.burden_ratios {
            let record = records::burden_ratio(insurer, person, row);
            present(
                records::BURDEN_RATIO_CARD,
                row.history_number.to_string(),
                record,
            );
        }
        for row in &person.reductions {
            let record = records::reduction(insurer, person, row);
            present(
                records::REDUCTION_CARD,
                row.history_number.to_string(),
                record,
            );
        }
        for row in &person.home_modifications {
            let record = records::home_modification(insurer, person, row);
            present(
                records::HOME_MODIFICATION_USE,
                row.history_number.to_string(),
                record,
            );
        }
        for row in &person.equipment_purchases {
            let record = records::equipment_purchase(insurer, person, row);
            present(
                records::EQUIPMENT_PURCHASE_USE,
                row.history_number.to_string(),
                record,
            );
        }
        for application in &person.applications {
            for (kind, record) in records::application(insurer, person, application) {
                present(kind, application.application_number.clone(), record);
            }
        }
        let consent = person.consent.and_then(|consent| {
            records::consent(insurer, person, consent, consent_office.as_deref())
        });
        if let Some(record) = consent {
            present(records::CONSENT, String::new(), record);
        }
        expected.extend(taken_back.iter().map(|(table, history_number)| {
            (
                ExpectedKey::new(kind_of(*table), number, history_number.to_string()),
                ExpectedRow::Deleted,
            )
        }));
    }

    fn person_record(&self, books: &Books, mask: Mask<'_>) -> Map<String, Value> {
        records::person(
            &self.insurer_number,
            &books.person,
            mask(&books.person.my_number),
        )
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
        self.admit(person.clone());
        Ok(())
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

    fn application(&mut self, application_number: &str) -> Result<&mut Application, AuditError> {
        let unknown = || AuditError::UnknownApplication {
            application_number: application_number.to_owned(),
        };
        let owner = self
            .applications
            .get(application_number)
            .cloned()
            .ok_or_else(unknown)?;
        self.books(&owner)?
            .application(application_number)
            .ok_or_else(unknown)
    }
}

const fn kind_of(table: Table) -> &'static str {
    match table {
        Table::Cards => records::INSURANCE_CARD,
        Table::BurdenRatios => records::BURDEN_RATIO_CARD,
        Table::Reductions => records::REDUCTION_CARD,
        Table::HomeModifications => records::HOME_MODIFICATION_USE,
        Table::EquipmentPurchases => records::EQUIPMENT_PURCHASE_USE,
    }
}
