use serde_json::{Map, Value, json};

use crate::domain::InsuredKey;
use crate::profile::{Held, KindId, KindLayout, Profile, Record};
use crate::systems::viewing::{RowFilter, ViewingGrant};
use crate::viewer::{Disclosure, PersonSeen};

use super::looks::{item, names, rows_of};
use super::{Holdings, Platform};

/// What the card's face says of its holder; the rest of the person's record is shown to nobody.
const HOLDER: [(&str, &str); 5] = [
    ("name", "basicFiveInfo.name"),
    ("nameKana", "basicFiveInfo.nameKana"),
    ("address", "basicFiveInfo.address"),
    ("dateOfBirth", "basicFiveInfo.dateOfBirth"),
    ("sex", "basicFiveInfo.sex"),
];

/// Shows what a grant opens. Without one there is no way to what is held.
#[must_use]
pub fn disclose(platform: &Platform, profile: &Profile, grant: &ViewingGrant<'_>) -> Disclosure {
    let key = grant.key();
    let held = grant.data().held;
    let rows = match (held, platform.holdings(key)) {
        (Held::Record(kind), Some(holdings)) => records(profile, holdings, kind, grant.rows()),
        (Held::Paper(kind), Some(_)) => platform.papers_of(key, kind),
        (Held::Record(_) | Held::Paper(_), None) => Vec::new(),
    };
    let holder = (grant.data().id == "insuranceCard").then(|| holder(platform, profile, key));
    Disclosure {
        role: grant.role().id.clone(),
        person: PersonSeen {
            insurer: key.insurer.to_string(),
            insured: key.number.to_string(),
        },
        data: grant.data().id.clone(),
        holder,
        rows,
    }
}

fn records(profile: &Profile, holdings: &Holdings, kind: KindId, filter: &RowFilter) -> Vec<Value> {
    let id = profile.layout(kind).id();
    rows_of(profile, holdings, id)
        .filter(|(layout, record)| is_opened(layout, record, filter))
        .map(|(layout, record)| json_of(layout, record))
        .collect()
}

fn is_opened(layout: &KindLayout, record: &Record, filter: &RowFilter) -> bool {
    match filter {
        RowFilter::All => true,
        RowFilter::WrittenBy(author) => {
            item(layout, record, "institutionCode") == Some(author.as_str())
        }
        RowFilter::Naming(member) => names(layout, record, member),
    }
}

/// A record as the interface writes it.
pub(super) fn json_of(layout: &KindLayout, record: &Record) -> Value {
    let mut text = Vec::new();
    layout.write_json(record, &mut text);
    serde_json::from_slice(&text).unwrap_or(Value::Null)
}

fn holder(platform: &Platform, profile: &Profile, key: InsuredKey) -> Value {
    let items = HOLDER.iter().filter_map(|(name, item)| {
        let text = platform.person_item(profile, key, item)?;
        Some(((*name).to_owned(), json!(text)))
    });
    Value::Object(items.collect::<Map<_, _>>())
}
