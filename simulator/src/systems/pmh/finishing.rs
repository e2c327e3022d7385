//! The end of a registration task, and the notices that PMH mails.

use jiff::civil::Date;

use crate::profile::SetNumber;
use crate::systems::{Message, Outgoing, SystemId};

use super::account::Account;
use super::context::Context;
use super::results::make_results;
use super::state::{AccountKey, Pmh, TaskState, task_name};

/// Completes a task whose last record has been dealt with; a file's task hands on to the next.
pub(super) fn finish_if_done(pmh: &mut Pmh, context: Context<'_>, number: u64) -> Vec<Outgoing> {
    let Some(task) = pmh.tasks.get_mut(&number) else {
        return Vec::new();
    };
    if task.state == TaskState::Completed || task.stored.len() < task.to_store {
        return Vec::new();
    }
    task.state = TaskState::Completed;
    task.stored.clear();
    let account = task.account.clone();
    if let Some(set) = task.set {
        return go_on_with_set(pmh, context, &account, set);
    }
    let (received, refused) = (task.received, task.refused.len());
    if refused == 0 {
        return Vec::new();
    }
    let name = task_name(number);
    let subject = format!("【PMH】処理結果のお知らせ（受付番号 {name}）");
    let text = format!(
        "受付番号 {name} の処理が終わりました。受け取った記録 {received} 件のうち、受け付けられなかった記録が {refused} 件あります。\n処理結果を取得し、記録を直して再送してください。",
    );
    to_staff(pmh, &account, subject, text)
}

/// Files of a set are worked on one after the other; behind the last its results are made.
fn go_on_with_set(
    pmh: &mut Pmh,
    context: Context<'_>,
    account_key: &AccountKey,
    number: SetNumber,
) -> Vec<Outgoing> {
    let Some(set) = pmh
        .accounts
        .get(account_key)
        .and_then(|account| account.sets.get(&number))
    else {
        return Vec::new();
    };
    let tasks = || set.files.iter().map(|file| file.task);
    let is_open = |task: &u64| {
        let task = pmh.tasks.get(task);
        task.is_some_and(|task| task.state == TaskState::Processing)
    };
    if let Some(task) = tasks().find(is_open) {
        return vec![Outgoing {
            to: SystemId::Pmh,
            message: Message::ProcessTask { task },
        }];
    }
    let (mut received, mut refused) = (0, 0);
    for task in tasks().filter_map(|task| pmh.tasks.get(&task)) {
        received += task.received;
        refused += task.refused.len();
    }
    make_results(pmh, context, account_key, number);
    if refused == 0 {
        return Vec::new();
    }
    let subject = format!("【PMH】処理結果のお知らせ（組の番号 {number}）");
    let text = format!(
        "組の番号 {number} の処理が終わりました。受け取った記録 {received} 件のうち、受け付けられなかった記録が {refused} 件あります。\nPMHの画面で処理結果のファイルを受け取り、記録を直して、新しい組で再送してください。",
    );
    to_staff(pmh, account_key, subject, text)
}

fn to_staff(pmh: &Pmh, account: &AccountKey, subject: String, text: String) -> Vec<Outgoing> {
    let address = pmh.accounts.get(account).and_then(notify_address);
    address
        .map(|to| notice(to, subject, text))
        .into_iter()
        .collect()
}

/// Where notices of processing results go.
#[must_use]
pub fn notify_address(account: &Account) -> Option<String> {
    account.processing_result.clone()
}

/// The notice that initial set-up is complete.
pub(super) fn completion_notice(account: &Account, people: usize, on: Date) -> Option<Outgoing> {
    let to = notify_address(account)?;
    let text = format!(
        "{} の初期セットアップが {on} に完了しました（被保険者 {people} 人）。\nこの日から、利用開始日の前でもマイナポータルと介護WEBサービスで情報が見えます。",
        account.name
    );
    Some(notice(
        to,
        "【PMH】初期セットアップ完了のお知らせ".to_owned(),
        text,
    ))
}

fn notice(to: String, subject: String, text: String) -> Outgoing {
    Outgoing {
        to: SystemId::Mail,
        message: Message::Notify { to, subject, text },
    }
}
