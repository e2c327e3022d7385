//! The five tables whose rows carry a 履歴番号.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{BurdenRatio, BurdenStage, CareLevel, EquipmentItem, Person, ReductionType};

/// 表: one of the five tables of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// 被保険者証.
    Cards,
    /// 負担割合証.
    BurdenRatios,
    /// 減免減額認定証.
    Reductions,
    /// 住宅改修費.
    HomeModifications,
    /// 福祉用具購入費.
    EquipmentPurchases,
}

impl Table {
    /// Every table.
    pub const ALL: [Self; 5] = [
        Self::Cards,
        Self::BurdenRatios,
        Self::Reductions,
        Self::HomeModifications,
        Self::EquipmentPurchases,
    ];
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Cards => "被保険者証",
            Self::BurdenRatios => "負担割合証",
            Self::Reductions => "減免減額認定証",
            Self::HomeModifications => "住宅改修費",
            Self::EquipmentPurchases => "福祉用具購入費",
        })
    }
}

/// A row with a 履歴番号.
pub trait HistoryRow: Clone {
    /// The table it stands in.
    const TABLE: Table;
    /// The table of one person.
    fn rows_of(person: &Person) -> &[Self];
    /// The table of one person, to write in.
    fn rows_of_mut(person: &mut Person) -> &mut Vec<Self>;
    /// 履歴番号; 0 while the vendor has not numbered the row.
    fn history_number(&self) -> u32;
    /// Gives the row another number.
    fn renumber(&mut self, history_number: u32);
}

macro_rules! history_rows {
    ($($row:ty: $table:ident, $rows:ident;)+) => {$(
        impl HistoryRow for $row {
            const TABLE: Table = Table::$table;

            fn rows_of(person: &Person) -> &[Self] {
                &person.$rows
            }

            fn rows_of_mut(person: &mut Person) -> &mut Vec<Self> {
                &mut person.$rows
            }

            fn history_number(&self) -> u32 {
                self.history_number
            }

            fn renumber(&mut self, history_number: u32) {
                self.history_number = history_number;
            }
        }
    )+};
}

history_rows! {
    Card: Cards, cards;
    BurdenRatioCard: BurdenRatios, burden_ratios;
    Reduction: Reductions, reductions;
    HomeModification: HomeModifications, home_modifications;
    EquipmentPurchase: EquipmentPurchases, equipment_purchases;
}

/// serde's `skip_serializing_if` hands over a reference.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
const fn is_unnumbered(history_number: &u32) -> bool {
    *history_number == 0
}

/// 被保険者証 as issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// 履歴番号.
    #[serde(default, skip_serializing_if = "is_unnumbered")]
    pub history_number: u32,
    /// 証記載保険者番号.
    pub card_insurer_number: String,
    /// 交付年月日.
    pub issued_on: Date,
    /// 有効期限.
    pub expires_on: Option<Date>,
    /// 要介護状態区分.
    pub care_level: Option<CareLevel>,
    /// 認定年月日.
    pub certified_on: Option<Date>,
    /// 認定有効期間（開始）.
    pub certified_from: Option<Date>,
    /// 認定有効期間（終了）.
    pub certified_to: Option<Date>,
    /// 区分支給限度基準額（単位）.
    pub limit_units: Option<u32>,
    /// 審査会意見等.
    pub board_opinion: Option<String>,
    /// 給付制限.
    pub restriction: Option<String>,
    /// 居宅介護支援事業者.
    pub plan_office: Option<PlanOffice>,
}

/// 居宅介護支援事業者 on a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanOffice {
    /// 事業所番号: 10 digits with check digit [domain 6.4].
    pub number: String,
    /// 事業所名.
    pub name: String,
    /// 届出年月日.
    pub notified_on: Date,
}

/// 負担割合証.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BurdenRatioCard {
    /// 履歴番号.
    #[serde(default, skip_serializing_if = "is_unnumbered")]
    pub history_number: u32,
    /// 交付年月日.
    pub issued_on: Date,
    /// 負担割合.
    pub ratio: BurdenRatio,
    /// 適用期間（開始）.
    pub valid_from: Date,
    /// 適用期間（終了）.
    pub valid_to: Date,
}

/// 減免減額認定証.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reduction {
    /// 履歴番号.
    #[serde(default, skip_serializing_if = "is_unnumbered")]
    pub history_number: u32,
    /// 種類.
    #[serde(rename = "type")]
    pub kind: ReductionType,
    /// 交付年月日.
    pub issued_on: Date,
    /// 適用年月日.
    pub valid_from: Date,
    /// 有効期限.
    pub valid_to: Date,
    /// 利用者負担段階.
    pub stage: BurdenStage,
    /// 食費の負担限度額（円・日額）.
    pub food_limit: Option<u32>,
    /// 居住費の負担限度額（円・日額）.
    pub residence_limit: Option<u32>,
}

/// 住宅改修費の支給.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HomeModification {
    /// 履歴番号.
    #[serde(default, skip_serializing_if = "is_unnumbered")]
    pub history_number: u32,
    /// 申請年月日.
    pub applied_on: Date,
    /// 工事完了年月日.
    pub completed_on: Date,
    /// 費用（円）.
    pub cost: u32,
    /// 支給額（円）.
    pub paid: u32,
    /// 支給限度基準額の残額（円）: of 200,000 in total [domain 6.6].
    pub remaining: u32,
}

/// 福祉用具購入費の支給.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EquipmentPurchase {
    /// 履歴番号.
    #[serde(default, skip_serializing_if = "is_unnumbered")]
    pub history_number: u32,
    /// 購入年月日.
    pub purchased_on: Date,
    /// 種目.
    pub item: EquipmentItem,
    /// 商品名.
    pub name: String,
    /// 費用（円）.
    pub cost: u32,
    /// 支給額（円）.
    pub paid: u32,
    /// 支給限度基準額の残額（円）: of 100,000 a fiscal year [domain 6.6].
    pub remaining: u32,
}
