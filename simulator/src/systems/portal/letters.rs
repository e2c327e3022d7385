//! The portal's mails. Their wording is invented; what they must say is not.

use crate::domain::MailAddress;
use crate::domain::calendar::wareki;
use crate::portal::{InquiryForm, ScheduleDates, SubsidyAssessment};
use crate::systems::{Message, Outgoing, SystemId};

use super::survey::Ground;

/// Who signs.
const SIGNATURE: &str = "介護情報基盤ポータル";

fn letter(to: &MailAddress, subject: &str, text: String) -> Outgoing {
    Outgoing {
        to: SystemId::Mail,
        message: Message::Notify {
            to: to.to_string(),
            subject: format!("【{SIGNATURE}】{subject}"),
            text,
        },
    }
}

fn in_words(dates: &ScheduleDates) -> String {
    let start = if dates.is_start_asked_for {
        "お申し出の日"
    } else {
        "完了日の1週間後"
    };
    format!(
        "初期セットアップ日: {}\n初期セットアップ完了日: {}\n利用開始日: {}（{start}）",
        wareki::day_and_weekday(dates.setup),
        wareki::day_and_weekday(dates.completion),
        wareki::day_and_weekday(dates.start),
    )
}

/// 再確認.
pub(super) fn recheck(to: &MailAddress, name: &str, grounds: &[Ground]) -> Outgoing {
    let grounds: Vec<String> = grounds.iter().map(|ground| format!("・{ground}")).collect();
    let text = format!(
        "{name} ご担当者様\n\nアンケートのご回答について、次の点を確かめさせてください。正しい内容でもう一度ご回答ください。\n\n{}",
        grounds.join("\n")
    );
    letter(to, "アンケート回答内容の再確認のお願い", text)
}

/// 通知.
pub(super) fn notice(to: &MailAddress, name: &str, dates: &ScheduleDates) -> Outgoing {
    let text = format!(
        "{name} ご担当者様\n\n初期セットアップの日程（案）をお知らせします。内容を確かめ、必ずご返信ください。問題がなければ承諾、変更のご希望があれば希望日と理由をお知らせください。\n\n{}\n\n完了日からは、利用開始日の前でも情報が閲覧できるようになります。",
        in_words(dates)
    );
    letter(to, "初期セットアップ日程（案）の通知", text)
}

/// 承諾を受けた.
pub(super) fn accepted(to: &MailAddress, name: &str, dates: &ScheduleDates) -> Outgoing {
    let text = format!(
        "{name} ご担当者様\n\n日程の承諾をお受けしました。\n\n{}",
        in_words(dates)
    );
    letter(to, "初期セットアップ日程の承諾の受付", text)
}

/// 変更希望を受けた.
pub(super) fn change_asked(to: &MailAddress, name: &str) -> Outgoing {
    let text = format!(
        "{name} ご担当者様\n\n日程の変更のご希望をお受けしました。日程を作り直し、あらためて通知します。"
    );
    letter(to, "初期セットアップ日程の変更希望の受付", text)
}

/// 公開.
pub(super) fn published(to: &MailAddress, name: &str, dates: &ScheduleDates) -> Outgoing {
    let text = format!(
        "{name} ご担当者様\n\n確定した日程をポータルで公開しました。\n\n{}",
        in_words(dates)
    );
    letter(to, "初期セットアップ日程の公開", text)
}

/// The start has moved with completion.
pub(super) fn start_moved(to: &MailAddress, name: &str, dates: &ScheduleDates) -> Outgoing {
    let text = format!(
        "{name} ご担当者様\n\n初期セットアップの完了に合わせて、利用開始日が変わりました。\n\n{}",
        in_words(dates)
    );
    letter(to, "利用開始日の変更", text)
}

/// A new account: the journal's text has the password's token, the receiver's has the password.
pub(super) fn account(
    to: &MailAddress,
    name: &str,
    login_id: &str,
    token: &str,
    password: &str,
) -> Outgoing {
    let text = |password: &str| {
        format!(
            "{name} ご担当者様\n\n介護情報基盤ポータルのアカウントを発行しました。\n\nログインID: {}\n初期パスワード: {password}\n\n初回ログインでパスワードを変更してください。",
            login_id
        )
    };
    Outgoing {
        to: SystemId::Mail,
        message: Message::NotifySecretly {
            to: to.to_string(),
            subject: format!("【{SIGNATURE}】ログインIDと初期パスワードのお知らせ"),
            text: text(token),
            plain: text(password),
        },
    }
}

/// A user has registered.
pub(super) fn user_registered(to: &MailAddress, name: &str, login_id: &str) -> Outgoing {
    let text =
        format!("{name} ご担当者様\n\nユーザ登録をお受けしました。\n\nログインID: {login_id}");
    letter(to, "ユーザ登録の受付", text)
}

/// 受付メール.
pub(super) fn inquiry_received(
    to: &MailAddress,
    number: u64,
    form: &InquiryForm,
    answered_from: &str,
) -> Outgoing {
    let text = format!(
        "{} 様\n\nお問い合わせをお受けしました。回答は、翌営業日の{answered_from}以降となる場合があります。\n\n受付番号: {number}\n件名: {}",
        form.name.trim(),
        form.subject
    );
    letter(to, "お問い合わせの受付", text)
}

/// The answer to an inquiry.
pub(super) fn inquiry_answered(
    to: &MailAddress,
    number: u64,
    form: &InquiryForm,
    answer: &str,
) -> Outgoing {
    let text = format!(
        "{} 様\n\nお問い合わせに回答します。\n\n受付番号: {number}\n件名: {}\n\n{answer}",
        form.name.trim(),
        form.subject
    );
    letter(to, "お問い合わせへの回答", text)
}

/// An application for a subsidy was taken.
pub(super) fn subsidy_applied(
    to: &MailAddress,
    name: &str,
    assessment: &SubsidyAssessment,
) -> Outgoing {
    let text = format!(
        "{name} ご担当者様\n\n助成金の申請をお受けしました。\n\n申請した費用: {}円\n助成限度額: {}円\n助成額: {}円",
        assessment.cost_yen, assessment.yen_max, assessment.yen
    );
    letter(to, "助成金申請の受付", text)
}
