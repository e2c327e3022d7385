//! The link interface of mode 1: what PMH checks and answers while the vendor waits.

use serde_json::json;

use crate::effect::{LinkReply, ReplyTravel};
use crate::input::{LinkRequest, Unreadable};
use crate::kernel::LinkAction;
use crate::profile::{Direction, KindId, Profile};
use crate::systems::Outgoing;

use super::context::Context;
use super::inbound::{acknowledge, fetch_inbound};
use super::register::register;
use super::state::{AccountKey, Pmh, task_number};
use super::wire::{self, Answer};

/// Answers a request, as the line lets it, and returns what PMH sends on.
pub fn answer_request(
    pmh: &mut Pmh,
    context: Context<'_>,
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
        Some(LinkAction::NoAnswer) => (work(pmh), ReplyTravel::Silent),
        Some(LinkAction::Slow) => (work(pmh), ReplyTravel::Late),
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
    context: Context<'_>,
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

/// Finds the resource and the account, in the fixed order path, method, whether the
/// certificate's insurer connects at all, key, certificate.
fn checked<'a>(
    pmh: &Pmh,
    context: Context<'_>,
    request: &'a LinkRequest,
) -> Result<(AccountKey, Resource<'a>), Refusal> {
    let resource = resource(context.profile, request)?;
    if pmh.is_turned_away(request.certificate.as_deref()) {
        return Err("S406".into());
    }
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

/// Whether the body is there to be read as JSON.
pub(super) fn readable(request: &LinkRequest) -> Result<(), &'static str> {
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

fn fetch_result(pmh: &Pmh, profile: &Profile, account: &AccountKey, name: &str) -> Answer {
    let found = task_number(name).and_then(|number| {
        let task = pmh.tasks.get(&number)?;
        (task.account == *account).then(|| wire::task_result(profile, number, task))
    });
    found.map_or_else(|| Answer::system(profile, "S404"), Answer::ok)
}

/// The value of a query's first member of a name.
pub(super) fn query_value<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}
