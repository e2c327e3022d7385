//! 認定申請 and the papers that gather around it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{ApplicationForm, ApplicationType, CareLevel, ConsentBox, SurveyPlace};

/// 認定申請, as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// 申請番号.
    pub application_number: String,
    /// 申請年月日.
    pub date: Date,
    /// 申請区分.
    #[serde(rename = "type")]
    pub kind: ApplicationType,
    /// 様式.
    pub form: ApplicationForm,
    /// 同意欄.
    pub consent_box: ConsentBox,
    /// 認定調査票.
    pub survey: Option<Survey>,
    /// 意見書依頼年月日.
    pub opinion_requested_on: Option<Date>,
    /// 主治医意見書.
    pub opinion: Option<Opinion>,
    /// 二次審査（予定）年月日.
    pub board_date: Option<Date>,
    /// 認定結果.
    pub decision: Option<Decision>,
}

/// 認定調査票.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// 調査実施年月日.
    pub date: Date,
    /// 調査実施場所.
    pub place: SurveyPlace,
    /// 調査機関名.
    pub organization: String,
    /// 基本調査74項目: one digit an item.
    pub basic_items: String,
    /// 特記事項.
    pub remarks: Option<String>,
}

/// 主治医意見書.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opinion {
    /// 記入年月日.
    pub written_on: Date,
    /// 医療機関コード: 10 digits.
    pub institution_code: String,
    /// 医療機関名.
    pub institution_name: String,
    /// 医師氏名.
    pub physician_name: String,
    /// 傷病に関する意見.
    pub diagnosis: String,
    /// 心身の状態に関する意見.
    pub state: Option<String>,
    /// 特記すべき事項.
    pub remarks: Option<String>,
}

/// 認定結果.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// 認定年月日.
    pub decided_on: Date,
    /// 要介護状態区分.
    pub care_level: CareLevel,
    /// 認定有効期間（開始）; none for 非該当.
    pub valid_from: Option<Date>,
    /// 認定有効期間（終了）; none for 非該当.
    pub valid_to: Option<Date>,
    /// 一次判定結果.
    pub first_judgement: Option<CareLevel>,
    /// 審査会意見.
    pub board_opinion: Option<String>,
}
