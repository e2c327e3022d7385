//! 画面の確認: what staff see on the product's screens.

use crate::control::sheet::{
    Member,
    MemberKind::{Count, List, Object, ObjectOrNull, Text, TextOrNull},
    OperationGroup, OperationSheet, optional, required,
};

const INSURED_NUMBER: Member = required("insured_number", "被保険者番号", Text);

pub(in crate::control) static VIEW_SETUP: OperationSheet = OperationSheet {
    name: "view_setup",
    japanese: "初期セットアップの状況",
    sentence: "初期セットアップの状況の画面に出ている内容を答える",
    group: OperationGroup::View,
    input: &[],
    data: &[
        required("state", "状況", Text),
        optional("baseline_date", "基準日", TextOrNull),
        required("completed_on", "完了日", TextOrNull),
        optional("service_start_on", "利用開始日", TextOrNull),
        required("sent", "送った件数", Count),
        required("accepted", "受け付けられた件数", Count),
        required("refused", "拒否された件数", Count),
        required("outstanding", "残りの件数", Count),
        required("reason", "止まっている理由", TextOrNull),
    ],
};

pub(in crate::control) static VIEW_LINK: OperationSheet = OperationSheet {
    name: "view_link",
    japanese: "連携の異常の表示",
    sentence: "職員に見えている連携の異常の一覧を答える",
    group: OperationGroup::View,
    input: &[],
    data: &[required("errors", "異常の一覧", List)],
};

pub(in crate::control) static VIEW_FILES: OperationSheet = OperationSheet {
    name: "view_files",
    japanese: "ファイルの状況の表示",
    sentence: "方式②で、職員に見えているファイルの出力と取り込みの状況を答える",
    group: OperationGroup::View,
    input: &[],
    data: &[
        required("waiting", "次の出力で書き出す件数", Count),
        required("exported", "出力した組の一覧", List),
        required("imported", "取り込んだ組の一覧", List),
    ],
};

pub(in crate::control) static VIEW_REFUSED: OperationSheet = OperationSheet {
    name: "view_refused",
    japanese: "拒否されたレコードの表示",
    sentence: "拒否されたレコードと理由の一覧を答える",
    group: OperationGroup::View,
    input: &[],
    data: &[required("records", "拒否されたレコードの一覧", List)],
};

pub(in crate::control) static VIEW_REPLACEMENTS: OperationSheet = OperationSheet {
    name: "view_replacements",
    japanese: "文字の置き換えの表示",
    sentence: "送れない文字を置き換えた箇所の一覧を答える",
    group: OperationGroup::View,
    input: &[],
    data: &[required("replacements", "置き換えの一覧", List)],
};

pub(in crate::control) static VIEW_PERSON: OperationSheet = OperationSheet {
    name: "view_person",
    japanese: "被保険者の表示",
    sentence: "被保険者の画面に出ている内容を答える",
    group: OperationGroup::View,
    input: &[INSURED_NUMBER],
    data: &[required("person", "被保険者", Object)],
};

pub(in crate::control) static VIEW_CONSENT: OperationSheet = OperationSheet {
    name: "view_consent",
    japanese: "同意の表示",
    sentence: "被保険者の同意の状況の画面に出ている内容を答える",
    group: OperationGroup::View,
    input: &[INSURED_NUMBER],
    data: &[
        required("state", "同意の状況", Text),
        required("taken_on", "同意に関する届出の日", TextOrNull),
        required("taken_by", "届出を受けた機関", TextOrNull),
    ],
};

pub(in crate::control) static VIEW_CERTIFICATION: OperationSheet = OperationSheet {
    name: "view_certification",
    japanese: "認定の表示",
    sentence: "被保険者の要介護認定の画面に出ている内容を答える",
    group: OperationGroup::View,
    input: &[INSURED_NUMBER],
    data: &[
        required("applications", "申請の一覧", List),
        optional("certification", "今の認定", ObjectOrNull),
    ],
};

pub(in crate::control) static VIEW_INBOUND: OperationSheet = OperationSheet {
    name: "view_inbound",
    japanese: "受信した情報の表示",
    sentence: "基盤から受信した情報の一覧を答える",
    group: OperationGroup::View,
    input: &[],
    data: &[required("records", "受信した情報の一覧", List)],
};

pub(in crate::control) static VIEW_PEOPLE: OperationSheet = OperationSheet {
    name: "view_people",
    japanese: "被保険者数の表示",
    sentence: "台帳の被保険者の人数を答える",
    group: OperationGroup::View,
    input: &[],
    data: &[required("count", "人数", Count)],
};
