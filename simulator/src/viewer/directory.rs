//! Facts of the outside world that a scenario settles: who there is, and with what in hand.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A fact. The same key again replaces what was said before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Directory {
    /// A care office (介護事業所) and its users.
    Office(OfficeFact),
    /// A medical institution (医療機関).
    Institution(InstitutionFact),
    /// A member of a board (審査会委員).
    Member(MemberFact),
    /// A マイナンバーカード.
    Card(CardFact),
    /// A municipality's start of service (利用開始日), where it is not the usual one.
    ServiceStart(ServiceStart),
    /// A municipality has asked for a doctor's opinion (主治医意見書の作成依頼).
    AskedOpinion(AskedOpinion),
    /// A neighbouring insurer has linked residents of its own, by its own system.
    LinkedElsewhere(LinkedElsewhere),
}

/// A care office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeFact {
    /// 事業所番号.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Kind of service, a word of the profile.
    pub service: String,
    /// The name in its client certificate.
    pub certificate: String,
    /// Who works there with it.
    pub users: Vec<OfficeUser>,
}

/// A user of an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeUser {
    /// ログインID.
    pub id: String,
    /// Job, a word of the profile.
    pub job: String,
    /// The password as its token.
    pub password: String,
}

/// A medical institution on the qualification line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionFact {
    /// 医療機関コード, ten digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The name in the certificate of its line.
    pub certificate: String,
}

/// A member of a municipality's board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberFact {
    /// 保険者番号.
    pub insurer: String,
    /// 委員の番号, as the materials name it.
    pub number: String,
    /// The password as its token.
    pub password: String,
}

/// A person's card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardFact {
    /// The token of the 個人番号 on it.
    pub my_number: String,
    /// The last day it can be used.
    pub expires: Date,
    /// Reported lost.
    pub is_lost: bool,
    /// Registered as a health-insurance card (健康保険証利用登録).
    pub is_insurance_card: bool,
}

/// A start of service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceStart {
    /// 保険者番号.
    pub insurer: String,
    /// 利用開始日.
    pub on: Date,
}

/// A request for a doctor's opinion, which goes to the institution on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedOpinion {
    /// 保険者番号.
    pub insurer: String,
    /// 被保険者番号.
    pub insured: String,
    /// 申請番号.
    pub application: String,
    /// 医療機関コード, or the 事業所番号 of a facility that writes it itself.
    pub institution: String,
}

/// What a neighbouring insurer has linked: its initial set-up is complete.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkedElsewhere {
    /// 保険者番号.
    pub insurer: String,
    /// 初期セットアップ完了日.
    pub completed_on: Date,
    /// What it has linked, the person's own record before the others.
    pub records: Vec<LinkedRecord>,
}

/// A record on the platform.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkedRecord {
    /// The kind, as the profile calls it.
    pub kind: String,
    /// The record.
    pub record: Value,
}
