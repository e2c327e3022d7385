//! The interface's own words as people read them.

use serde_json::Value;
use tekigo_simulator::profile::Profile;

use crate::auditor::{ExpectedKey, leaves, shown};

/// The Japanese name of an item (`basicFiveInfo.name`: 氏名), as the profile has it. A word that the
/// profile does not know stays as it is.
pub(crate) fn item_name(profile: &Profile, kind: &str, item: &str) -> String {
    let layout = profile.kind(kind).map(|kind| profile.layout(kind));
    let field = layout.and_then(|layout| Some(layout.field_at(layout.field(item)?)));
    field.map_or_else(|| item.to_owned(), |field| field.csv().to_owned())
}

/// The Japanese name of a kind (`insuranceCard`: 被保険者証), as the profile has it.
pub(crate) fn kind_name(profile: &Profile, kind: &str) -> String {
    let known = profile.kind(kind).map(|kind| profile.layout(kind));
    known.map_or_else(|| kind.to_owned(), |layout| layout.ja().to_owned())
}

/// A row by its person, kind and number.
pub(crate) fn row_in_words(profile: &Profile, key: &ExpectedKey) -> String {
    let kind = kind_name(profile, &key.kind);
    let row = if key.row.is_empty() {
        String::new()
    } else {
        format!("（番号 {}）", key.row)
    };
    format!("被保険者番号 {} の{kind}{row}", key.insured_number)
}

/// A record with the names of its items.
pub(crate) fn record_in_words(profile: &Profile, kind: &str, record: &Value) -> String {
    let members = record.as_object().cloned().unwrap_or_default();
    let items: Vec<String> = leaves(&members)
        .into_iter()
        .map(|(item, value)| format!("{} {}", item_name(profile, kind, &item), shown(Some(value))))
        .collect();
    items.join("、")
}
