//! People and the document that holds them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Application, ApplicationForm, BurdenRatioCard, Card, CareLevel, Category, ConsentState,
    ConsentTaker, EquipmentPurchase, HistoryRow, HomeModification, LossReason, NotInsuredReason,
    Reduction, Sex,
};

/// 台帳: all residents of one insurer that its long-term-care system knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// 保険者.
    pub insurer: Insurer,
    /// 被保険者, in the order of their entry.
    pub people: Vec<Person>,
    /// 被保険者でない者: in the vendor's database, and never to be sent.
    pub not_insured: Vec<NotInsured>,
}

impl Ledger {
    /// The person with this 被保険者番号.
    #[must_use]
    pub fn person(&self, insured_number: &str) -> Option<&Person> {
        self.people
            .iter()
            .find(|person| person.insured_number == insured_number)
    }
}

/// 保険者.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Insurer {
    /// 保険者番号: 6 digits with check digit [domain 6.1].
    pub number: String,
    /// 市町村名.
    pub name: String,
    /// 都道府県名.
    pub prefecture: String,
}

/// 被保険者 with everything the books hold about the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// 被保険者番号: 10 digits; empty only in a registration that still has to be numbered by the vendor.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub insured_number: String,
    /// 宛名番号: the resident's key inside the municipality.
    pub resident_key: String,
    /// 個人番号: 12 digits with check digit [domain 6.3], invented.
    pub my_number: String,
    /// 氏名: any Unicode text, 外字 of the private-use area included.
    pub name: String,
    /// カナ氏名: full-width.
    pub kana: String,
    /// 住所.
    pub address: String,
    /// 生年月日.
    pub birth: Date,
    /// 性別.
    pub sex: Sex,
    /// 被保険者区分.
    pub category: Category,
    /// 不開示 (支援措置).
    pub not_disclosed: bool,
    /// マイナンバーカードを持っている.
    pub card_holder: bool,
    /// 資格取得年月日.
    pub acquired_on: Date,
    /// 資格喪失.
    pub lost: Option<Lost>,
    /// 付番替え前の被保険者番号, oldest first.
    pub previous_numbers: Vec<String>,
    /// 包括同意.
    pub consent: Option<Consent>,
    /// 被保険者証の交付.
    pub cards: Vec<Card>,
    /// 負担割合証.
    pub burden_ratios: Vec<BurdenRatioCard>,
    /// 減免減額認定証.
    pub reductions: Vec<Reduction>,
    /// 住宅改修費.
    pub home_modifications: Vec<HomeModification>,
    /// 福祉用具購入費.
    pub equipment_purchases: Vec<EquipmentPurchase>,
    /// 認定申請.
    pub applications: Vec<Application>,
}

impl Person {
    /// The care level on the newest card, if any card carries one.
    #[must_use]
    pub fn care_level(&self) -> Option<CareLevel> {
        self.cards.last().and_then(|card| card.care_level)
    }

    /// Whether the newest card shows a certification (要支援1 and above).
    #[must_use]
    pub fn is_certified(&self) -> bool {
        self.care_level().is_some_and(CareLevel::is_certified)
    }

    /// Gives every row without a 履歴番号 the next one of its table, in the order of the rows.
    pub fn number_open_rows(&mut self) {
        number(&mut self.cards);
        number(&mut self.burden_ratios);
        number(&mut self.reductions);
        number(&mut self.home_modifications);
        number(&mut self.equipment_purchases);
    }

    /// Number of rows with a 履歴番号 in all five tables together.
    #[must_use]
    pub const fn history_rows(&self) -> usize {
        self.cards.len()
            + self.burden_ratios.len()
            + self.reductions.len()
            + self.home_modifications.len()
            + self.equipment_purchases.len()
    }
}

fn number<Row: HistoryRow>(rows: &mut [Row]) {
    let mut newest = rows
        .iter()
        .map(HistoryRow::history_number)
        .max()
        .unwrap_or(0);
    for row in rows.iter_mut().filter(|row| row.history_number() == 0) {
        newest += 1;
        row.renumber(newest);
    }
}

/// 資格喪失.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lost {
    /// 喪失年月日.
    pub on: Date,
    /// 事由.
    pub reason: LossReason,
}

/// 包括同意 as the books hold it: the last known state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// 状態.
    pub state: ConsentState,
    /// 取得（撤回）年月日.
    pub on: Date,
    /// 様式.
    pub form: ApplicationForm,
    /// 取得者.
    pub by: ConsentTaker,
}

/// 被保険者でない者.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotInsured {
    /// 仮番号 or H番号: not a 被保険者番号.
    pub provisional_number: String,
    /// 個人番号, invented.
    pub my_number: String,
    /// 氏名.
    pub name: String,
    /// カナ氏名.
    pub kana: String,
    /// 住所.
    pub address: String,
    /// 生年月日.
    pub birth: Date,
    /// 性別.
    pub sex: Sex,
    /// 理由.
    pub reason: NotInsuredReason,
}
