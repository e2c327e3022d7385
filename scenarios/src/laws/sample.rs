//! A small product for trying the laws of a course: one town, its own books, one address a person.

use serde_json::{Value, json};
use tekigo_simulator::kernel::LinkAction;

use super::course::{Business, Change, Course, Sending, SetUp, Shown, Told};
use crate::auditor::ExpectedKey;

const INSURER: &str = "139998";

/// A product whose person moves, and the course that comes of it.
#[derive(Debug)]
pub(super) struct Product {
    pub(super) course: Course,
    n: u64,
    /// How often the person has moved.
    moved: u32,
    /// What PMH is known to have taken.
    accepted: u32,
    requests: u32,
}

fn number(person: usize) -> String {
    format!("{person:010}")
}

fn address(moved: u32) -> String {
    format!("月見が丘{moved}番")
}

impl Product {
    /// The person is at the platform, with the first address.
    pub(super) fn set_up() -> Self {
        let mut product = Self {
            course: Course::default(),
            n: 0,
            moved: 0,
            accepted: 0,
            requests: 0,
        };
        product.send_address(0, None, true);
        product.tell(false);
        product
    }

    fn next(&mut self) -> u64 {
        self.n += 1;
        self.n
    }

    /// The books get another address.
    pub(super) fn moves(&mut self) {
        self.moved += 1;
        let n = self.next();
        self.course.business.push(Business {
            n,
            operation: "change_person".to_owned(),
            person: Some(number(0)),
            input: json!({ "changes": { "address": address(self.moved) } }),
        });
    }

    /// Sends what the books say, if PMH is not known to have it, and learns that it was taken.
    pub(super) fn transfer(&mut self) {
        if self.accepted < self.moved {
            self.sends();
            self.is_told(false);
        }
    }

    /// The same, but the answer is lost: the product knows nothing of what PMH did.
    pub(super) fn transfer_whose_answer_is_lost(&mut self) {
        if self.accepted < self.moved {
            self.send_address(self.moved, Some(LinkAction::CutAfter), true);
        }
    }

    /// The same, struck by something.
    pub(super) fn transfer_struck_by(&mut self, action: &LinkAction) {
        let has_arrived = !matches!(
            action,
            LinkAction::CutBefore | LinkAction::LineDown | LinkAction::Unavailable { .. }
        );
        self.send_address(self.moved, Some(action.clone()), has_arrived);
    }

    /// Sends what the books say, and learns nothing of it yet.
    pub(super) fn sends(&mut self) {
        self.send_address(self.moved, None, true);
    }

    /// Learns what became of what was sent last.
    pub(super) fn is_told(&mut self, is_refused: bool) {
        self.tell(is_refused);
    }

    /// Begins another set-up, which goes on until the course ends.
    pub(super) fn begins_a_set_up(&mut self) {
        let began = self.next();
        self.course.set_ups.push(SetUp { began, ended: None });
    }

    /// Takes what the books say for settled.
    pub(super) fn gives_up(&mut self) {
        self.accepted = self.moved;
    }

    /// Has nothing more to send.
    pub(super) fn rests(&mut self) {
        let n = self.next();
        self.course.rests.push(n);
    }

    /// What came last from PMH comes once more.
    pub(super) fn something_came_twice(&mut self) {
        let n = self.next();
        self.course.irregular.push(n);
    }

    /// Sends once more what was sent before the last time.
    pub(super) fn repeats_the_request_before(&mut self) {
        let addresses = self.course.sendings.iter().rev();
        let before = addresses.filter(|one| one.key.kind == "person").nth(1);
        let before = before.expect("there was one").clone();
        self.send(before.key, before.record, None, true);
    }

    /// Staff look at the refused records.
    pub(super) fn shows(&mut self, is_shown: bool) {
        let n = self.next();
        let people = is_shown.then(|| number(0)).into_iter().collect();
        self.course.shown.push(Shown { n, people });
    }

    /// Sends a consent that the person gave so many days after the first.
    pub(super) fn links_a_consent_of(&mut self, day: i16) {
        let first = jiff::civil::date(2026, 11, 2);
        let day = first.saturating_add(jiff::Span::new().days(day));
        let key = ExpectedKey::new("consent", number(0), "");
        self.send(key, json!({ "takenDate": day }), None, true);
    }

    /// The same card under two history numbers.
    pub(super) fn sends_a_row_under_two_numbers(&mut self) {
        for row in ["1", "2"] {
            let key = ExpectedKey::new("insuranceCard", number(0), row);
            let record = json!({ "historyKey": row, "careLevel": "21" });
            self.send(key, record, None, true);
        }
    }

    /// One request with the records of several people that PMH does not have; some are refused.
    pub(super) fn transfer_of(&mut self, people: usize, is_refused: impl Fn(usize) -> bool) {
        self.requests += 1;
        let carrier = format!("K-{}", self.requests);
        let n = self.next();
        let told = self.next();
        for person in 1..=people {
            let key = ExpectedKey::new("person", number(person), "");
            let mut known = self.course.sendings.iter();
            let is_known =
                known.any(|one| one.key == key && one.told.is_some_and(|told| !told.is_refused));
            if is_known {
                continue;
            }
            let is_refused = is_refused(person - 1);
            self.course.sendings.push(Sending {
                n,
                insurer: INSURER.to_owned(),
                key,
                word: "個人基本情報".to_owned(),
                record: json!({ "address": address(0) }),
                carrier: Some(carrier.clone()),
                struck: None,
                told: Some(Told {
                    n: told,
                    is_refused,
                }),
            });
        }
    }

    /// Sends all that was ever sent in one more request.
    pub(super) fn repeats_everything(&mut self) {
        let n = self.next();
        let again = self.course.sendings.clone().into_iter();
        let again = again.map(|sending| Sending {
            n,
            carrier: Some("K-again".to_owned()),
            told: None,
            ..sending
        });
        self.course.sendings.extend(again);
    }

    fn send_address(&mut self, moved: u32, struck: Option<LinkAction>, has_arrived: bool) {
        let key = ExpectedKey::new("person", number(0), "");
        let record = json!({ "basicFiveInfo": { "address": address(moved) } });
        self.send(key, record, struck, has_arrived);
    }

    fn send(
        &mut self,
        key: ExpectedKey,
        record: Value,
        struck: Option<LinkAction>,
        has_arrived: bool,
    ) {
        self.requests += 1;
        let n = self.next();
        let mut held = self.course.changes.iter().rev();
        let held = held.find_map(|change| {
            let sending = self.course.sendings.get(change.sending)?;
            (sending.key == key).then_some(&sending.record)
        });
        let is_change = held != Some(&record);
        self.course.sendings.push(Sending {
            n,
            insurer: INSURER.to_owned(),
            key,
            word: "個人基本情報".to_owned(),
            record,
            carrier: has_arrived.then(|| format!("K-{}", self.requests)),
            struck,
            told: None,
        });
        if has_arrived && is_change {
            let sending = self.course.sendings.len() - 1;
            let n = self.next();
            self.course.changes.push(Change { n, sending });
        }
    }

    /// The product learns what became of the last sending; what the books have changed since is still to be sent.
    fn tell(&mut self, is_refused: bool) {
        let n = self.next();
        let Some(last) = self.course.sendings.last_mut() else {
            return;
        };
        last.told = Some(Told { n, is_refused });
        if !is_refused {
            let sent = last.record.to_string();
            let known = (0..=self.moved).rev();
            let known = known.into_iter().find(|moved| {
                let quoted = Value::String(address(*moved)).to_string();
                sent.contains(&quoted)
            });
            self.accepted = known.unwrap_or(self.accepted);
        }
    }
}
