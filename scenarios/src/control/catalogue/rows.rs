//! 業務, rows with a history number: certificates and allowance use.

use crate::control::sheet::{
    Member,
    MemberKind::{Number, Object, Text},
    OperationGroup, OperationSheet, optional, required,
};

const ROW: &[Member] = &[
    required("insured_number", "被保険者番号", Text),
    required("row", "登録する内容", Object),
    optional("insert_before", "この履歴番号の前に挿入", Number),
];

/// A row entry: the row without its history number goes in, the product numbers it.
const fn row_entry(
    name: &'static str,
    japanese: &'static str,
    sentence: &'static str,
) -> OperationSheet {
    OperationSheet {
        name,
        japanese,
        sentence,
        group: OperationGroup::Business,
        input: ROW,
        data: &[],
    }
}

pub(in crate::control) static ISSUE_CARD: OperationSheet = row_entry(
    "issue_card",
    "被保険者証の交付",
    "被保険者に、渡された内容の介護保険被保険者証を交付する",
);

pub(in crate::control) static ISSUE_BURDEN_RATIO: OperationSheet = row_entry(
    "issue_burden_ratio",
    "負担割合証の交付",
    "被保険者に、渡された内容の介護保険負担割合証を交付する",
);

pub(in crate::control) static ISSUE_REDUCTION: OperationSheet = row_entry(
    "issue_reduction",
    "減額・減免等の認定証の交付",
    "被保険者に、渡された内容の負担限度額認定証などを交付する",
);

pub(in crate::control) static RECORD_HOME_MODIFICATION: OperationSheet = row_entry(
    "record_home_modification",
    "住宅改修の記録",
    "被保険者の住宅改修費の利用を、渡された内容で記録する",
);

pub(in crate::control) static RECORD_EQUIPMENT_PURCHASE: OperationSheet = row_entry(
    "record_equipment_purchase",
    "福祉用具購入の記録",
    "被保険者の福祉用具購入費の利用を、渡された内容で記録する",
);

pub(in crate::control) static DELETE_ROW: OperationSheet = OperationSheet {
    name: "delete_row",
    japanese: "履歴の削除",
    sentence: "被保険者の指定の履歴を、誤りとして削除する",
    group: OperationGroup::Business,
    input: &[
        required("insured_number", "被保険者番号", Text),
        required("table", "履歴の種類", Text),
        required("history_number", "履歴番号", Number),
        required("on", "削除する日", Text),
    ],
    data: &[],
};
