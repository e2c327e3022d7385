//! The asynchronous work on registration tasks: every record is judged by itself.

use crate::domain::{InsuredKey, InsurerNumber};
use crate::profile::{KindId, KindLayout};
use crate::systems::intermediate::Identifier;
use crate::systems::{Message, Outgoing, StoreItem, SystemId};

use super::context::Context;
use super::finishing::finish_if_done;
use super::judging::{Good, judge_waiting, token_of};
use super::state::{InboundItem, Pmh};

/// Judges a task's records and sends the good ones on their way.
pub fn process_task(pmh: &mut Pmh, context: Context<'_>, number: u64) -> Vec<Outgoing> {
    let Some(kind) = pmh.tasks.get(&number).map(|task| task.kind) else {
        return Vec::new();
    };
    let layout = context.profile.layout(kind);
    let good = judge_waiting(pmh, context.profile, number);
    note_outstanding(pmh, layout, number);
    if layout.is_notice() {
        finish_if_done(pmh, context, number)
    } else if layout.id() == "person" {
        ask_for_identifiers(pmh, context, layout, number, good)
    } else {
        store(pmh, context, kind, number, good)
    }
}

fn ask_for_identifiers(
    pmh: &mut Pmh,
    context: Context<'_>,
    layout: &KindLayout,
    number: u64,
    good: Vec<Good>,
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
        return finish_if_done(pmh, context, number);
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
    context: Context<'_>,
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
    store(pmh, context, kind, number, good)
}

fn store(
    pmh: &mut Pmh,
    context: Context<'_>,
    kind: KindId,
    number: u64,
    good: Vec<Good>,
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
        return finish_if_done(pmh, context, number);
    }
    if let Some(task) = pmh.tasks.get_mut(&number) {
        task.to_store = items.len();
    }
    note_accepted(pmh, context.profile.layout(kind), number, &items);
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
    let is_person = layout.id() == "person";
    for item in items {
        if is_person {
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
            // Of a kind without rows it names no row, e.g. the 申請番号 of a consent.
            let row = refusal.history_key.as_deref().filter(|_| layout.has_rows());
            let row = row.unwrap_or_default().to_owned();
            account
                .outstanding
                .insert((layout.kind(), InsuredKey { insurer, number }, row));
        }
    }
}

/// Notes what the platform has stored; the last answer completes the task.
pub fn finish_stored(
    pmh: &mut Pmh,
    context: Context<'_>,
    number: u64,
    changed: &[usize],
    unchanged: &[usize],
) -> Vec<Outgoing> {
    if let Some(task) = pmh.tasks.get_mut(&number) {
        task.stored.extend(changed.iter().chain(unchanged));
    }
    finish_if_done(pmh, context, number)
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
