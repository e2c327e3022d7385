//! The ten words of a verdict.

use std::fmt;

use serde::Serialize;

/// 判定: the ten words, from the most harmless to the gravest.
///
/// The order is the order of "the worst wins": where one rule was tried more than once in a mode,
/// the greatest of its verdicts is the verdict of the rule. A neutral word (対象外) gives way to a
/// pass, because another scenario of the rule did show it; every doubt outweighs a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 対象外: does not apply, by the vendor's declaration.
    NotApplicable,
    /// 合格: shown to hold, with evidence.
    Passed,
    /// 試験不能: cannot be seen from outside, or needs a clock that the build cannot follow.
    Untestable,
    /// 要確認: a named person has to look.
    NeedsReview,
    /// 推奨未達: a recommendation, or a rule without a stated source, is not met.
    Advisory,
    /// 波及: could not be tried because another rule is violated.
    Inherited,
    /// 未実施: planned, but did not run.
    NotRun,
    /// 判定不能: it ran, and shows neither that the rule holds nor that it is violated.
    Undecided,
    /// 設定不備: the settings kept the build from being tried.
    Misconfigured,
    /// 不合格: shown to be violated.
    Failed,
}

/// What a verdict counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// A pass.
    Pass,
    /// Decided by observation, and not a pass.
    Violation,
    /// Nothing is known yet: stays in the denominator, is never green.
    Unknown,
    /// Outside the denominator, listed with its reason.
    Neutral,
}

impl Verdict {
    /// Every word, in the order in which reports list them.
    pub const ALL: [Self; 10] = [
        Self::Passed,
        Self::Failed,
        Self::Advisory,
        Self::NeedsReview,
        Self::Undecided,
        Self::Misconfigured,
        Self::Inherited,
        Self::NotRun,
        Self::NotApplicable,
        Self::Untestable,
    ];

    /// The word, as reports print it.
    #[must_use]
    pub const fn ja(self) -> &'static str {
        match self {
            Self::Passed => "合格",
            Self::Failed => "不合格",
            Self::Advisory => "推奨未達",
            Self::NeedsReview => "要確認",
            Self::Undecided => "判定不能",
            Self::Misconfigured => "設定不備",
            Self::Inherited => "波及",
            Self::NotApplicable => "対象外",
            Self::Untestable => "試験不能",
            Self::NotRun => "未実施",
        }
    }

    /// The identifier in JSON, JUnit properties and style sheets.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Advisory => "advisory",
            Self::NeedsReview => "needs_review",
            Self::Undecided => "undecided",
            Self::Misconfigured => "misconfigured",
            Self::Inherited => "inherited",
            Self::NotApplicable => "not_applicable",
            Self::Untestable => "untestable",
            Self::NotRun => "not_run",
        }
    }

    /// A sign that stays readable without colour.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Passed => "○",
            Self::Failed => "×",
            Self::Advisory => "△",
            Self::NeedsReview | Self::Undecided => "？",
            Self::Misconfigured => "！",
            Self::Inherited => "→",
            Self::NotRun => "・",
            Self::NotApplicable | Self::Untestable => "－",
        }
    }

    /// What the verdict counts as.
    #[must_use]
    pub const fn family(self) -> Family {
        match self {
            Self::Passed => Family::Pass,
            Self::Failed | Self::Advisory => Family::Violation,
            Self::NeedsReview
            | Self::Undecided
            | Self::Misconfigured
            | Self::Inherited
            | Self::NotRun => Family::Unknown,
            Self::NotApplicable | Self::Untestable => Family::Neutral,
        }
    }

    /// What the word means, for the glossary of a report.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Passed => "規則を守っていることを、この実行の記録で示せた。",
            Self::Failed => {
                "出典に明記された必須の規則に反することを、この実行の記録で示せた。再現するコマンドを添える。"
            }
            Self::Advisory => {
                "推奨の規則、または出典からの導出・類推による規則を満たしていない。合格ではないが、不合格の数にも入れない。"
            }
            Self::NeedsReview => {
                "出典が定まっていない、または人が確かめる規則。担当者が確認して署名するまで合格ではない。"
            }
            Self::Undecided => {
                "実行したが、守っているとも反しているとも言えない。理由を取り除いて、もう一度実行する。"
            }
            Self::Misconfigured => {
                "設定（宛先・証明書・認証キー・宣言など）が原因で試せなかった。製品の良し悪しは判定していない。"
            }
            Self::Inherited => {
                "ほかの規則の違反のために、この規則を試すところまで進めなかった。原因の規則を直してから再実行する。"
            }
            Self::NotRun => "実行する計画だったが、実行されなかった。合格の数に入ることはない。",
            Self::NotApplicable => "ベンダーの宣言により当てはまらない。宣言の内容を理由に示す。",
            Self::Untestable => {
                "外から見る方法がない、または製品が試験の業務日時に従えないため、この実行では試せない。別の方法での証明が要る。"
            }
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.ja())
    }
}
