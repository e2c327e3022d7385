//! 指示: what an operation asks of a person, with the values to type and the files to take along.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tekigo_simulator::profile::{FileName, Profile};
use tekigo_simulator::serve::web::japanese_date;

use super::ledger_files;
use super::shape::{Kind, Shape, input_of};
use crate::control::Operation;

/// A value to type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// What it is called.
    pub(super) label: String,
    /// The value, as it is to be typed; empty if nothing is to be typed.
    pub(super) value: String,
    /// What else helps to read it.
    pub(super) note: String,
}

/// Values that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Group {
    /// What they are about; empty for the operation itself.
    pub(super) title: String,
    /// The values.
    pub(super) rows: Vec<Row>,
}

/// A file to take along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gift {
    /// Its name.
    pub(super) name: String,
    /// What it is.
    pub(super) label: String,
    /// Its content.
    pub(super) content: Vec<u8>,
}

/// The values to type for an operation.
pub(super) fn groups(
    operation: Operation,
    input: &Value,
    names: &BTreeMap<String, String>,
) -> Vec<Group> {
    let mut groups = vec![Group::default()];
    // The books are files, and so is what travels.
    if operation == Operation::LoadLedger {
        let people = |list: &str| input["ledger"][list].as_array().map_or(0, Vec::len);
        let count = |list: &str| format!("{}人", people(list));
        groups[0].rows = vec![
            row("登録する被保険者", "", count("people")),
            row(
                "登録するが、連携してはならない人（被保険者でない人）",
                "",
                count("not_insured"),
            ),
        ];
    } else if !matches!(operation, Operation::Export | Operation::Import) {
        let shows_null = operation == Operation::Configure;
        lay_out(&input_of(operation), input, "", shows_null, &mut groups);
        groups.iter_mut().for_each(explain_host);
    }
    for row in groups.iter_mut().flat_map(|group| &mut group.rows) {
        if let Some(name) = names.get(&row.value) {
            row.note = format!("台帳では {name}");
        }
    }
    groups.retain(|group| !group.rows.is_empty());
    groups
}

/// The role of the host that a product links to; every other stands there so that a call of it is seen.
const LINKED_ROLE: &str = "pmh";
const ROLE: &str = "接続先の役割";

/// Says of a host whether the product links to it or must never call it.
fn explain_host(group: &mut Group) {
    let Some(role) = group.rows.iter_mut().find(|row| row.label == ROLE) else {
        return;
    };
    let (value, note) = if role.value == LINKED_ROLE {
        ("PMH", "製品の連携先です")
    } else {
        (
            role.value.as_str(),
            "製品から直接呼んではならない相手です。名前を読み替える設定があるときだけ入れます",
        )
    };
    (role.note, role.value) = (note.to_owned(), value.to_owned());
    group.rows.retain(|row| !row.value.is_empty());
}

fn row(label: impl Into<String>, value: impl Into<String>, note: impl Into<String>) -> Row {
    Row {
        label: label.into(),
        value: value.into(),
        note: note.into(),
    }
}

/// Lays an object out; the groups of its inner objects come after its own.
fn lay_out(shape: &Shape, value: &Value, title: &str, shows_null: bool, groups: &mut Vec<Group>) {
    let Kind::Parts(parts) = &shape.kind else {
        return;
    };
    if !title.is_empty() {
        groups.push(Group {
            title: title.to_owned(),
            rows: Vec::new(),
        });
    }
    let own = groups.len() - 1;
    for part in parts {
        let Some(value) = value.get(&part.name) else {
            continue;
        };
        let label = &part.shape.label;
        if value.is_null() {
            if shows_null {
                groups[own]
                    .rows
                    .push(row(label, "", "設定しません。入っていれば消します"));
            }
            continue;
        }
        match &part.shape.kind {
            Kind::Parts(_) => lay_out(&part.shape, value, label, shows_null, groups),
            Kind::Several(item) => {
                for (at, one) in value.as_array().into_iter().flatten().enumerate() {
                    let title = format!("{label} {}", at + 1);
                    if matches!(item.kind, Kind::Parts(_)) {
                        lay_out(item, one, &title, shows_null, groups);
                    } else {
                        let (text, note) = written(item, one);
                        groups[own].rows.push(row(title, text, note));
                    }
                }
            }
            Kind::Text { .. }
            | Kind::Day
            | Kind::Whole { .. }
            | Kind::Flag
            | Kind::Choice(_)
            | Kind::Items(_) => {
                let (text, note) = written(&part.shape, value);
                groups[own].rows.push(row(label, text, note));
            }
        }
    }
}

/// A value as it is typed, and what helps to read it.
fn written(shape: &Shape, value: &Value) -> (String, String) {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    if text.starts_with("-----BEGIN") {
        return (String::new(), "下の「渡すファイル」にあります".to_owned());
    }
    match &shape.kind {
        Kind::Choice(choices) => {
            let found = choices.iter().find(|choice| choice.value == *value);
            (
                found.map_or(text, |choice| choice.label.clone()),
                String::new(),
            )
        }
        Kind::Flag => {
            let word = if *value == json!(true) {
                "はい"
            } else {
                "いいえ"
            };
            (word.to_owned(), String::new())
        }
        Kind::Day => {
            let note = text.parse().map(japanese_date).unwrap_or_default();
            (text, note)
        }
        Kind::Text { .. } if text.len() == 25 && text.ends_with("+09:00") => {
            let day = text.get(..10).and_then(|day| day.parse().ok());
            let day = day.map(japanese_date).unwrap_or_default();
            let note = format!("{day} {}", text.get(11..16).unwrap_or_default());
            (text, note)
        }
        Kind::Text { .. }
        | Kind::Whole { .. }
        | Kind::Parts(_)
        | Kind::Several(_)
        | Kind::Items(_) => (text, String::new()),
    }
}

/// The files to take along for an operation.
///
/// # Errors
/// The folder of an import cannot be read.
pub(super) fn gifts(
    operation: Operation,
    input: &Value,
    profile: &Profile,
) -> std::io::Result<Vec<Gift>> {
    if operation == Operation::Import {
        let folder = input["folder"].as_str().unwrap_or_default();
        return travelling(Path::new(folder), profile);
    }
    if operation == Operation::LoadLedger {
        return Ok(ledger_files::of(&input["ledger"]));
    }
    let certificate = &input["certificate"];
    let pem = [
        ("chain_pem", "client.pem", "クライアント証明書"),
        ("key_pem", "client-key.pem", "クライアント証明書の秘密鍵"),
        ("trusted_ca_pem", "ca.pem", "信頼する認証局の証明書"),
    ];
    let there = pem.into_iter().filter_map(|(member, name, label)| {
        let text = certificate[member].as_str()?;
        Some(Gift {
            name: name.to_owned(),
            label: label.to_owned(),
            content: text.as_bytes().to_vec(),
        })
    });
    Ok(there.collect())
}

/// The files of a folder in the order of their sets.
fn travelling(folder: &Path, profile: &Profile) -> std::io::Result<Vec<Gift>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        files.push(Gift {
            label: kind_of(&name, profile),
            content: std::fs::read(entry.path())?,
            name,
        });
    }
    files.sort_by_key(|file| order_of(&file.name, profile));
    Ok(files)
}

/// Where a file stands among those that travel together: set after set, and by its place in the set.
pub(super) fn order_of(name: &str, profile: &Profile) -> (String, u16, String) {
    match FileName::parse(name, profile) {
        Ok(parsed) => (parsed.set.to_string(), parsed.sequence, name.to_owned()),
        // What is no file of a set comes last, where it is seen.
        Err(_) => ("~".to_owned(), u16::MAX, name.to_owned()),
    }
}

fn kind_of(name: &str, profile: &Profile) -> String {
    let kind = FileName::parse(name, profile).map(|parsed| parsed.kind);
    let layout = kind.ok().and_then(|kind| {
        let mut kinds = profile.kinds().iter();
        kinds.find(|layout| layout.kind() == kind)
    });
    layout.map_or_else(String::new, |layout| layout.ja().to_owned())
}

/// The digest of an operation with what it is asked with: addresses, folders and certificates, which differ from
/// start to start, stay out of it; what lies in the folder does not.
pub(super) fn digest_of(operation: Operation, input: &Value, gifts: &[Gift]) -> String {
    let mut shown = input.clone();
    if let Some(folder) = shown.get_mut("folder") {
        *folder = Value::Null;
    }
    if operation == Operation::Configure {
        if let Some(certificate) = shown.get_mut("certificate") {
            *certificate = json!(!certificate.is_null());
        }
        for host in shown["hosts"].as_array_mut().into_iter().flatten() {
            host["address"] = Value::Null;
        }
    }
    let mut digest = Sha256::new();
    digest.update(operation.name());
    digest.update(shown.to_string());
    if operation == Operation::Import {
        for gift in gifts {
            digest.update(&gift.name);
            digest.update(Sha256::digest(&gift.content));
        }
    }
    hexadecimal(&digest.finalize())
}

/// SHA-256 of bytes, hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_the_hosts_it_is_said_which_the_product_links_to() {
        let host = |role: &str, environment: Value| {
            json!({
                "role": role, "environment": environment, "host": "a.example", "port": 443,
                "address": "127.0.0.1:4430",
            })
        };
        let hosts = json!({
            "hosts": [host("pmh", json!("verification")), host("platform", Value::Null)],
            "key": null,
        });
        let groups = groups(Operation::Configure, &hosts, &BTreeMap::new());
        let shown: Vec<(&str, usize)> = groups
            .iter()
            .map(|group| (group.rows[0].value.as_str(), group.rows.len()))
            .collect();
        assert_eq!(shown, [("", 1), ("PMH", 5), ("platform", 4)]);
        assert!(groups[2].rows[0].note.contains("呼んではならない"));
    }

    #[test]
    fn what_differs_from_start_to_start_is_no_part_of_the_digest() {
        let digest = |input: Value| digest_of(Operation::Configure, &input, &[]);
        let with = |port: u16, key: &str| {
            json!({
                "hosts": [{"role": "pmh", "address": format!("127.0.0.1:{port}")}],
                "certificate": {"chain_pem": port.to_string()},
                "key": key,
            })
        };
        assert_eq!(digest(with(1, "a")), digest(with(2, "a")));
        assert_ne!(digest(with(1, "a")), digest(with(1, "b")));
        let gift = |content: &[u8]| {
            vec![Gift {
                name: "a.csv".to_owned(),
                label: String::new(),
                content: content.to_vec(),
            }]
        };
        let import = |folder: &str, content| {
            digest_of(
                Operation::Import,
                &json!({ "folder": folder }),
                &gift(content),
            )
        };
        assert_eq!(import("/a", b"1"), import("/b", b"1"));
        assert_ne!(import("/a", b"1"), import("/a", b"2"));
    }
}
