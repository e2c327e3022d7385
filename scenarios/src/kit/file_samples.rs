//! Samples of mode 2: sets of files, and what PMH's page answered to them.

use serde_json::{Map, Value, json};
use tekigo_simulator::domain::InsurerNumber;
use tekigo_simulator::profile::{CsvCodec, FileName, KindId, LinkSegment, Profile, SetNumber};
use tekigo_simulator::systems::pmh::FileSetState;
use tekigo_simulator::{OperatorAction, OperatorAnswer};

use super::books::Books;
use super::damage::{Damaged, damages};
use super::error::KitError;
use super::folder::{Kit, KitSettings};
use super::sample_pages::set_page;
use super::variants::{deletion, variants};
use super::world::{ENVIRONMENT, SampleWorld};
use crate::requirement::Mode;

const FOLDER: &str = "samples/files";

/// A file: its name and its bytes.
pub(super) type SampleFile = (String, Vec<u8>);

/// Records of one kind, each with its cells as texts.
type Content = (KindId, Vec<Map<String, Value>>);

struct Sets<'a> {
    kit: &'a mut Kit,
    profile: &'a Profile,
    world: &'a SampleWorld,
    insurer: InsurerNumber,
    /// The number of the last set that was sent.
    number: SetNumber,
    listed: Vec<Value>,
}

/// Adds the folder `samples/files`.
pub(super) async fn add(kit: &mut Kit, settings: &KitSettings) -> Result<(), KitError> {
    let books = Books::of(settings)?;
    let world = SampleWorld::open(settings, &books, Mode::File).await?;
    let insurer =
        InsurerNumber::parse(world.insurer()).map_err(|error| KitError::Own(error.to_string()))?;
    let mut sets = Sets {
        kit,
        profile: &settings.profile,
        number: SetNumber::of_moment(world.shell().now()),
        world: &world,
        insurer,
        listed: Vec::new(),
    };
    sets.set_up(&books)?;
    sets.differences(&books)?;
    sets.damaged(&books)?;
    sets.inbound(&books)?;
    sets.finish()
}

impl Sets<'_> {
    fn set_up(&mut self, books: &Books) -> Result<(), KitError> {
        let baseline = books.baseline.to_string();
        let start = json!({ "insurerNumber": self.world.insurer(), "baselineDate": baseline });
        let mut contents = Vec::new();
        contents.extend(self.notice("setupStart", &start));
        contents.extend(books.records.iter().cloned());
        let files = self.set(LinkSegment::Initial, &contents)?;
        self.send("set-up", "初期セットアップの開始と全件", files)?;
        let completion = |people: usize| {
            json!({
                "insurerNumber": self.world.insurer(), "baselineDate": baseline,
                "completionDate": baseline, "personCount": people,
            })
        };
        let people = books.people_sent(self.profile);
        for (name, ja, people) in [
            ("completion-short", "件数の合わない完了報告", people - 1),
            ("completion", "初期セットアップ完了報告", people),
        ] {
            let contents: Vec<Content> = self
                .notice("setupCompletion", &completion(people))
                .into_iter()
                .collect();
            let files = self.set(LinkSegment::Initial, &contents)?;
            self.send(name, ja, files)?;
        }
        Ok(())
    }

    fn differences(&mut self, books: &Books) -> Result<(), KitError> {
        for layout in self.profile.kinds() {
            let Some(good) = books.record(layout.kind()) else {
                continue;
            };
            let wrong: Vec<Map<String, Value>> = variants(layout, good)
                .into_iter()
                .filter(|variant| variant.fits_file)
                .map(|variant| variant.record)
                .collect();
            let mut records = vec![good.clone()];
            records.extend(wrong);
            let files = self.set(LinkSegment::Difference, &[(layout.kind(), records)])?;
            let ja = format!("{}: 変更のない1件と、1つずつ誤りのある記録", layout.ja());
            self.send(layout.id(), &ja, files)?;
        }
        let deletions: Vec<Content> = books
            .records
            .iter()
            .filter_map(|(kind, records)| {
                let layout = self.profile.layout(*kind);
                Some((*kind, vec![deletion(layout, records.last()?)?]))
            })
            .collect();
        let files = self.set(LinkSegment::Difference, &deletions)?;
        self.send("deletions", "削除（資格の喪失、履歴の取り消し）", files)
    }

    /// Sets that are refused whole. Each is a right one but for one thing.
    fn damaged(&mut self, books: &Books) -> Result<(), KitError> {
        let Some((kind, records)) = books.records.first() else {
            return Ok(());
        };
        let last = self.number;
        let content: [Content; 1] = [(*kind, records[..1].to_vec())];
        for damage in damages(self.profile) {
            let right = self.set(LinkSegment::Difference, &content)?;
            let Damaged { name, ja, files } = damage.done_to(self.profile, right, last);
            self.send(name, ja, files)?;
        }
        Ok(())
    }

    /// What waits for the municipality, as PMH makes it into a set.
    fn inbound(&mut self, books: &Books) -> Result<(), KitError> {
        self.world.let_arrive(self.profile, books)?;
        let answer = self.world.act(OperatorAction::MakeInboundSet)?;
        let folder = format!("{:02}-inbound", self.listed.len() + 1);
        self.fetch(&folder, &answer.made)?;
        self.listed.push(json!({
            "folder": folder,
            "ja": "受信情報（PMHの画面で受け取る組。送るものはない）",
            "sent": [],
            "answer": null,
            "received": answer.made,
        }));
        Ok(())
    }

    fn notice(&self, kind: &str, record: &Value) -> Option<Content> {
        let kind = self.profile.kind(kind)?;
        Some((kind, vec![record.as_object()?.clone()]))
    }

    fn file_name(&self, sequence: u16, kind: KindId, segment: LinkSegment) -> String {
        let name = FileName {
            set: self.number,
            sequence,
            insurer: self.insurer,
            kind,
            segment,
        };
        name.build(self.profile)
    }

    /// The files of the next set.
    fn set(
        &mut self,
        segment: LinkSegment,
        contents: &[Content],
    ) -> Result<Vec<SampleFile>, KitError> {
        self.number = self.number.next();
        let control = self
            .profile
            .kind("setControl")
            .ok_or_else(|| KitError::Profile("組の内訳（setControl）がありません".to_owned()))?;
        let mut files = Vec::new();
        let mut rows = Vec::new();
        for (sequence, (kind, records)) in (1..).zip(contents) {
            let name = self.file_name(sequence, *kind, segment);
            let row = json!({ "fileName": name, "recordCount": records.len() });
            rows.extend(row.as_object().cloned());
            files.push((name, self.bytes(*kind, records)));
        }
        let name = self.file_name(0, control, segment);
        files.insert(0, (name, self.bytes(control, &rows)));
        Ok(files)
    }

    fn bytes(&self, kind: KindId, records: &[Map<String, Value>]) -> Vec<u8> {
        let mut file = CsvCodec::new(self.profile).text(kind);
        for record in records {
            file.row(|item| cell(record, item));
        }
        self.world.shell().file_bytes(&file.finish())
    }

    /// Sends a set, and notes it with what the page answered and the results that PMH made.
    fn send(&mut self, name: &str, ja: &str, files: Vec<SampleFile>) -> Result<(), KitError> {
        let folder = format!("{:02}-{name}", self.listed.len() + 1);
        let shell = self.world.shell();
        let uploaded = files
            .iter()
            .map(|(name, bytes)| shell.uploaded_file(name, bytes));
        let answer = self.world.act(OperatorAction::Upload {
            files: uploaded.collect(),
        })?;
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        let results = self.results(&answer);
        self.listed.push(json!({
            "folder": folder,
            "ja": ja,
            "sent": names,
            "answer": shown(&answer),
            "received": results,
        }));
        self.kit
            .json(format!("{FOLDER}/{folder}/answer.json"), &shown(&answer))?;
        self.fetch(&folder, &results)?;
        for (name, bytes) in files {
            self.kit
                .bytes(format!("{FOLDER}/{folder}/send/{name}"), bytes);
        }
        Ok(())
    }

    /// The names of the result files of a set that was taken over.
    fn results(&self, answer: &OperatorAnswer) -> Vec<String> {
        let Some(number) = answer
            .set
            .as_ref()
            .and_then(|set| SetNumber::parse(&set.number))
        else {
            return Vec::new();
        };
        let account = (self.insurer, ENVIRONMENT.to_owned());
        self.world.shell().look(|world| {
            let set = world.pmh().file_set(&account, number);
            match set.map(|set| set.state) {
                Some(FileSetState::Completed { results, .. }) => {
                    results.iter().map(|file| file.name.to_owned()).collect()
                }
                Some(FileSetState::Refused { .. } | FileSetState::Processing { .. }) | None => {
                    Vec::new()
                }
            }
        })
    }

    fn fetch(&mut self, folder: &str, names: &[String]) -> Result<(), KitError> {
        for name in names {
            let answer = self
                .world
                .act(OperatorAction::FetchFile { name: name.clone() })?;
            if let Some(file) = answer.fetched {
                let bytes = self.world.shell().file_bytes(&file.text);
                self.kit
                    .bytes(format!("{FOLDER}/{folder}/receive/{name}"), bytes);
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<(), KitError> {
        let page = set_page(&self.listed);
        self.kit.text(format!("{FOLDER}/README.md"), page);
        let index = json!({ "profile": self.profile.id(), "digest": self.profile.digest(), "sets": self.listed });
        self.kit.json(format!("{FOLDER}/index.json"), &index)
    }
}

/// The page's answer, as a sample shows it.
fn shown(answer: &OperatorAnswer) -> Value {
    json!({
        "accepted": answer.done,
        "reason": answer.reason,
        "set": answer.set,
        "problems": answer.problems,
    })
}

/// An item of a record as a cell.
fn cell(record: &Map<String, Value>, item: &str) -> String {
    let value = match item.split_once('.') {
        None => record.get(item),
        Some((group, name)) => record.get(group).and_then(|group| group.get(name)),
    };
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(is_true)) => u8::from(*is_true).to_string(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => String::new(),
    }
}
