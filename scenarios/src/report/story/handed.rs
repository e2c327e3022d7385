//! What was handed to PMH and taken on, by whichever way.

use std::collections::BTreeMap;

use serde_json::Value;
use tekigo_simulator::profile::Profile;
use tekigo_simulator::{
    AcceptedSet, OperatorAction, OperatorAnswer, OperatorInput, Stored, UploadedFile,
};

use crate::verdict::EventLine;
use crate::witness::records_of_text;

/// Records of one kind that were handed over at once.
#[derive(Debug, Clone)]
pub(super) struct Batch {
    /// The line with the request or with the files.
    pub(super) event: u64,
    /// The kind, as the profile calls it.
    pub(super) kind: String,
    pub(super) records: Vec<Value>,
}

/// Every registration task (受付番号) with its records.
#[derive(Debug, Default)]
pub(super) struct Handed {
    requests: BTreeMap<u64, Batch>,
    tasks: BTreeMap<String, Batch>,
    uploaded: Option<(u64, Vec<UploadedFile>)>,
}

impl Handed {
    /// Takes a line of the journal; what was taken on with it.
    pub(super) fn read(&mut self, profile: &Profile, line: &EventLine) -> Vec<Batch> {
        match line.kind.as_str() {
            "link.request" => self.request(line),
            "link.reply" => return self.reply(line).into_iter().collect(),
            "operator" => {
                let input: Option<OperatorInput> = serde_json::from_value(line.body.clone()).ok();
                self.uploaded = None;
                if let Some(OperatorAction::Upload { files }) = input.map(|input| input.action) {
                    self.uploaded = Some((line.n, files));
                }
            }
            "operator.result" => {
                let answer: Option<OperatorAnswer> = serde_json::from_value(line.body.clone()).ok();
                let uploaded = self.uploaded.take();
                if let (Some(set), Some(files)) = (answer.and_then(|answer| answer.set), uploaded) {
                    return self.set(profile, &set, &files);
                }
            }
            _ => {}
        }
        Vec::new()
    }

    /// The records that the platform changed, and those that it held already.
    pub(super) fn stored(&self, stored: &Stored) -> Option<(&Batch, Vec<&Value>, Vec<&Value>)> {
        let batch = self.tasks.get(&stored.task)?;
        let at = |positions: &[usize]| -> Vec<&Value> {
            let records = positions.iter();
            records
                .filter_map(|index| batch.records.get(*index))
                .collect()
        };
        let changed = [&stored.created, &stored.updated, &stored.deleted];
        let mut positions: Vec<usize> = changed.into_iter().flat_map(|of| of.0.clone()).collect();
        positions.sort_unstable();
        Some((batch, at(&positions), at(&stored.unchanged.0)))
    }

    fn request(&mut self, line: &EventLine) {
        let path = line.text("path").unwrap_or_default();
        let resource = path.rsplit('/').next().unwrap_or_default();
        let (Some(kind), Some(id)) = (
            resource.strip_suffix("RegistrationTasks"),
            line.body.get("id").and_then(Value::as_u64),
        ) else {
            return;
        };
        let written = line.text("text").or_else(|| line.text("body"));
        let written = written.and_then(|text| serde_json::from_str::<Value>(text).ok());
        let body = written.as_ref().or(line.body.get("body"));
        let batch = Batch {
            event: line.n,
            kind: kind.to_owned(),
            records: body.and_then(Value::as_array).cloned().unwrap_or_default(),
        };
        self.requests.insert(id, batch);
    }

    fn reply(&mut self, line: &EventLine) -> Option<Batch> {
        let id = line.body.get("id").and_then(Value::as_u64)?;
        let batch = self.requests.remove(&id)?;
        let task = line.body.pointer("/body/taskId").and_then(Value::as_str)?;
        self.tasks.insert(task.to_owned(), batch.clone());
        Some(batch)
    }

    fn set(
        &mut self,
        profile: &Profile,
        set: &AcceptedSet,
        (event, files): &(u64, Vec<UploadedFile>),
    ) -> Vec<Batch> {
        let taken = set.files.iter().filter_map(|accepted| {
            let file = files.iter().find(|file| file.name == accepted.name)?;
            let layout = profile.layout(profile.kind(&accepted.kind)?);
            let batch = Batch {
                event: *event,
                kind: layout.id().to_owned(),
                records: records_of_text(layout, file.text.as_deref().unwrap_or_default()),
            };
            Some((accepted.task.clone(), batch))
        });
        let taken: Vec<(String, Batch)> = taken.collect();
        self.tasks.extend(taken.iter().cloned());
        taken.into_iter().map(|(_, batch)| batch).collect()
    }
}
