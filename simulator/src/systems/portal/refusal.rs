//! Why the portal says no: one function a rule, each with who must act, what was expected and what came.

use jiff::civil::Date;

use crate::domain::calendar::{Month, wareki};
use crate::domain::{InsurerNumber, NoConnection};
use crate::portal::Refusal;

use super::schedule::ScheduleStage;

/// The operator of the portal, as refusals name it.
pub(super) const OPERATOR: &str = "介護情報基盤事業者";

/// Reads an insurer number that somebody typed.
pub(super) fn insurer_number(text: &str) -> Result<InsurerNumber, Refusal> {
    let read = text.trim().parse::<InsurerNumber>();
    read.map_err(|error| {
        let came = format!("番号ではない値（{error}）");
        Refusal::new("number", "送った人", "台帳にある保険者番号", came)
    })
}

/// A union or municipality without a set-up of its own.
pub(super) fn no_schedule(why: &NoConnection) -> Refusal {
    const CODE: &str = "no_schedule";
    const EXPECTED: &str = "PMHに接続する保険者の手続き";
    match why {
        NoConnection::Unknown { number } => Refusal::new(
            "unknown_insurer",
            "送った人",
            "台帳にある保険者番号",
            format!("台帳にない番号「{number}」"),
        ),
        NoConnection::CertificationUnion { name, members } => Refusal::new(
            CODE,
            format!("構成市町村（{members}）"),
            EXPECTED,
            format!("保険者機能を有しない組合（認定業務のみ）である{name}の手続き"),
        ),
        NoConnection::MemberOfInsurerUnion { name, union } => Refusal::new(
            CODE,
            union,
            EXPECTED,
            format!("{union}が代わって接続する{name}の手続き"),
        ),
    }
}

/// Who the next step is up to.
fn whose_turn<'a>(stage: &ScheduleStage, name: &'a str) -> &'a str {
    match stage {
        ScheduleStage::Unanswered | ScheduleStage::Recheck(_) | ScheduleStage::Notified(_) => name,
        ScheduleStage::Answered
        | ScheduleStage::ChangeAsked(..)
        | ScheduleStage::Confirmed(_)
        | ScheduleStage::Published(_) => OPERATOR,
    }
}

/// An answer to the survey when dates are on the table already.
pub(super) fn answer_too_late(name: &str, stage: &ScheduleStage) -> Refusal {
    Refusal::new(
        "answer_too_late",
        name,
        "日程の通知より前の回答（通知の後の変更希望は、確認の返信で伝えます）",
        format!("「{}」の段階での回答", stage.japanese()),
    )
}

/// A vendor's declaration without a name.
pub(super) fn no_vendor_name() -> Refusal {
    Refusal::new("vendor_name", "回答するベンダ", "ベンダ名", "空のベンダ名")
}

/// A vendor's declaration without a readable month.
pub(super) fn no_vendor_month(vendor: &str, received: &str) -> Refusal {
    Refusal::new(
        "vendor_month",
        format!("ベンダ「{vendor}」"),
        "「2026-09」の形の初期セットアップ可能年月",
        format!("「{received}」"),
    )
}

/// New dates for somebody whose stage does not allow them.
pub(super) fn not_ready_for_notice(name: &str, stage: &ScheduleStage) -> Refusal {
    Refusal::new(
        "not_ready_for_notice",
        whose_turn(stage, name),
        "不備のない回答か変更希望を受けて作る日程",
        format!("「{}」の段階にある{name}への日程の通知", stage.japanese()),
    )
}

/// The vendor has not said from when on it can.
pub(super) fn vendor_silent(vendor: &str) -> Refusal {
    Refusal::new(
        "vendor_silent",
        format!("ベンダ「{vendor}」"),
        "初期セットアップ可能時期の回答",
        "ベンダの回答のないままの日程の通知",
    )
}

/// The proposed set-up lies before the vendor can.
pub(super) fn before_vendor(vendor: &str, ready_from: Month, proposed: Date) -> Refusal {
    let ready_from = ready_from.japanese();
    Refusal::new(
        "before_vendor",
        OPERATOR,
        format!(
            "ベンダ「{vendor}」の初期セットアップ可能時期（{ready_from}）以降の初期セットアップ日"
        ),
        wareki::day(proposed),
    )
}

/// The proposed set-up lies before the law is in force (施行日).
pub(super) fn before_law(who: &str, law: Date, proposed: Date) -> Refusal {
    Refusal::new(
        "before_law",
        who,
        format!("施行日（{}）以降の初期セットアップ日", wareki::day(law)),
        wareki::day(proposed),
    )
}

/// The proposed set-up lies in the past.
pub(super) fn in_the_past(who: &str, today: Date, proposed: Date) -> Refusal {
    Refusal::new(
        "in_the_past",
        who,
        format!("今日（{}）以降の初期セットアップ日", wareki::day(today)),
        wareki::day(proposed),
    )
}

/// Completion before set-up.
pub(super) fn completion_before_setup(setup: Date, completion: Date) -> Refusal {
    Refusal::new(
        "completion_before_setup",
        OPERATOR,
        format!(
            "初期セットアップ日（{}）以降の完了予定日",
            wareki::day(setup)
        ),
        wareki::day(completion),
    )
}

/// A reply when none is awaited.
pub(super) fn nothing_to_reply_to(name: &str, stage: &ScheduleStage) -> Refusal {
    Refusal::new(
        "nothing_to_reply_to",
        whose_turn(stage, name),
        "通知された日程への返信",
        format!("「{}」の段階での返信", stage.japanese()),
    )
}

/// A wish for change without another date.
pub(super) fn no_date_wished(name: &str) -> Refusal {
    Refusal::new(
        "no_date_wished",
        name,
        "希望する初期セットアップ日か利用開始日",
        "日付のない変更希望",
    )
}

/// A wish for change without a reason.
pub(super) fn no_reason(name: &str) -> Refusal {
    Refusal::new(
        "no_reason",
        name,
        "変更を希望する理由",
        "理由のない変更希望",
    )
}

/// The service start wished for lies before completion.
pub(super) fn start_before_completion(name: &str, completion: Date, wished: Date) -> Refusal {
    Refusal::new(
        "start_before_completion",
        name,
        format!(
            "初期セットアップの完了（早くて{}）以降の利用開始日",
            wareki::day(completion)
        ),
        wareki::day(wished),
    )
}

/// Publication without acceptance, or twice.
pub(super) fn not_accepted(name: &str, stage: &ScheduleStage) -> Refusal {
    Refusal::new(
        "not_accepted",
        whose_turn(stage, name),
        "自治体が承諾し、まだ公開していない日程",
        format!("「{}」の段階にある{name}の日程の公開", stage.japanese()),
    )
}

/// Publication before all who set up together have accepted.
pub(super) fn others_not_accepted(names: &[String]) -> Refusal {
    let names = names.join("、");
    Refusal::new(
        "others_not_accepted",
        &names,
        "同じ時期に初期セットアップをする全員の承諾",
        format!("{names}の承諾のない公開"),
    )
}

/// An account without an address to send it to.
pub(super) fn no_address(name: &str) -> Refusal {
    Refusal::new(
        "no_address",
        name,
        "アンケートで回答されたメールアドレス",
        "メールアドレスの回答のないままのアカウント発行",
    )
}

/// An account that exists already.
pub(super) fn account_exists(name: &str, login_id: &str) -> Refusal {
    Refusal::new(
        "account_exists",
        OPERATOR,
        "アカウントのない保険者",
        format!("発行済みの{name}（ログインID {login_id}）"),
    )
}
