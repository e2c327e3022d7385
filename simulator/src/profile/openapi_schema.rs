//! JSON Schemas and file-layout tables of the kinds, from their layouts.

use serde_json::{Map, Value, json};

use super::field_type::FieldType;
use super::interface::Profile;
use super::layout::{Direction, Field, KindLayout, Requirement};
use super::settings::UnknownItems;

/// Katakana (U+30A1 to U+30FC, ー and ・ among them) and the full-width space.
const KANA_PATTERN: &str = "^[\u{30a1}-\u{30fc}\u{3000}]+$";
/// No control characters, no characters of private use (外字) or replacement characters.
const TEXT_PATTERN: &str =
    "^[^\\u0000-\\u001f\\u007f-\\u009f\\ue000-\\uf8ff\\ufdd0-\\ufdef\\ufffd-\\uffff]+$";

/// The JSON Schema (2020-12) of a record of one kind as mode 1 carries it.
#[must_use]
pub fn record_schema(layout: &KindLayout) -> Value {
    let mut top = ObjectSchema::new(layout.unknown_items);
    let mut group: Option<(&str, ObjectSchema)> = None;
    for field in layout.fields() {
        let (name_of_group, name) = field.json_parts();
        if let Some((open, object)) = group.take_if(|(open, _)| Some(*open) != name_of_group) {
            top.add_group(open, object);
        }
        match name_of_group {
            None => top.add(name, field, field_schema(layout, field)),
            Some(open) => group
                .get_or_insert_with(|| (open, ObjectSchema::new(layout.unknown_items)))
                .1
                .add(name, field, field_schema(layout, field)),
        }
    }
    if let Some((open, object)) = group {
        top.add_group(open, object);
    }
    let mut schema = top.into_value();
    if let Value::Object(members) = &mut schema {
        let conditions: Vec<Value> = conditions(layout).collect();
        if !conditions.is_empty() {
            members.insert("allOf".to_owned(), Value::Array(conditions));
        }
        members.insert("title".to_owned(), json!(layout.ja()));
        members.insert("description".to_owned(), json!(record_description(layout)));
        members.insert("x-standing".to_owned(), json!(layout.standing().as_str()));
        members.insert("x-source".to_owned(), json!(layout.source()));
    }
    schema
}

/// What a schema cannot say.
fn record_description(layout: &KindLayout) -> String {
    let key: Vec<&str> = layout
        .key_fields()
        .iter()
        .map(|field| layout.field_at(*field).csv())
        .collect();
    let mut text = format!("{}の1件。キー: {}。", layout.ja(), key.join("、"));
    for (from, to) in layout.date_order() {
        let (from, to) = (layout.field_at(*from).csv(), layout.field_at(*to).csv());
        text.push_str(&format!("{to}は{from}以後の日付。"));
    }
    text
}

struct ObjectSchema {
    properties: Map<String, Value>,
    required: Vec<Value>,
    unknown_items: UnknownItems,
}

impl ObjectSchema {
    fn new(unknown_items: UnknownItems) -> Self {
        Self {
            properties: Map::new(),
            required: Vec::new(),
            unknown_items,
        }
    }

    fn add(&mut self, name: &str, field: &Field, schema: Value) {
        if *field.requirement() == Requirement::Always {
            self.required.push(json!(name));
        }
        self.properties.insert(name.to_owned(), schema);
    }

    fn add_group(&mut self, name: &str, group: Self) {
        if !group.required.is_empty() {
            self.required.push(json!(name));
        }
        self.properties.insert(name.to_owned(), group.into_value());
    }

    fn into_value(self) -> Value {
        json!({
            "type": "object",
            "properties": self.properties,
            "required": self.required,
            "additionalProperties": self.unknown_items == UnknownItems::Ignore,
        })
    }
}

/// `required_when`, as `if` and `then`. A condition on or about an item inside an object is in words only.
fn conditions(layout: &KindLayout) -> impl Iterator<Item = Value> {
    layout.fields().iter().filter_map(|field| {
        let Requirement::When {
            field: other,
            value,
        } = field.requirement()
        else {
            return None;
        };
        let other = layout.field_at(*other);
        let ((None, name), (None, other_name)) = (field.json_parts(), other.json_parts()) else {
            return None;
        };
        let value = match other.field_type() {
            FieldType::Boolean => json!(&**value == "1"),
            FieldType::Integer { .. } => json!(value.parse::<u64>().ok()?),
            FieldType::InsurerNumber
            | FieldType::InsuredNumber
            | FieldType::MyNumber
            | FieldType::HistoryNumber
            | FieldType::Text { .. }
            | FieldType::Kana { .. }
            | FieldType::Date
            | FieldType::Code { .. }
            | FieldType::Digits { .. }
            | FieldType::Alphanumeric { .. }
            | FieldType::OfficeNumber => json!(&**value),
        };
        Some(json!({
            "if": { "properties": { other_name: { "const": value } }, "required": [other_name] },
            "then": {
                "properties": { name: { "not": { "type": "null" } } },
                "required": [name],
            },
        }))
    })
}

fn field_schema(layout: &KindLayout, field: &Field) -> Value {
    let (json_type, rules) = type_rules(field.field_type());
    let is_optional = *field.requirement() != Requirement::Always;
    let mut schema = Map::new();
    let json_type = if is_optional {
        json!([json_type, "null"])
    } else {
        json!(json_type)
    };
    schema.insert("type".to_owned(), json_type);
    schema.insert("title".to_owned(), json!(field.csv()));
    let description = field_description(layout, field);
    schema.insert("description".to_owned(), json!(description));
    if let Value::Object(rules) = rules {
        schema.extend(rules);
    }
    if is_optional && let Some(Value::Array(codes)) = schema.get_mut("enum") {
        codes.push(Value::Null);
    }
    schema.insert("x-standing".to_owned(), json!(field.standing().as_str()));
    schema.insert("x-source".to_owned(), json!(field.source()));
    Value::Object(schema)
}

/// JSON type, and what else the schema can say about the type.
fn type_rules(field_type: &FieldType) -> (&'static str, Value) {
    match field_type {
        FieldType::InsurerNumber => ("string", digits(6)),
        FieldType::InsuredNumber | FieldType::OfficeNumber => ("string", digits(10)),
        FieldType::MyNumber => ("string", digits(12)),
        FieldType::HistoryNumber => (
            "string",
            json!({ "pattern": "^0*[1-9][0-9]*$", "minLength": 1, "maxLength": 10 }),
        ),
        FieldType::Text { max } => (
            "string",
            json!({ "pattern": TEXT_PATTERN, "minLength": 1, "maxLength": max }),
        ),
        FieldType::Kana { max } => (
            "string",
            json!({ "pattern": KANA_PATTERN, "minLength": 1, "maxLength": max }),
        ),
        FieldType::Date => (
            "string",
            json!({ "format": "date", "minLength": 10, "maxLength": 10 }),
        ),
        FieldType::Boolean => ("boolean", json!({})),
        FieldType::Code { list } => {
            let codes: Vec<&str> = list.values().iter().map(|value| &*value.code).collect();
            ("string", json!({ "enum": codes }))
        }
        FieldType::Integer { max } => ("integer", json!({ "minimum": 0, "maximum": max })),
        FieldType::Digits { length } => ("string", digits(*length)),
        FieldType::Alphanumeric { max } => (
            "string",
            json!({ "pattern": "^[A-Za-z0-9_-]+$", "minLength": 1, "maxLength": max }),
        ),
    }
}

fn digits(length: usize) -> Value {
    json!({ "pattern": format!("^[0-9]{{{length}}}$"), "minLength": length, "maxLength": length })
}

fn field_description(layout: &KindLayout, field: &Field) -> String {
    let mut text = type_description(field.field_type());
    match field.requirement() {
        Requirement::Always => text.push_str("。必須"),
        Requirement::Optional => text.push_str("。任意（値がないときは省くか null）"),
        Requirement::When {
            field: other,
            value,
        } => {
            let other = layout.field_at(*other).csv();
            text.push_str(&format!("。{other}が「{value}」のとき必須"));
        }
    }
    text
}

/// The type in the tester's words.
fn type_description(field_type: &FieldType) -> String {
    match field_type {
        FieldType::InsurerNumber => "半角数字6桁。最後の桁は検査数字".to_owned(),
        FieldType::InsuredNumber => "半角数字10桁（左を0で埋める）".to_owned(),
        FieldType::MyNumber => "半角数字12桁。最後の桁は検査数字".to_owned(),
        FieldType::HistoryNumber => "1以上の半角数字、10桁以内".to_owned(),
        FieldType::Text { max } => format!("{max}文字以内。制御文字・外字（私用領域）は不可"),
        FieldType::Kana { max } => format!("全角カタカナ（ー・全角空白を含む）、{max}文字以内"),
        FieldType::Date => "実在する日付 YYYY-MM-DD".to_owned(),
        FieldType::Boolean => "真偽値（ファイルでは1か0）".to_owned(),
        FieldType::Code { list } => {
            let codes: Vec<String> = list
                .values()
                .iter()
                .map(|value| format!("{}={}", value.code, value.ja))
                .collect();
            format!("符号（{}）: {}", list.ja(), codes.join("、"))
        }
        FieldType::Integer { max } => format!("0以上{max}以下の整数"),
        FieldType::Digits { length } => format!("半角数字{length}桁"),
        FieldType::Alphanumeric { max } => format!("半角英数字と「-」「_」、{max}文字以内"),
        FieldType::OfficeNumber => "半角数字10桁。最後の桁は検査数字".to_owned(),
    }
}

/// The file layouts of mode 2: per kind its file code, its columns in order and a JSON Schema of its records.
#[must_use]
pub fn layout_tables(profile: &Profile) -> Value {
    let file = profile.file();
    let kinds: Vec<Value> = profile.kinds().iter().map(kind_table).collect();
    let set_errors: Vec<Value> = profile
        .set_errors()
        .iter()
        .map(|error| json!({ "code": error.code, "message": error.ja }))
        .collect();
    json!({
        "profile": profile.id(),
        "digest": profile.digest(),
        "file": {
            "namePattern": file.name_pattern.value.as_str(),
            "charset": file.charset.value.as_str(),
            "byteOrderMark": file.byte_order_mark.value,
            "lineEnd": file.line_end.value.as_str(),
            "quoting": file.quoting.value.as_str(),
            "headerRow": file.header_row.value,
            "rowsMax": file.rows_max.value,
            "bytesMax": file.bytes_max.value,
            "setFilesMax": file.set_files_max.value,
            "setBytesMax": file.set_bytes_max.value,
        },
        "setErrors": set_errors,
        "kinds": kinds,
    })
}

fn kind_table(layout: &KindLayout) -> Value {
    let columns: Vec<Value> = (1..)
        .zip(layout.indexed_fields())
        .map(|(position, (index, field))| {
            json!({
                "position": position,
                "head": field.csv(),
                "json": field.json(),
                "type": field.field_type().as_str(),
                "description": field_description(layout, field),
                "isKey": layout.key_fields().contains(&index),
                "standing": field.standing().as_str(),
                "source": field.source(),
            })
        })
        .collect();
    json!({
        "kind": layout.id(),
        "ja": layout.ja(),
        "fileCode": layout.file_code(),
        "direction": match layout.direction() {
            Direction::Out => "送信",
            Direction::In => "受信",
            Direction::Both => "送信と受信",
        },
        "columns": columns,
        "recordSchema": record_schema(layout),
    })
}
