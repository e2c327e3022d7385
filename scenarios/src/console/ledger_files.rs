//! 台帳のファイル: the books as files that staff can read, import or print.

use serde_json::Value;

use super::instruction::Gift;
use super::shape::{Kind, Part, Shape, input_of};
use crate::control::Operation;

/// The lists of a person, and what their files are called.
const LISTS: [(&str, &str); 6] = [
    ("cards", "被保険者証.csv"),
    ("burden_ratios", "負担割合証.csv"),
    ("reductions", "減額・減免等の認定証.csv"),
    ("home_modifications", "住宅改修.csv"),
    ("equipment_purchases", "福祉用具購入.csv"),
    ("applications", "要介護認定の申請.csv"),
];

/// One file with everybody, one for each list of theirs, and everything as JSON.
pub(super) fn of(ledger: &Value) -> Vec<Gift> {
    let shape = input_of(Operation::LoadLedger);
    let Some(Kind::Several(person)) = inner(&shape, "ledger").and_then(|of| kind(of, "people"))
    else {
        return Vec::new();
    };
    let others = inner(&shape, "ledger").and_then(|of| kind(of, "not_insured"));
    let people: Vec<&Value> = ledger["people"].as_array().into_iter().flatten().collect();
    let mut files = vec![table(
        "被保険者.csv",
        "被保険者",
        person,
        people.iter().map(|of| (None, *of)),
    )];
    for (list, name) in LISTS {
        let Some(Kind::Several(item)) = kind(person, list) else {
            continue;
        };
        let rows = people.iter().flat_map(|person| {
            let number = person["insured_number"].as_str();
            let items = person[list].as_array().into_iter().flatten();
            items.map(move |item| (number, item))
        });
        let label = name.trim_end_matches(".csv");
        files.push(table(name, label, item, rows));
    }
    if let Some(Kind::Several(other)) = others {
        let rows = ledger["not_insured"].as_array().into_iter().flatten();
        let rows = rows.map(|of| (None, of));
        files.push(table(
            "被保険者でない人.csv",
            "被保険者でない人（登録するが、連携してはならない）",
            other,
            rows,
        ));
    }
    files.push(Gift {
        name: "台帳.json".to_owned(),
        label: "同じ内容のすべて（取り込みの道具を作る人のため）".to_owned(),
        content: serde_json::to_vec_pretty(ledger).unwrap_or_default(),
    });
    files
}

fn inner<'s>(shape: &'s Shape, name: &str) -> Option<&'s Shape> {
    let Kind::Parts(parts) = &shape.kind else {
        return None;
    };
    let part = parts.iter().find(|part| part.name == name)?;
    Some(&part.shape)
}

fn kind<'s>(shape: &'s Shape, name: &str) -> Option<&'s Kind> {
    inner(shape, name).map(|shape| &shape.kind)
}

/// One row for each; a number goes before it where it belongs to somebody.
fn table<'v>(
    name: &str,
    label: &str,
    shape: &Shape,
    rows: impl Iterator<Item = (Option<&'v str>, &'v Value)>,
) -> Gift {
    let mut columns = Vec::new();
    columns_of(shape, "", "", &mut columns);
    let mut lines: Vec<Vec<String>> = Vec::new();
    let mut is_of_somebody = false;
    for (number, value) in rows {
        is_of_somebody |= number.is_some();
        let cells = columns.iter().map(|column| column.cell(value));
        lines.push(number.map(str::to_owned).into_iter().chain(cells).collect());
    }
    let heads = columns.iter().map(|column| column.label.clone());
    let first = is_of_somebody.then(|| "被保険者番号".to_owned());
    let heads: Vec<String> = first.into_iter().chain(heads).collect();
    let mut text = "\u{feff}".to_owned();
    for line in std::iter::once(heads).chain(lines) {
        let cells: Vec<String> = line.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    Gift {
        name: name.to_owned(),
        label: label.to_owned(),
        content: text.into_bytes(),
    }
}

struct Column<'s> {
    pointer: String,
    label: String,
    kind: &'s Kind,
}

/// The columns of an object; those of an inner object stand beside its own, lists in files of their own.
fn columns_of<'s>(shape: &'s Shape, pointer: &str, before: &str, columns: &mut Vec<Column<'s>>) {
    let Kind::Parts(parts) = &shape.kind else {
        return;
    };
    for Part { name, shape, .. } in parts {
        let pointer = format!("{pointer}/{name}");
        let label = if before.is_empty() {
            shape.label.clone()
        } else {
            format!("{before}の{}", shape.label)
        };
        if let Kind::Parts(_) = &shape.kind {
            columns_of(shape, &pointer, &label, columns);
        } else if !matches!(&shape.kind, Kind::Several(item) if matches!(item.kind, Kind::Parts(_)))
        {
            columns.push(Column {
                pointer,
                label,
                kind: &shape.kind,
            });
        }
    }
}

impl Column<'_> {
    fn cell(&self, value: &Value) -> String {
        let plain = |value: &Value| match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Bool(true) => "はい".to_owned(),
            Value::Bool(false) => "いいえ".to_owned(),
            Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
        };
        let value = value.pointer(&self.pointer).unwrap_or(&Value::Null);
        match (self.kind, value) {
            (Kind::Choice(choices), value) => {
                let found = choices.iter().find(|choice| choice.value == *value);
                found.map_or_else(|| plain(value), |choice| choice.label.clone())
            }
            (_, Value::Array(items)) => items.iter().map(plain).collect::<Vec<_>>().join(" "),
            (_, value) => plain(value),
        }
    }
}

/// A cell as CSV writes it: quoted, so that numbers keep their zeros in text imports.
fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}
