//! 宣言・計画・記録の食い違い: what makes a run not green although no rule is violated.

use std::fmt;

use super::exit::ExitCode;
use super::facts::Mode;

/// The declaration, the plan, the catalogue and the journals do not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// There is no declaration.
    NoDeclaration,
    /// 古い既知の未対応: the rule passes now.
    StaleGap {
        /// The rule.
        requirement: String,
        /// The mode.
        mode: Mode,
    },
    /// A known gap of a rule or mode that this run does not judge.
    GapMatchesNothing {
        /// The rule.
        requirement: String,
        /// The mode.
        mode: Mode,
    },
    /// 宣言不一致: the file and the answer to `declare` differ.
    DeclarationDiffers {
        /// The scenario in which the vendor answered.
        scenario: String,
        /// The member.
        member: &'static str,
        /// What vendor.toml says.
        declared: String,
        /// What the build says.
        answered: String,
    },
    /// 宣言不一致: declared, and answered `unsupported`.
    DeclaredButUnsupported {
        /// The scenario.
        scenario: String,
        /// The mode.
        mode: Mode,
        /// The functions that the scenario needs.
        functions: String,
        /// The operations that were refused.
        operations: String,
    },
    /// 宣言不一致: not declared, and it works.
    UndeclaredButWorks {
        /// The scenario.
        scenario: String,
        /// The mode.
        mode: Mode,
    },
    /// A journal of a scenario that the plan does not have.
    Unplanned {
        /// The scenario.
        scenario: String,
        /// The mode.
        mode: Mode,
    },
    /// Two journals of one scenario in one mode.
    RanTwice {
        /// The scenario.
        scenario: String,
        /// The mode.
        mode: Mode,
    },
    /// A journal tries another rule than the plan says.
    OtherRequirement {
        /// The scenario.
        scenario: String,
        /// What the plan says.
        planned: String,
        /// What the journal says.
        found: String,
    },
    /// A plan or an observation names a rule, or a mode of it, that the catalogue does not have.
    UnknownRequirement {
        /// The rule.
        requirement: String,
        /// The mode.
        mode: Mode,
    },
    /// The journals are of runs on different profiles.
    MixedProfiles {
        /// The digests.
        digests: Vec<String>,
    },
}

impl Problem {
    /// What the run ends with because of it.
    #[must_use]
    pub const fn exit(&self) -> ExitCode {
        match self {
            Self::NoDeclaration
            | Self::StaleGap { .. }
            | Self::GapMatchesNothing { .. }
            | Self::DeclarationDiffers { .. }
            | Self::DeclaredButUnsupported { .. }
            | Self::UndeclaredButWorks { .. } => ExitCode::Settings,
            Self::Unplanned { .. }
            | Self::RanTwice { .. }
            | Self::OtherRequirement { .. }
            | Self::UnknownRequirement { .. }
            | Self::MixedProfiles { .. } => ExitCode::Undecided,
        }
    }

    /// The kind, in JSON.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::NoDeclaration => "no_declaration",
            Self::StaleGap { .. } => "stale_gap",
            Self::GapMatchesNothing { .. } => "gap_matches_nothing",
            Self::DeclarationDiffers { .. } => "declaration_differs",
            Self::DeclaredButUnsupported { .. } => "declared_but_unsupported",
            Self::UndeclaredButWorks { .. } => "undeclared_but_works",
            Self::Unplanned { .. } => "unplanned",
            Self::RanTwice { .. } => "ran_twice",
            Self::OtherRequirement { .. } => "other_requirement",
            Self::UnknownRequirement { .. } => "unknown_requirement",
            Self::MixedProfiles { .. } => "mixed_profiles",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDeclaration => f.write_str(
                "ベンダーの宣言がありません。宣言がなければ、何も試したことになりません",
            ),
            Self::StaleGap { requirement, mode } => write!(
                f,
                "既知の未対応「{requirement}（{mode}）」は、いまは合格です。vendor.toml から消してください"
            ),
            Self::GapMatchesNothing { requirement, mode } => write!(
                f,
                "既知の未対応「{requirement}（{mode}）」に当たる規則を、この実行は判定していません。要件番号と方式を確かめてください"
            ),
            Self::DeclarationDiffers {
                scenario,
                member,
                declared,
                answered,
            } => write!(
                f,
                "宣言不一致: {member} は vendor.toml では「{declared}」、製品の答えでは「{answered}」です（{scenario}）"
            ),
            Self::DeclaredButUnsupported {
                scenario,
                mode,
                functions,
                operations,
            } => write!(
                f,
                "宣言不一致: 任意機能「{functions}」は宣言されていますが、製品は操作「{operations}」に「対応していない」と答えました（{scenario}、{mode}）"
            ),
            Self::UndeclaredButWorks { scenario, mode } => write!(
                f,
                "宣言不一致: 宣言されていない機能のシナリオ {scenario}（{mode}）が最後まで動きました。宣言に加えてください"
            ),
            Self::Unplanned { scenario, mode } => {
                write!(f, "計画にないシナリオ {scenario}（{mode}）の記録があります")
            }
            Self::RanTwice { scenario, mode } => write!(
                f,
                "シナリオ {scenario}（{mode}）の記録が二つあります。やり直した結果は判定に使えません"
            ),
            Self::OtherRequirement {
                scenario,
                planned,
                found,
            } => write!(
                f,
                "シナリオ {scenario} の要件番号が、計画では {planned}、記録では {found} です"
            ),
            Self::UnknownRequirement { requirement, mode } => write!(
                f,
                "計画か記録が要件 {requirement}（{mode}）を挙げていますが、要件一覧にありません"
            ),
            Self::MixedProfiles { digests } => write!(
                f,
                "異なる連携仕様プロファイルの記録が混ざっています（要約値 {}）",
                digests.join("、")
            ),
        }
    }
}
