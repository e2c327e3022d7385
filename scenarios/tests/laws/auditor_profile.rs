//! The auditor's records fit the interface profile, read here as plain data.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::civil::Date;
use serde_json::{Map, Value};
use tekigo::auditor::{Auditor, ExpectedRow};
use tekigo::town::{
    TownSettings, generate, insurer_number_is_valid, my_number_is_valid, office_number_is_valid,
};

/// One item of a kind, as the profile describes it.
struct Item {
    kind: String,
    max: usize,
    list: Option<BTreeSet<String>>,
    required: bool,
}

fn read(path: &Path) -> toml::Table {
    let text = fs::read_to_string(path).expect("the profile is there");
    text.parse().expect("the profile is TOML")
}

/// Kind to items by dotted path.
fn profile() -> BTreeMap<String, BTreeMap<String, Item>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/profiles/if-2.0-assumed");
    let codes = read(&folder.join("codes.toml"));
    let lists: BTreeMap<&str, BTreeSet<String>> = array(&codes, "list")
        .map(|list| {
            (
                text(list, "id"),
                list["values"]
                    .as_table()
                    .expect("a table")
                    .keys()
                    .cloned()
                    .collect(),
            )
        })
        .collect();
    let files = fs::read_dir(folder.join("kinds")).expect("the kinds are there");
    files
        .map(|file| {
            let file = read(&file.expect("readable").path());
            let kind = file["kind"].as_table().expect("a table");
            let items = array(kind, "fields")
                .map(|field| (text(field, "json").to_owned(), item(field, &lists)));
            (text(kind, "id").to_owned(), items.collect())
        })
        .collect()
}

fn item(field: &toml::Table, lists: &BTreeMap<&str, BTreeSet<String>>) -> Item {
    let number = |name: &str| field.get(name).and_then(toml::Value::as_integer);
    Item {
        kind: text(field, "type").to_owned(),
        max: number("max")
            .or_else(|| number("length"))
            .map_or(usize::MAX, |most| usize::try_from(most).expect("small")),
        list: field
            .get("list")
            .and_then(toml::Value::as_str)
            .map(|list| lists[list].clone()),
        required: field
            .get("required")
            .and_then(toml::Value::as_bool)
            .unwrap_or(false),
    }
}

fn array<'a>(table: &'a toml::Table, name: &str) -> impl Iterator<Item = &'a toml::Table> {
    table[name]
        .as_array()
        .expect("an array")
        .iter()
        .map(|one| one.as_table().expect("a table"))
}

fn text<'a>(table: &'a toml::Table, name: &str) -> &'a str {
    table[name].as_str().expect("a text")
}

fn leaves(record: &Map<String, Value>) -> BTreeMap<String, Value> {
    let below = |name: &str, nested: &Map<String, Value>| {
        nested
            .iter()
            .map(|(inner, value)| (format!("{name}.{inner}"), value.clone()))
            .collect::<Vec<_>>()
    };
    record
        .iter()
        .flat_map(|(name, value)| match value.as_object() {
            Some(nested) => below(name, nested),
            None => vec![(name.clone(), value.clone())],
        })
        .collect()
}

fn fits(item: &Item, value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let private = text
        .chars()
        .any(|one| ('\u{E000}'..='\u{F8FF}').contains(&one));
    match item.kind.as_str() {
        "insurer_number" => insurer_number_is_valid(text),
        "insured_number" => digits && text.len() == 10,
        "my_number" => my_number_is_valid(text),
        "office_number" => office_number_is_valid(text),
        "history_number" => digits && text.len() <= 10 && !text.starts_with('0'),
        "text" => !text.is_empty() && text.chars().count() <= item.max && !private,
        "kana" => {
            let kana = |one: char| ('ァ'..='ヶ').contains(&one) || "ー・　".contains(one);
            !text.is_empty() && text.chars().count() <= item.max && text.chars().all(kana)
        }
        "date" => text.len() == 10 && text.parse::<Date>().is_ok(),
        "boolean" => value.is_boolean(),
        "code" => item.list.as_ref().is_some_and(|list| list.contains(text)),
        "integer" => value
            .as_u64()
            .is_some_and(|number| usize::try_from(number).is_ok_and(|number| number <= item.max)),
        "digits" => digits && text.len() == item.max,
        "alphanumeric" => {
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
            !text.is_empty() && text.len() <= item.max && text.bytes().all(allowed)
        }
        other => panic!("an item type this law does not know: {other}"),
    }
}

#[test]
fn every_expected_record_fits_the_profile() {
    let profile = profile();
    let ledger = generate(&TownSettings::new(2_000, 11)).expect("a town of an allowed size");
    let expected = Auditor::new(&ledger, jiff::civil::date(2026, 11, 2)).expected(&str::to_owned);
    let mut kinds = BTreeSet::new();
    for (key, row) in &expected {
        let ExpectedRow::Present(record) = row else {
            continue;
        };
        let items = profile.get(&key.kind).expect("a kind of the profile");
        let leaves = leaves(record);
        for (path, value) in &leaves {
            let item = items
                .get(path)
                .unwrap_or_else(|| panic!("{} has no {path}", key.kind));
            assert!(fits(item, value), "{} {path}: {value}", key.kind);
        }
        for (path, _) in items.iter().filter(|(_, item)| item.required) {
            assert!(leaves.contains_key(path), "{} lacks {path}", key.kind);
        }
        kinds.insert(key.kind.as_str());
    }
    assert_eq!(kinds.len(), 11, "{kinds:?}");
}
