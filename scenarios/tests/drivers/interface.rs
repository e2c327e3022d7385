//! The published documents agree with the code and with each other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};
use tekigo::control::{Answer, Member, Operation, Presence};

use super::samples;

const BASE: &str = "https://tekigo.example/interface/control-v1/";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("interface/control-v1")
}

fn text(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).expect("the document is there")
}

fn documents() -> BTreeMap<String, Value> {
    std::fs::read_dir(folder())
        .expect("the folder is there")
        .map(|entry| entry.expect("the entry can be read").file_name())
        .map(|name| name.into_string().expect("names are ASCII"))
        .filter(|name| name.ends_with(".json"))
        .map(|name| {
            let document = serde_json::from_str(&text(&name)).expect("the document is JSON");
            (name, document)
        })
        .collect()
}

/// Every document by its own address; nothing is fetched.
pub(super) fn registry() -> Registry<'static> {
    let mut registry = Registry::new();
    for (name, document) in documents() {
        registry = registry
            .add(format!("{BASE}{name}"), document)
            .expect("the document can be added");
    }
    registry.prepare().expect("every reference is found")
}

pub(super) fn validator(registry: &Registry<'_>, name: &str, place: &str) -> Validator {
    jsonschema::options()
        .with_registry(registry)
        .should_validate_formats(true)
        .build(&json!({"$ref": format!("{BASE}{name}{place}")}))
        .expect("the schema compiles")
}

pub(super) fn faults(validator: &Validator, value: &Value) -> Vec<String> {
    validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn every_document_is_a_schema_of_2020_12_at_its_own_address() {
    for (name, document) in documents() {
        jsonschema::draft202012::meta::validate(&document).expect(&name);
        assert_eq!(
            document["$schema"], "https://json-schema.org/draft/2020-12/schema",
            "{name}"
        );
        assert_eq!(document["$id"], format!("{BASE}{name}"), "{name}");
    }
}

#[test]
fn there_is_one_document_an_operation_and_no_other() {
    let mut expected: BTreeSet<String> = Operation::ALL
        .iter()
        .map(|operation| format!("{}.json", operation.name()))
        .collect();
    assert_eq!(expected.len(), Operation::ALL.len(), "names are distinct");
    expected.extend(["answer.json".to_owned(), "ledger.json".to_owned()]);
    let found: BTreeSet<String> = documents().into_keys().collect();
    assert_eq!(found, expected);
}

#[test]
fn documents_say_what_the_sheets_say() {
    let documents = documents();
    for operation in Operation::ALL {
        let sheet = operation.sheet();
        let document = &documents[&format!("{}.json", sheet.name)];
        assert_eq!(
            document["title"],
            format!("{}: {}", sheet.name, sheet.japanese)
        );
        assert_eq!(document["description"], format!("{}。", sheet.sentence));
        check_members(operation, "input", sheet.input, &document["$defs"]["input"]);
        check_members(operation, "data", sheet.data, &document["$defs"]["data"]);
        assert_eq!(operation.name().parse(), Ok(operation));
    }
}

fn check_members(operation: Operation, part: &str, members: &[Member], schema: &Value) {
    let names: Vec<&str> = members.iter().map(|member| member.name).collect();
    let properties = schema["properties"].as_object();
    let written: Vec<&str> = properties
        .into_iter()
        .flat_map(|properties| properties.keys().map(String::as_str))
        .collect();
    assert_eq!(written, names, "{operation} {part}");
    let required: Vec<&str> = members
        .iter()
        .filter(|member| member.presence == Presence::Required)
        .map(|member| member.name)
        .collect();
    let written: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(written, required, "{operation} {part}");
}

#[test]
fn samples_of_every_operation_fit_the_schemas_and_the_sheets() {
    let registry = registry();
    let envelope = validator(&registry, "answer.json", "");
    for operation in Operation::ALL {
        let name = format!("{}.json", operation.name());
        let input = samples::input(operation);
        let schema = validator(&registry, &name, "#/$defs/input");
        assert_eq!(
            faults(&schema, &input),
            Vec::<String>::new(),
            "{operation} input"
        );
        let data = samples::data(operation);
        let schema = validator(&registry, &name, "#/$defs/data");
        assert_eq!(
            faults(&schema, &data),
            Vec::<String>::new(),
            "{operation} data"
        );
        for (members, value) in [
            (operation.sheet().input, &input),
            (operation.sheet().data, &data),
        ] {
            for member in members {
                assert!(
                    member.kind.accepts(&value[member.name]),
                    "{operation} {}",
                    member.name
                );
            }
        }
        let answer = json!({"result": "done", "reason": null, "data": data});
        assert_eq!(
            faults(&envelope, &answer),
            Vec::<String>::new(),
            "{operation}"
        );
        let read = Answer::read(operation, answer.to_string().as_bytes()).expect("it fits");
        assert_eq!(read.data(), &data);
    }
}

#[test]
fn every_input_refuses_a_member_it_does_not_know_and_misses_what_it_needs() {
    let registry = registry();
    for operation in Operation::ALL {
        let schema = validator(
            &registry,
            &format!("{}.json", operation.name()),
            "#/$defs/input",
        );
        let mut wrong = samples::input(operation);
        wrong["surprise"] = json!(1);
        assert!(!schema.is_valid(&wrong), "{operation}");
        for member in operation.sheet().input {
            let mut without = samples::input(operation);
            let object = without.as_object_mut().expect("inputs are objects");
            object.remove(member.name);
            let needed = member.presence == Presence::Required;
            assert_eq!(
                schema.is_valid(&without),
                !needed,
                "{operation} {}",
                member.name
            );
        }
    }
}

#[test]
fn dates_must_be_real_and_times_japanese() {
    let registry = registry();
    let start = validator(&registry, "start_setup.json", "#/$defs/input");
    assert!(!start.is_valid(&json!({"baseline_date": "2026-02-30"})));
    assert!(!start.is_valid(&json!({"baseline_date": "2026/02/03"})));
    let time = validator(&registry, "set_business_time.json", "#/$defs/input");
    assert!(!time.is_valid(&json!({"at": "2026-11-02T09:00:00Z"})));
    assert!(!time.is_valid(&json!({"at": "2026-11-02"})));
}

#[test]
fn the_envelope_schema_and_the_reader_agree() {
    let registry = registry();
    let envelope = validator(&registry, "answer.json", "");
    let cases = [
        (json!({"result": "done", "reason": null, "data": {}}), true),
        (
            json!({"result": "refused", "reason": "日程がありません", "data": {}}),
            true,
        ),
        (
            json!({"result": "refused", "reason": null, "data": {}}),
            false,
        ),
        (
            json!({"result": "refused", "reason": "　", "data": {}}),
            false,
        ),
        (json!({"result": "failed", "reason": "", "data": {}}), false),
        (
            json!({"result": "failed", "reason": "項目 at がありません", "data": {}}),
            true,
        ),
        (
            json!({"result": "unsupported", "reason": null, "data": {}}),
            true,
        ),
        (json!({"result": "ok", "reason": null, "data": {}}), false),
        (json!({"result": "done", "data": {}}), false),
        (json!({"result": "done", "reason": null}), false),
        (json!({"result": "done", "reason": 1, "data": {}}), false),
        (json!({"result": "done", "reason": null, "data": []}), false),
        (json!(["done"]), false),
    ];
    for (answer, fits) in cases {
        assert_eq!(envelope.is_valid(&answer), fits, "{answer}");
        let read = Answer::read(Operation::Reset, answer.to_string().as_bytes());
        assert_eq!(read.is_ok(), fits, "{answer}");
    }
}

/// The table of the guide, made from the sheets.
fn table() -> String {
    let mut table = String::new();
    let mut group = None;
    for operation in Operation::ALL {
        let sheet = operation.sheet();
        if group.replace(sheet.group) != Some(sheet.group) {
            table.push_str(&format!("\n### {}\n\n", sheet.group.japanese()));
            table
                .push_str("| operation | 日本語名 | input | data of `done` |\n|---|---|---|---|\n");
        }
        table.push_str(&format!(
            "| [`{name}`]({name}.json) | {} | {} | {} |\n",
            sheet.japanese,
            members(sheet.input),
            members(sheet.data),
            name = sheet.name,
        ));
    }
    table
}

fn members(members: &[Member]) -> String {
    let shown: Vec<String> = members
        .iter()
        .map(|member| match member.presence {
            Presence::Required => format!("`{}`", member.name),
            Presence::Optional => format!("`{}`?", member.name),
        })
        .collect();
    if shown.is_empty() {
        "–".to_owned()
    } else {
        shown.join(", ")
    }
}

#[test]
fn the_table_of_the_guide_is_that_of_the_sheets() {
    let guide = text("README.md");
    let (_, rest) = guide
        .split_once("<!-- operations: begin -->\n")
        .expect("the table begins");
    let (written, _) = rest
        .split_once("\n<!-- operations: end -->")
        .expect("the table ends");
    let table = table();
    assert_eq!(written, table, "the table of README.md should be:\n{table}");
}
