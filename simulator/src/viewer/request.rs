//! What is asked at each door.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A request at one of the doors to what the platform holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "door", rename_all = "snake_case")]
pub enum ViewerInput {
    /// An office in the pages of 介護WEBサービス.
    Careweb(OfficeRequest),
    /// An office's care software (介護ソフト).
    CareSoftware(OfficeRequest),
    /// The person in マイナポータル.
    Mynaportal(PersonRequest),
    /// A medical institution on the qualification line (オンライン資格確認の回線).
    Medical(InstitutionRequest),
    /// A member of a board (認定審査会委員).
    Board(BoardRequest),
    /// The municipality's staff.
    Municipality(StaffRequest),
}

impl ViewerInput {
    /// Who asks, as the journal writes it.
    #[must_use]
    pub fn origin(&self) -> &'static str {
        match self {
            Self::Careweb(_) | Self::CareSoftware(_) => "office",
            Self::Mynaportal(_) => "person",
            Self::Medical(_) => "institution",
            Self::Board(_) => "board",
            Self::Municipality(_) => "operator",
        }
    }

    /// The name of what is asked.
    #[must_use]
    pub fn action(&self) -> &'static str {
        match self {
            Self::Careweb(request) | Self::CareSoftware(request) => request.action.name(),
            Self::Mynaportal(request) => request.action.name(),
            Self::Medical(request) => request.action.name(),
            Self::Board(request) => request.action.name(),
            Self::Municipality(_) => "view",
        }
    }

    /// The name of the door.
    #[must_use]
    pub fn door(&self) -> &'static str {
        match self {
            Self::Careweb(_) => "careweb",
            Self::CareSoftware(_) => "care_software",
            Self::Mynaportal(_) => "mynaportal",
            Self::Medical(_) => "medical",
            Self::Board(_) => "board",
            Self::Municipality(_) => "municipality",
        }
    }
}

/// Somebody insured, by number; as typed, so that a wrong one can come.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Subject {
    /// 保険者番号.
    pub insurer: String,
    /// 被保険者番号.
    pub insured: String,
}

/// What an office asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeRequest {
    /// The log-in, by its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<u64>,
    /// What it asks.
    #[serde(flatten)]
    pub action: OfficeAction,
}

/// What an office can ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum OfficeAction {
    /// Logs in.
    LogIn {
        /// The name in the client certificate.
        certificate: Option<String>,
        /// The user.
        user: String,
        /// The password as its token.
        password: String,
    },
    /// Renews the access token.
    Refresh,
    /// Logs out.
    LogOut,
    /// 利用者登録: types the four items (4情報) from the insurance card.
    RegisterUser(FourItems),
    /// 本人確認 by マイナンバーカード.
    ReadCard(CardReading),
    /// 担当事業所登録.
    BecomeResponsible(Subject),
    /// The end of it.
    EndResponsibility(Subject),
    /// Looks at one kind of data.
    View {
        /// Whose.
        #[serde(flatten)]
        subject: Subject,
        /// The kind, as the profile calls it.
        data: String,
    },
    /// Takes the comprehensive consent (包括同意) in the municipality's place.
    TakeConsent(Subject),
    /// 居宅（介護予防）サービス計画作成依頼届出.
    SubmitPlanRequest(PlanRequestSheet),
    /// 主治医意見書の電送.
    SendOpinion(OpinionSheet),
    /// ケアプラン情報の登録.
    RegisterCarePlan(CarePlanSheet),
    /// LIFE情報の登録.
    RegisterLife(LifeSheet),
}

impl OfficeAction {
    /// The name of the action.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::LogIn { .. } => "log_in",
            Self::Refresh => "refresh",
            Self::LogOut => "log_out",
            Self::RegisterUser(_) => "register_user",
            Self::ReadCard(_) => "read_card",
            Self::BecomeResponsible(_) => "become_responsible",
            Self::EndResponsibility(_) => "end_responsibility",
            Self::View { .. } => "view",
            Self::TakeConsent(_) => "take_consent",
            Self::SubmitPlanRequest(_) => "submit_plan_request",
            Self::SendOpinion(_) => "send_opinion",
            Self::RegisterCarePlan(_) => "register_care_plan",
            Self::RegisterLife(_) => "register_life",
        }
    }
}

/// 4情報, which are five fields, as typed from the insurance card [domain 7.1 T12].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FourItems {
    /// 保険者番号 and 被保険者番号.
    #[serde(flatten)]
    pub subject: Subject,
    /// カナ氏名.
    pub kana: String,
    /// 生年月日, `YYYY-MM-DD`.
    pub birth: String,
    /// 性別, a code of the profile.
    pub sex: String,
}

/// A card held against a reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardReading {
    /// The token of the card's 個人番号: stands for the card itself, which tells its number to nobody.
    pub card: String,
    /// Whether the staff compared the photo with the person.
    pub face_compared: bool,
    /// What read it.
    pub reader: Reader,
}

/// What reads a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    /// A card reader.
    CardReader,
    /// A smartphone.
    Smartphone,
}

/// A notice of a request to draw up a care plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRequestSheet {
    /// Whose.
    #[serde(flatten)]
    pub subject: Subject,
    /// 届出の種類, a code of the profile: `1` 居宅, `2` 介護予防.
    pub request_type: String,
    /// 適用開始年月日.
    pub start: Date,
    /// 利用者の承諾.
    pub assented: bool,
}

/// A doctor's opinion (主治医意見書) as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionSheet {
    /// Whose.
    #[serde(flatten)]
    pub subject: Subject,
    /// 申請番号 it was asked for.
    pub application: String,
    /// 記入年月日.
    pub written: Date,
    /// 医師氏名.
    pub physician: String,
    /// 傷病に関する意見.
    pub diagnosis: String,
    /// 特記すべき事項.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// ケアプラン情報 as an office registers it: compact, since its layout is not part of the link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarePlanSheet {
    /// Whose.
    #[serde(flatten)]
    pub subject: Subject,
    /// The office's own number of the plan; the same number again replaces it.
    pub number: String,
    /// 作成年月日.
    pub created: Date,
    /// 目標とサービス内容.
    pub contents: String,
}

/// LIFE情報（一部） as an office submits it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifeSheet {
    /// Whose.
    #[serde(flatten)]
    pub subject: Subject,
    /// 評価年月日; the same day again replaces it.
    pub measured: Date,
    /// 心身の状態（要約）.
    pub contents: String,
}

/// What the person asks in マイナポータル.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRequest {
    /// The visit, by its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<u64>,
    /// What is asked.
    #[serde(flatten)]
    pub action: PersonAction,
}

/// What the person can ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum PersonAction {
    /// Logs in with the card.
    LogIn {
        /// The token of the card's 個人番号.
        card: String,
    },
    /// Logs out.
    LogOut,
    /// Looks at one kind of data.
    View {
        /// The insurance it is about: a person who has moved has two.
        #[serde(flatten)]
        subject: Subject,
        /// The kind, as the profile calls it.
        data: String,
    },
}

impl PersonAction {
    /// The name of the action.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::LogIn { .. } => "log_in",
            Self::LogOut => "log_out",
            Self::View { .. } => "view",
        }
    }
}

/// What a medical institution asks. Its line knows it by certificate; it does not log in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionRequest {
    /// 医療機関コード.
    pub institution: String,
    /// The name in the certificate of its line.
    pub certificate: Option<String>,
    /// What is asked.
    #[serde(flatten)]
    pub action: InstitutionAction,
}

/// What a medical institution can ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum InstitutionAction {
    /// 本人確認 by マイナンバーカード.
    ReadCard(CardReading),
    /// Looks at one kind of data.
    View {
        /// Whose.
        #[serde(flatten)]
        subject: Subject,
        /// The kind, as the profile calls it.
        data: String,
    },
    /// 主治医意見書の電送.
    SendOpinion(OpinionSheet),
}

impl InstitutionAction {
    /// The name of the action.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::ReadCard(_) => "read_card",
            Self::View { .. } => "view",
            Self::SendOpinion(_) => "send_opinion",
        }
    }
}

/// What a member of a board asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardRequest {
    /// The log-in, by its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<u64>,
    /// What is asked.
    #[serde(flatten)]
    pub action: BoardAction,
}

/// What a member of a board can ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum BoardAction {
    /// Logs in.
    LogIn {
        /// 保険者番号 of the board's municipality.
        insurer: String,
        /// 委員の番号.
        member: String,
        /// The password as its token.
        password: String,
    },
    /// Renews the access token.
    Refresh,
    /// Logs out.
    LogOut,
    /// Looks at one kind of data; the materials (審査会資料) are then noted as read.
    View {
        /// Whose.
        #[serde(flatten)]
        subject: Subject,
        /// The kind, as the profile calls it.
        data: String,
    },
}

impl BoardAction {
    /// The name of the action.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::LogIn { .. } => "log_in",
            Self::Refresh => "refresh",
            Self::LogOut => "log_out",
            Self::View { .. } => "view",
        }
    }
}

/// What the municipality's staff look up, logged in to PMH's pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffRequest {
    /// 保険者番号 of their account.
    pub account: String,
    /// Which environment's pages.
    pub environment: String,
    /// Whose data.
    #[serde(flatten)]
    pub subject: Subject,
    /// The kind, as the profile calls it.
    pub data: String,
}
