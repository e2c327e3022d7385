//! Answers: what the portal says, and what it shows everybody.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What the portal answers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PortalAnswer {
    /// Whether it took place.
    pub done: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// What is allowed but not recommended, in Japanese.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advice: Vec<String>,
    /// Whose schedule moved, and how far.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<StageChange>,
    /// The log-in id of a new account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login_id: Option<String>,
    /// Whether the password has to be changed before anything else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub must_change_password: bool,
    /// The number of a new inquiry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inquiry: Option<u64>,
    /// What an application comes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subsidy: Option<SubsidyAssessment>,
}

/// What an application for a subsidy comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubsidyAssessment {
    /// 事業所番号 or 医療機関コード.
    pub number: String,
    /// The services as they were read, by code; none for an institution.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
    /// 助成限度台数; none for an institution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readers_max: Option<u32>,
    /// 助成限度額, yen.
    pub yen_max: u64,
    /// The cost applied for, yen.
    pub cost_yen: u64,
    /// 助成額, yen.
    pub yen: u64,
}

/// A refusal: it has changed nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Which rule.
    pub code: String,
    /// Who must act, in Japanese.
    pub who: String,
    /// What was expected, in Japanese.
    pub expected: String,
    /// What came, in Japanese.
    pub came: String,
}

impl Refusal {
    /// A refusal by its code: who must act, what was expected, what came.
    #[must_use]
    pub fn new(
        code: &str,
        who: impl ToString,
        expected: impl ToString,
        came: impl ToString,
    ) -> Self {
        Self {
            code: code.to_owned(),
            who: who.to_string(),
            expected: expected.to_string(),
            came: came.to_string(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            who,
            expected,
            came,
            ..
        } = self;
        write!(
            f,
            "必要なのは、{expected}です。実際は、{came}です。{who}が対応してください"
        )
    }
}

/// A schedule has moved from one stage to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageChange {
    /// 保険者番号.
    pub insurer: String,
    /// The stage so far.
    pub from: String,
    /// The stage now.
    pub to: String,
    /// Why the answer has to be checked again (再確認).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<GroundTold>,
    /// The dates proposed, accepted or published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<ScheduleDates>,
}

/// A ground for a re-check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroundTold {
    /// `deficient`, `union` or `vendor`.
    pub kind: String,
    /// What is wrong, in Japanese.
    pub text: String,
}

/// The dates of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleDates {
    /// 初期セットアップ日.
    pub setup: Date,
    /// 初期セットアップ完了日: expected, or as it came.
    pub completion: Date,
    /// 利用開始日.
    pub start: Date,
    /// Whether the start was asked for at confirmation.
    pub is_start_asked_for: bool,
}

/// What the portal shows everybody of a municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicStatus {
    /// 保険者番号.
    pub insurer: String,
    /// Its name.
    pub name: String,
    /// The dates, once published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<ScheduleDates>,
    /// Whether initial set-up is complete.
    pub is_complete: bool,
    /// The union that connects for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<String>,
}
