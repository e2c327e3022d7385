//! Records that are wrong in one thing each, made from one that is right.

use serde_json::{Map, Value, json};
use tekigo_simulator::profile::{Field, FieldType, KindLayout, Requirement};

/// A record that is wrong in one thing.
pub(super) struct Variant {
    /// A word for file names.
    pub(super) name: &'static str,
    /// What is wrong, in Japanese.
    pub(super) ja: String,
    /// The record.
    pub(super) record: Map<String, Value>,
    /// Whether a file can carry it: a file has neither types nor items of its own.
    pub(super) fits_file: bool,
}

/// A character that may not be sent (外字).
const PRIVATE_USE: char = '\u{e000}';
/// An insurer's number whose check digit is not right.
const WRONG_INSURER: &str = "131017";
/// A person whom nobody registered.
const UNKNOWN_PERSON: &str = "9999999999";

/// Everything that a record of the kind can have wrong in itself, one thing a record; what the world makes of each is
/// for the world to say.
pub(super) fn variants(layout: &KindLayout, good: &Map<String, Value>) -> Vec<Variant> {
    let mut variants: Vec<Variant> = Vec::new();
    let mut add = |name, field: &Field, what: &str, value: Option<Value>, fits_file| {
        let mut record = good.clone();
        put(&mut record, field, value);
        variants.push(Variant {
            name,
            ja: format!("{}が{what}", field.csv()),
            record,
            fits_file,
        });
    };
    let is_key = |field: &Field| {
        let keys = layout.key_fields().iter();
        keys.map(|key| layout.field_at(*key))
            .any(|key| key == field)
    };
    let first =
        |wanted: &dyn Fn(&Field) -> bool| layout.fields().iter().find(|field| wanted(field));
    let needed = |field: &Field| *field.requirement() == Requirement::Always && !is_key(field);
    if let Some(field) = first(&needed) {
        add("missing", field, "ない", None, true);
    }
    if let Some(field) = first(&|field| matches!(field.field_type(), FieldType::Boolean)) {
        add("type", field, "真偽値でない", Some(json!("はい")), false);
    } else if let Some(field) = first(&|field| matches!(field.field_type(), FieldType::Date)) {
        add(
            "type",
            field,
            "文字列でない",
            Some(json!(20_261_102)),
            false,
        );
    }
    for field in layout.fields() {
        if let Some((name, what, value)) = wrong_value(field) {
            add(name, field, what, Some(value), true);
        }
    }
    if let Some(field) = first(&|field| matches!(field.field_type(), FieldType::Text { .. })) {
        add(
            "character",
            field,
            "外字を含む",
            Some(json!(format!("外字{PRIVATE_USE}"))),
            true,
        );
    }
    if let Some((from, to)) = layout.date_order().first() {
        let (from, to) = (layout.field_at(*from), layout.field_at(*to));
        let what = format!("{}より前の日付である", from.csv());
        add("order", to, &what, Some(json!("1900-01-01")), true);
    }
    if let Some(field) = first(&|field| field.json() == "insurerNumber") {
        add(
            "insurer",
            field,
            "別の保険者のもの",
            Some(json!(other_insurer(good))),
            true,
        );
    }
    // A person nobody knows becomes known by the record itself.
    if layout.id() != "person"
        && let Some(field) = first(&|field| field.json() == "insuredNumber")
    {
        add(
            "stranger",
            field,
            "登録のない人のもの",
            Some(json!(UNKNOWN_PERSON)),
            true,
        );
    }
    let mut unknown = good.clone();
    unknown.insert("memo".to_owned(), json!("仕様にない項目"));
    variants.push(Variant {
        name: "unknown",
        ja: "仕様にない項目 memo がある".to_owned(),
        record: unknown,
        fits_file: false,
    });
    once_each(variants)
}

/// A value that the type of an item refuses: what kind of wrong it is, and the value.
fn wrong_value(field: &Field) -> Option<(&'static str, &'static str, Value)> {
    match field.field_type() {
        FieldType::Code { .. } => Some(("code", "符号の一覧にない", json!("99"))),
        FieldType::Date => Some(("date", "実在しない日付である", json!("2026-02-30"))),
        FieldType::InsurerNumber => Some((
            "check-digit",
            "検査数字の合わない番号である",
            json!(WRONG_INSURER),
        )),
        FieldType::Text { max } | FieldType::Kana { max } | FieldType::Alphanumeric { max } => {
            let text = if matches!(field.field_type(), FieldType::Alphanumeric { .. }) {
                "A".repeat(max + 1)
            } else {
                "ア".repeat(max + 1)
            };
            Some(("length", "長すぎる", json!(text)))
        }
        FieldType::Integer { max } => Some(("length", "大きすぎる", json!(max + 1))),
        FieldType::Digits { length } => {
            Some(("length", "桁数が足りない", json!("1".repeat(length - 1))))
        }
        FieldType::InsuredNumber
        | FieldType::MyNumber
        | FieldType::HistoryNumber
        | FieldType::Boolean
        | FieldType::OfficeNumber => None,
    }
}

/// Another invented insurer than the record's own.
fn other_insurer(good: &Map<String, Value>) -> String {
    let own = good.get("insurerNumber").and_then(Value::as_str);
    crate::town::municipalities()
        .into_iter()
        .map(|insurer| insurer.number)
        .find(|number| Some(number.as_str()) != own)
        .unwrap_or_default()
}

/// The first of each name is enough.
fn once_each(variants: Vec<Variant>) -> Vec<Variant> {
    let mut names = std::collections::BTreeSet::new();
    variants
        .into_iter()
        .filter(|variant| names.insert(variant.name))
        .collect()
}

fn put(record: &mut Map<String, Value>, field: &Field, value: Option<Value>) {
    let (group, name) = field.json_parts();
    let holder = match group {
        None => record,
        Some(group) => {
            let group = record
                .entry(group)
                .or_insert_with(|| Value::Object(Map::new()));
            let Some(group) = group.as_object_mut() else {
                return;
            };
            group
        }
    };
    match value {
        Some(value) => holder.insert(name.to_owned(), value),
        None => holder.remove(name),
    };
}

/// The same record as one to be deleted, if the kind has such.
pub(super) fn deletion(
    layout: &KindLayout,
    good: &Map<String, Value>,
) -> Option<Map<String, Value>> {
    let mut record = good.clone();
    if let Some(flag) = layout.deletion_flag() {
        put(&mut record, layout.field_at(flag), Some(json!(true)));
        return Some(record);
    }
    let segment = layout.field("modificationSeg")?;
    put(&mut record, layout.field_at(segment), Some(json!("2")));
    for (item, value) in [("deletionReason", "1"), ("changeDate", "2026-11-02")] {
        let field = layout.field(item)?;
        put(&mut record, layout.field_at(field), Some(json!(value)));
    }
    Some(record)
}
