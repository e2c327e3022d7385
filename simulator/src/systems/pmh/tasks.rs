//! The asynchronous work on registration tasks: every record is judged by itself.

use jiff::civil::Date;
use serde_json::Value;

use crate::domain::{InsuredKey, InsurerNumber};
use crate::profile::{ItemError, KindId, KindLayout, Profile, Record};
use crate::systems::intermediate::{Identifier, PersonToken};
use crate::systems::{Message, Outgoing, StoreItem, SystemId};

use super::account::Account;
use super::state::{InboundItem, Pmh, Refusal, TaskState, task_name};

/// Judges a task's records and sends the good ones on their way.
pub fn process_task(pmh: &mut Pmh, profile: &Profile, number: u64) -> Vec<Outgoing> {
    let Some(task) = pmh.tasks.get_mut(&number) else {
        return Vec::new();
    };
    let kind = task.kind;
    let layout = profile.layout(kind);
    let insurer = task.account.0;
    let waiting = std::mem::take(&mut task.waiting);
    let is_notice = matches!(layout.id(), "setupStart" | "setupCompletion");
    let mut good = Vec::with_capacity(waiting.len());
    for (position, raw) in waiting.iter().enumerate() {
        let judged = layout.read_json(raw.get()).and_then(|record| {
            let person = owner(profile, layout, &record, insurer, is_notice)?;
            if token_of(layout, &record).is_some_and(|token| pmh.wrong_numbers.contains(&token)) {
                return Err(vec![item_error(profile, "myNumber", "E103")]);
            }
            let is_known = layout.id() == "person"
                || is_notice
                || person.is_some_and(|person| pmh.identifiers.contains_key(&person));
            if is_known {
                Ok((person, record))
            } else {
                Err(vec![item_error(profile, "insuredNumber", "E101")])
            }
        });
        match judged {
            Ok((person, record)) => good.push((position, person, record)),
            Err(errors) => {
                let refusal = refusal(raw.get(), errors);
                task.refused.insert(position, refusal);
            }
        }
    }
    note_outstanding(pmh, layout, number);
    if is_notice {
        return finish_if_done(pmh, number);
    }
    if layout.id() == "person" {
        ask_for_identifiers(pmh, layout, number, good)
    } else {
        store(pmh, profile, kind, number, good)
    }
}

fn token_of(layout: &KindLayout, record: &Record) -> Option<PersonToken> {
    let field = layout.field("myNumber")?;
    PersonToken::from_token(record.get(field)?)
}

/// Whose record it is; an error if it belongs to another insurer.
fn owner(
    profile: &Profile,
    layout: &KindLayout,
    record: &Record,
    insurer: InsurerNumber,
    is_notice: bool,
) -> Result<Option<InsuredKey>, Vec<ItemError>> {
    let text = |item: &str| layout.field(item).and_then(|field| record.get(field));
    if text("insurerNumber").and_then(|number| number.parse().ok()) != Some(insurer) {
        return Err(vec![item_error(profile, "insurerNumber", "E102")]);
    }
    if is_notice {
        return Ok(None);
    }
    match text("insuredNumber").and_then(|number| number.parse().ok()) {
        Some(number) => Ok(Some(InsuredKey { insurer, number })),
        None => Err(vec![item_error(profile, "insuredNumber", "E002")]),
    }
}

fn item_error(profile: &Profile, item: &str, code: &'static str) -> ItemError {
    ItemError {
        item: item.to_owned(),
        code,
        message: profile
            .result(code)
            .map_or("仕様にない符号です", |result| result.ja.as_str())
            .to_owned(),
    }
}

/// What can still be read of whose record it was.
fn refusal(raw: &str, errors: Vec<ItemError>) -> Refusal {
    let value: Value = serde_json::from_str(raw).unwrap_or(Value::Null);
    let text = |item: &str| value.get(item).and_then(Value::as_str).map(str::to_owned);
    Refusal {
        insured_number: text("insuredNumber"),
        history_key: text("historyKey").or_else(|| text("applicationNumber")),
        errors,
    }
}

fn ask_for_identifiers(
    pmh: &mut Pmh,
    layout: &KindLayout,
    number: u64,
    good: Vec<(usize, Option<InsuredKey>, Record)>,
) -> Vec<Outgoing> {
    let mut people = Vec::with_capacity(good.len());
    let mut identified = Vec::with_capacity(good.len());
    for (position, person, record) in good {
        if let (Some(person), Some(token)) = (person, token_of(layout, &record)) {
            people.push((position, person, token));
            identified.push((position, record));
        }
    }
    if people.is_empty() {
        return finish_if_done(pmh, number);
    }
    if let Some(task) = pmh.tasks.get_mut(&number) {
        task.to_store = identified.len();
        task.identified = identified;
    }
    vec![Outgoing {
        to: SystemId::Intermediate,
        message: Message::IssueIdentifiers {
            task: number,
            people,
        },
    }]
}

/// Takes identifiers over and sends the people's records to the platform.
pub fn receive_identifiers(
    pmh: &mut Pmh,
    profile: &Profile,
    number: u64,
    people: &[(usize, InsuredKey, Identifier)],
) -> Vec<Outgoing> {
    for (_, person, identifier) in people {
        pmh.identifiers.insert(*person, *identifier);
    }
    let Some(task) = pmh.tasks.get_mut(&number) else {
        return Vec::new();
    };
    let kind = task.kind;
    // A second delivery of the same answer finds nothing left to send.
    let records = std::mem::take(&mut task.identified);
    let good = records
        .into_iter()
        .filter_map(|(position, record)| {
            let found = people.binary_search_by_key(&position, |(position, _, _)| *position);
            found.ok().map(|at| (position, Some(people[at].1), record))
        })
        .collect::<Vec<_>>();
    if good.is_empty() {
        return Vec::new();
    }
    store(pmh, profile, kind, number, good)
}

fn store(
    pmh: &mut Pmh,
    profile: &Profile,
    kind: KindId,
    number: u64,
    good: Vec<(usize, Option<InsuredKey>, Record)>,
) -> Vec<Outgoing> {
    let items: Vec<StoreItem> = good
        .into_iter()
        .filter_map(|(position, person, record)| {
            let person = person?;
            let identifier = *pmh.identifiers.get(&person)?;
            Some(StoreItem {
                position,
                person,
                identifier,
                record,
            })
        })
        .collect();
    if items.is_empty() {
        return finish_if_done(pmh, number);
    }
    if let Some(task) = pmh.tasks.get_mut(&number) {
        task.to_store = items.len();
    }
    note_accepted(pmh, profile.layout(kind), number, &items);
    vec![Outgoing {
        to: SystemId::Platform,
        message: Message::Store {
            task: number,
            kind,
            items,
        },
    }]
}

/// Keeps the books of who is registered and which refused records were made good.
fn note_accepted(pmh: &mut Pmh, layout: &KindLayout, number: u64, items: &[StoreItem]) {
    let Some(account_key) = pmh.tasks.get(&number).map(|task| task.account.clone()) else {
        return;
    };
    let people = pmh.registered.entry(account_key.0).or_default();
    let Some(account) = pmh.accounts.get_mut(&account_key) else {
        return;
    };
    for item in items {
        if layout.id() == "person" {
            if layout.is_deletion(&item.record) {
                people.remove(&item.person);
            } else {
                people.insert(item.person);
            }
        }
        if !account.outstanding.is_empty() {
            let row = layout.row_key(&item.record).to_owned();
            account
                .outstanding
                .remove(&(layout.kind(), item.person, row));
        }
    }
}

fn note_outstanding(pmh: &mut Pmh, layout: &KindLayout, number: u64) {
    let Some(task) = pmh.tasks.get(&number) else {
        return;
    };
    let (insurer, environment) = task.account.clone();
    let Some(account) = pmh.accounts.get_mut(&(insurer, environment)) else {
        return;
    };
    for refusal in task.refused.values() {
        let number = refusal
            .insured_number
            .as_deref()
            .and_then(|number| number.parse().ok());
        if let Some(number) = number {
            let row = refusal.history_key.clone().unwrap_or_default();
            account
                .outstanding
                .insert((layout.kind(), InsuredKey { insurer, number }, row));
        }
    }
}

/// Notes what the platform has stored; the last answer completes the task.
pub fn finish_stored(
    pmh: &mut Pmh,
    number: u64,
    changed: &[usize],
    unchanged: &[usize],
) -> Vec<Outgoing> {
    if let Some(task) = pmh.tasks.get_mut(&number) {
        task.stored.extend(changed.iter().chain(unchanged));
    }
    finish_if_done(pmh, number)
}

fn finish_if_done(pmh: &mut Pmh, number: u64) -> Vec<Outgoing> {
    let Some(task) = pmh.tasks.get_mut(&number) else {
        return Vec::new();
    };
    if task.state == TaskState::Completed || task.stored.len() < task.to_store {
        return Vec::new();
    }
    task.state = TaskState::Completed;
    task.stored.clear();
    let refused = task.refused.len();
    if refused == 0 {
        return Vec::new();
    }
    let received = task.received;
    let account = task.account.clone();
    let subject = format!(
        "【PMH】処理結果のお知らせ（受付番号 {}）",
        task_name(number)
    );
    let text = format!(
        "受付番号 {} の処理が終わりました。受け取った記録 {received} 件のうち、受け付けられなかった記録が {refused} 件あります。\n処理結果を取得し、記録を直して再送してください。",
        task_name(number)
    );
    let address = pmh.accounts.get(&account).and_then(notify_address);
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

/// Keeps something for an insurer to fetch.
pub fn receive_inbound(pmh: &mut Pmh, insurer: InsurerNumber, kind: KindId, record: String) {
    pmh.last_inbound += 1;
    pmh.inbound.insert(
        pmh.last_inbound,
        InboundItem {
            insurer,
            kind,
            record,
            is_acknowledged: false,
        },
    );
}
