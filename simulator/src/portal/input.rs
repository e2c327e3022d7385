//! Inputs: what is done at the portal or written to it.

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
    /// Somebody with an account logs in.
    LogIn {
        /// ログインID.
        login_id: String,
        /// The password's token.
        password: String,
    },
    /// Somebody with an account sets a new password.
    ChangePassword {
        /// ログインID.
        login_id: String,
        /// Token of the password so far.
        current: String,
        /// Token of the new one.
        password: String,
        /// Characters of the new one: the token does not tell.
        length: usize,
    },
    /// Anybody inquires (お問い合わせフォーム).
    Inquire(InquiryForm),
    /// The operator answers an inquiry.
    AnswerInquiry {
        /// Its number.
        inquiry: u64,
        /// The answer.
        text: String,
    },
    /// An office or institution registers as a user (ユーザ登録).
    RegisterUser {
        /// 事業所番号 or 医療機関コード, which is its log-in id.
        number: String,
        /// Its name.
        name: String,
        /// Its mail address.
        address: String,
        /// Token of the password it chose.
        password: String,
        /// Its characters.
        length: usize,
    },
    /// An office applies for the subsidy for readers and connection support.
    ApplyAsOffice(OfficeApplication),
    /// A medical institution applies for the subsidy for sending opinions electronically.
    ApplyAsInstitution(InstitutionApplication),
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
            | Self::IssueAccount { .. }
            | Self::LogIn { .. }
            | Self::ChangePassword { .. }
            | Self::Inquire(_)
            | Self::AnswerInquiry { .. }
            | Self::RegisterUser { .. }
            | Self::ApplyAsOffice(_)
            | Self::ApplyAsInstitution(_) => "outside",
        }
    }
}

/// An insurer's answer to the survey, as it was typed; what is missing is empty
/// (briefing: アンケートの結果について; its questions: assumed).
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

/// Acceptance, or the wish for other dates (briefing: 「確認」; Q&A #1-5 No.5).
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

/// お問い合わせフォーム (briefing: 3-3, 3-4, published).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InquiryForm {
    /// 氏名.
    pub name: String,
    /// Where the notice of receipt and the answer go.
    pub address: String,
    /// 件名.
    pub subject: String,
    /// 内容.
    pub text: String,
}

/// An office's application: カードリーダーの購入経費 and 接続サポート等経費, tax included.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OfficeApplication {
    /// 事業所番号.
    pub number: String,
    /// サービス種類コード of every service it provides.
    pub services: Vec<String>,
    /// How many card readers it bought.
    pub readers: u32,
    /// What they cost, yen.
    pub readers_yen: u64,
    /// What the support cost, yen.
    pub support_yen: u64,
    /// The papers attached, by name.
    pub documents: Vec<String>,
    /// 保険者番号 of the municipality it lies in; how far that one has got makes no difference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insurer: Option<String>,
}

/// An institution's application: 主治医意見書の電子的送信機能の追加経費, tax included.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InstitutionApplication {
    /// 医療機関コード.
    pub number: String,
    /// 病床数 of a hospital; a clinic says none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beds: Option<u32>,
    /// What it cost, yen.
    pub cost_yen: u64,
    /// The papers attached, by name.
    pub documents: Vec<String>,
}
