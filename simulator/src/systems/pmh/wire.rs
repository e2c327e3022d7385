//! How PMH's answers look.

use serde_json::{Value, json};

use crate::profile::Profile;

use super::state::{InboundItem, Task, TaskState, inbound_name, task_name};

/// An answer before it travels: status, seconds of `Retry-After`, method of `Allow`, body.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) retry_after: Option<u32>,
    pub(super) allow: Option<&'static str>,
    pub(super) body: Value,
}

impl Answer {
    pub(super) fn ok(body: Value) -> Self {
        Self {
            status: 200,
            retry_after: None,
            allow: None,
            body,
        }
    }

    /// A refusal at the stage of transport and authentication.
    pub(super) fn system(profile: &Profile, code: &str) -> Self {
        let (status, message) = profile
            .system_error(code)
            .map_or((500, "仕様にない符号です"), |error| {
                (error.status, error.ja.as_str())
            });
        Self {
            status,
            retry_after: None,
            allow: None,
            body: json!({ "status": status, "code": code, "message": message }),
        }
    }

    /// A business error, which travels inside an HTTP 200 [domain 1.6, analog].
    pub(super) fn business(profile: &Profile, code: &str) -> Self {
        let message = profile
            .business_error(code)
            .map_or("仕様にない符号です", |error| error.ja.as_str());
        Self::ok(json!({ "errors": [{ "code": code, "message": message }] }))
    }

    pub(super) fn accepted(number: u64, kind: &str, received: usize) -> Self {
        Self {
            status: 202,
            retry_after: None,
            allow: None,
            body: json!({
                "taskId": task_name(number),
                "kind": kind,
                "receivedCount": received,
                "status": "accepted",
            }),
        }
    }
}

pub(super) fn task_result(profile: &Profile, number: u64, task: &Task) -> Value {
    let kind = profile.layout(task.kind).id();
    let mut body = json!({
        "taskId": task_name(number),
        "kind": kind,
        "status": "processing",
        "receivedCount": task.received,
        "acceptedCount": null,
        "refusedCount": null,
        "results": [],
    });
    if task.state == TaskState::Completed {
        body["status"] = json!("completed");
        body["acceptedCount"] = json!(task.received - task.refused.len());
        body["refusedCount"] = json!(task.refused.len());
        body["results"] = task
            .refused
            .iter()
            .map(|(position, refusal)| {
                let errors: Vec<Value> = refusal
                    .errors
                    .iter()
                    .map(|error| {
                        json!({ "item": error.item, "code": error.code, "message": error.message })
                    })
                    .collect();
                json!({
                    "recordIndex": position,
                    "insuredNumber": refusal.insured_number,
                    "historyKey": refusal.history_key,
                    "resultCode": refusal.errors.first().map_or("E001", |error| error.code),
                    "errors": errors,
                })
            })
            .collect();
    }
    body
}

pub(super) fn inbound_page(
    profile: &Profile,
    page: &[(u64, &InboundItem)],
    remaining: usize,
) -> Value {
    let records: Vec<Value> = page
        .iter()
        .map(|(number, item)| {
            let record: Value = serde_json::from_str(&item.record).unwrap_or(Value::Null);
            json!({
                "inboundId": inbound_name(*number),
                "kind": profile.layout(item.kind).id(),
                "record": record,
            })
        })
        .collect();
    json!({ "records": records, "remaining": remaining })
}
