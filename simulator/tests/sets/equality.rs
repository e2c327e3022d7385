//! The same records through requests (方式①) and through sets of files (方式②) come to the same.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use tekigo_simulator::profile::{Field, FieldType, KindLayout, LinkSegment, Profile, SetNumber};
use tekigo_simulator::systems::pmh::FileSetState;
use tekigo_simulator::{Input, LinkRequest, OperatorAction, reply_to};

use super::office::{CERTIFICATE, ENVIRONMENT, INSURER, MY_NUMBERS, Office};
use crate::profile::{Items, Repertoire, any_items};

const KINDS: [&str; 6] = [
    "person",
    "person",
    "burdenRatioCard",
    "insuranceCard",
    "consent",
    "homeModificationUse",
];

/// What may stand in the place of a right value: some of it is right for some items.
const STRANGE: [&str; 10] = [
    "x",
    "２",
    "2026-02-30",
    "131011",
    "0000000099",
    "a\r\nb",
    "\u{e000}",
    "99999999999",
    "\"引用\",と読点",
    "2",
];

/// Records of one kind: what one request or one file holds.
#[derive(Debug, Clone)]
struct Batch {
    kind: &'static str,
    is_initial: bool,
    records: Vec<Items>,
    /// Whether it goes into the set of the batch before it.
    is_continued: bool,
}

/// A record that was refused: position, whose it was, and what was wrong with which item.
type Refused = (usize, Option<String>, Option<String>, Vec<(String, String)>);

fn set_item(items: &mut Items, item: &str, text: &str) {
    if let Some(found) = items.iter_mut().find(|(json, _)| json == item) {
        text.clone_into(&mut found.1);
    }
}

fn any_record(layout: KindLayout) -> impl Strategy<Value = Items> {
    let change = prop_oneof![
        4 => Just(None),
        1 => (any::<Index>(), prop::option::of(prop::sample::select(&STRANGE[..]))).prop_map(Some),
    ];
    let items = any_items(&layout, Repertoire::Unicode);
    (items, 1_usize..5, 1_u32..3, change).prop_map(|(mut items, person, row, change)| {
        set_item(&mut items, "insurerNumber", INSURER);
        set_item(&mut items, "insuredNumber", &format!("{person:010}"));
        set_item(&mut items, "historyKey", &row.to_string());
        // The fourth person has a number that the run does not know.
        if let Some(number) = MY_NUMBERS.get(person - 1) {
            set_item(&mut items, "myNumber", number);
        }
        if let Some((at, text)) = change {
            let at = at.index(items.len());
            match text {
                Some(text) => text.clone_into(&mut items[at].1),
                None => drop(items.remove(at)),
            }
        }
        items
    })
}

fn any_batch() -> impl Strategy<Value = Batch> {
    let kind = prop::sample::select(&KINDS[..]);
    (kind, any::<bool>(), any::<bool>()).prop_flat_map(|(kind, is_initial, is_continued)| {
        let profile = Profile::bundled();
        let layout = profile.layout(profile.kind(kind).expect("a kind")).clone();
        vec(any_record(layout), 1..5).prop_map(move |records| Batch {
            kind,
            is_initial,
            records,
            is_continued,
        })
    })
}

fn json_value(field: &Field, text: &str) -> Value {
    let field_type = field.field_type();
    if *field_type == FieldType::Boolean && matches!(text, "0" | "1") {
        json!(text == "1")
    } else if matches!(field_type, FieldType::Integer { .. }) {
        text.parse::<u64>().map_or(json!(text), Value::from)
    } else {
        json!(text)
    }
}

fn json_of(layout: &KindLayout, items: &Items) -> Value {
    let mut record = Map::new();
    for (json, text) in items {
        let field = layout.field_at(layout.field(json).expect("an item"));
        crate::profile::put(&mut record, json, json_value(field, text));
    }
    Value::Object(record)
}

fn csv_of(layout: &KindLayout, records: &[Items]) -> Vec<u8> {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let heads = layout.fields().iter().map(|field| quoted(field.csv()));
    let mut lines = vec![heads.collect::<Vec<_>>().join(",")];
    for items in records {
        let cell = |field: &Field| {
            let found = items.iter().find(|(json, _)| json == field.json());
            quoted(found.map_or("", |(_, text)| text))
        };
        lines.push(
            layout
                .fields()
                .iter()
                .map(cell)
                .collect::<Vec<_>>()
                .join(","),
        );
    }
    format!("\u{feff}{}\r\n", lines.join("\r\n")).into_bytes()
}

/// A municipality in mode 1 whose initial set-up has started.
struct Linked {
    office: Office,
    key: String,
    requests: u64,
}

impl Linked {
    fn started() -> Self {
        let mut office = Office::prepared(Profile::bundled());
        office.act(OperatorAction::ChooseMode {
            mode: "api".to_owned(),
        });
        let key = office.act(OperatorAction::IssueKey).key.expect("a key");
        let key = office.mask.key_token(&key);
        let mut linked = Self {
            office,
            key,
            requests: 0,
        };
        let start = json!([{ "insurerNumber": INSURER, "baselineDate": "2026-11-02" }]);
        let reply = linked.post("setupStart", "1", &start);
        assert_eq!(reply["status"], "accepted", "{reply}");
        linked
    }

    fn ask(&mut self, method: &str, path: &str, query: &str, body: Option<&Value>) -> Value {
        self.requests += 1;
        let body = body.map(|body| {
            let text = body.to_string();
            let masked = self.office.mask.apply_json(&text).into_owned();
            RawValue::from_string(masked).expect("JSON")
        });
        let request = LinkRequest {
            id: self.requests,
            environment: ENVIRONMENT.to_owned(),
            method: method.to_owned(),
            path: format!("{}/{path}", self.office.profile.api().base_path.value),
            query: query.to_owned(),
            certificate: Some(CERTIFICATE.to_owned()),
            key: Some(self.key.clone()),
            content_type: Some("application/json".to_owned()),
            body,
            text: None,
            unreadable: None,
        };
        let effects = self.office.take(Input::LinkRequest(request));
        reply_to(&effects, self.requests)
            .expect("an answer")
            .body
            .clone()
    }

    fn post(&mut self, kind: &str, segment: &str, records: &Value) -> Value {
        let kind = self.office.kind(kind);
        let path = self
            .office
            .profile
            .layout(kind)
            .path()
            .expect("sent")
            .to_owned();
        self.ask(
            "POST",
            &path,
            &format!("linkSegment={segment}"),
            Some(records),
        )
    }

    /// Registers records; the refused ones.
    fn register(&mut self, batch: &Batch) -> Vec<Refused> {
        let kind = self.office.kind(batch.kind);
        let profile = self.office.profile.clone();
        let layout = profile.layout(kind);
        let records = batch.records.iter().map(|items| json_of(layout, items));
        let segment = if batch.is_initial { "1" } else { "2" };
        let reply = self.post(batch.kind, segment, &records.collect());
        let task = reply["taskId"].as_str().expect("a task").to_owned();
        let result = self.ask("GET", &format!("registrationTasks/{task}"), "", None);
        assert_eq!(result["status"], "completed", "{result}");
        let refused = result["results"].as_array().expect("results");
        refused.iter().map(refused_of_json).collect()
    }
}

fn refused_of_json(result: &Value) -> Refused {
    let text = |value: &Value| value.as_str().map(|text| text.chars().take(40).collect());
    let errors = result["errors"].as_array().expect("errors");
    (
        usize::try_from(result["recordIndex"].as_u64().expect("a position")).expect("small"),
        text(&result["insuredNumber"]),
        text(&result["historyKey"]),
        errors
            .iter()
            .map(|error| {
                let member = |name: &str| error[name].as_str().expect("a text").to_owned();
                (member("item"), member("code"))
            })
            .collect(),
    )
}

/// Sends batches as one set; the refused records of each.
fn send(office: &mut Office, number: u64, batches: &[&Batch]) -> Vec<Vec<Refused>> {
    let segment = if batches[0].is_initial {
        LinkSegment::Initial
    } else {
        LinkSegment::Difference
    };
    let number = (20_261_102_090_000 + number).to_string();
    let mut set = office.set(&number, segment);
    for batch in batches {
        let kind = office.kind(batch.kind);
        let bytes = csv_of(office.profile.layout(kind), &batch.records);
        set = set.with_bytes(kind, batch.records.len(), bytes);
    }
    let files = set.files(office);
    office.must_accept(files);
    let number = SetNumber::parse(&number).expect("fourteen digits");
    let view = office.world.pmh().file_set(&office.account(), number);
    let FileSetState::Completed { files, .. } = view.expect("the set").state else {
        panic!("every record has been judged");
    };
    let files = files.iter();
    files
        .map(|file| {
            let refusals = file.refusals();
            refusals
                .map(|refusal| {
                    let errors = refusal.errors.iter();
                    (
                        refusal.position,
                        refusal.insured_number.map(str::to_owned),
                        refusal.history_key.map(str::to_owned),
                        errors
                            .map(|error| (error.item.clone(), error.code.to_owned()))
                            .collect(),
                    )
                })
                .collect()
        })
        .collect()
}

/// The batches of each set: those of one 連携区分 that are to be continued.
fn sets_of(batches: &[Batch]) -> Vec<Vec<&Batch>> {
    let mut sets: Vec<Vec<&Batch>> = Vec::new();
    for batch in batches {
        match sets.last_mut() {
            Some(set) if batch.is_continued && set[0].is_initial == batch.is_initial => {
                set.push(batch);
            }
            _ => sets.push(vec![batch]),
        }
    }
    sets
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 96,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn both_modes_come_to_the_same(batches in vec(any_batch(), 1..8)) {
        let mut linked = Linked::started();
        let by_request: Vec<_> = batches.iter().map(|batch| linked.register(batch)).collect();

        let mut office = Office::prepared(Profile::bundled());
        let start = office
            .set("20261102090000", LinkSegment::Initial)
            .with(&office, "setupStart", &[office.start()])
            .files(&office);
        office.must_accept(start);
        let by_file: Vec<_> = (1..)
            .zip(sets_of(&batches))
            .flat_map(|(number, set)| send(&mut office, number, &set))
            .collect();

        prop_assert_eq!(by_file, by_request);
        let one = &linked.office.world;
        let other = &office.world;
        prop_assert_eq!(
            format!("{:?}", one.platform()),
            format!("{:?}", other.platform())
        );
        prop_assert_eq!(
            format!("{:?} {:?}", one.intermediate(), one.qualification()),
            format!("{:?} {:?}", other.intermediate(), other.qualification())
        );
        // And the report of the end is judged alike.
        let insurer = office.account().0;
        let people = one.pmh().registered_people(insurer);
        prop_assert_eq!(people, other.pmh().registered_people(insurer));
        let report = json!([{
            "insurerNumber": INSURER,
            "baselineDate": "2026-11-02",
            "completionDate": "2026-11-02",
            "personCount": people,
        }]);
        let by_request = linked.post("setupCompletion", "1", &report);
        let files = office
            .set("20261102100000", LinkSegment::Initial)
            .with(&office, "setupCompletion", &[office.completion(people)])
            .files(&office);
        let (by_file, _) = office.send(files);
        let code = by_file.problems.first().map(|problem| problem.code.as_str());
        prop_assert_eq!(code, by_request["errors"][0]["code"].as_str());
    }
}

#[test]
fn right_and_wrong_records_both_come_up() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    let mut stored = 0;
    for _ in 0..64 {
        let tree = vec(any_batch(), 1..8)
            .new_tree(&mut runner)
            .expect("a value");
        let batches = proptest::strategy::ValueTree::current(&tree);
        let mut linked = Linked::started();
        for batch in &batches {
            for (_, _, _, errors) in linked.register(batch) {
                for (_, code) in errors {
                    *codes.entry(code).or_default() += 1;
                }
            }
        }
        stored += linked.office.world.platform().people();
    }
    assert!(stored > 64, "{stored}");
    for code in [
        "E001", "E002", "E003", "E004", "E005", "E006", "E007", "E101", "E102",
    ] {
        assert!(codes.contains_key(code), "{code}: {codes:?}");
    }
}
