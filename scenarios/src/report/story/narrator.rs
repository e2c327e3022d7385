//! The narrator reads a journal line by line and tells what concerns people.

use std::collections::BTreeMap;

use serde_json::Value;
use tekigo_simulator::Stored;
use tekigo_simulator::profile::Profile;
use tekigo_simulator::viewer::{Directory, Viewed};

use super::breaches::{Against, against};
use super::deeds;
use super::era::{day, moment};
use super::handed::{Batch, Handed};
use super::looks;
use super::people::{Key, People, key_of, text};
use super::tale::{Entry, Outcome};
use crate::verdict::{EventLine, Note};
use crate::witness::{is_deleted, kind_name};

/// The kind of a consent, as the profile calls it.
pub(super) const CONSENT: &str = "consent";

/// Whose story a line belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Whose {
    /// One person's, by any of the person's numbers.
    Person(Vec<Key>),
    /// Everybody's of an insurer.
    Town(String),
    /// Everybody's.
    Everybody,
}

/// A line of somebody's story.
pub(super) struct Told {
    pub(super) whose: Whose,
    pub(super) entry: Entry,
    /// Of records that arrived: what they are.
    pub(super) items: Vec<String>,
}

/// Reads a journal from its beginning.
pub(super) struct Narrator<'a> {
    pub(super) profile: &'a Profile,
    pub(super) people: People,
    handed: Handed,
    /// What the platform holds of people's consent.
    pub(super) consents: BTreeMap<Key, Value>,
    /// What the books had of people's consent at the beginning.
    loaded: BTreeMap<String, (String, String)>,
    loaded_at: Option<(u64, String)>,
    operation: Option<EventLine>,
    asked: Option<EventLine>,
    pub(super) fact: Option<Directory>,
    pub(super) told: Vec<Told>,
    against: Vec<Against>,
}

impl<'a> Narrator<'a> {
    pub(super) fn new(profile: &'a Profile) -> Self {
        Self {
            profile,
            people: People::default(),
            handed: Handed::default(),
            consents: BTreeMap::new(),
            loaded: BTreeMap::new(),
            loaded_at: None,
            operation: None,
            asked: None,
            fact: None,
            told: Vec::new(),
            against: Vec::new(),
        }
    }

    /// Everybody, and every line in the order of the journal.
    pub(super) fn finish(mut self, lines: &[EventLine]) -> (People, Vec<Told>) {
        self.tell_beginning();
        for one in std::mem::take(&mut self.against) {
            let told = one.told(&self.told, &self.people, lines);
            self.told.extend(told);
        }
        // A breach stands behind what shows it.
        self.told.sort_by_key(|one| {
            let is_breach = matches!(one.entry.outcome, Outcome::Broken { .. });
            (one.entry.event, is_breach)
        });
        (self.people, self.told)
    }

    /// Takes the next line.
    pub(super) fn read(&mut self, line: &EventLine) {
        for batch in self.handed.read(self.profile, line) {
            self.take_on(line, &batch);
        }
        match line.kind.as_str() {
            "opened" => self.people.note_insurers(&line.body),
            "link.reply" => self.fetched_records(line),
            "operator.result" => self.fetched_file(line),
            "platform.stored" => self.stored(line),
            "vendor.operation" => self.operation = Some(line.clone()),
            "vendor.answer" => self.answered(line),
            "viewer" => self.asked = Some(line.clone()),
            "viewing.answer" => self.viewed(line),
            "directory" => self.fact = serde_json::from_value(line.body.clone()).ok(),
            "directory.noted" => self.noted(line),
            "arrival" => self.arrived(line),
            "note" => self.note(line),
            _ => {}
        }
    }

    pub(super) fn tell(
        &mut self,
        line: &EventLine,
        whose: Whose,
        who: String,
        deed: String,
        outcome: Outcome,
    ) {
        let entry = Entry {
            event: line.n,
            at: moment(&line.t),
            who,
            deed,
            outcome,
        };
        let items = Vec::new();
        self.told.push(Told {
            whose,
            entry,
            items,
        });
    }

    /// Something that stands at another line than the one at hand.
    fn tell_fact(&mut self, (event, at): (u64, String), whose: Whose, who: String, deed: String) {
        let entry = Entry {
            event,
            at,
            who,
            deed,
            outcome: Outcome::Fact,
        };
        let items = Vec::new();
        self.told.push(Told {
            whose,
            entry,
            items,
        });
    }

    /// A record of somebody's that reached the platform.
    pub(super) fn tell_arrival(&mut self, at: (u64, String), key: Key, item: String) {
        let who = format!("{}のシステム", self.people.insurer(&key.0));
        self.tell_fact(at, Whose::Person(vec![key]), who, String::new());
        if let Some(told) = self.told.last_mut() {
            told.items.push(item);
        }
    }

    /// PMH has taken records on.
    fn take_on(&mut self, line: &EventLine, batch: &Batch) {
        for record in &batch.records {
            if batch.kind == "person" {
                self.people.note_person(record);
            }
        }
        let Some(first) = batch.records.first() else {
            return;
        };
        let insurer = text(first, "insurerNumber").to_owned();
        let deed = match batch.kind.as_str() {
            "setupStart" => format!(
                "初期セットアップを始めた（基準日 {}）",
                day(text(first, "baselineDate"))
            ),
            "setupCompletion" => format!(
                "初期セットアップを終えた（完了日 {}）",
                day(text(first, "completionDate"))
            ),
            _ => return,
        };
        let who = self.people.insurer(&insurer);
        let at = (batch.event, moment(&line.t));
        self.tell_fact(at, Whose::Town(insurer), who, deed);
    }

    fn stored(&mut self, line: &EventLine) {
        let Ok(stored) = serde_json::from_value::<Stored>(line.body.clone()) else {
            return;
        };
        let Some((batch, changed, unchanged)) = self.handed.stored(&stored) else {
            return;
        };
        let (event, kind) = (batch.event, batch.kind.clone());
        let name = kind_name(self.profile, &kind);
        let mut arrivals: Vec<(Key, String)> = Vec::new();
        for record in changed {
            let key = key_of(record);
            if kind == CONSENT {
                self.consents.insert(key.clone(), record.clone());
            }
            let item = self.arrival(&kind, record);
            arrivals.push((key, item));
        }
        if kind == CONSENT {
            for record in unchanged {
                let item = format!("{name}（{}、前と同じ内容）", self.consent_in_words(record));
                arrivals.push((key_of(record), item));
            }
        }
        for (key, item) in arrivals {
            self.tell_arrival((event, moment(&line.t)), key, item);
        }
    }

    /// A consent as the platform holds it.
    fn consent_in_words(&self, record: &Value) -> String {
        let state = text(record, "consentState");
        let list = self.profile.list("consent_state");
        let meaning = list.and_then(|list| list.meaning(state)).unwrap_or(state);
        let taker = text(record, "takenBy");
        let list = self.profile.list("consent_taker");
        let taker = list.and_then(|list| list.meaning(taker)).unwrap_or(taker);
        format!(
            "{meaning}、{}、{taker}が取得",
            day(text(record, "takenDate"))
        )
    }

    fn answered(&mut self, line: &EventLine) {
        let Some(asked) = self.operation.take() else {
            return;
        };
        let operation = asked.text("operation").unwrap_or_default().to_owned();
        let input = asked.body.get("input").unwrap_or(&Value::Null);
        let answer = line.body.get("answer").unwrap_or(&Value::Null);
        if operation == "load_ledger" {
            self.load(&asked, input);
            return;
        }
        let data = answer.get("data").unwrap_or(&Value::Null);
        let insured = text(input, "insured_number").to_owned();
        if operation == "accept_application" {
            self.people
                .note_application(text(data, "application_number"), &insured);
        }
        let Some(deed) = deeds::deed(&operation, input) else {
            return;
        };
        let given = if insured.is_empty() { data } else { input };
        let found = self
            .people
            .of_operation(input)
            .or_else(|| self.people.of_operation(given));
        let Some(key) = found else { return };
        self.people.meet(&key);
        let outcome = match deeds::refusal(answer) {
            None => Outcome::Fact,
            Some(reason) => Outcome::Refused { reason, told: None },
        };
        let who = format!("{}の職員", self.people.insurer(&key.0));
        self.tell(&asked, Whose::Person(vec![key]), who, deed, outcome);
    }

    fn load(&mut self, asked: &EventLine, input: &Value) {
        text(input, "insurer").clone_into(&mut self.people.own);
        self.loaded_at = Some((asked.n, moment(&asked.t)));
        let consents = input.get("consents").and_then(Value::as_array);
        for consent in consents.into_iter().flatten() {
            let known = (
                text(consent, "state").to_owned(),
                text(consent, "on").to_owned(),
            );
            self.loaded
                .insert(text(consent, "insured_number").to_owned(), known);
        }
    }

    /// What the books said of the consent of those whom the scenario is about.
    fn tell_beginning(&mut self) {
        let Some((event, at)) = self.loaded_at.clone() else {
            return;
        };
        let own = self.people.own.clone();
        let who = format!("{}の台帳", self.people.insurer(&own));
        let protagonists = self.people.protagonists().into_iter().flatten();
        for key in protagonists.filter(|(insurer, _)| *insurer == own) {
            let deed = match self.loaded.get(&key.1) {
                Some((state, on)) => {
                    let state = match state.as_str() {
                        "given" => "同意する",
                        "refused" => "同意しない",
                        "withdrawn" => "同意の撤回",
                        other => other,
                    };
                    format!("はじめの台帳にある答え: 「{state}」（{}）", day(on))
                }
                None => "はじめの台帳に、新しい様式での同意の答えはない".to_owned(),
            };
            let whose = Whose::Person(vec![key]);
            self.tell_fact((event, at.clone()), whose, who.clone(), deed);
        }
    }

    fn viewed(&mut self, line: &EventLine) {
        let Some(asked) = self.asked.take() else {
            return;
        };
        let input = serde_json::from_value(asked.body.clone());
        let viewed = serde_json::from_value::<Viewed>(line.body.clone());
        let (Ok(input), Ok(viewed)) = (input, viewed) else {
            return;
        };
        let matter = looks::asked(&input, &viewed, &self.people, self.profile);
        if matter.is_entering && viewed.done {
            return;
        }
        let key = match &matter.whose {
            Whose::Person(keys) => {
                keys.iter().for_each(|key| self.people.meet(key));
                keys.first()
            }
            Whose::Town(_) | Whose::Everybody => None,
        };
        let held = key.and_then(|key| self.consents.get(key));
        let held = held.map(|record| self.consent_in_words(record));
        let outcome = looks::outcome(&viewed, held, self.profile);
        for made in viewed.made.iter().filter(|made| made.kind == CONSENT) {
            self.consents
                .insert(key_of(&made.record), made.record.clone());
        }
        self.tell(line, matter.whose, matter.who, matter.deed, outcome);
    }

    /// A record that arrives, in words.
    pub(super) fn arrival(&self, kind: &str, record: &Value) -> String {
        let mut item = kind_name(self.profile, kind);
        if kind == CONSENT {
            item = format!("{item}（{}）", self.consent_in_words(record));
        }
        if is_deleted(record) {
            item += "の取り消し";
        }
        item
    }

    fn note(&mut self, line: &EventLine) {
        if let Ok(Note::Person {
            word,
            insurer,
            insured,
        }) = serde_json::from_value(line.body.clone())
        {
            self.people.note_word(&word, (insurer, insured));
            return;
        }
        let told = against(line, &self.against);
        self.against.extend(told);
    }
}
