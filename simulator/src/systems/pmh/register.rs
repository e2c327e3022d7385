//! Registrations of mode 1: what PMH checks before it takes records over as a task.

use serde_json::value::RawValue;

use crate::input::LinkRequest;
use crate::profile::{ArrayError, KindId, KindLayout, LinkSegment, RowRecord, split_array};
use crate::systems::{Message, Outgoing, SystemId};

use super::account::Account;
use super::conditions::{self, Registering};
use super::context::Context;
use super::link::{query_value, readable};
use super::state::{AccountKey, Pmh, Task};
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
    let layout = profile.layout(kind);
    let Ok(records) = records(layout, request) else {
        return Answer::system(profile, "S400");
    };
    let registered = pmh.registered_people(account_key.0);
    let Some(account) = pmh.accounts.get(account_key) else {
        return Answer::system(profile, "S401");
    };
    let only = match records.as_slice() {
        [Ok(record)] => Some(record),
        _ => None,
    };
    let step = may_register(context, account, request, records.len()).and_then(|segment| {
        let registering = Registering {
            layout,
            is_initial: segment == LinkSegment::Initial,
            only,
        };
        conditions::step(context, account, registered, account.setup, registering)
    });
    let step = match step {
        Ok(step) => step,
        Err(code) => return Answer::business(profile, code),
    };
    outgoing.extend(conditions::take(pmh, account_key, step));
    let received = records.len();
    let task = pmh.open_task(Task::new(account_key.clone(), kind, records));
    outgoing.push(Outgoing {
        to: SystemId::Pmh,
        message: Message::ProcessTask { task },
    });
    Answer::accepted(task, layout.id(), received)
}

/// The records of a request, each by itself right or wrong.
fn records(layout: &KindLayout, request: &LinkRequest) -> Result<Vec<RowRecord>, ArrayError> {
    if let Some(json) = &request.body {
        return layout.read_json_array(json);
    }
    let records = split_array(request.body_text().as_bytes())?;
    let records = records.into_iter().map(RawValue::get);
    Ok(records.map(|record| layout.read_sent(record)).collect())
}

/// The conditions on any registration, in the order in which PMH names them; its 連携区分.
fn may_register(
    context: Context<'_>,
    account: &Account,
    request: &LinkRequest,
    records: usize,
) -> Result<LinkSegment, &'static str> {
    let api = context.profile.api();
    let segment = query_value(&request.query, "linkSegment")
        .and_then(|code| api.link_segment(code))
        .ok_or("B003")?;
    if records == 0 {
        return Err("B001");
    }
    if records > api.records_per_request_max.value {
        return Err("B002");
    }
    conditions::may_link(context, account, "api")?;
    Ok(segment)
}
