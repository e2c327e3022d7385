//! 連携: what the product does with the platform.

use crate::control::sheet::{
    MemberKind::{Count, Text},
    OperationGroup, OperationSheet, required,
};

pub(in crate::control) static START_SETUP: OperationSheet = OperationSheet {
    name: "start_setup",
    japanese: "初期セットアップの開始",
    sentence: "指定の基準日で初期セットアップを始める（終わりを待たずに回答し、始められなければ理由を添えて断る）",
    group: OperationGroup::Link,
    input: &[required("baseline_date", "基準日", Text)],
    data: &[],
};

pub(in crate::control) static RESUME_SETUP: OperationSheet = OperationSheet {
    name: "resume_setup",
    japanese: "初期セットアップの再開",
    sentence: "中断または修正待ちの初期セットアップを、続きから再開する（終わりを待たずに回答する）",
    group: OperationGroup::Link,
    input: &[],
    data: &[],
};

pub(in crate::control) static RUN_TRANSFER: OperationSheet = OperationSheet {
    name: "run_transfer",
    japanese: "差分連携の実行",
    sentence: "差分を送り、処理結果と受信情報を取り込み、すべて終わってから回答する",
    group: OperationGroup::Link,
    input: &[],
    data: &[
        required("sent", "送った件数", Count),
        required("accepted", "受け付けられた件数", Count),
        required("refused", "拒否された件数", Count),
        required("unchanged", "変更なしとされた件数", Count),
        required("outstanding", "まだ結果のない件数", Count),
    ],
};
