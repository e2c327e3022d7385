//! 流れの法則: what must hold of random histories, rule by rule.
//!
//! The platform is compared with the auditor's books at the end of a history; a law says which differences are a
//! rule's own matter, and which histories have anything to do with it.

use crate::requirement::{LawDeclaration, Mode};

/// A law about histories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryLaw {
    /// The law.
    pub declaration: LawDeclaration,
    /// The history has to do with the rule if it has all of these phrases ...
    all: &'static [&'static str],
    /// ... and one of these, if there are any.
    one_of: &'static [&'static str],
    /// The kinds of record that are the rule's matter; every kind without.
    kinds: &'static [&'static str],
}

const SET_UP: &str = "職員が初期セットアップを始める";
const SLOW: &str = "PMHの処理に時間がかかっている";
const REGISTERS: &str = "を登録する";

/// Every law about histories.
pub const OF_HISTORY: [HistoryLaw; 14] = [
    law("everybody-arrives", "SETUP-01", &[SET_UP], &[], &[]),
    law(
        "set-up-loses-no-change",
        "SETUP-03",
        &[SET_UP, SLOW, REGISTERS],
        &[],
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
        &[REGISTERS, "まで進める"],
        &[],
    ),
    law(
        "sent-again-is-the-same",
        "SYNC-04",
        &["「応答の消失」が起きる"],
        &[],
        &ROWS,
    ),
    law(
        "renumbered-rows-arrive",
        "SYNC-05",
        &["「さかのぼった被保険者証の交付」"],
        &[],
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
        &["「旧様式で同意した人」"],
        &[],
        &CONSENT,
    ),
    law(
        "withdrawal-arrives",
        "CONSENT-06",
        &["「同意の撤回」"],
        &[],
        &CONSENT,
    ),
    law(
        "consent-of-an-office-stays",
        "CONSENT-10",
        &["の包括同意を得る"],
        &[],
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

    /// Whether a difference in a record of this kind is the rule's matter.
    #[must_use]
    pub fn is_about(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}
