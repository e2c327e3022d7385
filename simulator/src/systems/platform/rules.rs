use jiff::civil::Date;

use crate::domain::InsurerNumber;
use crate::effect::Stored;
use crate::profile::{KindId, Profile};
use crate::systems::pmh::task_name;
use crate::systems::{Message, Outgoing, StoreItem, SystemId};

use super::state::Change;
use super::{Holdings, Platform};

/// Stores records, and returns the answer to PMH with what the journal is told.
pub fn receive_records(
    platform: &mut Platform,
    profile: &Profile,
    task: u64,
    kind: KindId,
    items: Vec<StoreItem>,
) -> (Outgoing, Stored) {
    let layout = profile.layout(kind);
    let mut stored = Stored {
        task: task_name(task),
        kind: layout.id().to_owned(),
        ..Stored::default()
    };
    let mut changed = Vec::new();
    let mut unchanged = Vec::new();
    for item in items {
        let holdings = platform.people.entry(item.person).or_insert(Holdings {
            identifier: item.identifier,
            records: Vec::new(),
        });
        holdings.identifier = item.identifier;
        let position = item.position;
        let change = holdings.store(layout, item.record);
        match change {
            Change::Created => stored.created.0.push(position),
            Change::Updated => stored.updated.0.push(position),
            Change::Deleted => stored.deleted.0.push(position),
            Change::Unchanged => stored.unchanged.0.push(position),
        }
        if change == Change::Unchanged {
            unchanged.push(position);
        } else {
            changed.push(position);
        }
    }
    let answer = Outgoing {
        to: SystemId::Pmh,
        message: Message::StoreDone {
            task,
            changed,
            unchanged,
        },
    };
    (answer, stored)
}

/// Notes that an insurer's initial set-up is complete: from this day its data can be seen
/// (briefing: スケジュール確定までの流れ (2) ※, stated).
pub fn receive_completion(
    platform: &mut Platform,
    insurer: InsurerNumber,
    on: Date,
) -> Vec<Outgoing> {
    platform.completed.insert(insurer, on);
    let is_awaited = platform.awaited.contains(&insurer);
    is_awaited
        .then(|| completion_report(insurer, on))
        .into_iter()
        .collect()
}

/// Notes that the portal wants to hear of an insurer's completion (assumed: how it learns it is not published).
///
/// `start` is the service start that was confirmed there, if it is not the usual one.
pub fn await_completion(
    platform: &mut Platform,
    insurer: InsurerNumber,
    start: Option<Date>,
) -> Vec<Outgoing> {
    platform.awaited.insert(insurer);
    platform.settle_start(insurer, start);
    let completed = platform.completed.get(&insurer);
    completed
        .map(|on| completion_report(insurer, *on))
        .into_iter()
        .collect()
}

fn completion_report(insurer: InsurerNumber, on: Date) -> Outgoing {
    Outgoing {
        to: SystemId::Portal,
        message: Message::CompletionReported { insurer, on },
    }
}

/// Passes something from outside on to PMH for an insurer to fetch.
#[must_use]
pub fn receive_arrival(insurer: InsurerNumber, kind: KindId, record: String) -> Outgoing {
    Outgoing {
        to: SystemId::Pmh,
        message: Message::Inbound {
            insurer,
            kind,
            record,
        },
    }
}
