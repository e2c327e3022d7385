//! 方式による相違: where the same business left something else behind.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;
use tekigo_simulator::profile::Profile;

use super::ending::Ending;
use crate::auditor::{ExpectedKey, leaves, shown};
use crate::witness::{item_name, kind_name};

/// The item that numbers the rows of one person and kind.
const HISTORY_KEY: &str = "historyKey";
/// The item that marks a row as deleted.
const DELETED: &str = "isDeleted";
/// The name of the whole record in a difference.
const WHOLE: &str = "記録";

/// One thing that is not the same in both modes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Difference {
    /// Whose and what it is.
    what: String,
    api: String,
    file: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: 方式① {}、方式② {}", self.what, self.api, self.file)
    }
}

/// Everything that differs between the two endings of one history.
pub(super) fn differences(profile: &Profile, api: &Ending, file: &Ending) -> Vec<Difference> {
    let mut found = Vec::new();
    let (of_api, of_file) = (by_group(api), by_group(file));
    let groups: BTreeSet<Group<'_>> = of_api.keys().chain(of_file.keys()).copied().collect();
    for group in groups {
        let (api_rows, file_rows) = (of_api.get(&group), of_file.get(&group));
        // Nearly all of them, so that nothing is copied for them.
        if api_rows == file_rows {
            continue;
        }
        let (kind, person) = group;
        let mut rows = (contents_of(api_rows), contents_of(file_rows));
        drop_equal(profile, kind, &mut rows);
        let named = Named {
            profile,
            kind,
            person: person_name(api, file, person),
        };
        found.extend(named.differences(&rows));
    }
    found.extend(of_identifiers(api, file));
    found.extend(of_notices(api, file));
    found
}

type Items = BTreeMap<String, Value>;
type Rows = BTreeMap<ExpectedKey, Items>;

/// The kind of some rows and whose they are.
type Group<'a> = (&'a str, &'a str);
/// The rows of one group, as they stand in an ending.
type Recorded<'a> = BTreeMap<&'a ExpectedKey, &'a Value>;

fn by_group(ending: &Ending) -> BTreeMap<Group<'_>, Recorded<'_>> {
    let mut groups: BTreeMap<Group<'_>, Recorded<'_>> = BTreeMap::new();
    for (key, record) in &ending.rows {
        let group = (key.kind.as_str(), key.insured_number.as_str());
        groups.entry(group).or_default().insert(key, record);
    }
    groups
}

fn contents_of(rows: Option<&Recorded<'_>>) -> Rows {
    let rows = rows.into_iter().flatten();
    rows.map(|(key, record)| ((*key).clone(), contents(record)))
        .collect()
}

fn contents(record: &Value) -> Items {
    let members = record.as_object().cloned().unwrap_or_default();
    leaves(&members)
        .into_iter()
        .map(|(path, value)| (path, value.clone()))
        .collect()
}

/// Drops what is equal. Rows are the same rows by their key; where a vendor numbers them otherwise
/// in each mode, a row is the same as one with the same contents under another number.
fn drop_equal(profile: &Profile, kind: &str, (api, file): &mut (Rows, Rows)) {
    let same: Vec<ExpectedKey> = api
        .iter()
        .filter(|(key, items)| file.get(key) == Some(items))
        .map(|(key, _)| key.clone())
        .collect();
    for key in same {
        api.remove(&key);
        file.remove(&key);
    }
    drop_gone(api, file);
    drop_gone(file, api);
    if !is_numbered(profile, kind) || api.keys().eq(file.keys()) {
        return;
    }
    let without_number = |items: &Items| {
        let mut items = items.clone();
        items.remove(HISTORY_KEY);
        items
    };
    for key in api.keys().cloned().collect::<Vec<_>>() {
        let twin = file
            .iter()
            .find(|(_, items)| without_number(items) == without_number(&api[&key]))
            .map(|(twin, _)| twin.clone());
        if let Some(twin) = twin {
            api.remove(&key);
            file.remove(&twin);
        }
    }
}

/// Drops the rows that are marked deleted and were never there on the other side, as when a row comes and goes
/// before anything of it is sent: gone is gone [the auditor takes it so too].
fn drop_gone(rows: &mut Rows, other: &Rows) {
    rows.retain(|key, items| {
        let is_deleted = items.get(DELETED) == Some(&Value::Bool(true));
        !is_deleted || other.contains_key(key)
    });
}

fn is_numbered(profile: &Profile, kind: &str) -> bool {
    profile.kind(kind).is_some_and(|kind| {
        let layout = profile.layout(kind);
        let mut keys = layout.key_fields().iter();
        keys.any(|field| layout.field_at(*field).json() == HISTORY_KEY)
    })
}

/// How the rows of one person in one kind are called.
struct Named<'a> {
    profile: &'a Profile,
    kind: &'a str,
    person: String,
}

impl Named<'_> {
    fn differences(&self, (api, file): &(Rows, Rows)) -> Vec<Difference> {
        let keys: BTreeSet<&ExpectedKey> = api.keys().chain(file.keys()).collect();
        keys.into_iter()
            .flat_map(|key| match (api.get(key), file.get(key)) {
                (Some(api), Some(file)) => self.items(key, api, file),
                (api, file) => {
                    let is = |side: Option<&Items>| {
                        if side.is_some() { "あり" } else { "なし" }.to_owned()
                    };
                    vec![Difference {
                        what: self.what(key, WHOLE),
                        api: is(api),
                        file: is(file),
                    }]
                }
            })
            .collect()
    }

    fn items(&self, key: &ExpectedKey, api: &Items, file: &Items) -> Vec<Difference> {
        let items: BTreeSet<&String> = api.keys().chain(file.keys()).collect();
        items
            .into_iter()
            .filter(|item| api.get(*item) != file.get(*item))
            .map(|item| Difference {
                what: self.what(key, &item_name(self.profile, self.kind, item)),
                api: shown(api.get(item)),
                file: shown(file.get(item)),
            })
            .collect()
    }

    fn what(&self, key: &ExpectedKey, item: &str) -> String {
        let number = match (key.row.is_empty(), is_numbered(self.profile, self.kind)) {
            (true, _) => String::new(),
            (false, true) => format!("（履歴番号 {}）", key.row),
            (false, false) => format!("（申請番号 {}）", key.row),
        };
        let kind = kind_name(self.profile, self.kind);
        format!("{}の{kind}{number}の{item}", self.person)
    }
}

/// The name of an invented person, as far as a record has it, and the number.
fn person_name(api: &Ending, file: &Ending, number: &str) -> String {
    let key = ExpectedKey::new("person", number, "");
    let record = api.rows.get(&key).or_else(|| file.rows.get(&key));
    let name = record
        .and_then(|record| record.pointer("/basicFiveInfo/name"))
        .and_then(Value::as_str);
    match name {
        Some(name) => format!("{name}さん（被保険者番号 {number}）"),
        None => format!("被保険者番号 {number} の人"),
    }
}

/// Identifiers are drawn when a person first comes, so that their values may differ. What must be the
/// same is who has one, and that each has one of their own.
fn of_identifiers(api: &Ending, file: &Ending) -> Vec<Difference> {
    let people = |of: &Ending| of.identifiers.keys().cloned().collect::<BTreeSet<_>>();
    let (in_api, in_file) = (people(api), people(file));
    let mut found = Vec::new();
    if in_api != in_file {
        let told = |here: &BTreeSet<String>, there: &BTreeSet<String>| {
            format!(
                "{}人（うち{}人はもう一方にいない）",
                here.len(),
                here.difference(there).count()
            )
        };
        found.push(Difference {
            what: "識別子を採番された人".to_owned(),
            api: told(&in_api, &in_file),
            file: told(&in_file, &in_api),
        });
    }
    let (in_api, in_file) = (shared(api), shared(file));
    if in_api != in_file {
        found.push(Difference {
            what: "一人に二つある識別子、二人に一つの識別子".to_owned(),
            api: format!("{in_api}件"),
            file: format!("{in_file}件"),
        });
    }
    found
}

/// How many identifiers or people break the one-to-one relation.
fn shared(ending: &Ending) -> usize {
    let several = ending.identifiers.values().filter(|own| own.len() > 1);
    let all: usize = ending.identifiers.values().map(BTreeSet::len).sum();
    let distinct: BTreeSet<&String> = ending.identifiers.values().flatten().collect();
    several.count() + (all - distinct.len())
}

fn of_notices(api: &Ending, file: &Ending) -> Vec<Difference> {
    let told: BTreeSet<&(String, String)> = api.notices.union(&file.notices).collect();
    let is = |of: &Ending, notice: &(String, String)| {
        if of.notices.contains(notice) {
            "届いた".to_owned()
        } else {
            "届いていない".to_owned()
        }
    };
    told.into_iter()
        .filter(|notice| api.notices.contains(notice) != file.notices.contains(notice))
        .map(|notice| Difference {
            what: format!(
                "{} あてのお知らせ「{}」",
                notice.0,
                notice.1.replace('\n', " ")
            ),
            api: is(api, notice),
            file: is(file, notice),
        })
        .collect()
}
