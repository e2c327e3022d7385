//! The portal's mails. Their wording is invented; what they must say is not.

use crate::domain::MailAddress;
use crate::domain::calendar::wareki;
use crate::portal::ScheduleDates;
use crate::systems::{Message, Outgoing, SystemId};

use super::account::PortalAccount;
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
    account: &PortalAccount,
    password: &str,
) -> Outgoing {
    let text = |password: &str| {
        format!(
            "{name} ご担当者様\n\n介護情報基盤ポータルのアカウントを発行しました。\n\nログインID: {}\n初期パスワード: {password}\n\n初回ログインでパスワードを変更してください。",
            account.login_id
        )
    };
    Outgoing {
        to: SystemId::Mail,
        message: Message::NotifySecretly {
            to: to.to_string(),
            subject: format!("【{SIGNATURE}】ログインIDと初期パスワードのお知らせ"),
            text: text(&account.password),
            plain: text(password),
        },
    }
}
