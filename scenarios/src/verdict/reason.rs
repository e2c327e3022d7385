//! 理由: why a verdict is not a pass. Everything a reader sees of it is in Japanese.

use std::fmt;

use super::declaration::AttestedRule;
use super::facts::Mode;

/// Why a finding is what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There is no declaration at all.
    NoDeclaration,
    /// The declaration names no mode.
    NoModeDeclared,
    /// The mode is not declared.
    ModeNotDeclared {
        /// The mode.
        mode: Mode,
        /// What is declared.
        declared: Vec<Mode>,
    },
    /// An optional function is not declared.
    FunctionNotDeclared {
        /// The scenario that needs it.
        scenario: String,
        /// The function.
        function: String,
        /// What is declared.
        declared: Vec<String>,
    },
    /// The build reads the machine's clock.
    ClockOfMachine {
        /// The scenario that moves time.
        scenario: String,
    },
    /// The build runs already, and is not the judge's to stop.
    NotOursToStop {
        /// The scenario that stops it.
        scenario: String,
    },
    /// No journal of a planned scenario.
    NoJournal {
        /// The scenario.
        scenario: String,
    },
    /// No observation of a planned monitor.
    NotWatched {
        /// The monitor.
        monitor: String,
    },
    /// A law came to no scenario that it could compare.
    NothingToCompare {
        /// The law.
        law: String,
    },
    /// The rule shows only where this mode runs too.
    NeedsMode(Mode),
    /// Nothing in the plan tries the rule.
    NothingTriesIt,
    /// 計画中: it will be tried later.
    PlannedLater(String),
    /// The journal cannot be trusted.
    BrokenJournal {
        /// The scenario.
        scenario: String,
        /// What is wrong with it.
        flaw: String,
    },
    /// The journal stops in the middle.
    CutShort {
        /// The scenario.
        scenario: String,
        /// The steps whose end is known.
        steps_ended: usize,
        /// All steps.
        steps: usize,
    },
    /// The scenario has no step.
    NoSteps {
        /// The scenario.
        scenario: String,
    },
    /// Every step passed, and nothing was observed.
    NothingObserved {
        /// The scenario.
        scenario: String,
    },
    /// The runner's own ending contradicts the steps.
    EndContradicts {
        /// The scenario.
        scenario: String,
    },
    /// Nothing came from the vendor over the link.
    NothingFromVendor {
        /// The scenario.
        scenario: String,
    },
    /// A step failed, and the rule is not to blame (or not shown to be).
    StepFailed {
        /// The scenario.
        scenario: String,
        /// What kind of failure.
        kind: StepFailureKind,
        /// The sentence of the step.
        step: String,
        /// The runner's sentence.
        message: String,
    },
    /// A named person confirms the rule.
    AttestationPending,
    /// A named person attests the rule; somebody has to look at the evidence.
    Attested(Box<AttestedRule>),
    /// Nothing can try the rule.
    NotTestable(String),
}

/// What kind of failure stopped a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepFailureKind {
    /// What it starts from could not be reached.
    Precondition,
    /// The vendor answered `unsupported`.
    Unsupported,
    /// The settings are wrong.
    Misconfigured,
    /// The judge or the simulated world broke.
    Harness,
    /// The vendor did not answer.
    VendorSilent,
    /// Another rule was violated in the course of it.
    OtherRule,
}

impl Reason {
    /// The scenario that it is about.
    #[must_use]
    pub fn scenario(&self) -> Option<&str> {
        match self {
            Self::FunctionNotDeclared { scenario, .. }
            | Self::ClockOfMachine { scenario }
            | Self::NotOursToStop { scenario }
            | Self::NoJournal { scenario }
            | Self::BrokenJournal { scenario, .. }
            | Self::CutShort { scenario, .. }
            | Self::NoSteps { scenario }
            | Self::NothingObserved { scenario }
            | Self::EndContradicts { scenario }
            | Self::NothingFromVendor { scenario }
            | Self::StepFailed { scenario, .. } => Some(scenario),
            Self::NoDeclaration
            | Self::NoModeDeclared
            | Self::ModeNotDeclared { .. }
            | Self::NotWatched { .. }
            | Self::NothingToCompare { .. }
            | Self::NeedsMode(_)
            | Self::NothingTriesIt
            | Self::PlannedLater(_)
            | Self::AttestationPending
            | Self::Attested(_)
            | Self::NotTestable(_) => None,
        }
    }
}

impl StepFailureKind {
    const fn ja(self) -> &'static str {
        match self {
            Self::Precondition => "前提を整えられなかった",
            Self::Unsupported => "必要なテスト操作に製品が対応していない",
            Self::Misconfigured => "設定が原因で進めなかった",
            Self::Harness => "判定側の不具合で進めなかった（製品の不具合ではありません）",
            Self::VendorSilent => "製品から返事がなかった",
            Self::OtherRule => "ほかの規則の違反で止まった",
        }
    }
}

fn list(words: &[String]) -> String {
    if words.is_empty() {
        "なし".to_owned()
    } else {
        words.join("、")
    }
}

fn modes(declared: &[Mode]) -> String {
    let words: Vec<String> = declared.iter().map(|mode| mode.ja().to_owned()).collect();
    list(&words)
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDeclaration => f.write_str(
                "ベンダーの宣言がありません。vendor.toml の [declaration] を書いてから実行してください",
            ),
            Self::NoModeDeclared => {
                f.write_str("宣言に連携方式がありません。vendor.toml の modes を書いてください")
            }
            Self::ModeNotDeclared { mode, declared } => {
                let declared = modes(declared);
                write!(f, "{mode}は宣言されていません（宣言された方式: {declared}）")
            }
            Self::FunctionNotDeclared {
                function, declared, ..
            } => {
                let declared = list(declared);
                write!(
                    f,
                    "任意機能「{function}」は宣言されていません（宣言された任意機能: {declared}）"
                )
            }
            Self::ClockOfMachine { .. } => f.write_str(
                "製品が試験の業務日時に従わない（宣言 clock = \"machine\"）ため、日時を動かすこの試験はできません",
            ),
            Self::NotOursToStop { .. } => f.write_str(
                "製品がすでに動いている（vendor.toml の [start] address）ため、製品を途中で止めるこの試験はできません。[start] command で起動すると試せます",
            ),
            Self::NoJournal { scenario } => {
                write!(f, "計画にあるシナリオ {scenario} の記録がありません")
            }
            Self::NotWatched { monitor } => {
                write!(
                    f,
                    "監視が見るべき出来事が一度もありませんでした（監視の名前: {monitor}）"
                )
            }
            Self::NothingToCompare { law } => write!(
                f,
                "比べられるシナリオがありませんでした。両方の方式で最後まで進み、初期セットアップが完了したものを比べます（法則の名前: {law}）"
            ),
            Self::NeedsMode(mode) => write!(
                f,
                "両方の方式の結果を比べる規則です。{mode}も実行すると試せます（--mode both）"
            ),
            Self::NothingTriesIt => f.write_str("この規則を試すものが計画に入っていません"),
            Self::PlannedLater(topic) => write!(f, "試す手段がまだない（{topic}）"),
            Self::BrokenJournal { flaw, .. } => write!(f, "記録を信頼できません: {flaw}"),
            Self::CutShort {
                steps_ended, steps, ..
            } => write!(
                f,
                "記録が途中で終わっています（{steps}ステップのうち{steps_ended}まで）"
            ),
            Self::NoSteps { .. } => f.write_str("シナリオにステップがありません"),
            Self::NothingObserved { .. } => {
                f.write_str("ステップは終わりましたが、この規則について何も観測していません")
            }
            Self::EndContradicts { .. } => {
                f.write_str("記録の終わり方と各ステップの結果が食い違っています")
            }
            Self::NothingFromVendor { .. } => {
                f.write_str("製品から連携の通信が一度も届いていません")
            }
            Self::StepFailed {
                kind,
                step,
                message,
                ..
            } => write!(f, "{}: 「{step}」— {message}", kind.ja()),
            Self::AttestationPending => {
                f.write_str("証明待ち: 担当者が確かめ、証拠を添えて署名する規則です")
            }
            Self::Attested(attested) => {
                let AttestedRule {
                    what,
                    person,
                    on,
                    reason,
                    ..
                } = attested.as_ref();
                write!(f, "自己申告: {what}（{on}、{person}、根拠 {reason}）。")?;
                match &attested.shortfall {
                    Some(shortfall) => write!(f, "規則に届きません: {shortfall}"),
                    None => f.write_str("根拠を確かめてください"),
                }
            }
            Self::NotTestable(why) => write!(f, "外からは試せない規則です: {why}"),
        }
    }
}
