//! 業務: people, applications, consent, and the printed card.

use crate::control::sheet::{
    Member,
    MemberKind::{List, Object, ObjectOrNull, Text},
    OperationGroup, OperationSheet, optional, required,
};

const INSURED_NUMBER: Member = required("insured_number", "被保険者番号", Text);
const APPLICATION_NUMBER: Member = required("application_number", "申請番号", Text);
const ON: Member = required("on", "その日付", Text);

pub(in crate::control) static REGISTER_PERSON: OperationSheet = OperationSheet {
    name: "register_person",
    japanese: "被保険者の登録",
    sentence: "新しい被保険者を登録し、被保険者番号を付ける",
    group: OperationGroup::Business,
    input: &[required("person", "登録する被保険者", Object)],
    data: &[required("insured_number", "付けた被保険者番号", Text)],
};

pub(in crate::control) static CHANGE_PERSON: OperationSheet = OperationSheet {
    name: "change_person",
    japanese: "被保険者の異動",
    sentence: "被保険者の氏名、住所などを、渡された項目だけ変更する",
    group: OperationGroup::Business,
    input: &[
        INSURED_NUMBER,
        ON,
        required("changes", "変更する項目", Object),
    ],
    data: &[],
};

pub(in crate::control) static LOSE_QUALIFICATION: OperationSheet = OperationSheet {
    name: "lose_qualification",
    japanese: "資格の喪失",
    sentence: "被保険者の資格を、指定の日に、転出・死亡・誤登録などの理由で喪失させる",
    group: OperationGroup::Business,
    input: &[INSURED_NUMBER, ON, required("reason", "喪失の理由", Text)],
    data: &[],
};

pub(in crate::control) static ACCEPT_APPLICATION: OperationSheet = OperationSheet {
    name: "accept_application",
    japanese: "要介護認定の申請の受付",
    sentence: "要介護認定の申請を、同意欄の記入のとおりに受け付ける",
    group: OperationGroup::Business,
    input: &[
        INSURED_NUMBER,
        optional("application_number", "申請番号", Text),
        required("date", "申請日", Text),
        required("type", "申請の種類", Text),
        required("form", "申請書の様式", Text),
        required("consent_box", "同意欄の記入", Text),
    ],
    data: &[APPLICATION_NUMBER],
};

pub(in crate::control) static REGISTER_SURVEY: OperationSheet = OperationSheet {
    name: "register_survey",
    japanese: "認定調査票の登録",
    sentence: "申請について、認定調査票の内容を登録する",
    group: OperationGroup::Business,
    input: &[APPLICATION_NUMBER, required("survey", "認定調査票", Object)],
    data: &[],
};

pub(in crate::control) static REQUEST_OPINION: OperationSheet = OperationSheet {
    name: "request_opinion",
    japanese: "主治医意見書の作成依頼",
    sentence: "申請について、主治医に意見書の作成を依頼したことを記録する",
    group: OperationGroup::Business,
    input: &[APPLICATION_NUMBER, required("date", "依頼日", Text)],
    data: &[],
};

pub(in crate::control) static REGISTER_OPINION: OperationSheet = OperationSheet {
    name: "register_opinion",
    japanese: "主治医意見書の登録",
    sentence: "申請について、紙などで届いた主治医意見書の内容を登録する",
    group: OperationGroup::Business,
    input: &[
        APPLICATION_NUMBER,
        required("opinion", "主治医意見書", Object),
    ],
    data: &[],
};

pub(in crate::control) static SCHEDULE_BOARD: OperationSheet = OperationSheet {
    name: "schedule_board",
    japanese: "介護認定審査会の予定",
    sentence: "申請を審査する介護認定審査会の開催日を登録する",
    group: OperationGroup::Business,
    input: &[APPLICATION_NUMBER, required("date", "開催日", Text)],
    data: &[],
};

pub(in crate::control) static SEND_BOARD_MATERIAL: OperationSheet = OperationSheet {
    name: "send_board_material",
    japanese: "審査会資料の電送",
    sentence: "申請の審査会資料を、その審査会の委員へ送るものとして登録する",
    group: OperationGroup::Business,
    input: &[
        APPLICATION_NUMBER,
        required("meeting_number", "審査会番号", Text),
        required("meeting_date", "開催日", Text),
        required("member_numbers", "委員の番号の一覧", List),
        required("material", "資料の内容", Text),
    ],
    data: &[],
};

pub(in crate::control) static REGISTER_DECISION: OperationSheet = OperationSheet {
    name: "register_decision",
    japanese: "認定結果の登録",
    sentence: "申請について、要介護認定の結果を登録する",
    group: OperationGroup::Business,
    input: &[APPLICATION_NUMBER, required("decision", "認定結果", Object)],
    data: &[],
};

pub(in crate::control) static OFFER_CONSENT: OperationSheet = OperationSheet {
    name: "offer_consent",
    japanese: "同意の受付",
    sentence: "申請とは別に、被保険者から情報提供の同意を受け付ける",
    group: OperationGroup::Business,
    input: &[INSURED_NUMBER, ON],
    data: &[],
};

pub(in crate::control) static WITHDRAW_CONSENT: OperationSheet = OperationSheet {
    name: "withdraw_consent",
    japanese: "同意の撤回",
    sentence: "被保険者から情報提供の同意の撤回を受け付ける",
    group: OperationGroup::Business,
    input: &[INSURED_NUMBER, ON],
    data: &[],
};

pub(in crate::control) static PRINT_CARD: OperationSheet = OperationSheet {
    name: "print_card",
    japanese: "被保険者証の印刷",
    sentence: "被保険者証を印刷し、印刷された内容を読み取る",
    group: OperationGroup::Business,
    input: &[INSURED_NUMBER],
    data: &[
        required("insurer_number", "保険者番号", Text),
        required("insured_number", "被保険者番号", Text),
        required("name", "氏名", Text),
        required("kana", "フリガナ", Text),
        required("birth", "生年月日", Text),
        required("sex", "性別", Text),
        required("issue_date", "交付年月日", Text),
        optional("plan_office", "居宅介護支援事業者", ObjectOrNull),
    ],
};
