//! What happens at the 介護情報基盤ポータル, and what it answers.
//!
//! Secrets stand here as tokens. Texts that people type stand as they typed them: whether they will do is the
//! portal's to judge, and what will not do is kept or refused with its reason.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Something that somebody does at the portal or writes to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum PortalInput {
    /// An insurer answers the survey (アンケート) on its set-up.
    AnswerSurvey(SurveyAnswer),
    /// A package vendor declares from when its product can set up.
    DeclareReadiness {
        /// The vendor, as the insurers name it.
        vendor: String,
        /// The month from which on set-up is possible, `2026-09`.
        ready_from: String,
    },
    /// The operator sends the proposed dates (通知).
    Notify {
        /// 保険者番号.
        insurer: String,
        /// The proposed day of initial set-up.
        setup_date: Date,
        /// The day on which linking is expected to be finished; the same day if none is given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        completion_date: Option<Date>,
    },
    /// The insurer replies to the proposed dates (確認).
    Reply(ScheduleReply),
    /// The operator publishes the accepted dates (公開).
    Publish {
        /// 保険者番号.
        insurer: String,
    },
    /// The operator issues a log-in id and a first password, and mails them.
    IssueAccount {
        /// 保険者番号.
        insurer: String,
    },
}

impl PortalInput {
    /// Who does it, as the journal writes it: the insurer's staff, or somebody outside.
    #[must_use]
    pub fn origin(&self) -> &'static str {
        match self {
            Self::AnswerSurvey(_) | Self::Reply(_) => "operator",
            Self::DeclareReadiness { .. }
            | Self::Notify { .. }
            | Self::Publish { .. }
            | Self::IssueAccount { .. } => "outside",
        }
    }
}

/// An insurer's answer to the survey, as it was typed; what is missing is empty
/// [briefing: アンケートの結果について; its questions: assumed].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SurveyAnswer {
    /// 保険者番号.
    pub insurer: String,
    /// The mail address for everything that follows.
    pub contact_address: String,
    /// The package vendor.
    pub vendor: String,
    /// The connection mode (連携方式), `api` or `file`.
    pub mode: String,
    /// The month of set-up it wishes for, `2026-11`.
    pub wished_month: String,
    /// The number of the union it is a member of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub union: Option<String>,
}

/// An insurer's reply to the proposed dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleReply {
    /// 保険者番号.
    pub insurer: String,
    /// What it says.
    #[serde(flatten)]
    pub reply: Reply,
}

/// Acceptance, or the wish for other dates [briefing: 「確認」; Q&A #1-5 No.5].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reply", rename_all = "snake_case")]
pub enum Reply {
    /// 承諾.
    Accept,
    /// 変更希望: at least one other date, and why.
    AskForChange {
        /// The day of initial set-up wished for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        setup_date: Option<Date>,
        /// The service start date (利用開始日) wished for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start_date: Option<Date>,
        /// Why.
        reason: String,
    },
}

/// What the portal answers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PortalAnswer {
    /// Whether it took place.
    pub done: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<PortalRefusal>,
    /// What is allowed but not recommended, in Japanese.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advice: Vec<String>,
    /// Whose schedule moved, and how far.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<StageChange>,
    /// The log-in id of a new account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login_id: Option<String>,
}

/// A refusal: it has changed nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalRefusal {
    /// Which rule.
    pub code: String,
    /// Who must act, in Japanese.
    pub who: String,
    /// What was expected, in Japanese.
    pub expected: String,
    /// What came, in Japanese.
    pub came: String,
}

impl fmt::Display for PortalRefusal {
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
