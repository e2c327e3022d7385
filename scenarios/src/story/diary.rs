//! What each business day brings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use super::Story;
use super::case::{Case, issue};
use super::matter::Matter;
use super::newcomers::somebody;
use crate::auditor::Auditor;
use crate::cast::rows::Extent;
use crate::cast::{changes, rows};
use crate::ledger::{
    ApplicationForm, ApplicationType, BusinessEvent, ChangePerson, Consent, ConsentOn, DeleteRow,
    Ledger, LoseQualification, LossReason, Lost, Person, PersonChanges, RegisterPerson, Table,
};
use crate::town::Draw;

/// Months of a year, times the people for whom [`Matter::each`] counts.
const SHARE: u64 = 12 * 1000;
/// 更新申請 from so many days before the end of validity on (assumed: the usual sixty).
const RENEWAL_DAYS: i64 = 60;
/// The first lot of somebody who moves within the town.
const FIRST_MOVE: u32 = 100;

/// Something for staff to register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whose it is: the insured number, or a name for somebody who has none yet.
    pub who: String,
    /// What it is. Numbers of applications are left to the vendor.
    pub event: BusinessEvent,
}

/// 日誌: the days of a story, drawn one after the other.
pub struct Diary {
    story: Story,
    draw: Draw,
    ledger: Arc<Ledger>,
    cases: BTreeMap<String, Case>,
    month: BTreeMap<Date, Vec<Matter>>,
    newcomers: u32,
    moves: u32,
}

/// What is known when a person is looked for.
pub(super) struct Knowledge<'a> {
    cases: &'a BTreeMap<String, Case>,
    today: Date,
}

impl Knowledge<'_> {
    pub(super) fn has_case(&self, insured_number: &str) -> bool {
        self.cases.contains_key(insured_number)
    }

    /// Whether a certification ends soon.
    pub(super) fn is_to_be_renewed(&self, person: &Person) -> bool {
        let latest = self.today.saturating_add(RENEWAL_DAYS.days());
        let end = person.cards.last().and_then(|card| card.certified_to);
        person.is_certified() && end.is_some_and(|end| (self.today..=latest).contains(&end))
    }

    /// Whether a consent is one on the new form.
    pub(super) fn counts(&self, consent: Consent) -> bool {
        consent.form == ApplicationForm::From2026
    }
}

impl Diary {
    /// The diary of a story in a town whose books stand like this. Cases under way are taken up.
    #[must_use]
    pub fn new(story: Story, seed: u64, ledger: Arc<Ledger>) -> Self {
        let mut draw = Draw::named(seed, &format!("story {}", story.name));
        let mut cases = BTreeMap::new();
        for person in ledger.people.iter().filter(|person| person.lost.is_none()) {
            if let Some(open) = open_application(person) {
                let case = Case::resumed(&mut draw, person, open, story.from);
                cases.insert(person.insured_number.clone(), case);
            }
        }
        Self {
            story,
            draw,
            ledger,
            cases,
            month: BTreeMap::new(),
            newcomers: 0,
            moves: 0,
        }
    }

    /// The cases that the books hold already: 被保険者番号 and 申請番号.
    #[must_use]
    pub fn open_cases(&self) -> Vec<(String, String)> {
        self.cases
            .keys()
            .filter_map(|number| {
                let open = open_application(self.ledger.person(number)?)?;
                Some((number.clone(), open.application_number.clone()))
            })
            .collect()
    }

    /// Draws what comes up in a month, on the business days it has.
    pub fn begin_month(&mut self, days: &[Date]) {
        self.month.clear();
        let Some(last) = days.last() else { return };
        let people = u64::from(self.story.people * self.story.pace);
        for (matter, yearly) in Matter::each() {
            let thousandths = u64::from(*yearly) * people * 1000 / SHARE;
            let more = u64::from(self.draw.per_mille(thousandths % 1000));
            for _ in 0..thousandths / 1000 + more {
                let day = *self.draw.pick(days);
                self.month.entry(day).or_default().push(*matter);
            }
        }
        // Whoever moves does it at a month's end: no month ends without anything to link.
        self.month
            .entry(*last)
            .or_default()
            .push(Matter::MoveWithin);
    }

    /// What a business day brings, as the books stand that morning.
    pub fn day(&mut self, books: &Auditor, today: Date) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut busy = BTreeSet::new();
        self.work_on_cases(books, today, &mut entries, &mut busy);
        for matter in self.month.remove(&today).unwrap_or_default() {
            self.take(matter, books, today, &mut entries, &mut busy);
        }
        self.issue_yearly_cards(books, today, &mut entries, &busy);
        entries
    }

    fn work_on_cases(
        &mut self,
        books: &Auditor,
        today: Date,
        entries: &mut Vec<Entry>,
        busy: &mut BTreeSet<String>,
    ) {
        let insurer = &self.ledger.insurer;
        self.cases.retain(|number, case| {
            let person = books.person(number).filter(|person| person.lost.is_none());
            let Some(person) = person else { return false };
            let events = case.work(insurer, person, today);
            if !events.is_empty() {
                busy.insert(number.clone());
            }
            entries.extend(events.into_iter().map(|event| entry(number, event)));
            !case.is_closed()
        });
    }

    fn take(
        &mut self,
        matter: Matter,
        books: &Auditor,
        today: Date,
        entries: &mut Vec<Entry>,
        busy: &mut BTreeSet<String>,
    ) {
        if matches!(matter, Matter::MoveIn | Matter::Reaches65) {
            entries.push(self.newcomer(matter == Matter::MoveIn, today));
            return;
        }
        let known = Knowledge {
            cases: &self.cases,
            today,
        };
        let fitting: Vec<&Person> = present(books, busy)
            .filter(|person| matter.fits(person, &known))
            .collect();
        if fitting.is_empty() {
            return;
        }
        let person = *self.draw.pick(&fitting);
        let number = person.insured_number.clone();
        let events = self.events(matter, person, today);
        entries.extend(events.into_iter().map(|event| entry(&number, event)));
        busy.insert(number);
    }

    fn newcomer(&mut self, moves_in: bool, today: Date) -> Entry {
        self.newcomers += 1;
        let nth = self.newcomers;
        let person = somebody(&mut self.draw, &self.ledger, nth, today, moves_in);
        let register = BusinessEvent::RegisterPerson(Box::new(RegisterPerson { person }));
        entry(&format!("町に加わる人 {nth}"), register)
    }

    fn events(&mut self, matter: Matter, person: &Person, today: Date) -> Vec<BusinessEvent> {
        let insured_number = person.insured_number.clone();
        let on_paper = || ConsentOn {
            insured_number: insured_number.clone(),
            on: today,
        };
        let event = match matter {
            Matter::NewApplication => return self.open_case(person, new_kind(person), today),
            Matter::RenewalApplication => {
                return self.open_case(person, ApplicationType::Renewal, today);
            }
            Matter::ChangeApplication => {
                return self.open_case(person, ApplicationType::Change, today);
            }
            Matter::Death => Some(self.loss(person, LossReason::Died, today)),
            Matter::MoveOut => Some(self.loss(person, LossReason::MovedOut, today)),
            Matter::MoveWithin => Some(self.change(person, today, |nth, of, changes| {
                let place = changes::address(of, &person.insured_number, FIRST_MOVE + nth);
                changes.address = Some(place);
            })),
            Matter::Rename => Some(self.change(person, today, |nth, _, changes| {
                let (name, kana) = changes::renamed(person, nth);
                (changes.name, changes.kana) = (Some(name), Some(kana));
            })),
            Matter::Protect => Some(self.change(person, today, |_, _, changes| {
                changes.not_disclosed = Some(true);
            })),
            Matter::Unprotect => Some(self.change(person, today, |_, _, changes| {
                changes.not_disclosed = Some(false);
            })),
            Matter::HomeModification => rows::home_modification(person, Extent::Usual, today)
                .map(|row| BusinessEvent::RecordHomeModification(issue(&insured_number, row))),
            Matter::EquipmentPurchase => rows::equipment_purchase(person, Extent::Usual, today)
                .map(|row| BusinessEvent::RecordEquipmentPurchase(issue(&insured_number, row))),
            Matter::TakeBack => person.equipment_purchases.last().map(|row| {
                BusinessEvent::DeleteRow(DeleteRow {
                    insured_number: insured_number.clone(),
                    table: Table::EquipmentPurchases,
                    history_number: row.history_number,
                    on: today,
                })
            }),
            Matter::OfferConsent => Some(BusinessEvent::OfferConsent(on_paper())),
            Matter::WithdrawConsent => Some(BusinessEvent::WithdrawConsent(on_paper())),
            Matter::MoveIn | Matter::Reaches65 => None,
        };
        event.into_iter().collect()
    }

    fn open_case(
        &mut self,
        person: &Person,
        kind: ApplicationType,
        today: Date,
    ) -> Vec<BusinessEvent> {
        let mut case = Case::new(&mut self.draw, person, kind, today);
        let events = case.work(&self.ledger.insurer, person, today);
        self.cases.insert(person.insured_number.clone(), case);
        events
    }

    /// Reported some days later, as a death or a move on a day when the town hall is closed.
    fn loss(&mut self, person: &Person, reason: LossReason, today: Date) -> BusinessEvent {
        let on = today.saturating_sub(self.draw.days(0, 4).days());
        let Lost { on, reason } = Lost {
            on: on.max(person.acquired_on),
            reason,
        };
        BusinessEvent::LoseQualification(LoseQualification {
            insured_number: person.insured_number.clone(),
            on,
            reason,
        })
    }

    fn change(
        &mut self,
        person: &Person,
        today: Date,
        make: impl FnOnce(u32, &crate::ledger::Insurer, &mut PersonChanges),
    ) -> BusinessEvent {
        self.moves += 1;
        let mut changes = PersonChanges::default();
        make(self.moves, &self.ledger.insurer, &mut changes);
        BusinessEvent::ChangePerson(ChangePerson {
            insured_number: person.insured_number.clone(),
            on: today,
            changes,
        })
    }

    /// 負担割合証 and 負担限度額認定証 of the coming year, in the second half of July.
    fn issue_yearly_cards(
        &self,
        books: &Auditor,
        today: Date,
        entries: &mut Vec<Entry>,
        busy: &BTreeSet<String>,
    ) {
        if today.month() != 7 || today.day() < 15 {
            return;
        }
        let end = today.last_of_month();
        let ends = |valid_to: Date| valid_to == end;
        for person in present(books, busy).filter(|person| person.is_certified()) {
            let number = &person.insured_number;
            let ratio = person.burden_ratios.last();
            if let Some(last) = ratio.filter(|row| ends(row.valid_to)) {
                let row = rows::burden_ratio(person, last.ratio, today);
                let event = BusinessEvent::IssueBurdenRatio(issue(number, row));
                entries.push(entry(number, event));
            }
            let reduction = person.reductions.last();
            if let Some(last) = reduction.filter(|row| ends(row.valid_to)) {
                let mut row = last.clone();
                row.history_number = 0;
                row.issued_on = today;
                row.valid_from = end.tomorrow().unwrap_or(end);
                row.valid_to = end.saturating_add(1.years());
                let event = BusinessEvent::IssueReduction(issue(number, row));
                entries.push(entry(number, event));
            }
        }
    }
}

fn entry(who: &str, event: BusinessEvent) -> Entry {
    Entry {
        who: who.to_owned(),
        event,
    }
}

/// Everybody in the books whose pages nobody has touched today.
fn present<'a>(books: &'a Auditor, busy: &'a BTreeSet<String>) -> impl Iterator<Item = &'a Person> {
    books
        .people()
        .filter(|person| person.lost.is_none() && !busy.contains(&person.insured_number))
}

/// Whoever has just moved in brings the certification of the last municipality along.
fn new_kind(person: &Person) -> ApplicationType {
    let moved_in = person.cards.len() == 1 && person.applications.is_empty() && {
        let years = person.acquired_on.year() - person.birth.year();
        years > 66
    };
    if moved_in {
        ApplicationType::TransferIn
    } else {
        ApplicationType::New
    }
}

/// The newest application, as long as it is not decided.
fn open_application(person: &Person) -> Option<&crate::ledger::Application> {
    let newest = person.applications.last()?;
    newest.decision.is_none().then_some(newest)
}
