//! The operations of the OpenAPI document.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::interface::Profile;
use super::layout::KindLayout;
use super::openapi::closed_object;
use super::settings::LinkSegment;

/// Statuses that mean the body of a request was at fault: only operations with a body answer them.
const BODY_STATUSES: [u16; 2] = [413, 415];
/// Statuses of what comes before the key is looked at, for the document that needs no key.
const KEYLESS_STATUSES: [u16; 3] = [404, 405, 503];

pub(super) fn paths(profile: &Profile) -> Map<String, Value> {
    let mut paths = Map::new();
    for layout in profile.kinds() {
        if let Some(path) = layout.path() {
            paths.insert(
                format!("/{path}"),
                json!({ "post": registration(profile, layout) }),
            );
        }
    }
    paths.insert(
        "/registrationTasks/{taskId}".to_owned(),
        json!({ "get": task(profile) }),
    );
    paths.insert(
        "/inboundRecords".to_owned(),
        json!({ "get": inbound(profile) }),
    );
    paths.insert(
        "/inboundAcknowledgements".to_owned(),
        json!({ "post": acknowledgement(profile) }),
    );
    paths.insert(
        "/openapi.json".to_owned(),
        json!({ "get": document(profile) }),
    );
    paths
}

fn json_content(schema: Value) -> Value {
    json!({ "application/json": { "schema": schema } })
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

/// HTTP 200 of an operation that has an answer of its own: that, or business errors.
fn answer_or_errors(description: &str, schema: &str) -> Value {
    json!({
        "description": format!("{description}。業務エラーも200で返ります"),
        "content": json_content(json!({ "oneOf": [reference(schema), reference("BusinessErrors")] })),
    })
}

/// The answers of an operation: its own, and every system error it can meet.
fn responses(profile: &Profile, own: &[(&str, Value)], is_met: impl Fn(u16) -> bool) -> Value {
    let mut responses: Map<String, Value> = own
        .iter()
        .map(|(status, answer)| ((*status).to_owned(), answer.clone()))
        .collect();
    let mut by_status: BTreeMap<u16, Vec<(&str, &str)>> = BTreeMap::new();
    for error in profile.system_errors() {
        by_status
            .entry(error.status)
            .or_default()
            .push((&error.code, &error.ja));
    }
    for (status, errors) in by_status {
        if is_met(status) {
            responses.insert(status.to_string(), system_error(status, &errors));
        }
    }
    Value::Object(responses)
}

fn system_error(status: u16, errors: &[(&str, &str)]) -> Value {
    let codes: Vec<&str> = errors.iter().map(|(code, _)| *code).collect();
    let meanings: Vec<String> = errors
        .iter()
        .map(|(code, ja)| format!("{code}: {ja}"))
        .collect();
    let body = closed_object(
        "システムエラー",
        json!({
            "status": { "const": status },
            "code": { "type": "string", "enum": codes },
            "message": { "type": "string" },
        }),
    );
    let mut response = json!({ "description": meanings.join("、"), "content": json_content(body) });
    if let Some((name, header)) = header_of(status) {
        response["headers"] = json!({ name: header });
    }
    response
}

/// The header that always comes with a status.
fn header_of(status: u16) -> Option<(&'static str, Value)> {
    let (name, description, schema) = match status {
        401 => (
            "WWW-Authenticate",
            "認証の方式",
            json!({ "const": "Bearer" }),
        ),
        405 => (
            "Allow",
            "使えるメソッド",
            json!({ "type": "string", "enum": ["GET", "POST"] }),
        ),
        503 => (
            "Retry-After",
            "待つ秒数",
            json!({ "type": "integer", "minimum": 0 }),
        ),
        _ => return None,
    };
    let header = json!({ "description": description, "required": true, "schema": schema });
    Some((name, header))
}

fn registration(profile: &Profile, layout: &KindLayout) -> Value {
    let api = profile.api();
    let segments = [LinkSegment::Initial, LinkSegment::Difference]
        .map(|segment| api.link_segment_code(segment));
    let body = json!({
        "type": "array",
        "items": reference(layout.id()),
        "minItems": 1,
        "maxItems": api.records_per_request_max.value,
    });
    let accepted = json!({
        "description": "受け付けました（記録の検査と登録はこの後に行われます）",
        "content": json_content(reference("Accepted")),
        "links": {
            "result": {
                "operationId": "get_registration_task",
                "parameters": { "taskId": "$response.body#/taskId" },
                "description": "登録の処理結果",
            },
        },
    });
    let refused = json!({
        "description": "業務エラー（要求全体を受け付けません）",
        "content": json_content(reference("BusinessErrors")),
    });
    json!({
        "operationId": format!("register_{}", layout.id()),
        "summary": format!("{}の登録", layout.ja()),
        "tags": ["registration"],
        "x-standing": layout.standing().as_str(),
        "x-source": layout.source(),
        "parameters": [{
            "name": "linkSegment",
            "in": "query",
            "required": true,
            "description": format!("連携区分。{}: 初期セットアップ（全件）、{}: 差分", segments[0], segments[1]),
            "schema": { "type": "string", "enum": segments },
            "x-standing": api.link_segment_initial.standing.as_str(),
            "x-source": api.link_segment_initial.source,
        }],
        "requestBody": { "required": true, "content": json_content(body) },
        "responses": responses(profile, &[("200", refused), ("202", accepted)], |_| true),
    })
}

fn task(profile: &Profile) -> Value {
    let own = answer_or_errors("処理状況と結果", "Task");
    json!({
        "operationId": "get_registration_task",
        "summary": "登録の処理結果の確認",
        "tags": ["registration"],
        "parameters": [{
            "name": "taskId",
            "in": "path",
            "required": true,
            "description": "登録を受け付けたときの taskId",
            "schema": { "type": "string", "minLength": 1 },
        }],
        "responses": responses(profile, &[("200", own)], |status| !BODY_STATUSES.contains(&status)),
    })
}

fn inbound(profile: &Profile) -> Value {
    let limit = profile.api().inbound_records_per_page_max.value;
    let own = answer_or_errors("受信情報（受領するまで繰り返し返ります）", "InboundPage");
    json!({
        "operationId": "get_inbound_records",
        "summary": "受信情報の取得",
        "tags": ["inbound"],
        "parameters": [{
            "name": "limit",
            "in": "query",
            "required": false,
            "description": "1回に受け取る件数",
            "schema": { "type": "integer", "minimum": 1, "maximum": limit, "default": limit },
        }],
        "responses": responses(profile, &[("200", own)], |status| !BODY_STATUSES.contains(&status)),
    })
}

fn acknowledgement(profile: &Profile) -> Value {
    let item = closed_object(
        "受領する1件",
        json!({ "inboundId": { "type": "string", "minLength": 1 } }),
    );
    let body = json!({
        "type": "array",
        "items": item,
        "minItems": 1,
        "maxItems": profile.api().records_per_request_max.value,
    });
    let own = answer_or_errors("受領しました", "Acknowledged");
    json!({
        "operationId": "acknowledge_inbound_records",
        "summary": "受信情報の受領",
        "tags": ["inbound"],
        "requestBody": { "required": true, "content": json_content(body) },
        "responses": responses(profile, &[("200", own)], |_| true),
    })
}

fn document(profile: &Profile) -> Value {
    let own = json!({
        "description": "この文書",
        "content": json_content(json!({ "type": "object" })),
    });
    json!({
        "operationId": "get_openapi",
        "summary": "この文書（認証キーは不要）",
        "tags": ["description"],
        "security": [],
        "responses": responses(profile, &[("200", own)], |status| KEYLESS_STATUSES.contains(&status)),
    })
}
