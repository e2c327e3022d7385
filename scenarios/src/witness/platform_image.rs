//! What the platform holds, folded from the requests and from what the platform says it stored.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;
use tekigo_simulator::kernel::Event;
use tekigo_simulator::profile::Profile;
use tekigo_simulator::viewer::Viewed;
use tekigo_simulator::{
    AcceptedSet, LinkReply, LinkRequest, OperatorAction, OperatorAnswer, OperatorInput, Stored,
    UploadedFile,
};

use super::file_text::records_of_text;

use crate::auditor::ExpectedKey;

/// The platform's state as far as the journal shows it.
#[derive(Debug, Clone, Default)]
pub struct PlatformImage {
    rows: BTreeMap<ExpectedKey, Value>,
    bodies: BTreeMap<u64, Box<RawValue>>,
    tasks: BTreeMap<String, Box<RawValue>>,
    uploaded: Vec<UploadedFile>,
    read: usize,
    changes: usize,
    /// Whose records the product links; known with the first of them.
    insurer: Option<Value>,
}

impl PlatformImage {
    /// Takes the lines after those already taken.
    pub fn read_on(&mut self, profile: &Profile, events: &[Event]) {
        for event in &events[self.read.min(events.len())..] {
            self.take(profile, event);
        }
        self.read = events.len();
    }

    /// Every row, the deleted ones among them.
    #[must_use]
    pub fn rows(&self) -> &BTreeMap<ExpectedKey, Value> {
        &self.rows
    }

    /// How many rows have been created, changed or deleted so far.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.changes
    }

    /// The rows as the auditor compares them: `None` for one that is marked deleted.
    #[must_use]
    pub fn for_auditor(&self) -> BTreeMap<ExpectedKey, Option<Value>> {
        self.rows
            .iter()
            .map(|(name, record)| (name.clone(), (!is_deleted(record)).then(|| record.clone())))
            .collect()
    }

    /// One row.
    #[must_use]
    pub fn row(&self, kind: &str, insured_number: &str, row: &str) -> Option<&Value> {
        self.rows.get(&ExpectedKey {
            kind: kind.to_owned(),
            insured_number: insured_number.to_owned(),
            row: row.to_owned(),
        })
    }

    /// The rows of one person in one kind.
    pub fn rows_of<'a>(
        &'a self,
        kind: &'a str,
        insured_number: &'a str,
    ) -> impl Iterator<Item = (&'a ExpectedKey, &'a Value)> {
        self.rows
            .iter()
            .filter(move |(name, _)| name.kind == kind && name.insured_number == insured_number)
    }

    fn take(&mut self, profile: &Profile, event: &Event) {
        let text = event.body.get();
        match event.kind.as_str() {
            "link.request" => {
                if let Ok(request) = serde_json::from_str::<LinkRequest>(text) {
                    let body = request.body.or_else(|| {
                        let text = request.text?;
                        RawValue::from_string(text).ok()
                    });
                    if let Some(body) = body {
                        self.bodies.insert(request.id, body);
                    }
                }
            }
            "link.reply" => {
                if let Ok(reply) = serde_json::from_str::<LinkReply>(text)
                    && let Some(body) = self.bodies.remove(&reply.id)
                    && let Some(task) = reply.body.get("taskId").and_then(Value::as_str)
                {
                    self.tasks.insert(task.to_owned(), body);
                }
            }
            "operator" => {
                if let Ok(input) = serde_json::from_str::<OperatorInput>(text)
                    && let OperatorAction::Upload { files } = input.action
                {
                    self.uploaded = files;
                }
            }
            "operator.result" => {
                let files = std::mem::take(&mut self.uploaded);
                if let Ok(answer) = serde_json::from_str::<OperatorAnswer>(text)
                    && let Some(set) = answer.set
                {
                    self.take_set(profile, &set, &files);
                }
            }
            "platform.stored" => {
                if let Ok(stored) = serde_json::from_str::<Stored>(text) {
                    self.store(profile, &stored);
                }
            }
            "viewing.answer" => {
                if let Ok(viewed) = serde_json::from_str::<Viewed>(text) {
                    self.take_consents(&viewed);
                }
            }
            _ => {}
        }
    }

    /// A consent that an office took is on the platform before the vendor hears of it.
    fn take_consents(&mut self, viewed: &Viewed) {
        for made in viewed.made.iter().filter(|made| made.kind == "consent") {
            let insurer = made.record.get("insurerNumber");
            if self.insurer.is_some() && self.insurer.as_ref() != insurer {
                // Somebody of another insurer, who may have the number of one of ours.
                continue;
            }
            let number = made.record.get("insuredNumber").and_then(Value::as_str);
            let name = ExpectedKey::new("consent", number.unwrap_or_default(), "");
            self.rows.insert(name, made.record.clone());
            self.changes += 1;
        }
    }

    fn take_set(&mut self, profile: &Profile, set: &AcceptedSet, files: &[UploadedFile]) {
        for accepted in &set.files {
            let file = files.iter().find(|file| file.name == accepted.name);
            let text = file.and_then(|file| file.text.as_deref());
            let kind = profile.kind(&accepted.kind);
            if let (Some(text), Some(kind)) = (text, kind) {
                let records = records_of_text(profile.layout(kind), text);
                if let Ok(records) = RawValue::from_string(Value::Array(records).to_string()) {
                    self.tasks.insert(accepted.task.clone(), records);
                }
            }
        }
    }

    fn store(&mut self, profile: &Profile, stored: &Stored) {
        let Some(body) = self.tasks.get(&stored.task) else {
            return;
        };
        let records: Vec<&RawValue> = serde_json::from_str(body.get()).unwrap_or_default();
        let row_item = row_item(profile, &stored.kind);
        let changed = [&stored.created, &stored.updated, &stored.deleted];
        for position in changed.into_iter().flat_map(|positions| &positions.0) {
            let Some(record) = records
                .get(*position)
                .and_then(|raw| serde_json::from_str::<Value>(raw.get()).ok())
            else {
                continue;
            };
            let name = row_name(&stored.kind, row_item, &record);
            self.insurer = self.insurer.take().or(record.get("insurerNumber").cloned());
            self.rows.insert(name, record);
            self.changes += 1;
        }
    }
}

/// The item by which the rows of one person in a kind differ; `None` where there is one row.
pub(crate) fn row_item<'p>(profile: &'p Profile, kind: &str) -> Option<&'p str> {
    let layout = profile.layout(profile.kind(kind)?);
    let field = layout.key_fields().get(2)?;
    Some(layout.field_at(*field).json())
}

/// The name of the row that a record is about.
pub(crate) fn row_name(kind: &str, row_item: Option<&str>, record: &Value) -> ExpectedKey {
    let text = |item: &str| {
        let value = record.get(item).and_then(Value::as_str);
        value.unwrap_or_default().to_owned()
    };
    ExpectedKey {
        kind: kind.to_owned(),
        insured_number: text("insuredNumber"),
        row: row_item.map(text).unwrap_or_default(),
    }
}

/// Whether a record says that its row is gone.
pub(crate) fn is_deleted(record: &Value) -> bool {
    record.get("isDeleted") == Some(&Value::Bool(true))
        || record.get("modificationSeg").and_then(Value::as_str) == Some("2")
}
