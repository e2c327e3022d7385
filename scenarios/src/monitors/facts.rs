//! What monitors look at, read once from a journal.

use std::collections::BTreeSet;

use serde_json::Value;
use tekigo_simulator::kernel::Event;
use tekigo_simulator::profile::{FileName, Profile};
use tekigo_simulator::{Identified, Struck};

use crate::witness::{Registration, Traffic, Upload, records_of_text};

/// The kind of a result file.
const RESULTS: &str = "processingResult";

/// An operation the judge asked the vendor for, with the vendor's answer.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) n: u64,
    pub(super) operation: String,
    pub(super) input: Value,
    pub(super) answer: Option<Value>,
}

/// A record in a registration request.
#[derive(Debug)]
pub(super) struct SentRecord {
    pub(super) n: u64,
    pub(super) kind: String,
    pub(super) record: Value,
}

/// Everything the monitors judge.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub(super) profile: &'a Profile,
    pub(super) events: &'a [Event],
    pub(super) traffic: Traffic,
    pub(super) registrations: Vec<Registration>,
    pub(super) asked: Vec<Asked>,
    pub(super) sent: Vec<SentRecord>,
    pub(super) identified: Vec<(u64, Identified)>,
    /// Sets of files that were sent.
    pub(super) uploads: Vec<Upload>,
    /// Uploads that a person of the scenario spoiled.
    pub(super) spoiled: BTreeSet<u64>,
    /// Why records were refused, as the result files say it, row by row (方式②).
    pub(super) refusals: Vec<(u64, Value)>,
    /// Requests that a fault of the scenario's own making struck.
    pub(super) struck: BTreeSet<u64>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(profile: &'a Profile, events: &'a [Event]) -> Self {
        let traffic = Traffic::of(events);
        let registrations = traffic.registrations(profile);
        let sent = registrations.iter().flat_map(records_of).collect();
        let uploads: Vec<Upload> = traffic.uploads().collect();
        let refusals = refusals(profile, &traffic);
        let mut facts = Self {
            profile,
            events,
            uploads,
            spoiled: BTreeSet::new(),
            refusals,
            traffic,
            registrations,
            asked: Vec::new(),
            sent,
            identified: Vec::new(),
            struck: BTreeSet::new(),
        };
        for event in events {
            facts.take(event);
        }
        facts
    }

    fn take(&mut self, event: &Event) {
        match event.kind.as_str() {
            "vendor.operation" => {
                let Ok(body) = serde_json::from_str::<Value>(event.body.get()) else {
                    return;
                };
                self.asked.push(Asked {
                    n: event.n,
                    operation: text(&body, "operation"),
                    input: body.get("input").cloned().unwrap_or(Value::Null),
                    answer: None,
                });
            }
            "vendor.answer" => {
                if let Ok(body) = serde_json::from_str::<Value>(event.body.get())
                    && let Some(asked) = self.asked.last_mut()
                {
                    asked.answer = body.get("answer").cloned();
                }
            }
            "identifier.issued" => {
                if let Ok(identified) = serde_json::from_str(event.body.get()) {
                    self.identified.push((event.n, identified));
                }
            }
            "terminal.mistake" => {
                let next = self.uploads.iter().find(|upload| upload.n > event.n);
                self.spoiled.extend(next.map(|upload| upload.n));
            }
            "line.struck" => {
                if let Ok(struck) = serde_json::from_str::<Struck>(event.body.get()) {
                    self.struck.insert(struck.id);
                }
            }
            _ => {}
        }
    }

    /// Whether a line of the journal is an upload.
    pub(super) fn is_upload(&self, n: u64) -> bool {
        self.uploads.iter().any(|upload| upload.n == n)
    }

    /// The uploads that went out as the product had made them.
    pub(super) fn sound_uploads(&self) -> impl Iterator<Item = &Upload> {
        let uploads = self.uploads.iter();
        uploads.filter(|upload| !self.spoiled.contains(&upload.n))
    }

    /// The people of the ledger about whom the judge noted something when it was loaded.
    pub(super) fn noted_people(&self, member: &str) -> BTreeSet<String> {
        self.asked
            .iter()
            .filter(|asked| asked.operation == "load_ledger")
            .filter_map(|asked| asked.input.get(member)?.as_array().cloned())
            .flatten()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect()
    }
}

impl Facts<'_> {
    /// The insurers whose books the vendor was given.
    pub(super) fn insurers(&self) -> BTreeSet<String> {
        let loads = self.asked.iter();
        let loads = loads.filter(|asked| asked.operation == "load_ledger");
        loads.map(|asked| text(&asked.input, "insurer")).collect()
    }
}

/// The rows of the result files (処理結果) that were fetched.
fn refusals(profile: &Profile, traffic: &Traffic) -> Vec<(u64, Value)> {
    let mut refusals = Vec::new();
    for deed in &traffic.deeds {
        let Some(fetched) = &deed.answer.fetched else {
            continue;
        };
        let kind = FileName::parse(&fetched.name, profile).map(|name| profile.layout(name.kind));
        if let Ok(layout) = kind
            && layout.id() == RESULTS
        {
            let rows = records_of_text(layout, &fetched.text);
            refusals.extend(rows.into_iter().map(|row| (deed.n, row)));
        }
    }
    refusals
}

fn records_of(registration: &Registration) -> Vec<SentRecord> {
    if registration.kind.is_empty() {
        return Vec::new();
    }
    registration
        .records
        .iter()
        .map(|record| SentRecord {
            n: registration.n,
            kind: registration.kind.clone(),
            record: record.clone(),
        })
        .collect()
}

pub(super) fn text(value: &Value, member: &str) -> String {
    value
        .get(member)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}
