//! Registrations: what PMH checks before it takes records over as a task.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::value::RawValue;

use crate::input::LinkRequest;
use crate::kernel::Moment;
use crate::profile::{KindId, KindLayout, Profile, Record, split_array};
use crate::systems::{Message, Outgoing, SystemId};

use super::account::Account;
use super::context::Context;
use super::link::{query_value, readable};
use super::state::{AccountKey, Pmh, Setup, Task, TaskState};
use super::tasks::completion_notice;
use super::wire::Answer;

/// Takes a request's records over as a task, or says why not.
pub(super) fn register(
    pmh: &mut Pmh,
    context: Context<'_>,
    request: &LinkRequest,
    account_key: &AccountKey,
    kind: KindId,
    outgoing: &mut Vec<Outgoing>,
) -> Answer {
    let profile = context.profile;
    if let Err(code) = readable(request) {
        return Answer::system(profile, code);
    }
    let Ok(records) = split_array(request.body_text().as_bytes()) else {
        return Answer::system(profile, "S400");
    };
    let Some(account) = pmh.accounts.get(account_key) else {
        return Answer::system(profile, "S401");
    };
    if let Err(code) = may_register(context, account, request, records.len()) {
        return Answer::business(profile, code);
    }
    let layout = profile.layout(kind);
    let refusal = match layout.id() {
        "setupStart" => may_start(account, context.now, &records, layout),
        "setupCompletion" => Ok(()),
        _ if account.setup == Setup::NotStarted => Err("B211"),
        _ if is_initial(profile, request) && matches!(account.setup, Setup::Completed { .. }) => {
            Err("B212")
        }
        _ => Ok(()),
    };
    if let Err(code) = refusal {
        return Answer::business(profile, code);
    }
    if layout.id() == "setupCompletion"
        && let Err(code) = complete(pmh, profile, account_key, &records, kind, outgoing)
    {
        return Answer::business(profile, code);
    }
    if layout.id() == "setupStart"
        && let Some(baseline) = only_record(&records, layout)
            .and_then(|record| date_of(&record, layout, "baselineDate"))
        && let Some(account) = pmh.accounts.get_mut(account_key)
    {
        account.setup = Setup::Started { baseline };
    }
    let received = records.len();
    let task = open_task(pmh, account_key, kind, &records);
    outgoing.push(Outgoing {
        to: SystemId::Pmh,
        message: Message::ProcessTask { task },
    });
    Answer::accepted(task, layout.id(), received)
}

/// Takes records over as a task, and returns its number.
fn open_task(pmh: &mut Pmh, account_key: &AccountKey, kind: KindId, records: &[&RawValue]) -> u64 {
    pmh.last_task += 1;
    let number = pmh.last_task;
    pmh.tasks.insert(
        number,
        Task {
            account: account_key.clone(),
            kind,
            received: records.len(),
            waiting: records.iter().map(|record| (*record).to_owned()).collect(),
            identified: Vec::new(),
            to_store: 0,
            stored: BTreeSet::new(),
            refused: BTreeMap::new(),
            state: TaskState::Processing,
            set: None,
        },
    );
    number
}

fn is_initial(profile: &Profile, request: &LinkRequest) -> bool {
    query_value(&request.query, "linkSegment")
        == Some(profile.api().link_segment_initial.value.as_str())
}

/// The conditions on any registration, in the order in which PMH names them.
fn may_register(
    context: Context<'_>,
    account: &Account,
    request: &LinkRequest,
    records: usize,
) -> Result<(), &'static str> {
    let api = context.profile.api();
    let segment = query_value(&request.query, "linkSegment");
    if segment != Some(api.link_segment_initial.value.as_str())
        && segment != Some(api.link_segment_difference.value.as_str())
    {
        return Err("B003");
    }
    if records == 0 {
        return Err("B001");
    }
    if records > api.records_per_request_max.value {
        return Err("B002");
    }
    if context.now.date() < context.profile.calendar().law_in_force.value {
        return Err("B201");
    }
    if account.mode.as_deref() != Some("api") || !account.is_environment_ready {
        return Err("B203");
    }
    if account.processing_result.is_none() {
        return Err("B205");
    }
    Ok(())
}

fn may_start(
    account: &Account,
    now: Moment,
    records: &[&RawValue],
    layout: &KindLayout,
) -> Result<(), &'static str> {
    if only_record(records, layout).is_none() {
        return Err("B004");
    }
    if account.setup_date.is_none_or(|date| now.date() < date) {
        return Err("B202");
    }
    if matches!(account.setup, Setup::Completed { .. }) {
        return Err("B212");
    }
    Ok(())
}

/// Takes an insurer's report that initial set-up is complete, if PMH's own books agree.
fn complete(
    pmh: &mut Pmh,
    profile: &Profile,
    account_key: &AccountKey,
    records: &[&RawValue],
    kind: KindId,
    outgoing: &mut Vec<Outgoing>,
) -> Result<(), &'static str> {
    let layout = profile.layout(kind);
    let registered = pmh.registered_people(account_key.0);
    let account = pmh.accounts.get_mut(account_key).ok_or("B211")?;
    let Setup::Started { .. } = account.setup else {
        return Err(match account.setup {
            Setup::Completed { .. } => "B212",
            Setup::NotStarted | Setup::Started { .. } => "B211",
        });
    };
    let report = only_record(records, layout).ok_or("B004")?;
    let on = date_of(&report, layout, "completionDate").ok_or("B004")?;
    if !account.outstanding.is_empty() {
        return Err("B214");
    }
    let reported = layout
        .field("personCount")
        .and_then(|field| report.get(field))
        .and_then(|count| count.parse::<usize>().ok());
    if reported != Some(registered) {
        return Err("B213");
    }
    account.setup = Setup::Completed { on };
    outgoing.push(Outgoing {
        to: SystemId::Platform,
        message: Message::SetupCompleted {
            insurer: account_key.0,
            on,
        },
    });
    outgoing.extend(completion_notice(account, registered, on));
    Ok(())
}

fn only_record(records: &[&RawValue], layout: &KindLayout) -> Option<Record> {
    match records {
        [record] => layout.read_json(record.get()).ok(),
        _ => None,
    }
}

fn date_of(record: &Record, layout: &KindLayout, item: &str) -> Option<Date> {
    record.get(layout.field(item)?)?.parse().ok()
}
