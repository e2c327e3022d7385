//! The operations by name.

use std::fmt;
use std::str::FromStr;

use super::catalogue::{business, link, rows, run, view};
use super::sheet::OperationSheet;

/// 試験操作: one thing the judge may ask of a vendor build.
///
/// The order is that of the guide: run, business, link, view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// 製品の申告
    Declare,
    /// 初期化
    Reset,
    /// 終了
    Shutdown,
    /// 接続などの設定
    Configure,
    /// 業務日時の設定
    SetBusinessTime,
    /// 台帳の読み込み
    LoadLedger,
    /// 被保険者の登録
    RegisterPerson,
    /// 被保険者の異動
    ChangePerson,
    /// 資格の喪失
    LoseQualification,
    /// 被保険者証の交付
    IssueCard,
    /// 負担割合証の交付
    IssueBurdenRatio,
    /// 減額・減免等の認定証の交付
    IssueReduction,
    /// 住宅改修の記録
    RecordHomeModification,
    /// 福祉用具購入の記録
    RecordEquipmentPurchase,
    /// 履歴の削除
    DeleteRow,
    /// 要介護認定の申請の受付
    AcceptApplication,
    /// 認定調査票の登録
    RegisterSurvey,
    /// 主治医意見書の作成依頼
    RequestOpinion,
    /// 主治医意見書の登録
    RegisterOpinion,
    /// 介護認定審査会の予定
    ScheduleBoard,
    /// 審査会資料の電送
    SendBoardMaterial,
    /// 認定結果の登録
    RegisterDecision,
    /// 同意の受付
    OfferConsent,
    /// 同意の撤回
    WithdrawConsent,
    /// 被保険者証の印刷
    PrintCard,
    /// 初期セットアップの開始
    StartSetup,
    /// 初期セットアップの再開
    ResumeSetup,
    /// 差分連携の実行
    RunTransfer,
    /// ファイルの出力
    Export,
    /// ファイルの取り込み
    Import,
    /// 初期セットアップの状況
    ViewSetup,
    /// 連携の異常の表示
    ViewLink,
    /// ファイルの状況の表示
    ViewFiles,
    /// 拒否されたレコードの表示
    ViewRefused,
    /// 文字の置き換えの表示
    ViewReplacements,
    /// 被保険者の表示
    ViewPerson,
    /// 同意の表示
    ViewConsent,
    /// 認定の表示
    ViewCertification,
    /// 受信した情報の表示
    ViewInbound,
    /// 被保険者数の表示
    ViewPeople,
}

impl Operation {
    /// Every operation, in the order of the guide.
    pub const ALL: [Self; 40] = [
        Self::Declare,
        Self::Reset,
        Self::Shutdown,
        Self::Configure,
        Self::SetBusinessTime,
        Self::LoadLedger,
        Self::RegisterPerson,
        Self::ChangePerson,
        Self::LoseQualification,
        Self::IssueCard,
        Self::IssueBurdenRatio,
        Self::IssueReduction,
        Self::RecordHomeModification,
        Self::RecordEquipmentPurchase,
        Self::DeleteRow,
        Self::AcceptApplication,
        Self::RegisterSurvey,
        Self::RequestOpinion,
        Self::RegisterOpinion,
        Self::ScheduleBoard,
        Self::SendBoardMaterial,
        Self::RegisterDecision,
        Self::OfferConsent,
        Self::WithdrawConsent,
        Self::PrintCard,
        Self::StartSetup,
        Self::ResumeSetup,
        Self::RunTransfer,
        Self::Export,
        Self::Import,
        Self::ViewSetup,
        Self::ViewLink,
        Self::ViewFiles,
        Self::ViewRefused,
        Self::ViewReplacements,
        Self::ViewPerson,
        Self::ViewConsent,
        Self::ViewCertification,
        Self::ViewInbound,
        Self::ViewPeople,
    ];

    /// Everything fixed about the operation.
    #[must_use]
    pub const fn sheet(self) -> &'static OperationSheet {
        match self {
            Self::Declare => &run::DECLARE,
            Self::Reset => &run::RESET,
            Self::Shutdown => &run::SHUTDOWN,
            Self::Configure => &run::CONFIGURE,
            Self::SetBusinessTime => &run::SET_BUSINESS_TIME,
            Self::LoadLedger => &run::LOAD_LEDGER,
            Self::RegisterPerson => &business::REGISTER_PERSON,
            Self::ChangePerson => &business::CHANGE_PERSON,
            Self::LoseQualification => &business::LOSE_QUALIFICATION,
            Self::IssueCard => &rows::ISSUE_CARD,
            Self::IssueBurdenRatio => &rows::ISSUE_BURDEN_RATIO,
            Self::IssueReduction => &rows::ISSUE_REDUCTION,
            Self::RecordHomeModification => &rows::RECORD_HOME_MODIFICATION,
            Self::RecordEquipmentPurchase => &rows::RECORD_EQUIPMENT_PURCHASE,
            Self::DeleteRow => &rows::DELETE_ROW,
            Self::AcceptApplication => &business::ACCEPT_APPLICATION,
            Self::RegisterSurvey => &business::REGISTER_SURVEY,
            Self::RequestOpinion => &business::REQUEST_OPINION,
            Self::RegisterOpinion => &business::REGISTER_OPINION,
            Self::ScheduleBoard => &business::SCHEDULE_BOARD,
            Self::SendBoardMaterial => &business::SEND_BOARD_MATERIAL,
            Self::RegisterDecision => &business::REGISTER_DECISION,
            Self::OfferConsent => &business::OFFER_CONSENT,
            Self::WithdrawConsent => &business::WITHDRAW_CONSENT,
            Self::PrintCard => &business::PRINT_CARD,
            Self::StartSetup => &link::START_SETUP,
            Self::ResumeSetup => &link::RESUME_SETUP,
            Self::RunTransfer => &link::RUN_TRANSFER,
            Self::Export => &link::EXPORT,
            Self::Import => &link::IMPORT,
            Self::ViewSetup => &view::VIEW_SETUP,
            Self::ViewLink => &view::VIEW_LINK,
            Self::ViewFiles => &view::VIEW_FILES,
            Self::ViewRefused => &view::VIEW_REFUSED,
            Self::ViewReplacements => &view::VIEW_REPLACEMENTS,
            Self::ViewPerson => &view::VIEW_PERSON,
            Self::ViewConsent => &view::VIEW_CONSENT,
            Self::ViewCertification => &view::VIEW_CERTIFICATION,
            Self::ViewInbound => &view::VIEW_INBOUND,
            Self::ViewPeople => &view::VIEW_PEOPLE,
        }
    }

    /// The name in the path and in files, snake_case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.sheet().name
    }

    /// The Japanese name, a noun.
    #[must_use]
    pub const fn japanese(self) -> &'static str {
        self.sheet().japanese
    }
}

/// The name as in the path, followed by the Japanese name: `declare（製品の申告）`.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}（{}）", self.name(), self.japanese())
    }
}

/// The text is not the name of an operation of version 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("「{0}」という試験操作は、試験操作インタフェース第1版にはありません")]
pub struct UnknownOperation(pub String);

impl FromStr for Operation {
    type Err = UnknownOperation;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|operation| operation.name() == text)
            .ok_or_else(|| UnknownOperation(text.to_owned()))
    }
}
