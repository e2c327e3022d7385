//! 流れの法則: what must hold of random histories, rule by rule.
//!
//! The platform is compared with the auditor's books at the end of a history; a law says which differences are a
//! rule's own matter, and which histories have anything to do with it.

use std::collections::BTreeSet;

use crate::cast::Role;
use crate::requirement::{LawDeclaration, Mode};

/// A law about histories. It says which histories have to do with a rule, and whose records of which kinds are then
/// the rule's matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryLaw {
    /// The law.
    pub declaration: LawDeclaration,
    /// The history has to do with the rule if it has all of these phrases ...
    all: &'static [&'static str],
    /// ... and one of these, if there are any. The people of the sentences that have one are those whom the rule is
    /// about; without any it is about everybody.
    one_of: &'static [&'static str],
    /// The kinds of record that are the rule's matter; every kind without.
    kinds: &'static [&'static str],
}

const SET_UP: &str = "職員が初期セットアップを始める";
const SLOW: &str = "PMHの処理に時間がかかっている";
/// What staff do for somebody.
const CHANGES: [&str; 2] = ["を登録する", "まで進める"];

/// Every law about histories.
pub const OF_HISTORY: [HistoryLaw; 14] = [
    law("everybody-arrives", "SETUP-01", &[SET_UP], &[], &[]),
    law(
        "set-up-loses-no-change",
        "SETUP-03",
        &[SET_UP, SLOW],
        &CHANGES,
        &[],
    ),
    law(
        "interrupted-set-up-arrives",
        "SETUP-04",
        &["初期セットアップの途中で"],
        &[],
        &[],
    ),
    law(
        "changes-arrive",
        "SYNC-01",
        &["初期セットアップを終えている"],
        &CHANGES,
        &[],
    ),
    law(
        "sent-again-is-the-same",
        "SYNC-04",
        &["「応答の消失」が起きる"],
        &CHANGES,
        &ROWS,
    ),
    law(
        "renumbered-rows-arrive",
        "SYNC-05",
        &[],
        &["「さかのぼった被保険者証の交付」"],
        &["insuranceCard"],
    ),
    law(
        "codes-arrive",
        "SYNC-10",
        &[],
        &[
            "の負担割合証の交付」",
            "の認定」を登録する",
            "「認定の決定」",
        ],
        &[
            "person",
            "insuranceCard",
            "burdenRatioCard",
            "certification",
        ],
    ),
    law(
        "characters-arrive",
        "SYNC-11",
        &[],
        &[
            "「外字の名前の人」",
            "「まれな漢字の名前の人」",
            "「小さいカナのある名前の人」",
            "「外国人の長い名前の人」",
        ],
        &["person"],
    ),
    law(
        "answers-stay-apart",
        "CONSENT-01",
        &[],
        &[
            "「同意する申請」",
            "「同意しない申請」",
            "「同意欄が無記入の申請」",
        ],
        &CONSENT,
    ),
    law(
        "given-consent-arrives",
        "CONSENT-02",
        &[],
        &["「同意する申請」", "「同意の申出」"],
        &CONSENT,
    ),
    law(
        "old-form-is-no-consent",
        "CONSENT-04",
        &[],
        &["「旧様式で同意した人」"],
        &CONSENT,
    ),
    law(
        "withdrawal-arrives",
        "CONSENT-06",
        &[],
        &["「同意の撤回」"],
        &CONSENT,
    ),
    law(
        "consent-of-an-office-stays",
        "CONSENT-10",
        &[],
        &["の包括同意を得る"],
        &CONSENT,
    ),
    law(
        "consent-as-the-person-gave-it",
        "CONSENT-15",
        &[],
        &[
            "「同意する申請」",
            "「同意しない申請」",
            "「同意の申出」",
            "「同意の撤回」",
        ],
        &CONSENT,
    ),
];

const CONSENT: [&str; 1] = ["consent"];
/// 五つの証と利用情報.
const ROWS: [&str; 5] = [
    "insuranceCard",
    "burdenRatioCard",
    "reductionCard",
    "homeModificationUse",
    "equipmentPurchaseUse",
];

const fn law(
    id: &'static str,
    requirement: &'static str,
    all: &'static [&'static str],
    one_of: &'static [&'static str],
    kinds: &'static [&'static str],
) -> HistoryLaw {
    HistoryLaw {
        declaration: LawDeclaration {
            id,
            requirement,
            modes: &Mode::ALL,
        },
        all,
        one_of,
        kinds,
    }
}

impl HistoryLaw {
    /// Whether a history with these sentences has to do with the rule.
    #[must_use]
    pub fn is_met(&self, sentences: &[&str]) -> bool {
        let has = |phrase: &&str| sentences.iter().any(|sentence| sentence.contains(*phrase));
        self.all.iter().all(has) && (self.one_of.is_empty() || self.one_of.iter().any(has))
    }

    /// The people of the sentences whom the rule is about; `None` for everybody.
    #[must_use]
    pub fn people(&self, sentences: &[&str]) -> Option<BTreeSet<Role>> {
        let is_about =
            |sentence: &&&str| self.one_of.iter().any(|phrase| sentence.contains(phrase));
        let roles = |sentence: &&str| {
            let roles = Role::ALL.iter().copied();
            let named = roles.filter(|role| sentence.contains(&format!("「{role}」")));
            named.collect::<Vec<_>>()
        };
        let about = sentences.iter().filter(is_about);
        (!self.one_of.is_empty()).then(|| about.flat_map(roles).collect())
    }

    /// Whether a record of this kind can be the rule's own matter. The rules that are about every kind have none of
    /// their own: what is another rule's is not theirs.
    #[must_use]
    pub fn is_about(&self, kind: &str, own: Option<&str>) -> bool {
        if self.kinds.is_empty() {
            own.is_none()
        } else {
            self.kinds.contains(&kind)
        }
    }
}

#[cfg(test)]
mod tests {
    use tekigo_simulator::profile::Profile;

    use super::*;

    #[test]
    fn the_kinds_are_those_of_the_profile() {
        let profile = Profile::bundled();
        for kind in OF_HISTORY.iter().flat_map(|law| law.kinds) {
            assert!(profile.kind(kind).is_some(), "{kind}");
        }
    }

    #[test]
    fn a_law_is_about_those_of_whom_its_sentences_speak() {
        let law = OF_HISTORY
            .iter()
            .find(|law| law.declaration.requirement == "CONSENT-06")
            .expect("a law");
        let sentences = [
            "「つきみ市」が初期セットアップを終えている",
            "職員が「同意した人」の「同意の撤回」を登録する",
            "職員が「認定を受けた人」の「転居」を登録する",
        ];
        assert!(law.is_met(&sentences) && !law.is_met(&sentences[..1]));
        assert_eq!(law.people(&sentences), Some([Role::ConsentGiven].into()));
        assert!(law.is_about("consent", Some("CONSENT-02")) && !law.is_about("person", None));
        let everybody = &OF_HISTORY[0];
        assert_eq!(everybody.people(&sentences), None);
        assert!(
            everybody.is_about("person", None) && !everybody.is_about("person", Some("SYNC-06"))
        );
    }
}
