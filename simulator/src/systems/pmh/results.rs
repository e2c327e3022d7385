//! The result set (結果の組) of a set that was sent.

use crate::profile::{CsvCodec, FileText, ItemError, KindId, RecordRefusal, SetNumber};

use super::context::Context;
use super::made_files::Making;
use super::sets::{FileSet, MadeContent, SetFile};
use super::state::{AccountKey, Pmh, Task, task_name};

/// Makes the result set of a set whose last record has been judged: 組の内訳, 受付結果, and as many
/// files of 処理結果 as it takes, at least one.
pub(super) fn make_results(
    pmh: &mut Pmh,
    context: Context<'_>,
    account_key: &AccountKey,
    number: SetNumber,
) {
    let profile = context.profile;
    let (Some(receipts), Some(reasons)) = (
        profile.kind("fileReceipt"),
        profile.kind("processingResult"),
    ) else {
        return;
    };
    let Some(set) = set_of(pmh, account_key, number) else {
        return;
    };
    let segment = set.segment;
    let mut files = vec![(receipts, MadeContent::Receipts(number), set.files.len())];
    for (from, to) in portions(pmh, context, reasons, set) {
        let content = MadeContent::Reasons {
            set: number,
            from,
            to,
        };
        files.push((reasons, content, to - from));
    }
    let making = Making { segment, files };
    let Some(account) = pmh.accounts.get_mut(account_key) else {
        return;
    };
    let (_, names) = making.make(context, account_key, account);
    if let Some(set) = account.sets.get_mut(&number) {
        set.results = Some(names);
    }
}

fn set_of<'w>(pmh: &'w Pmh, account_key: &AccountKey, number: SetNumber) -> Option<&'w FileSet> {
    pmh.accounts.get(account_key)?.sets.get(&number)
}

/// One reason for which a record was refused.
struct Reason<'w> {
    file: &'w SetFile,
    task: &'w Task,
    position: usize,
    refusal: &'w RecordRefusal,
    error: &'w ItemError,
}

/// Every reason of a set, in the order of its files and their rows.
fn reasons<'w>(pmh: &'w Pmh, set: &'w FileSet) -> impl Iterator<Item = Reason<'w>> {
    set.files.iter().flat_map(|file| {
        let task = pmh.tasks.get(&file.task);
        task.into_iter().flat_map(move |task| {
            task.refused.iter().flat_map(move |(position, refusal)| {
                refusal.errors.iter().map(move |error| Reason {
                    file,
                    task,
                    position: *position,
                    refusal,
                    error,
                })
            })
        })
    })
}

/// Cuts the reasons of a set into portions that fit into one file each; one empty portion if
/// there are none.
fn portions(pmh: &Pmh, context: Context<'_>, kind: KindId, set: &FileSet) -> Vec<(usize, usize)> {
    let settings = context.profile.file();
    let codec = CsvCodec::new(context.profile);
    let mut portions = vec![(0, 0)];
    let mut file = codec.text(kind);
    for (at, reason) in reasons(pmh, set).enumerate() {
        write_reason(&mut file, context, &reason);
        let (from, to) = portions[portions.len() - 1];
        let is_full = to - from == settings.rows_max.value || file.len() > settings.bytes_max.value;
        if is_full && to > from {
            file = codec.text(kind);
            write_reason(&mut file, context, &reason);
            portions.push((at, at + 1));
        } else {
            let last = portions.len() - 1;
            portions[last] = (from, at + 1);
        }
    }
    portions
}

/// Writes the rows of 受付結果 of a set.
pub(super) fn write_receipts(
    file: &mut FileText<'_>,
    pmh: &Pmh,
    account_key: &AccountKey,
    number: SetNumber,
) {
    let files = set_of(pmh, account_key, number).map(|set| set.files.as_slice());
    for sent in files.unwrap_or_default() {
        let Some(task) = pmh.tasks.get(&sent.task) else {
            continue;
        };
        let refused = task.refused.len();
        file.row(|item| match item {
            "fileName" => sent.name.clone(),
            "taskId" => task_name(sent.task),
            "receivedCount" => task.received.to_string(),
            "acceptedCount" => (task.received - refused).to_string(),
            "refusedCount" => refused.to_string(),
            _ => String::new(),
        });
    }
}

/// Writes the rows of 処理結果 of a set, from one reason to before another.
pub(super) fn write_reasons(
    file: &mut FileText<'_>,
    pmh: &Pmh,
    context: Context<'_>,
    account_key: &AccountKey,
    (number, from, to): (SetNumber, usize, usize),
) {
    let Some(set) = set_of(pmh, account_key, number) else {
        return;
    };
    for reason in reasons(pmh, set).skip(from).take(to - from) {
        write_reason(file, context, &reason);
    }
}

fn write_reason(file: &mut FileText<'_>, context: Context<'_>, reason: &Reason<'_>) {
    let sent = |text: Option<&str>| text.unwrap_or_default().to_owned();
    file.row(|item| match item {
        "fileName" => reason.file.name.clone(),
        "taskId" => task_name(reason.file.task),
        "recordIndex" => reason.position.to_string(),
        "kind" => context.profile.layout(reason.task.kind).id().to_owned(),
        "insuredNumber" => sent(reason.refusal.insured_number.as_deref()),
        "historyKey" => sent(reason.refusal.history_key.as_deref()),
        "resultCode" => reason.error.code.to_owned(),
        "item" => reason.error.item.clone(),
        "message" => reason.error.message.clone(),
        _ => String::new(),
    });
}
