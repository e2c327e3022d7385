//! Who is who in a journal.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tekigo_simulator::viewer::{Directory, OfficeFact, Subject};

/// 保険者番号 and 被保険者番号.
pub(super) type Key = (String, String);

/// Everybody whom a journal names.
#[derive(Debug, Default)]
pub(super) struct People {
    insurers: BTreeMap<String, String>,
    /// The insurer whose books the product keeps.
    pub(super) own: String,
    offices: BTreeMap<String, OfficeFact>,
    institutions: BTreeMap<String, String>,
    names: BTreeMap<Key, String>,
    /// Whose the number of a card is, insurer by insurer.
    cards: BTreeMap<String, BTreeSet<Key>>,
    /// The person of an application.
    applications: BTreeMap<String, String>,
    /// What the sentences call them.
    words: Vec<(String, Key)>,
    /// Whom the scenario is about, in the order in which they appear.
    met: Vec<Key>,
}

impl People {
    pub(super) fn note_insurers(&mut self, opened: &Value) {
        let insurers = opened.get("insurers").and_then(Value::as_array);
        for insurer in insurers.into_iter().flatten() {
            let name = text(insurer, "name").to_owned();
            self.insurers
                .insert(text(insurer, "number").to_owned(), name);
        }
    }

    pub(super) fn note_fact(&mut self, fact: Directory) {
        match fact {
            Directory::Office(office) => {
                self.offices.insert(office.number.clone(), office);
            }
            Directory::Institution(institution) => {
                self.institutions.insert(institution.code, institution.name);
            }
            Directory::Member(_)
            | Directory::Card(_)
            | Directory::ServiceStart(_)
            | Directory::AskedOpinion(_) => {}
        }
    }

    /// A record of 被保険者 as it was handed over.
    pub(super) fn note_person(&mut self, record: &Value) {
        let key = key_of(record);
        let name = record
            .pointer("/basicFiveInfo/name")
            .and_then(Value::as_str);
        if let Some(name) = name {
            self.names.insert(key.clone(), name.to_owned());
        }
        let token = text(record, "myNumber");
        if !token.is_empty() {
            self.cards.entry(token.to_owned()).or_default().insert(key);
        }
    }

    pub(super) fn note_word(&mut self, word: &str, key: Key) {
        self.meet(&key);
        let pair = (word.to_owned(), key);
        if !self.words.contains(&pair) {
            self.words.push(pair);
        }
    }

    pub(super) fn note_application(&mut self, number: &str, insured: &str) {
        self.applications
            .insert(number.to_owned(), insured.to_owned());
    }

    /// The person of the product's books whom an operation is about.
    pub(super) fn of_operation(&self, input: &Value) -> Option<Key> {
        let direct = input.get("insured_number").and_then(Value::as_str);
        let application = text(input, "application_number");
        let of_application = || self.applications.get(application).map(String::as_str);
        let insured = direct.or_else(of_application)?;
        Some((self.own.clone(), insured.to_owned()))
    }

    /// From now on the scenario is about this person.
    pub(super) fn meet(&mut self, key: &Key) {
        if !self.met.contains(key) {
            self.met.push(key.clone());
        }
    }

    pub(super) fn insurer(&self, number: &str) -> String {
        let known = self.insurers.get(number);
        known
            .cloned()
            .unwrap_or_else(|| format!("保険者番号 {number} の保険者"))
    }

    /// An office by its 事業所番号, with its kind of service.
    pub(super) fn office(&self, number: &str) -> Option<&OfficeFact> {
        self.offices.get(number)
    }

    /// An office by the name in its certificate.
    pub(super) fn office_by_certificate(&self, certificate: Option<&str>) -> Option<&OfficeFact> {
        let mut offices = self.offices.values();
        offices.find(|office| Some(office.certificate.as_str()) == certificate)
    }

    pub(super) fn institution(&self, code: &str) -> String {
        if let Some(name) = self.institutions.get(code) {
            return name.clone();
        }
        let office = self.offices.get(code).map(|office| office.name.clone());
        office.unwrap_or_else(|| format!("医療機関コード {code} の医療機関"))
    }

    /// The people whose card it is.
    pub(super) fn of_card(&self, token: &str) -> Vec<Key> {
        self.cards
            .get(token)
            .into_iter()
            .flatten()
            .cloned()
            .collect()
    }

    /// Whom the scenario is about: the numbers of one person at several insurers together.
    pub(super) fn protagonists(&self) -> Vec<Vec<Key>> {
        let mut groups: Vec<Vec<Key>> = Vec::new();
        for key in &self.met {
            let same = self.same_person(key);
            match groups
                .iter_mut()
                .find(|group| group.iter().any(|one| same.contains(one)))
            {
                Some(group) => group.push(key.clone()),
                None => groups.push(vec![key.clone()]),
            }
        }
        groups
    }

    /// The person's numbers at other insurers. Two numbers at one insurer on one card are a mistake
    /// of somebody's, not one person.
    fn same_person(&self, key: &Key) -> Vec<Key> {
        let of_card = self.cards.values().find(|keys| keys.contains(key));
        let keys = of_card.into_iter().flatten();
        keys.filter(|other| other.0 != key.0).cloned().collect()
    }

    pub(super) fn name(&self, keys: &[Key]) -> Option<String> {
        keys.iter().find_map(|key| self.names.get(key).cloned())
    }

    pub(super) fn words(&self, keys: &[Key]) -> Vec<String> {
        let of_person = self.words.iter().filter(|(_, key)| keys.contains(key));
        of_person.map(|(word, _)| word.clone()).collect()
    }

    /// Whether a text speaks of anybody by a word of the sentences.
    pub(super) fn names_anybody(&self, sentence: &str) -> bool {
        self.words
            .iter()
            .any(|(word, _)| sentence.contains(word.as_str()))
    }
}

/// Whose a record is.
pub(super) fn key_of(record: &Value) -> Key {
    let insurer = text(record, "insurerNumber").to_owned();
    (insurer, text(record, "insuredNumber").to_owned())
}

pub(super) fn key_of_subject(subject: &Subject) -> Key {
    (subject.insurer.clone(), subject.insured.clone())
}

pub(super) fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value
        .get(member)
        .and_then(Value::as_str)
        .unwrap_or_default()
}
