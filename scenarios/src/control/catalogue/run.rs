//! 試験の運転: the operations that start, empty, set and end the product under test.

use crate::control::sheet::{
    Member,
    MemberKind::{Count, List, ListOrNull, Object, ObjectOrNull, Text, TextOrNull},
    OperationGroup, OperationSheet, optional, required,
};

pub(in crate::control) static DECLARE: OperationSheet = OperationSheet {
    name: "declare",
    japanese: "製品の申告",
    sentence: "製品名、ベンダー名、版、対応する連携方式、任意機能、業務日時の扱いを申告する",
    group: OperationGroup::Run,
    input: &[],
    data: &[
        required("interface_version", "試験操作インタフェースの版", Text),
        required("product", "製品名", Text),
        required("vendor", "ベンダー名", Text),
        required("version", "製品の版", Text),
        required("modes", "対応する連携方式", List),
        required("functions", "対応する任意機能", List),
        required("clock", "業務日時の扱い", Text),
    ],
};

pub(in crate::control) static RESET: OperationSheet = OperationSheet {
    name: "reset",
    japanese: "初期化",
    sentence: "データベース、設定、止まっている処理をすべて空にして、導入直後の状態に戻す",
    group: OperationGroup::Run,
    input: &[],
    data: &[],
};

pub(in crate::control) static SHUTDOWN: OperationSheet = OperationSheet {
    name: "shutdown",
    japanese: "終了",
    sentence: "回答を返したあと、製品を終了する",
    group: OperationGroup::Run,
    input: &[],
    data: &[],
};

const CONFIGURATION: &[Member] = &[
    optional("insurer", "保険者", ObjectOrNull),
    optional("mode", "連携方式", TextOrNull),
    optional("environment", "接続する環境", TextOrNull),
    optional("hosts", "接続先ホストと代わりのアドレス", ListOrNull),
    optional("base_path", "連携インタフェースの基底パス", TextOrNull),
    optional(
        "certificate",
        "クライアント証明書と信頼する認証局",
        ObjectOrNull,
    ),
    optional("key", "認証キー", TextOrNull),
    optional("notification", "通知先メールアドレス", ObjectOrNull),
    optional("setup", "初期セットアップの日程", ObjectOrNull),
    optional("limits", "送信の上限", ObjectOrNull),
];

pub(in crate::control) static CONFIGURE: OperationSheet = OperationSheet {
    name: "configure",
    japanese: "接続などの設定",
    sentence: "渡された項目だけ設定を変える（null の項目は未設定に戻し、渡されない項目は変えない）",
    group: OperationGroup::Run,
    input: CONFIGURATION,
    data: &[],
};

pub(in crate::control) static SET_BUSINESS_TIME: OperationSheet = OperationSheet {
    name: "set_business_time",
    japanese: "業務日時の設定",
    sentence: "製品が業務に使う日時を、指定の日時に合わせる",
    group: OperationGroup::Run,
    input: &[required("at", "業務日時", Text)],
    data: &[],
};

pub(in crate::control) static LOAD_LEDGER: OperationSheet = OperationSheet {
    name: "load_ledger",
    japanese: "台帳の読み込み",
    sentence: "被保険者台帳を、渡された台帳にすべて入れ替える",
    group: OperationGroup::Run,
    input: &[required("ledger", "台帳", Object)],
    data: &[required("people", "読み込んだ被保険者の人数", Count)],
};
