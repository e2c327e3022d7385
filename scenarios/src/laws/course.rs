//! 経過: what a product sent of each record in a run, what became of it, and what it was told of that.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;
use tekigo_simulator::kernel::{Event, Fate, LinkAction};
use tekigo_simulator::profile::{FileName, Profile};
use tekigo_simulator::{LinkReply, MessageSent, ReplyTravel, Stored, Struck};

use crate::auditor::ExpectedKey;
use crate::control::{Operation, OperationGroup};
use crate::witness::{Exchange, Traffic, kind_name, records_of_text, row_item, row_name};

/// Reports about a set-up as a whole: no records of anybody.
const FRAMES: [&str; 2] = ["setupStart", "setupCompletion"];
/// The kind of a receipt for a set that was sent (方式②).
const RECEIPT: &str = "fileReceipt";
/// The kind of the reasons of refused records (方式②).
const REASONS: &str = "processingResult";

/// A record as it was sent.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sending {
    pub(super) n: u64,
    /// Whose: another insurer may have people with the same numbers.
    pub(super) insurer: String,
    pub(super) key: ExpectedKey,
    /// What its kind is called.
    pub(super) word: String,
    pub(super) record: Value,
    /// The task or, in 方式②, the file that carries it, once PMH has taken it.
    pub(super) carrier: Option<String>,
    /// What struck the request on the line.
    pub(super) struck: Option<LinkAction>,
    /// What the product was told of it, and when.
    pub(super) told: Option<Told>,
}

/// What a product was told of a record that it had sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) n: u64,
    pub(super) is_refused: bool,
}

/// The platform has changed a row to what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) n: u64,
    /// Position among the sendings.
    pub(super) sending: usize,
}

/// A set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SetUp {
    pub(super) began: u64,
    /// When PMH took the report of its completion.
    pub(super) ended: Option<u64>,
}

/// Business that the product has done.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Business {
    pub(super) n: u64,
    pub(super) operation: String,
    /// About whom, if the input says so.
    pub(super) person: Option<String>,
    pub(super) input: Value,
}

/// What staff were shown of refused records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) n: u64,
    pub(super) people: BTreeSet<String>,
}

/// The course of a run.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Course {
    pub(super) sendings: Vec<Sending>,
    pub(super) changes: Vec<Change>,
    pub(super) business: Vec<Business>,
    /// When the product had nothing more to send and waited for nothing.
    pub(super) rests: Vec<u64>,
    pub(super) set_ups: Vec<SetUp>,
    /// Messages between PMH and the platform that came late, twice or out of order.
    pub(super) irregular: Vec<u64>,
    pub(super) shown: Vec<Shown>,
    /// The positions of what each carrier holds, in its order.
    carried: BTreeMap<String, Vec<usize>>,
}

#[derive(Deserialize)]
struct Asked {
    operation: String,
    input: Value,
}

#[derive(Deserialize)]
struct Answered {
    answer: Answer,
}

#[derive(Deserialize)]
struct Answer {
    result: String,
    #[serde(default)]
    data: Value,
}

/// What result files of 方式② say, before they are taken in.
#[derive(Debug, Default)]
struct Fetched {
    /// By the name of the result file: the files that it acknowledges, or the rows it refuses.
    receipts: BTreeMap<String, Vec<String>>,
    reasons: BTreeMap<String, Vec<(String, usize)>>,
}

impl Course {
    /// Reads the course out of a journal.
    pub(super) fn of(profile: &Profile, events: &[Event]) -> Self {
        let traffic = Traffic::of(events);
        let mut course = Self::default();
        let carriers = course.read_sendings(profile, &traffic, &struck(events));
        course.read_results(&traffic);
        course.read_on(profile, events, &traffic, &carriers);
        course
    }

    /// The sendings, and for each task the carrier under which they stand.
    fn read_sendings(
        &mut self,
        profile: &Profile,
        traffic: &Traffic,
        struck: &BTreeMap<u64, LinkAction>,
    ) -> BTreeMap<String, String> {
        let mut carriers = BTreeMap::new();
        let by_place: BTreeMap<u64, &Exchange> =
            traffic.exchanges.iter().map(|one| (one.n, one)).collect();
        for upload in traffic.uploads() {
            let files = upload.answer.set.iter().flat_map(|set| &set.files);
            carriers.extend(files.map(|file| (file.task.clone(), file.name.clone())));
        }
        for registration in traffic.registrations(profile) {
            if FRAMES.contains(&registration.kind.as_str()) {
                if registration.is_accepted {
                    self.take_frame(registration.kind == FRAMES[0], registration.n);
                }
                continue;
            }
            let exchange = by_place.get(&registration.n);
            let task = exchange.and_then(|exchange| task_of(exchange.reply.as_ref()?));
            if let Some(task) = &task {
                carriers.insert(task.clone(), task.clone());
            }
            let carrier = registration
                .file
                .filter(|_| registration.is_accepted)
                .or(task);
            let struck = exchange.and_then(|exchange| struck.get(&exchange.request.id));
            let row_item = row_item(profile, &registration.kind);
            let word = kind_name(profile, &registration.kind);
            for record in registration.records {
                let insurer = record.get("insurerNumber").and_then(Value::as_str);
                if let Some(carrier) = &carrier {
                    let carried = self.carried.entry(carrier.clone()).or_default();
                    carried.push(self.sendings.len());
                }
                self.sendings.push(Sending {
                    n: registration.n,
                    insurer: insurer.unwrap_or_default().to_owned(),
                    key: row_name(&registration.kind, row_item, &record),
                    word: word.clone(),
                    record,
                    carrier: carrier.clone(),
                    struck: struck.cloned(),
                    told: None,
                });
            }
        }
        carriers
    }

    /// PMH has taken the report that a set-up begins or is complete.
    fn take_frame(&mut self, is_start: bool, n: u64) {
        if is_start {
            self.set_ups.push(SetUp {
                began: n,
                ended: None,
            });
        } else if let Some(last) = self.set_ups.last_mut() {
            last.ended = Some(n);
        }
    }

    /// What PMH answered about tasks (方式①).
    fn read_results(&mut self, traffic: &Traffic) {
        for exchange in &traffic.exchanges {
            let task = exchange.request.path.rsplit_once("registrationTasks/");
            let (Some((_, task)), Some(reply)) = (task, &exchange.reply) else {
                continue;
            };
            let is_whole = !matches!(
                reply.travel,
                ReplyTravel::Cut | ReplyTravel::CutWithin | ReplyTravel::Silent
            );
            let is_completed =
                reply.body.get("status").and_then(Value::as_str) == Some("completed");
            if !is_whole || !is_completed {
                continue;
            }
            let results = reply.body.get("results").and_then(Value::as_array);
            let refused: BTreeSet<usize> = results
                .into_iter()
                .flatten()
                .filter(|result| is_refusal(result))
                .filter_map(place_of)
                .collect();
            self.tell(exchange.n, task, &refused);
        }
    }

    fn read_on(
        &mut self,
        profile: &Profile,
        events: &[Event],
        traffic: &Traffic,
        carriers: &BTreeMap<String, String>,
    ) {
        let fetched = fetched(profile, traffic);
        let mut asked: Option<(Operation, Value)> = None;
        for event in events {
            let body = event.body.get();
            match event.kind.as_str() {
                "vendor.operation" => {
                    let told: Option<Asked> = serde_json::from_str(body).ok();
                    asked = told.and_then(|told| Some((told.operation.parse().ok()?, told.input)));
                }
                "vendor.answer" => {
                    let told: Option<Answered> = serde_json::from_str(body).ok();
                    let done = told.filter(|told| told.answer.result == "done");
                    if let (Some((operation, input)), Some(told)) = (asked.take(), done) {
                        self.take_answer(event.n, operation, input, &told.answer.data, &fetched);
                    }
                }
                "platform.stored" => {
                    if let Ok(stored) = serde_json::from_str::<Stored>(body) {
                        self.take_stored(event.n, &stored, carriers);
                    }
                }
                "message" => {
                    let sent: Option<MessageSent> = serde_json::from_str(body).ok();
                    let is_irregular =
                        sent.is_some_and(|sent| sent.to == "pmh" && sent.fate != Fate::Deliver);
                    self.irregular.extend(is_irregular.then_some(event.n));
                }
                _ => {}
            }
        }
    }

    fn take_answer(
        &mut self,
        n: u64,
        operation: Operation,
        input: Value,
        data: &Value,
        fetched: &Fetched,
    ) {
        let count = |member: &str| data.get(member).and_then(Value::as_u64);
        // With nothing left to send, and nothing that is waited for.
        let is_at_rest = (operation == Operation::RunTransfer && count("outstanding") == Some(0))
            || (operation == Operation::Export && count("records") == Some(0));
        self.rests.extend(is_at_rest.then_some(n));
        if operation == Operation::Import {
            self.take_in(n, data, fetched);
        }
        if operation == Operation::ViewRefused {
            let records = data.get("records").and_then(Value::as_array);
            let people = records.into_iter().flatten();
            let people = people.filter_map(|record| record.get("insured_number")?.as_str());
            let people = people.map(str::to_owned).collect();
            self.shown.push(Shown { n, people });
        }
        if operation.sheet().group == OperationGroup::Business {
            let person = input.get("insured_number").and_then(Value::as_str);
            self.business.push(Business {
                n,
                operation: operation.name().to_owned(),
                person: person.map(str::to_owned),
                input,
            });
        }
    }

    /// The product has taken result files in (方式②).
    fn take_in(&mut self, n: u64, data: &Value, fetched: &Fetched) {
        let files = data.get("files").and_then(Value::as_array);
        let files = files.into_iter().flatten().filter_map(Value::as_str);
        let files: Vec<&str> = files.collect();
        let mut refused: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (file, place) in files
            .iter()
            .filter_map(|name| fetched.reasons.get(*name))
            .flatten()
        {
            refused.entry(file).or_default().insert(*place);
        }
        for sent in files
            .iter()
            .filter_map(|name| fetched.receipts.get(*name))
            .flatten()
        {
            let refused = refused.get(sent.as_str()).cloned().unwrap_or_default();
            self.tell(n, sent, &refused);
        }
    }

    /// The product learns what became of what a carrier held; what it has learned once stays.
    fn tell(&mut self, n: u64, carrier: &str, refused: &BTreeSet<usize>) {
        for (place, sending) in self.carried.get(carrier).into_iter().flatten().enumerate() {
            let is_refused = refused.contains(&place);
            if let Some(sending) = self.sendings.get_mut(*sending) {
                sending.told.get_or_insert(Told { n, is_refused });
            }
        }
    }

    fn take_stored(&mut self, n: u64, stored: &Stored, carriers: &BTreeMap<String, String>) {
        let carrier = carriers.get(&stored.task);
        let Some(carried) = carrier.and_then(|carrier| self.carried.get(carrier)) else {
            return;
        };
        let changed = [&stored.created, &stored.updated, &stored.deleted];
        for position in changed.into_iter().flat_map(|positions| &positions.0) {
            let sending = carried.get(*position).copied();
            self.changes
                .extend(sending.map(|sending| Change { n, sending }));
        }
    }

    /// Whether business about a person was done after one line and before another.
    pub(super) fn has_business(&self, person: &str, after: u64, before: u64) -> bool {
        self.business_about(person, after, before) > 0
    }

    /// Whether a set-up was under way.
    pub(super) fn is_being_set_up(&self, n: u64) -> bool {
        self.set_ups
            .iter()
            .any(|one| one.began < n && one.ended.is_none_or(|ended| n < ended))
    }

    /// How often; business that does not say about whom counts for everybody.
    pub(super) fn business_about(&self, person: &str, after: u64, before: u64) -> usize {
        let about = self.business.iter().filter(|business| {
            let is_about = business.person.as_deref().is_none_or(|of| of == person);
            is_about && after < business.n && business.n < before
        });
        about.count()
    }

    /// The last line at which the product was at rest.
    pub(super) fn last_rest(&self) -> Option<u64> {
        self.rests.last().copied()
    }
}

fn struck(events: &[Event]) -> BTreeMap<u64, LinkAction> {
    let struck = events.iter().filter(|event| event.kind == "line.struck");
    struck
        .filter_map(|event| serde_json::from_str::<Struck>(event.body.get()).ok())
        .map(|struck| (struck.id, struck.action))
        .collect()
}

fn task_of(reply: &LinkReply) -> Option<String> {
    let task = reply.body.get("taskId").and_then(Value::as_str)?;
    (reply.status == 202).then(|| task.to_owned())
}

/// 0xxx is accepted, Wxxx accepted with a warning.
fn is_refusal(result: &Value) -> bool {
    let code = result.get("resultCode").and_then(Value::as_str);
    code.is_some_and(|code| !code.starts_with(['0', 'W']))
}

fn place_of(result: &Value) -> Option<usize> {
    let place = result.get("recordIndex")?.as_u64()?;
    usize::try_from(place).ok()
}

/// The result files that somebody has fetched from PMH's pages.
fn fetched(profile: &Profile, traffic: &Traffic) -> Fetched {
    let mut fetched = Fetched::default();
    for file in traffic
        .deeds
        .iter()
        .filter_map(|deed| deed.answer.fetched.as_ref())
    {
        let Ok(name) = FileName::parse(&file.name, profile) else {
            continue;
        };
        let layout = profile.layout(name.kind);
        let rows = || records_of_text(layout, &file.text);
        let of = |row: &Value| {
            let name = row.get("fileName").and_then(Value::as_str);
            name.unwrap_or_default().to_owned()
        };
        if layout.id() == RECEIPT {
            let files = rows().iter().map(of).collect();
            fetched.receipts.insert(file.name.clone(), files);
        } else if layout.id() == REASONS {
            let rows = rows();
            let refused = rows.iter().filter(|row| is_refusal(row));
            let refused = refused.filter_map(|row| Some((of(row), place_of(row)?)));
            fetched.reasons.insert(file.name.clone(), refused.collect());
        }
    }
    fetched
}
