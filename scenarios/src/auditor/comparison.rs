//! Expected against actual, item by item.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use super::records;

/// Items a vendor may add: they repeat what other records say.
const MAY_BE_ADDED: [(&str, &str); 2] = [
    (records::PERSON, "changeDate"),
    (records::CONSENT, "applicationNumber"),
];
/// Items a vendor may leave out: the profile does not require them and nothing depends on them. 資格喪失年月日
/// is one only in set-up, of a person whose deletion follows as a difference.
const MAY_BE_LEFT_OUT: [(&str, &str); 2] = [
    (records::PERSON, "municipalityIdentityKey"),
    (records::PERSON, "qualificationLostDate"),
];
/// The name of the whole record in a difference.
const WHOLE: &str = "記録";

/// Names one record on the platform.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExpectedKey {
    /// データ種別, as the profile calls it (`insuranceCard`, …).
    pub kind: String,
    /// 被保険者番号.
    pub insured_number: String,
    /// 履歴番号 or 申請番号; empty for person and consent.
    pub row: String,
}

impl ExpectedKey {
    /// A key from its parts.
    pub fn new(
        kind: impl Into<String>,
        insured_number: impl Into<String>,
        row: impl Into<String>,
    ) -> Self {
        Self {
            kind: kind.into(),
            insured_number: insured_number.into(),
            row: row.into(),
        }
    }
}

/// What the platform must hold under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpectedRow {
    /// This record.
    Present(Map<String, Value>),
    /// A record marked as deleted, or nothing if it was never sent.
    Deleted,
}

/// 相違: one item that is not as the business history demands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// 被保険者番号.
    pub insured_number: String,
    /// データ種別.
    pub kind: String,
    /// 履歴番号 or 申請番号; empty for person and consent.
    pub row: String,
    /// 項目 (dotted path), or 記録 for the record as a whole.
    pub item: String,
    /// What the history demands.
    pub expected: String,
    /// What is there.
    pub actual: String,
}

impl Difference {
    pub(super) fn of(
        key: &ExpectedKey,
        expected: impl Into<String>,
        actual: impl Into<String>,
    ) -> Self {
        Self::at(key, WHOLE, expected.into(), actual.into())
    }

    fn at(key: &ExpectedKey, item: &str, expected: String, actual: String) -> Self {
        Self {
            insured_number: key.insured_number.clone(),
            kind: key.kind.clone(),
            row: key.row.clone(),
            item: item.to_owned(),
            expected,
            actual,
        }
    }
}

impl Difference {
    /// The difference in words, with the item as its reader calls it.
    #[must_use]
    pub fn told(&self, item: &str) -> String {
        let kind = kind_in_japanese(&self.kind);
        let is_history = self.row.bytes().all(|byte| byte.is_ascii_digit());
        let row = if self.row.is_empty() {
            String::new()
        } else if is_history {
            format!("（履歴番号{}）", self.row)
        } else {
            format!("（申請番号{}）", self.row)
        };
        format!(
            "被保険者番号{}の{kind}{row}の{item}: 期待 {}、実際 {}",
            self.insured_number, self.expected, self.actual
        )
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.told(&self.item))
    }
}

fn kind_in_japanese(kind: &str) -> &str {
    match kind {
        records::PERSON => "被保険者",
        records::INSURANCE_CARD => "被保険者証",
        records::BURDEN_RATIO_CARD => "負担割合証",
        records::REDUCTION_CARD => "減免減額認定証",
        records::HOME_MODIFICATION_USE => "住宅改修費利用情報",
        records::EQUIPMENT_PURCHASE_USE => "福祉用具購入費利用情報",
        records::CERTIFICATION_PROGRESS => "認定審査進捗",
        records::CERTIFICATION => "要介護認定情報",
        records::SURVEY_SHEET => "認定調査票",
        records::PHYSICIAN_OPINION => "主治医意見書",
        records::BOARD_MATERIAL => "審査会資料",
        records::CONSENT => "同意情報",
        other => other,
    }
}

/// Every difference between what must be there and what is (`None`: a record marked as deleted), in the
/// order of the keys. A record that is expected deleted may also be absent, and the other way round.
#[must_use]
pub fn compare(
    expected: &BTreeMap<ExpectedKey, ExpectedRow>,
    actual: &BTreeMap<ExpectedKey, Option<Value>>,
) -> Vec<Difference> {
    let mut differences = Vec::new();
    for (key, row) in expected {
        match (row, actual.get(key)) {
            (ExpectedRow::Present(record), Some(Some(held))) => {
                compare_record(key, record, held, &mut differences)
            }
            (ExpectedRow::Present(_), Some(None)) => {
                differences.push(Difference::of(key, "あり", "削除済み"))
            }
            (ExpectedRow::Present(_), None) => {
                differences.push(Difference::of(key, "あり", "なし"))
            }
            (ExpectedRow::Deleted, Some(Some(_))) => {
                differences.push(Difference::of(key, "削除済み", "あり"))
            }
            (ExpectedRow::Deleted, Some(None) | None) => {}
        }
    }
    let unexpected = actual
        .iter()
        .filter(|(key, held)| held.is_some() && !expected.contains_key(key));
    differences.extend(unexpected.map(|(key, _)| Difference::of(key, "なし", "あり")));
    differences
}

fn compare_record(
    key: &ExpectedKey,
    record: &Map<String, Value>,
    held: &Value,
    differences: &mut Vec<Difference>,
) {
    let Some(held) = held.as_object() else {
        differences.push(Difference::of(key, "あり", "記録の形をしていない値"));
        return;
    };
    let expected = leaves(record);
    let actual = leaves(held);
    let items: std::collections::BTreeSet<&String> = expected.keys().chain(actual.keys()).collect();
    for item in items {
        let (wanted, found) = (expected.get(item), actual.get(item));
        let listed = |list: &[(&str, &str)]| list.contains(&(key.kind.as_str(), item.as_str()));
        let allowed = (wanted.is_none() && listed(&MAY_BE_ADDED))
            || (found.is_none() && listed(&MAY_BE_LEFT_OUT));
        if wanted != found && !allowed {
            differences.push(Difference::at(
                key,
                item,
                shown(wanted.copied()),
                shown(found.copied()),
            ));
        }
    }
}

/// The items of a record by dotted path; an item given as null is absent.
pub(crate) fn leaves(record: &Map<String, Value>) -> BTreeMap<String, &Value> {
    let mut leaves = BTreeMap::new();
    for (name, value) in record {
        match value {
            Value::Null => {}
            Value::Object(nested) => {
                let below = nested.iter().filter(|(_, value)| !value.is_null());
                leaves.extend(below.map(|(inner, value)| (format!("{name}.{inner}"), value)));
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                leaves.insert(name.clone(), value);
            }
        }
    }
    leaves
}

/// A value as a reader sees it.
pub(crate) fn shown(value: Option<&Value>) -> String {
    match value {
        None => "なし".to_owned(),
        Some(Value::String(text)) => format!("「{text}」"),
        Some(other) => other.to_string(),
    }
}
