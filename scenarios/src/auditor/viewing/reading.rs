//! Reading the history, line by line.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use tekigo_simulator::Stored;
use tekigo_simulator::kernel::Moment;
use tekigo_simulator::profile::Profile;

use crate::witness::records_of_text;

use super::books::{Books, day, text};
use super::cards::Checks;
use super::finding::{Expected, Finding};
use super::gates::Now;
use super::people::People;
use super::rules::ViewingRules;

/// Kind and records of a registration.
type Registration = (String, Vec<Value>);

/// 閲覧の監査役: reads a journal from its beginning and judges every answer of a door.
#[derive(Debug, Clone)]
pub struct ViewingAuditor {
    pub(super) rules: ViewingRules,
    pub(super) books: Books,
    pub(super) checks: Checks,
    pub(super) people: People,
    /// Requests of a vendor that are not answered yet.
    requests: BTreeMap<u64, Registration>,
    /// Registration tasks by their name.
    tasks: BTreeMap<String, Registration>,
    /// What the staff do in PMH's pages.
    operator: Value,
    /// A fact that is not noted yet.
    fact: Value,
    /// A viewer's request that is not answered yet.
    asked: Option<(Now, Value)>,
    /// To read the texts of files with, and for nothing else.
    profile: Option<Arc<Profile>>,
}

impl ViewingAuditor {
    /// Nothing has happened yet.
    #[must_use]
    pub fn new(rules: ViewingRules) -> Self {
        Self {
            rules,
            books: Books::default(),
            checks: Checks::default(),
            people: People::default(),
            requests: BTreeMap::new(),
            tasks: BTreeMap::new(),
            operator: Value::Null,
            fact: Value::Null,
            asked: None,
            profile: None,
        }
    }

    /// The same for a history in which files (方式②) are sent as well.
    #[must_use]
    pub fn reading_files(mut self, profile: Arc<Profile>) -> Self {
        self.profile = Some(profile);
        self
    }

    /// Reads the next line of a journal. The answer of a door to a viewer is judged.
    pub fn read(&mut self, at: Moment, kind: &str, body: &Value) -> Option<Finding> {
        match kind {
            "opened" => self.open(body),
            "link.request" => self.note_request(body),
            "link.reply" => self.note_reply(body),
            "platform.stored" => self.note_stored(body),
            "identifier.issued" => self.note_identified(body),
            "operator" => self.operator = body.clone(),
            "operator.result" => {
                self.note_set(body);
                self.note_operator(body);
            }
            "directory" => self.fact = body.clone(),
            "directory.noted" => self.note_fact(body),
            "portal.answer" => self.note_schedule(body),
            "viewer" => {
                let now = Now {
                    second: at.unix_seconds(),
                    today: at.date(),
                };
                self.asked = Some((now, body.clone()));
            }
            "viewing.answer" => return self.judge(body),
            _ => {}
        }
        None
    }

    fn judge(&mut self, answer: &Value) -> Option<Finding> {
        let (now, request) = self.asked.take()?;
        let expected = match self.expect(now, &request) {
            Ok(given) => Expected::Done(given),
            Err(reason) => Expected::Refused(reason),
        };
        if answer.get("done") == Some(&Value::Bool(true)) {
            self.commit(now, &request, answer);
        }
        if text(&request, "action") == "log_in" {
            let is_right = matches!(expected, Expected::Done(_));
            let by = (&self.rules, now.second);
            self.people.note_tried(by, &request, is_right);
        }
        Some(Finding::of(request, expected, answer))
    }

    fn open(&mut self, body: &Value) {
        let insurers = body.get("insurers").and_then(Value::as_array);
        for insurer in insurers.into_iter().flatten() {
            let number = text(insurer, "number").to_owned();
            self.books.towns.entry(number).or_default();
        }
    }

    fn note_request(&mut self, body: &Value) {
        let resource = text(body, "path").rsplit('/').next().unwrap_or_default();
        let Some(kind) = resource.strip_suffix("RegistrationTasks") else {
            return;
        };
        let written: Option<Value> = serde_json::from_str(text(body, "text")).ok();
        let records = body.get("body").or(written.as_ref());
        let records = records
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        if let Some(id) = body.get("id").and_then(Value::as_u64) {
            self.requests.insert(id, (kind.to_owned(), records));
        }
    }

    fn note_reply(&mut self, body: &Value) {
        let id = body.get("id").and_then(Value::as_u64).unwrap_or_default();
        let registration = self.requests.remove(&id);
        let task = body.pointer("/body/taskId").and_then(Value::as_str);
        let (Some((kind, records)), Some(task)) = (registration, task) else {
            return;
        };
        self.note_completion(&kind, &records);
        self.tasks.insert(task.to_owned(), (kind, records));
    }

    fn note_completion(&mut self, kind: &str, records: &[Value]) {
        if kind == "setupCompletion"
            && let Some(report) = records.first()
        {
            let insurer = text(report, "insurerNumber").to_owned();
            let town = self.books.towns.entry(insurer).or_default();
            town.completed = day(report, "completionDate");
        }
    }

    fn note_stored(&mut self, body: &Value) {
        let stored: Option<Stored> = serde_json::from_value(body.clone()).ok();
        let Some(stored) = stored else { return };
        let Some((kind, records)) = self.tasks.get(&stored.task) else {
            return;
        };
        let changed = [&stored.created, &stored.updated, &stored.deleted];
        for position in changed.into_iter().flat_map(|positions| &positions.0) {
            if let Some(record) = records.get(*position) {
                self.books.store(kind, record);
            }
        }
    }

    fn note_identified(&mut self, body: &Value) {
        let people = body.get("people").and_then(Value::as_array);
        for pair in people.into_iter().flatten() {
            if let Some(human) = pair.get(0).and_then(Value::as_str) {
                self.checks.known.insert(human.to_owned());
            }
        }
    }

    /// A set of files that PMH has taken on: each file is a registration task.
    fn note_set(&mut self, body: &Value) {
        let Some(profile) = self.profile.clone() else {
            return;
        };
        let list = |value: &Value, member: &str| {
            let list = value.get(member).and_then(Value::as_array);
            list.cloned().unwrap_or_default()
        };
        let set = body.get("set").unwrap_or(&Value::Null);
        let sent = list(&self.operator, "files");
        for accepted in list(set, "files") {
            let file = sent.iter().find(|file| file["name"] == accepted["name"]);
            let kind = profile.kind(text(&accepted, "kind"));
            if let (Some(file), Some(kind)) = (file, kind) {
                let layout = profile.layout(kind);
                let records = records_of_text(layout, text(file, "text"));
                self.note_completion(layout.id(), &records);
                let registration = (layout.id().to_owned(), records);
                self.tasks
                    .insert(text(&accepted, "task").to_owned(), registration);
            }
        }
    }

    fn note_operator(&mut self, body: &Value) {
        let done = body.get("done") == Some(&Value::Bool(true));
        if done && text(&self.operator, "action") == "change_password" {
            let insurer = text(&self.operator, "insurer").to_owned();
            let environment = text(&self.operator, "environment").to_owned();
            self.people.ready.insert((insurer, environment));
        }
    }

    /// What an insurer accepted at the portal: the start it asked for, or the usual one.
    fn note_schedule(&mut self, answer: &Value) {
        let changes = answer.get("changes").and_then(Value::as_array);
        for change in changes.into_iter().flatten() {
            let Some(dates) = change.get("dates") else {
                continue;
            };
            if text(change, "to") == "confirmed" {
                let insurer = text(change, "insurer").to_owned();
                let town = self.books.towns.entry(insurer).or_default();
                let is_asked_for = dates.get("is_start_asked_for") == Some(&Value::Bool(true));
                town.start = day(dates, "start").filter(|_| is_asked_for);
            }
        }
    }

    fn note_fact(&mut self, body: &Value) {
        if body.get("done") != Some(&Value::Bool(true)) {
            return;
        }
        let fact = std::mem::take(&mut self.fact);
        let number = |member: &str| text(&fact, member).to_owned();
        match text(&fact, "fact") {
            "office" => self.people.note_office(&fact),
            "institution" => self.people.note_institution(&fact),
            "member" => self.people.note_member(&fact),
            "card" => self.checks.note_card(&fact),
            "service_start" => {
                let town = self.books.towns.entry(number("insurer")).or_default();
                town.start = day(&fact, "on");
            }
            "asked_opinion" => {
                let of = (number("insurer"), number("insured"));
                let asked = (of, number("application"), number("institution"));
                self.books.asked.insert(asked);
            }
            _ => {}
        }
    }
}
