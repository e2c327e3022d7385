//! The records of a file of mode 2, read leniently: what does not fit is still to be looked at.

use serde_json::{Map, Value};
use tekigo_simulator::profile::{Field, FieldType, KindLayout};

/// The rows of a file as the records they would be in JSON. A column that the layout does not
/// have keeps its head as its name.
pub(crate) fn records_of_text(layout: &KindLayout, text: &str) -> Vec<Value> {
    let mut rows = rows_of(text).into_iter();
    let heads = rows.next().unwrap_or_default();
    rows.map(|cells| record_of(layout, &heads, &cells))
        .collect()
}

/// Every row of a file, its header first.
pub(crate) fn rows_of(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map_while(Result::ok)
        .map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

fn record_of(layout: &KindLayout, heads: &[String], cells: &[String]) -> Value {
    let mut record = Map::new();
    for (column, cell) in cells.iter().enumerate() {
        if cell.is_empty() {
            continue;
        }
        let head = heads.get(column).map_or("", String::as_str);
        let field = layout.fields().iter().find(|field| field.csv() == head);
        match field {
            Some(field) => put(&mut record, field, cell),
            None => {
                record.insert(head.to_owned(), Value::String(cell.clone()));
            }
        }
    }
    Value::Object(record)
}

fn put(record: &mut Map<String, Value>, field: &Field, cell: &str) {
    let value = value_of(field.field_type(), cell);
    let (group, name) = field.json_parts();
    let members = match group {
        None => Some(record),
        Some(group) => record
            .entry(group)
            .or_insert_with(|| Value::Object(Map::new()))
            .as_object_mut(),
    };
    if let Some(members) = members {
        members.insert(name.to_owned(), value);
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "真偽値と整数のほかは、どの型も文字列として読む"
)]
fn value_of(of: &FieldType, cell: &str) -> Value {
    let as_text = || Value::String(cell.to_owned());
    match of {
        FieldType::Boolean => match cell {
            "1" => Value::Bool(true),
            "0" => Value::Bool(false),
            _ => as_text(),
        },
        FieldType::Integer { .. } => cell.parse::<u64>().map_or_else(|_| as_text(), Value::from),
        _ => as_text(),
    }
}
