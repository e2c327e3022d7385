//! What comes from outside the municipality and the platform, and what the product fetches of it.

use serde_json::Value;
use tekigo_simulator::profile::FileName;
use tekigo_simulator::viewer::{Directory, LinkedElsewhere, LinkedRecord};

use super::era::{day, moment};
use super::narrator::{CONSENT, Narrator, Whose};
use super::people::{key_of, text};
use super::tale::Outcome;
use crate::verdict::EventLine;
use crate::witness::{kind_name, records_of_text};

impl Narrator<'_> {
    pub(super) fn noted(&mut self, line: &EventLine) {
        let Some(fact) = self.fact.take() else { return };
        match &fact {
            Directory::AskedOpinion(asked) => {
                let key = (asked.insurer.clone(), asked.insured.clone());
                let whom = self.people.institution(&asked.institution);
                let who = self.people.insurer(&asked.insurer);
                let deed = format!("主治医意見書の作成依頼が、紙で{whom}に届いた");
                self.people.meet(&key);
                self.tell(line, Whose::Person(vec![key]), who, deed, Outcome::Fact);
            }
            Directory::ServiceStart(start) => {
                let whose = Whose::Town(start.insurer.clone());
                let who = self.people.insurer(&start.insurer);
                let deed = format!("利用開始日は{}と決まっている", day(&start.on.to_string()));
                self.tell(line, whose, who, deed, Outcome::Fact);
            }
            Directory::Card(card) => {
                let keys = self.people.of_card(&card.my_number);
                let states = [
                    (card.is_lost, "紛失の届出がある".to_owned()),
                    (
                        !card.is_insurance_card,
                        "健康保険証の利用登録がない".to_owned(),
                    ),
                    (
                        true,
                        format!("有効期限は{}", day(&card.expires.to_string())),
                    ),
                ];
                let states = states.into_iter().filter(|(is, _)| *is);
                let states: Vec<String> = states.map(|(_, state)| state).collect();
                if !keys.is_empty() {
                    let deed = format!("マイナンバーカード: {}", states.join("、"));
                    let who = "本人".to_owned();
                    self.tell(line, Whose::Person(keys), who, deed, Outcome::Fact);
                }
            }
            Directory::LinkedElsewhere(linked) => self.linked_elsewhere(line, linked),
            Directory::Office(_) | Directory::Institution(_) | Directory::Member(_) => {}
        }
        self.people.note_fact(fact);
    }

    /// What a neighbouring insurer has linked, before the scenario or on the way.
    fn linked_elsewhere(&mut self, line: &EventLine, linked: &LinkedElsewhere) {
        let who = self.people.insurer(&linked.insurer);
        let completed = day(&linked.completed_on.to_string());
        let deed = format!("初期セットアップを終えている（完了日 {completed}）");
        let whose = Whose::Town(linked.insurer.clone());
        self.tell(line, whose, who, deed, Outcome::Fact);
        for LinkedRecord { kind, record } in &linked.records {
            let key = key_of(record);
            if kind == "person" {
                self.people.note_person(record);
                self.people.meet(&key);
            }
            let item = self.arrival(kind, record);
            if kind == CONSENT {
                self.consents.insert(key.clone(), record.clone());
            }
            self.tell_arrival((line.n, moment(&line.t)), key, item);
        }
    }

    /// Something from outside that PMH holds for an insurer.
    pub(super) fn arrived(&mut self, line: &EventLine) {
        let record = line.body.get("record").unwrap_or(&Value::Null);
        let key = key_of(record);
        let kind = kind_name(self.profile, line.text("kind").unwrap_or_default());
        let receiver = self
            .people
            .insurer(line.text("insurer").unwrap_or_default());
        let whose = self.people.insurer(&key.0);
        let deed = format!(
            "{receiver}あての「{kind}」がPMHに届いた（{whose}の被保険者番号 {} の人のもの）",
            key.1
        );
        self.people.meet(&key);
        self.tell(
            line,
            Whose::Person(vec![key]),
            "PMH".to_owned(),
            deed,
            Outcome::Fact,
        );
    }

    /// Records that the product fetched (方式①).
    pub(super) fn fetched_records(&mut self, line: &EventLine) {
        let records = line.body.pointer("/body/records").and_then(Value::as_array);
        let records: Vec<(String, Value)> = records
            .into_iter()
            .flatten()
            .filter_map(|one| Some((text(one, "kind").to_owned(), one.get("record")?.clone())))
            .collect();
        self.tell_received(line, &records);
    }

    /// A file that the staff fetched for the product (方式②).
    pub(super) fn fetched_file(&mut self, line: &EventLine) {
        let fetched = line.body.get("fetched").unwrap_or(&Value::Null);
        let Ok(name) = FileName::parse(text(fetched, "name"), self.profile) else {
            return;
        };
        let layout = self.profile.layout(name.kind);
        if !layout.direction().is_received() {
            return;
        }
        let records = records_of_text(layout, text(fetched, "text")).into_iter();
        let records: Vec<(String, Value)> = records
            .map(|record| (layout.id().to_owned(), record))
            .collect();
        self.tell_received(line, &records);
    }

    fn tell_received(&mut self, line: &EventLine, records: &[(String, Value)]) {
        for (kind, record) in records {
            let key = key_of(record);
            if key.0.is_empty() || key.1.is_empty() {
                continue;
            }
            let who = format!("{}のシステム", self.people.insurer(&key.0));
            let deed = format!("「{}」をPMHから受け取った", kind_name(self.profile, kind));
            self.tell(line, Whose::Person(vec![key]), who, deed, Outcome::Fact);
        }
    }
}
