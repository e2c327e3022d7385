//! What waits at PMH for an insurer to fetch, and that it has arrived.

use serde_json::json;

use crate::input::LinkRequest;
use crate::profile::Profile;

use super::link::{query_value, readable};
use super::state::{AccountKey, Pmh, inbound_number};
use super::wire::{self, Answer};

/// An item named as arrived.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Acknowledgement {
    inbound_id: String,
}

/// A page of what waits, oldest first.
pub(super) fn fetch_inbound(
    pmh: &Pmh,
    profile: &Profile,
    request: &LinkRequest,
    account: &AccountKey,
) -> Answer {
    let most = profile.api().inbound_records_per_page_max.value;
    let limit = match query_value(&request.query, "limit") {
        None => most,
        Some(text) => match text.parse::<usize>() {
            Ok(limit) if (1..=most).contains(&limit) => limit,
            Ok(_) | Err(_) => return Answer::business(profile, "B004"),
        },
    };
    let waiting: Vec<_> = pmh
        .inbound
        .iter()
        .filter(|(_, item)| item.insurer == account.0 && !item.is_acknowledged)
        .map(|(number, item)| (*number, item))
        .collect();
    let page = &waiting[..waiting.len().min(limit)];
    Answer::ok(wire::inbound_page(
        profile,
        page,
        waiting.len() - page.len(),
    ))
}

/// Notes what has arrived.
pub(super) fn acknowledge(
    pmh: &mut Pmh,
    profile: &Profile,
    request: &LinkRequest,
    account: &AccountKey,
) -> Answer {
    if let Err(code) = readable(request) {
        return Answer::system(profile, code);
    }
    let Ok(named) = serde_json::from_str::<Vec<Acknowledgement>>(request.body_text()) else {
        return Answer::system(profile, "S400");
    };
    let numbers: Option<Vec<u64>> = named
        .iter()
        .map(|named| {
            let number = inbound_number(&named.inbound_id)?;
            let item = pmh.inbound.get(&number)?;
            (item.insurer == account.0).then_some(number)
        })
        .collect();
    // One unknown number refuses the whole list: a refused request changes nothing.
    let Some(numbers) = numbers else {
        return Answer::business(profile, "B301");
    };
    for number in &numbers {
        if let Some(item) = pmh.inbound.get_mut(number) {
            item.is_acknowledged = true;
        }
    }
    Answer::ok(json!({ "acknowledgedCount": numbers.len() }))
}
