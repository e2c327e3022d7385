//! Registrations of mode 1: what PMH checks before it takes records over as a task.

use serde_json::value::RawValue;

use crate::input::LinkRequest;
use crate::profile::{ArrayError, KindId, KindLayout, LinkSegment, Record, cut_array, split_array};
use crate::systems::{Message, Outgoing, SystemId};

use super::account::Account;
use super::conditions::{self, Registering};
use super::context::Context;
use super::link::{query_value, readable};
use super::state::{AccountKey, Pmh, Task, Waiting};
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
    let Ok(records) = records(request) else {
        return Answer::system(profile, "S400");
    };
    let registered = pmh.registered_people(account_key.0);
    let Some(account) = pmh.accounts.get(account_key) else {
        return Answer::system(profile, "S401");
    };
    let layout = profile.layout(kind);
    let only = only_record(&records, layout);
    let step = may_register(context, account, request, records.len()).and_then(|segment| {
        let registering = Registering {
            layout,
            is_initial: segment == LinkSegment::Initial,
            only: only.as_ref(),
        };
        conditions::step(context, account, registered, account.setup, registering)
    });
    let step = match step {
        Ok(step) => step,
        Err(code) => return Answer::business(profile, code),
    };
    outgoing.extend(conditions::take(pmh, account_key, step));
    let received = records.len();
    let waiting = records.into_iter().map(Box::from).collect();
    let task = pmh.open_task(Task::new(account_key.clone(), kind, Waiting::Json(waiting)));
    outgoing.push(Outgoing {
        to: SystemId::Pmh,
        message: Message::ProcessTask { task },
    });
    Answer::accepted(task, layout.id(), received)
}

/// The texts of a request's records.
fn records(request: &LinkRequest) -> Result<Vec<&str>, ArrayError> {
    match &request.body {
        Some(json) => cut_array(json),
        None => {
            let records = split_array(request.body_text().as_bytes())?;
            Ok(records.into_iter().map(RawValue::get).collect())
        }
    }
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

/// The record of a notice (初期セットアップ開始, 完了報告), if it is one.
fn only_record(records: &[&str], layout: &KindLayout) -> Option<Record> {
    match records {
        [record] if layout.is_notice() => layout.read_json(record).ok(),
        _ => None,
    }
}
