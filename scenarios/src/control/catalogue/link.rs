//! 連携: what the product does with the platform.

use crate::control::sheet::{
    MemberKind::{Count, List, Text},
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

pub(in crate::control) static EXPORT: OperationSheet = OperationSheet {
    name: "export",
    japanese: "ファイルの出力",
    sentence: "方式②で、PMHへ送るファイルの組を、指定の空のフォルダにすべて書き出す",
    group: OperationGroup::Link,
    input: &[required("folder", "書き出すフォルダ", Text)],
    data: &[
        required("files", "書き出したファイルの名前", List),
        required("records", "書き出した件数", Count),
    ],
};

pub(in crate::control) static IMPORT: OperationSheet = OperationSheet {
    name: "import",
    japanese: "ファイルの取り込み",
    sentence: "方式②で、PMHから受け取ったファイルの組を、指定のフォルダからすべて取り込む（取り込めない組は、理由を添えて断る）",
    group: OperationGroup::Link,
    input: &[required("folder", "取り込むフォルダ", Text)],
    data: &[
        required("files", "取り込んだファイルの名前", List),
        required("results", "処理結果を取り込んだ件数", Count),
        required("inbound", "受信情報を取り込んだ件数", Count),
    ],
};
