//! 稽古: what fits the books at each point of a history, found out in the auditor's books alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::history::Deed;
use crate::auditor::Auditor;
use crate::cast::{self, CaseStage, Occasion, Role, Subject};
use crate::ledger::{ApplicationForm, Assigned, BusinessEvent, ConsentState, Ledger, Person};

/// The number that somebody new gets here; the product gives its own.
const NEW_NUMBER: &str = "0099999980";

/// Whatever office it is.
const OFFICE_NUMBER: &str = "1379900028";

/// The books as a history leaves them, deed by deed.
#[derive(Debug, Clone)]
pub(super) struct Rehearsal {
    loaded: Arc<Ledger>,
    books: Auditor,
    today: Date,
    times: BTreeMap<(Role, Occasion), u32>,
    newcomer: bool,
    applications: BTreeMap<Role, String>,
    stages: BTreeMap<Role, CaseStage>,
}

impl Rehearsal {
    /// Before the first deed.
    pub(super) fn of(loaded: &Arc<Ledger>, today: Date) -> Self {
        Self {
            loaded: Arc::clone(loaded),
            books: Auditor::new(loaded, today),
            today,
            times: BTreeMap::new(),
            newcomer: false,
            applications: BTreeMap::new(),
            stages: BTreeMap::new(),
        }
    }

    /// The day it is.
    pub(super) const fn today(&self) -> Date {
        self.today
    }

    /// Does a deed if it fits; the books stay as they were if it does not.
    pub(super) fn does(&mut self, deed: Deed) -> bool {
        let before = self.clone();
        let done = match deed {
            Deed::Register(who, what) => self.register(who, what),
            Deed::Advance(who, stage) => self.advance(who, stage),
            Deed::TakeConsent(who) => self.take_consent(who),
            Deed::Transfer => Some(()),
            Deed::Day(day) => {
                let is_later = day > self.today;
                self.today = self.today.max(day);
                is_later.then_some(())
            }
        };
        if done.is_none() {
            *self = before;
        }
        done.is_some()
    }

    fn number(&self, who: Role) -> Option<String> {
        match cast::subject(&self.loaded, who.word()).ok()? {
            Subject::Insured { insured_number } => Some(insured_number),
            Subject::Newcomer => self.newcomer.then(|| NEW_NUMBER.to_owned()),
            Subject::NotInsured { .. } => None,
        }
    }

    fn person(&self, who: Role) -> Option<Person> {
        self.books.person(&self.number(who)?).cloned()
    }

    fn register(&mut self, who: Role, what: Occasion) -> Option<()> {
        let is_first = who == Role::Newcomer && !self.newcomer;
        let person = if is_first {
            cast::newcomer(&self.loaded, self.today)
        } else {
            self.person(who)?
        };
        // Whoever enters is new, and whoever is new enters first.
        if is_first != (what == Occasion::Enter) {
            return None;
        }
        let nth = self.times.entry((who, what)).or_default();
        let count = *nth;
        *nth += 1;
        let own = self.loaded.person(&person.insured_number);
        let own = own.map_or_else(|| person.my_number.clone(), |own| own.my_number.clone());
        let word = what.word();
        let happening = cast::events(word, &person, &self.loaded, self.today, count, &own).ok()?;
        self.newcomer |= is_first;
        happening
            .events
            .into_iter()
            .try_for_each(|event| self.enter(who, event))
    }

    fn advance(&mut self, who: Role, stage: CaseStage) -> Option<()> {
        let person = self.person(who)?;
        let application = self.applications.get(&who).cloned();
        let done = self.stages.get(&who).map(|stage| stage.word());
        // What has been reached is nothing to advance to.
        if application.is_some() && self.stages.get(&who).is_some_and(|done| *done >= stage) {
            return None;
        }
        let word = stage.word();
        let days = cast::stage_events(word, &person, application.as_deref(), done, self.today);
        for (day, event) in days.ok()? {
            self.today = self.today.max(day);
            self.enter(who, event)?;
        }
        self.stages.insert(who, stage);
        Some(())
    }

    /// An office may take the consent of somebody who is certified, has nothing under way, and has given no
    /// answer on the new form.
    fn take_consent(&mut self, who: Role) -> Option<()> {
        let person = self.person(who)?;
        let has_answered = person.consent.is_some_and(|consent| {
            consent.form == ApplicationForm::From2026 && consent.state != ConsentState::Blank
        });
        let is_open = person.lost.is_none() && !person.not_disclosed && person.is_certified();
        if has_answered || !is_open || self.applications.contains_key(&who) {
            return None;
        }
        self.books
            .note_office_consent(&person.insured_number, self.today, OFFICE_NUMBER)
            .ok()
    }

    fn enter(&mut self, who: Role, event: BusinessEvent) -> Option<()> {
        let event = match self.applications.get(&who) {
            Some(number) => event.with_application_number(number),
            None => event,
        };
        let event = event.with_assigned(&Assigned {
            insured_number: (who == Role::Newcomer).then(|| NEW_NUMBER.to_owned()),
            application_number: None,
        });
        if let BusinessEvent::AcceptApplication(accept) = &event
            && let Some(number) = &accept.application_number
        {
            self.applications.insert(who, number.clone());
        }
        self.books.apply(&event).ok()
    }
}
