//! 業務: what staff register, done in the vendor's system and in the auditor's books alike.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value;

use super::failure::{Performed, StepFailure};
use super::live::Live;
use crate::cast::{self, Happening, Subject};
use crate::control::Operation;
use crate::ledger::{Assigned, BusinessEvent, Ledger, Person};
use tekigo_simulator::{Input, WrongNumber};

/// A record, by its kind and — where there are several of a kind — its row.
pub(super) type RecordName = (String, Option<String>);

/// What has been registered in a scenario, by the words for it.
#[derive(Debug, Default)]
pub(super) struct Happenings {
    counts: BTreeMap<(String, String), u32>,
    records: BTreeMap<(String, String), Vec<RecordName>>,
    newcomers: BTreeMap<String, String>,
    applications: BTreeMap<String, String>,
    stages: BTreeMap<String, String>,
    pub(super) last_person: Option<String>,
}

impl Happenings {
    /// The records a happening is about: kind and row.
    pub(super) fn records_of(&self, who: &str, what: &str) -> Option<Vec<RecordName>> {
        self.records
            .get(&(who.to_owned(), what.to_owned()))
            .cloned()
    }

    /// The number of the application that a person has made in the scenario.
    pub(super) fn application(&self, who: &str) -> Option<String> {
        self.applications.get(who).cloned()
    }

    /// A person's open application that the books held from the beginning.
    pub(super) fn take_up(&mut self, who: String, application_number: String) {
        self.applications.insert(who, application_number);
    }

    /// The number the vendor gave a new person.
    pub(super) fn newcomer(&self, who: &str) -> Option<String> {
        self.newcomers.get(who).cloned()
    }
}

impl Live {
    /// 職員が「…」の「…」を登録する.
    ///
    /// # Errors
    /// The word is unknown, or the vendor does not carry an operation out.
    pub async fn register(&mut self, who: &str, what: &str) -> Performed {
        let today = self.now().date();
        let subject = if self.happenings.newcomers.contains_key(who) {
            Subject::Insured {
                insured_number: self.number_of(who)?,
            }
        } else {
            cast::subject(&self.loaded, who).map_err(StepFailure::harness)?
        };
        let ledger = self.books();
        let happening = self.happening(&subject, what, &ledger, today)?;
        if let Some(number) = &happening.wrong_number {
            self.doubt(number)?;
        }
        self.remember_happening(who, what, &happening);
        for event in happening.events {
            self.carry_out_in_case(who, event).await?;
        }
        Ok(())
    }

    /// 職員が「…」の認定を「…」まで進める.
    ///
    /// # Errors
    /// The word is unknown, or the vendor does not carry an operation out.
    pub async fn advance_case(&mut self, who: &str, stage: &str) -> Performed {
        let number = self.number_of(who)?;
        let today = self.now().date();
        let person = self.person_now(&number)?;
        let application = self.happenings.applications.get(who).cloned();
        let done = self.happenings.stages.get(who).cloned();
        let days = cast::stage_events(
            stage,
            &person,
            application.as_deref(),
            done.as_deref(),
            today,
        )
        .map_err(StepFailure::harness)?;
        for (day, event) in days {
            if day > self.now().date() {
                self.turn_to(day).await?;
            }
            self.carry_out_in_case(who, event).await?;
        }
        self.happenings
            .stages
            .insert(who.to_owned(), stage.to_owned());
        Ok(())
    }

    /// Tells PMH that the resident register does not know a number as the person's own.
    pub(super) fn doubt(&self, number: &str) -> Performed {
        let token = self.simulator()?.shell().mask().my_number_token(number);
        self.submit(&Input::WrongNumber(WrongNumber { my_number: token }))
            .map(|_| ())
    }

    /// What a word means for a person as the books stand.
    pub(super) fn happening(
        &mut self,
        subject: &Subject,
        what: &str,
        ledger: &Ledger,
        today: Date,
    ) -> Performed<Happening> {
        let (key, person, true_number) = match subject {
            Subject::Insured { insured_number } => {
                let person = match &self.auditor {
                    Some(auditor) => auditor.person(insured_number).cloned(),
                    None => ledger.person(insured_number).cloned(),
                };
                let person = person.ok_or_else(|| {
                    StepFailure::harness(format!(
                        "被保険者番号 {insured_number} の人が台帳にいません"
                    ))
                })?;
                let own = self
                    .loaded
                    .person(insured_number)
                    .map(|person| person.my_number.clone());
                (insured_number.clone(), person, own)
            }
            Subject::Newcomer => {
                let person = cast::newcomer(ledger, today);
                (String::from("新しい被保険者"), person, None)
            }
            Subject::NotInsured { .. } => {
                return Err(StepFailure::harness(
                    "被保険者でない人の異動は登録できません",
                ));
            }
        };
        let count = self
            .happenings
            .counts
            .entry((key, what.to_owned()))
            .or_insert(0);
        let nth = *count;
        *count += 1;
        let own = true_number.unwrap_or_else(|| person.my_number.clone());
        cast::events(what, &person, ledger, today, nth, &own).map_err(StepFailure::harness)
    }

    pub(super) fn remember_happening(&mut self, who: &str, what: &str, happening: &Happening) {
        let key = (who.to_owned(), what.to_owned());
        self.happenings
            .records
            .insert(key, happening.touches.clone());
    }

    /// The event as the journal shows it: a vendor may number applications with twelve digits,
    /// which the mask takes for a 個人番号.
    fn as_masked(
        &self,
        who: &str,
        event: BusinessEvent,
        mut assigned: Assigned,
    ) -> Performed<BusinessEvent> {
        let mask = self.simulator()?.shell().mask();
        if let Some(number) = &mut assigned.application_number {
            *number = mask.apply(number).into_owned();
        }
        let event = event.with_assigned(&assigned);
        Ok(match self.happenings.applications.get(who) {
            Some(number) => event.with_application_number(&mask.apply(number)),
            None => event,
        })
    }

    pub(super) fn person_now(&self, number: &str) -> Performed<Person> {
        self.auditor()?.person(number).cloned().ok_or_else(|| {
            StepFailure::harness(format!("被保険者番号 {number} の人が台帳にいません"))
        })
    }

    /// Carries an event out; one of an application is of the person's newest.
    pub(super) async fn carry_out_in_case(&mut self, who: &str, event: BusinessEvent) -> Performed {
        let event = match self.happenings.applications.get(who) {
            Some(number) => event.with_application_number(number),
            None => event,
        };
        self.carry_out(who, event).await
    }

    /// Has the vendor carry an event out, and then enters it in the auditor's books.
    pub(super) async fn carry_out(&mut self, who: &str, event: BusinessEvent) -> Performed {
        let operation = event
            .operation()
            .parse::<Operation>()
            .map_err(StepFailure::harness)?;
        let input = event.input().map_err(StepFailure::harness)?;
        let answer = self.ask_done(operation, Value::Object(input)).await?;
        let text = |member: &str| {
            answer
                .data()
                .get(member)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let assigned = Assigned {
            insured_number: text("insured_number"),
            application_number: text("application_number"),
        };
        if let (BusinessEvent::RegisterPerson(_), Some(number)) = (&event, &assigned.insured_number)
        {
            self.happenings
                .newcomers
                .insert(who.to_owned(), number.clone());
        }
        if let (BusinessEvent::AcceptApplication(_), Some(number)) =
            (&event, &assigned.application_number)
        {
            self.happenings
                .applications
                .insert(who.to_owned(), number.clone());
        }
        self.happenings.last_person = self.number_of(who).ok();
        let event = self.as_masked(who, event, assigned)?;
        self.write_in_books(&event)
    }

    /// Enters an event that the vendor is to hear of from elsewhere.
    pub(super) fn enter_in_books(&mut self, who: &str, event: BusinessEvent) -> Performed {
        let event = self.as_masked(who, event, Assigned::default())?;
        self.write_in_books(&event)
    }

    fn write_in_books(&mut self, event: &BusinessEvent) -> Performed {
        let auditor = self
            .auditor
            .as_mut()
            .ok_or_else(|| StepFailure::harness("台帳がまだ読み込まれていません"))?;
        auditor.apply(event).map_err(StepFailure::harness)
    }
}
