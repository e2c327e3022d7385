//! ならば about the platform as a whole: that it holds what the books say, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tekigo_simulator::kernel::Event;

use super::failure::Performed;
use super::live::Live;
use super::people_claims::text;
use crate::auditor::{Difference, ExpectedKey};
use crate::witness::{is_deleted, item_name, row_in_words};

/// What the platform holds, as the auditor takes it: `None` for what is marked deleted.
pub(super) type Actual = BTreeMap<ExpectedKey, Option<Value>>;

/// How many differences a failure shows.
const SHOWN_MAX: usize = 3;

impl Live {
    /// 基盤の記録が台帳と一致する.
    ///
    /// # Errors
    /// They differ.
    pub fn platform_equals_ledger(&mut self) -> Performed {
        let (actual, differences) = self.compared()?;
        self.no_difference(
            actual.len(),
            &differences,
            "すべての被保険者の基盤の記録が台帳と一致する",
        )
    }

    /// What the platform holds of everybody, and where it is not what the books say. Everybody counts as looked at.
    pub(super) fn compared(&mut self) -> Performed<(Actual, Vec<Difference>)> {
        let actual = self.look()?.for_auditor();
        let mask = self.simulator()?.shell().mask();
        let mask = |number: &str| mask.my_number_token(number);
        let differences = self.auditor()?.judge(&actual, &mask);
        let people: BTreeSet<String> = actual
            .keys()
            .map(|key| key.insured_number.clone())
            .collect();
        self.touched.extend(people);
        Ok((actual, differences))
    }

    pub(super) fn no_difference(
        &self,
        looked_at: usize,
        differences: &[Difference],
        expected: &str,
    ) -> Performed {
        self.no_difference_but_of(Vec::new(), looked_at, differences, expected)
    }

    /// The same; if there are differences, these rules are to blame first.
    pub(super) fn no_difference_but_of(
        &self,
        suspects: Vec<String>,
        looked_at: usize,
        differences: &[Difference],
        expected: &str,
    ) -> Performed {
        if looked_at == 0 {
            return self.claim(false, expected, "基盤に記録が1件もありません");
        }
        let profile = &self.context.profile;
        let shown: Vec<String> = differences
            .iter()
            .take(SHOWN_MAX)
            .map(|seen| seen.told(&item_name(profile, &seen.kind, &seen.item)))
            .collect();
        let actual = if differences.is_empty() {
            format!("{looked_at}件の記録がすべて一致しました")
        } else {
            format!("{}か所で違います: {}", differences.len(), shown.join(" / "))
        };
        self.claim_blaming(
            suspects,
            differences.is_empty(),
            expected.to_owned(),
            actual,
        )
    }

    /// 基盤の被保険者証の証記載保険者番号と保険者番号が、どちらも台帳と一致する.
    ///
    /// # Errors
    /// One of the two is another one, or nobody has a card.
    pub fn card_numbers_equal(&mut self) -> Performed {
        let rows = self.look()?.rows();
        let cards: Vec<(ExpectedKey, Value)> = rows
            .iter()
            .filter(|(key, row)| key.kind == "insuranceCard" && !is_deleted(row))
            .map(|(key, row)| (key.clone(), row.clone()))
            .collect();
        let own = &self.ledger.insurer.number;
        let (mut held, mut wrong) = (0_usize, Vec::new());
        for (key, row) in &cards {
            let mut people = self.ledger.people.iter();
            let person = people.find(|person| person.insured_number == key.insured_number);
            let on_card = person
                .and_then(|person| {
                    let mut cards = person.cards.iter();
                    cards.find(|card| card.history_number.to_string() == key.row)
                })
                .map(|card| card.card_insurer_number.as_str());
            let (sent, on_sent) = (text(row, "insurerNumber"), text(row, "cardInsurerNumber"));
            if Some(on_sent.as_str()) == on_card && sent == *own {
                held += 1;
            } else {
                wrong.push(format!(
                    "{}: 保険者番号「{sent}」、証記載保険者番号「{on_sent}」（台帳は「{own}」と「{}」）",
                    row_in_words(&self.context.profile, key),
                    on_card.unwrap_or("なし")
                ));
            }
        }
        let expected = "被保険者証の記録の保険者番号と証記載保険者番号が、どちらも台帳と一致する";
        let actual = match wrong.first() {
            None => format!("{held}件の被保険者証で一致しました"),
            Some(first) => format!("{}件で違います: {first}", wrong.len()),
        };
        self.claim(held > 0 && wrong.is_empty(), expected, actual)
    }

    /// 基盤のほかの記録は変わらない.
    ///
    /// # Errors
    /// One has.
    pub fn nothing_else_changed(&mut self) -> Performed {
        let now = self.look()?.rows().clone();
        let touched = self.touched.clone();
        let differs = |(key, record): (&ExpectedKey, &Value)| {
            (!touched.contains(&key.insured_number) && self.mark.rows.get(key) != Some(record))
                .then(|| row_in_words(&self.context.profile, key))
        };
        let changed: Vec<String> = now.iter().filter_map(differs).collect();
        let issued: usize = if touched.is_empty() {
            identifiers_since(&self.events_since_mark()?)
        } else {
            0
        };
        let actual = if changed.is_empty() && issued == 0 {
            format!("見比べた{}件に変わりはありません", now.len())
        } else {
            format!(
                "{}件が変わり、識別子が{issued}件増えました: {}",
                changed.len(),
                changed
                    .iter()
                    .take(SHOWN_MAX)
                    .cloned()
                    .collect::<Vec<_>>()
                    .join("、")
            )
        };
        let holds = changed.is_empty() && issued == 0;
        self.claim(holds, "ほかの人の基盤の記録は変わらない", actual)
    }

    /// 同じ記録が二重に登録されていない.
    ///
    /// # Errors
    /// One is.
    pub fn nothing_is_twice(&mut self) -> Performed {
        let rows = self.look()?.rows().clone();
        let mut seen = BTreeSet::new();
        let mut twice = Vec::new();
        for (key, record) in rows.iter().filter(|(_, record)| !is_deleted(record)) {
            let mut content = record.clone();
            if let Some(members) = content.as_object_mut() {
                members.remove("historyKey");
            }
            if !key.row.is_empty()
                && !seen.insert((
                    key.kind.clone(),
                    key.insured_number.clone(),
                    content.to_string(),
                ))
            {
                twice.push(row_in_words(&self.context.profile, key));
            }
        }
        let reports = self.completion_reports()?.len();
        let holds = twice.is_empty() && reports <= 1 && !rows.is_empty();
        let actual = if twice.is_empty() {
            format!(
                "{}件の記録に重なりはなく、完了報告は{reports}件です",
                rows.len()
            )
        } else {
            format!("同じ内容が二度あります: {}", twice.join("、"))
        };
        self.claim(holds, "同じ記録が二重になく、完了報告も1件まで", actual)
    }

    /// The people the platform holds and that are not deleted.
    pub(super) fn live_people(&mut self) -> Performed<BTreeSet<String>> {
        Ok(self
            .look()?
            .rows()
            .iter()
            .filter(|(key, record)| key.kind == "person" && !is_deleted(record))
            .map(|(key, _)| key.insured_number.clone())
            .collect())
    }
}

fn identifiers_since(events: &[Event]) -> usize {
    events
        .iter()
        .filter(|event| event.kind == "identifier.issued")
        .filter_map(|event| {
            serde_json::from_str::<tekigo_simulator::Identified>(event.body.get()).ok()
        })
        .map(|identified| identified.issued)
        .sum()
}
