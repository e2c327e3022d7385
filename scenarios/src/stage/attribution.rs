//! 規則ごとの相違: which rule a difference between platform and books breaks, besides the first one.
//!
//! A story tries one rule, that the platform equals the books; what is wrong when it does not is often
//! another rule's own matter, and is put to that rule too.

use std::collections::{BTreeMap, BTreeSet};

use super::failure::Performed;
use super::live::Live;
use super::platform_claims::Actual;
use crate::auditor::Difference;
use crate::laws::OF_HISTORY;
use crate::verdict::{ClaimNote, LawNote, Note};
use crate::witness::item_name;

/// 認定審査進捗.
const PROGRESS: &str = "SYNC-02";
/// 住宅改修費・福祉用具購入費の利用情報.
const ALLOWANCES: &str = "SYNC-03";
/// 転出・死亡などの削除.
const DELETIONS: &str = "SYNC-06";
/// 同意欄の答えの区別.
const ANSWERS: &str = "CONSENT-01";
/// 得た同意の連携.
const CONSENTS: &str = "CONSENT-02";
/// 撤回の連携.
const WITHDRAWALS: &str = "CONSENT-06";
/// 本人のものだけを、得た日付のまま.
const AS_GIVEN: &str = "CONSENT-15";
/// The item of a consent that says when the person answered.
const ANSWERED_ON: &str = "takenDate";
/// 同意情報 of a withdrawn consent, as a difference shows it.
const WITHDRAWN: &str = "「3」";
/// 同意情報 of a consent given.
const GIVEN: &str = "「1」";

impl Live {
    /// Claims of the other rules that they are broken, where they are. The sentence that follows
    /// fails then, whatever is claimed here.
    pub(super) fn blame_differences(&mut self) -> Performed {
        let (_, differences) = self.compared()?;
        self.blame(&differences)
    }

    fn blame(&self, differences: &[Difference]) -> Performed {
        let mut by_rule: BTreeMap<&str, Vec<&Difference>> = BTreeMap::new();
        for difference in differences {
            if let Some(rule) = rule_of(difference) {
                by_rule.entry(rule).or_default().push(difference);
            }
        }
        for (rule, differences) in by_rule {
            self.note(&Note::Claim(ClaimNote {
                requirement: rule.to_owned(),
                expected: "この規則に当たる基盤の記録が台帳と一致する".to_owned(),
                actual: self.differing(&differences).unwrap_or_default(),
                holds: false,
                because_of: Vec::new(),
            }))?;
        }
        Ok(())
    }

    /// How many differences there are, and the first.
    fn differing(&self, differences: &[&Difference]) -> Option<String> {
        let first = differences.first()?;
        let item = item_name(&self.context.profile, &first.kind, &first.item);
        let told = first.told(&item);
        Some(format!("{}か所で違います: {told}", differences.len()))
    }

    /// 基盤の記録が規則ごとに台帳と一致する. Where every difference is some other rule's own matter, those rules are to
    /// blame, and not the one that the history tries.
    ///
    /// # Errors
    /// They differ, or there is nothing to compare.
    pub fn platform_equals_ledger_by_rule(&mut self) -> Performed {
        let (actual, differences) = self.compared()?;
        self.note_laws(&actual, &differences)?;
        self.blame(&differences)?;
        let own: Option<BTreeSet<&str>> = differences.iter().map(rule_of).collect();
        let suspects = own.into_iter().flatten().map(str::to_owned).collect();
        self.no_difference_but_of(
            suspects,
            actual.len(),
            &differences,
            "すべての被保険者の基盤の記録が台帳と一致する",
        )
    }

    /// What the laws about histories see, each in the records that are its rule's matter. A law whose people are not at
    /// the platform sees nothing.
    fn note_laws(&self, actual: &Actual, differences: &[Difference]) -> Performed {
        let steps = self.scenario.steps.iter();
        let sentences: Vec<&str> = steps.map(|step| step.text.as_str()).collect();
        for law in OF_HISTORY.iter().filter(|law| law.is_met(&sentences)) {
            let people = law.people(&sentences).map(|roles| {
                let numbers = roles.iter().map(|role| self.number_of(role.word()));
                numbers.collect::<Performed<BTreeSet<String>>>()
            });
            let people = people.transpose()?;
            let is_of = |number: &String| people.as_ref().is_none_or(|of| of.contains(number));
            let known = actual.keys().filter(|key| is_of(&key.insured_number));
            let known = known.count();
            let own: Vec<&Difference> = differences
                .iter()
                .filter(|one| is_of(&one.insured_number) && law.is_about(&one.kind, rule_of(one)))
                .collect();
            let differing = self.differing(&own);
            if known == 0 && differing.is_none() {
                continue;
            }
            self.note(&Note::Law(LawNote {
                law: law.declaration.id.to_owned(),
                requirement: law.declaration.requirement.to_owned(),
                holds: differing.is_none(),
                expected: "業務の流れの後、この規則に当たる基盤の記録が台帳と一致する".to_owned(),
                actual: differing.unwrap_or_else(|| {
                    format!("{known}件のうち、この規則に当たる記録はすべて一致しました")
                }),
            }))?;
        }
        Ok(())
    }
}

/// The rule whose own matter a difference is; `None` if it is only the platform's not being equal.
fn rule_of(difference: &Difference) -> Option<&'static str> {
    match difference.kind.as_str() {
        "person" if difference.expected == "削除済み" => Some(DELETIONS),
        "certificationProgress" => Some(PROGRESS),
        "homeModificationUse" | "equipmentPurchaseUse" => Some(ALLOWANCES),
        "consent" if difference.item == "consentState" && difference.expected == WITHDRAWN => {
            Some(WITHDRAWALS)
        }
        "consent" if difference.expected == "なし" => Some(ANSWERS),
        "consent" if difference.item == "consentState" && difference.actual == GIVEN => {
            Some(ANSWERS)
        }
        "consent" if difference.actual == "なし" => Some(CONSENTS),
        "consent" if difference.item == ANSWERED_ON => Some(AS_GIVEN),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(kind: &str, item: &str, expected: &str, actual: &str) -> Difference {
        Difference {
            insured_number: "0000000001".to_owned(),
            kind: kind.to_owned(),
            row: String::new(),
            item: item.to_owned(),
            expected: expected.to_owned(),
            actual: actual.to_owned(),
        }
    }

    #[test]
    fn a_difference_is_put_to_the_rule_whose_matter_it_is() {
        for (kind, item, expected, actual, rule) in [
            ("person", "記録", "削除済み", "あり", Some("SYNC-06")),
            ("person", "basicFiveInfo.address", "「甲」", "「乙」", None),
            (
                "certificationProgress",
                "記録",
                "あり",
                "なし",
                Some("SYNC-02"),
            ),
            (
                "equipmentPurchaseUse",
                "記録",
                "削除済み",
                "あり",
                Some("SYNC-03"),
            ),
            (
                "consent",
                "consentState",
                "「3」",
                "「1」",
                Some("CONSENT-06"),
            ),
            (
                "consent",
                "takenDate",
                "「2026-11-02」",
                "「2026-11-04」",
                Some("CONSENT-15"),
            ),
            (
                "consent",
                "consentState",
                "「2」",
                "「1」",
                Some("CONSENT-01"),
            ),
            ("consent", "記録", "なし", "あり", Some("CONSENT-01")),
            ("consent", "記録", "あり", "なし", Some("CONSENT-02")),
            ("insuranceCard", "記録", "あり", "なし", None),
        ] {
            let difference = difference(kind, item, expected, actual);
            assert_eq!(rule_of(&difference), rule, "{difference}");
        }
    }
}
