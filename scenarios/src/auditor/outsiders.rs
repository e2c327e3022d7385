//! People of whom the platform must never hear.

use std::collections::BTreeMap;

use serde_json::Value;

use super::audit::{Auditor, Mask};
use super::comparison::{Difference, ExpectedKey};

/// Someone of whom no record may ever be there.
#[derive(Debug, Clone)]
pub(super) struct Outsider {
    pub(super) number: String,
    pub(super) my_number: Option<String>,
    pub(super) reason: String,
}

/// 送ってはならない人: numbers that no record may carry, with the reason in Japanese.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Never {
    /// 仮番号, H番号, 被保険者番号 of people lost before the baseline date, 付番替え前の番号.
    pub numbers: BTreeMap<String, String>,
    /// 個人番号 (as the mask shows it) of those who hold no other place in the books.
    pub my_numbers: BTreeMap<String, String>,
}

impl Never {
    /// The records that are there and must not be, deleted ones included.
    #[must_use]
    pub fn found_in(&self, actual: &BTreeMap<ExpectedKey, Option<Value>>) -> Vec<Difference> {
        let forbidden = |key: &ExpectedKey, held: &Option<Value>| {
            let my_number = held
                .as_ref()
                .and_then(|record| record.get("myNumber"))
                .and_then(Value::as_str);
            self.numbers
                .get(&key.insured_number)
                .or_else(|| self.my_numbers.get(my_number?))
        };
        actual
            .iter()
            .filter_map(|(key, held)| {
                let reason = forbidden(key, held)?;
                let state = if held.is_some() {
                    "あり"
                } else {
                    "削除済みの記録あり"
                };
                Some(Difference::of(
                    key,
                    format!("送られない（{reason}）"),
                    state,
                ))
            })
            .collect()
    }
}

impl Auditor {
    /// The people that must never appear.
    #[must_use]
    pub fn never(&self, mask: Mask<'_>) -> Never {
        let mut never = Never::default();
        for outsider in self
            .never
            .iter()
            .filter(|outsider| !self.people.contains_key(&outsider.number))
        {
            never
                .numbers
                .insert(outsider.number.clone(), outsider.reason.clone());
            if let Some(my_number) = &outsider.my_number {
                never
                    .my_numbers
                    .insert(mask(my_number), outsider.reason.clone());
            }
        }
        for books in self.people.values() {
            never.my_numbers.remove(&mask(&books.person.my_number));
        }
        never
    }
}
