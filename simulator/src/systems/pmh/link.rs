//! The link interface of mode 1: what PMH checks and answers while the vendor waits.

use jiff::civil::Date;
use serde_json::json;

use crate::effect::{LinkReply, ReplyTravel};
use crate::input::{LinkRequest, Unreadable};
use crate::kernel::{LinkAction, Moment};
use crate::profile::{Direction, KindId, Profile, Record, split_array};
use crate::systems::{Message, Outgoing, SystemId};

use super::state::{Account, AccountKey, Pmh, Setup, Task, TaskState, inbound_number, task_number};
use super::tasks::completion_notice;
use super::wire::{self, Answer};

/// What a request is answered in the light of.
#[derive(Debug, Clone, Copy)]
pub struct LinkContext<'a> {
    /// The interface profile.
    pub profile: &'a Profile,
    /// The run's time.
    pub now: Moment,
}

/// Answers a request, as the line lets it, and returns what PMH sends on.
pub fn answer_request(
    pmh: &mut Pmh,
    context: LinkContext<'_>,
    request: &LinkRequest,
    struck_by: Option<&LinkAction>,
) -> (LinkReply, Vec<Outgoing>) {
    let mut outgoing = Vec::new();
    let mut work = |pmh: &mut Pmh| handle(pmh, context, request, &mut outgoing);
    let (answer, travel) = match struck_by {
        None => (work(pmh), ReplyTravel::Whole),
        Some(LinkAction::CutBefore | LinkAction::LineDown) => {
            (Answer::ok(json!(null)), ReplyTravel::Cut)
        }
        Some(LinkAction::CutAfter) => (work(pmh), ReplyTravel::Cut),
        Some(LinkAction::CutWithin) => (work(pmh), ReplyTravel::CutWithin),
        Some(LinkAction::Hold) => (work(pmh), ReplyTravel::Held),
        Some(LinkAction::RevokeKeys) => {
            if let Some(token) = &request.key {
                pmh.revoke_keys_with(token);
            }
            (work(pmh), ReplyTravel::Whole)
        }
        Some(LinkAction::Unavailable { retry_after }) => (
            Answer {
                retry_after: Some(*retry_after),
                ..Answer::system(context.profile, "S503")
            },
            ReplyTravel::Whole,
        ),
        Some(LinkAction::BusinessError { code }) => {
            (Answer::business(context.profile, code), ReplyTravel::Whole)
        }
    };
    let reply = LinkReply {
        id: request.id,
        status: answer.status,
        retry_after: answer.retry_after,
        allow: answer.allow.map(str::to_owned),
        body: answer.body,
        travel,
    };
    (reply, outgoing)
}

/// Why a request gets no further than the transport: a code, and for S405 what would have done.
struct Refusal {
    code: &'static str,
    allow: Option<&'static str>,
}

impl From<&'static str> for Refusal {
    fn from(code: &'static str) -> Self {
        Self { code, allow: None }
    }
}

/// A resource of the interface.
enum Resource<'a> {
    Records(KindId),
    TaskResult(&'a str),
    Inbound,
    Acknowledgements,
}

fn handle(
    pmh: &mut Pmh,
    context: LinkContext<'_>,
    request: &LinkRequest,
    outgoing: &mut Vec<Outgoing>,
) -> Answer {
    match checked(pmh, context, request) {
        Ok((account, resource)) => match resource {
            Resource::Records(kind) => register(pmh, context, request, &account, kind, outgoing),
            Resource::TaskResult(name) => fetch_result(pmh, context.profile, &account, name),
            Resource::Inbound => fetch_inbound(pmh, context.profile, request, &account),
            Resource::Acknowledgements => acknowledge(pmh, context.profile, request, &account),
        },
        Err(refusal) => Answer {
            allow: refusal.allow,
            ..Answer::system(context.profile, refusal.code)
        },
    }
}

/// Finds the resource and the account, in the fixed order path, method, key, certificate.
fn checked<'a>(
    pmh: &Pmh,
    context: LinkContext<'_>,
    request: &'a LinkRequest,
) -> Result<(AccountKey, Resource<'a>), Refusal> {
    let resource = resource(context.profile, request)?;
    let token = request.key.as_deref().ok_or("S401")?;
    let (account, key) = pmh
        .accounts
        .iter()
        .filter(|(account, _)| account.1 == request.environment)
        .find_map(|(account, holder)| {
            let key = holder.keys.iter().find(|key| key.token == token)?;
            Some((account, key))
        })
        .ok_or("S401")?;
    if key.is_revoked {
        return Err("S401".into());
    }
    if key.expires <= context.now {
        return Err("S402".into());
    }
    let holder = request
        .certificate
        .as_ref()
        .and_then(|name| pmh.certificates.get(name));
    if holder != Some(account) {
        return Err("S403".into());
    }
    Ok((account.clone(), resource))
}

fn resource<'a>(profile: &Profile, request: &'a LinkRequest) -> Result<Resource<'a>, Refusal> {
    let path = request
        .path
        .strip_prefix(profile.api().base_path.value.as_str())
        .and_then(|rest| rest.strip_prefix('/'))
        .ok_or("S404")?;
    let (resource, method) = match path.split_once('/') {
        Some(("registrationTasks", name)) => (Resource::TaskResult(name), "GET"),
        Some(_) => return Err("S404".into()),
        None => match path {
            // The adapter answers a GET of the document itself.
            "openapi.json" => return Err(not_allowed("GET")),
            "inboundRecords" => (Resource::Inbound, "GET"),
            "inboundAcknowledgements" => (Resource::Acknowledgements, "POST"),
            _ => {
                let kind = profile.kind_by_path(path).ok_or("S404")?;
                if profile.layout(kind).direction() == Direction::In {
                    return Err("S404".into());
                }
                (Resource::Records(kind), "POST")
            }
        },
    };
    if request.method == method {
        Ok(resource)
    } else {
        Err(not_allowed(method))
    }
}

fn not_allowed(instead: &'static str) -> Refusal {
    Refusal {
        code: "S405",
        allow: Some(instead),
    }
}

fn register(
    pmh: &mut Pmh,
    context: LinkContext<'_>,
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
    let waiting = records.into_iter().map(ToOwned::to_owned).collect();
    pmh.last_task += 1;
    let number = pmh.last_task;
    pmh.tasks.insert(
        number,
        Task {
            account: account_key.clone(),
            kind,
            received,
            waiting,
            identified: Vec::new(),
            to_store: 0,
            stored: std::collections::BTreeSet::new(),
            refused: std::collections::BTreeMap::new(),
            state: TaskState::Processing,
        },
    );
    outgoing.push(Outgoing {
        to: SystemId::Pmh,
        message: Message::ProcessTask { task: number },
    });
    Answer::accepted(number, layout.id(), received)
}

fn readable(request: &LinkRequest) -> Result<(), &'static str> {
    match request.unreadable {
        Some(Unreadable::TooLarge) => return Err("S413"),
        Some(Unreadable::NotUtf8) => return Err("S400"),
        None => {}
    }
    let media_type = request.content_type.as_deref().unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        Ok(())
    } else {
        Err("S415")
    }
}

fn is_initial(profile: &Profile, request: &LinkRequest) -> bool {
    query_value(&request.query, "linkSegment")
        == Some(profile.api().link_segment_initial.value.as_str())
}

/// The conditions on any registration, in the order in which PMH names them.
fn may_register(
    context: LinkContext<'_>,
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
    records: &[&serde_json::value::RawValue],
    layout: &crate::profile::KindLayout,
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
    records: &[&serde_json::value::RawValue],
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

fn only_record(
    records: &[&serde_json::value::RawValue],
    layout: &crate::profile::KindLayout,
) -> Option<Record> {
    match records {
        [record] => layout.read_json(record.get()).ok(),
        _ => None,
    }
}

fn date_of(record: &Record, layout: &crate::profile::KindLayout, item: &str) -> Option<Date> {
    record.get(layout.field(item)?)?.parse().ok()
}

fn fetch_result(pmh: &Pmh, profile: &Profile, account: &AccountKey, name: &str) -> Answer {
    let found = task_number(name).and_then(|number| {
        let task = pmh.tasks.get(&number)?;
        (task.account == *account).then(|| wire::task_result(profile, number, task))
    });
    found.map_or_else(|| Answer::system(profile, "S404"), Answer::ok)
}

fn fetch_inbound(
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

fn acknowledge(
    pmh: &mut Pmh,
    profile: &Profile,
    request: &LinkRequest,
    account: &AccountKey,
) -> Answer {
    if let Err(code) = readable(request) {
        return Answer::system(profile, code);
    }
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    struct Acknowledgement {
        inbound_id: String,
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

fn query_value<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}
