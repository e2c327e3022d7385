//! 業務操作: one step of daily work, with the names and members of the test-control interface.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    ApplicationForm, ApplicationType, BurdenRatioCard, Card, ConsentBox, Decision,
    EquipmentPurchase, HomeModification, LossReason, Opinion, Person, Reduction, Sex, Survey,
    Table,
};

/// 業務操作. Serialized with its name as `operation` beside the members of its input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "operation", rename_all = "snake_case")]
pub enum BusinessEvent {
    /// 資格取得: a person enters the books.
    RegisterPerson(Box<RegisterPerson>),
    /// 異動: name, address and the like change.
    ChangePerson(ChangePerson),
    /// 資格喪失.
    LoseQualification(LoseQualification),
    /// 被保険者証の交付.
    IssueCard(IssueRow<Card>),
    /// 負担割合証の交付.
    IssueBurdenRatio(IssueRow<BurdenRatioCard>),
    /// 減免減額認定証の交付.
    IssueReduction(IssueRow<Reduction>),
    /// 住宅改修費の支給.
    RecordHomeModification(IssueRow<HomeModification>),
    /// 福祉用具購入費の支給.
    RecordEquipmentPurchase(IssueRow<EquipmentPurchase>),
    /// 履歴の取消し.
    DeleteRow(DeleteRow),
    /// 認定申請の受付.
    AcceptApplication(AcceptApplication),
    /// 認定調査票の登録.
    RegisterSurvey(RegisterSurvey),
    /// 主治医意見書の依頼.
    RequestOpinion(RequestOpinion),
    /// 主治医意見書の登録.
    RegisterOpinion(RegisterOpinion),
    /// 審査会の予定.
    ScheduleBoard(ScheduleBoard),
    /// 認定結果の登録.
    RegisterDecision(RegisterDecision),
    /// 同意の申出.
    OfferConsent(ConsentOn),
    /// 同意の撤回.
    WithdrawConsent(ConsentOn),
}

/// Numbers that the vendor gave in its answer to an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assigned {
    /// 被保険者番号 (answer to `register_person`).
    pub insured_number: Option<String>,
    /// 申請番号 (answer to `accept_application`).
    pub application_number: Option<String>,
}

impl BusinessEvent {
    /// The operation's name in the test-control interface.
    #[must_use]
    pub const fn operation(&self) -> &'static str {
        match self {
            Self::RegisterPerson(_) => "register_person",
            Self::ChangePerson(_) => "change_person",
            Self::LoseQualification(_) => "lose_qualification",
            Self::IssueCard(_) => "issue_card",
            Self::IssueBurdenRatio(_) => "issue_burden_ratio",
            Self::IssueReduction(_) => "issue_reduction",
            Self::RecordHomeModification(_) => "record_home_modification",
            Self::RecordEquipmentPurchase(_) => "record_equipment_purchase",
            Self::DeleteRow(_) => "delete_row",
            Self::AcceptApplication(_) => "accept_application",
            Self::RegisterSurvey(_) => "register_survey",
            Self::RequestOpinion(_) => "request_opinion",
            Self::RegisterOpinion(_) => "register_opinion",
            Self::ScheduleBoard(_) => "schedule_board",
            Self::RegisterDecision(_) => "register_decision",
            Self::OfferConsent(_) => "offer_consent",
            Self::WithdrawConsent(_) => "withdraw_consent",
        }
    }

    /// The operation's input: the JSON object to send, without the operation's name.
    ///
    /// # Errors
    /// Only if a member cannot be written as JSON, which none of these types can cause.
    pub fn input(&self) -> Result<Map<String, Value>, serde_json::Error> {
        let mut input: Map<String, Value> = serde_json::from_value(serde_json::to_value(self)?)?;
        input.remove("operation");
        Ok(input)
    }

    /// The same event for the application that the vendor gave this number.
    #[must_use]
    pub fn with_application_number(mut self, number: &str) -> Self {
        let open = match &mut self {
            Self::RegisterSurvey(event) => &mut event.application_number,
            Self::RequestOpinion(event) => &mut event.application_number,
            Self::RegisterOpinion(event) => &mut event.application_number,
            Self::ScheduleBoard(event) => &mut event.application_number,
            Self::RegisterDecision(event) => &mut event.application_number,
            Self::RegisterPerson(_)
            | Self::ChangePerson(_)
            | Self::LoseQualification(_)
            | Self::IssueCard(_)
            | Self::IssueBurdenRatio(_)
            | Self::IssueReduction(_)
            | Self::RecordHomeModification(_)
            | Self::RecordEquipmentPurchase(_)
            | Self::DeleteRow(_)
            | Self::AcceptApplication(_)
            | Self::OfferConsent(_)
            | Self::WithdrawConsent(_) => return self,
        };
        number.clone_into(open);
        self
    }

    /// The same event with the numbers that the vendor assigned filled in where it left them open.
    #[must_use]
    pub fn with_assigned(mut self, assigned: &Assigned) -> Self {
        if let (Self::RegisterPerson(register), Some(number)) =
            (&mut self, &assigned.insured_number)
        {
            register.person.insured_number.clone_from(number);
        }
        if let (Self::AcceptApplication(accept), Some(number)) =
            (&mut self, &assigned.application_number)
        {
            accept.application_number = Some(number.clone());
        }
        self
    }
}

/// Input of `register_person`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterPerson {
    /// The person; without 被保険者番号 the vendor assigns one.
    pub person: Person,
}

/// Input of `change_person`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePerson {
    /// 被保険者番号.
    pub insured_number: String,
    /// 異動年月日.
    pub on: Date,
    /// What changes.
    pub changes: PersonChanges,
}

/// The members of a person that can change; those absent stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PersonChanges {
    /// 氏名.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// カナ氏名.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kana: Option<String>,
    /// 住所.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// 性別.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// 生年月日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth: Option<Date>,
    /// 不開示.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_disclosed: Option<bool>,
    /// 個人番号.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub my_number: Option<String>,
}

/// Input of `lose_qualification`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoseQualification {
    /// 被保険者番号.
    pub insured_number: String,
    /// 喪失年月日.
    pub on: Date,
    /// 事由.
    pub reason: LossReason,
}

/// Input of the operations that add a row with a 履歴番号.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssueRow<Row> {
    /// 被保険者番号.
    pub insured_number: String,
    /// The row, unnumbered: the vendor numbers it.
    pub row: Row,
    /// 遡及: takes this 履歴番号 and moves that row and all later ones up by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insert_before: Option<u32>,
}

/// Input of `delete_row`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeleteRow {
    /// 被保険者番号.
    pub insured_number: String,
    /// Which table.
    pub table: Table,
    /// 履歴番号.
    pub history_number: u32,
    /// 取消年月日.
    pub on: Date,
}

/// Input of `accept_application`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptApplication {
    /// 被保険者番号.
    pub insured_number: String,
    /// 申請番号; without it the vendor assigns one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application_number: Option<String>,
    /// 申請年月日.
    pub date: Date,
    /// 申請区分.
    #[serde(rename = "type")]
    pub kind: ApplicationType,
    /// 様式.
    pub form: ApplicationForm,
    /// 同意欄.
    pub consent_box: ConsentBox,
}

/// Input of `register_survey`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterSurvey {
    /// 申請番号.
    pub application_number: String,
    /// 認定調査票.
    pub survey: Survey,
}

/// Input of `request_opinion`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestOpinion {
    /// 申請番号.
    pub application_number: String,
    /// 依頼年月日.
    pub date: Date,
}

/// Input of `register_opinion`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterOpinion {
    /// 申請番号.
    pub application_number: String,
    /// 主治医意見書.
    pub opinion: Opinion,
}

/// Input of `schedule_board`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduleBoard {
    /// 申請番号.
    pub application_number: String,
    /// 二次審査（予定）年月日.
    pub date: Date,
}

/// Input of `register_decision`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterDecision {
    /// 申請番号.
    pub application_number: String,
    /// 認定結果.
    pub decision: Decision,
}

/// Input of `offer_consent` and `withdraw_consent`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentOn {
    /// 被保険者番号.
    pub insured_number: String,
    /// 申出年月日.
    pub on: Date,
}
