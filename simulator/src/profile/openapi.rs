//! The link interface of mode 1 as an OpenAPI 3.1 document.

use serde_json::{Map, Value, json};

use super::interface::Profile;
use super::layout::KindLayout;
use super::openapi_paths::paths;
use super::openapi_schema::record_schema;

/// The link interface (mode 1) of a profile as an OpenAPI 3.1 document.
#[must_use]
pub fn openapi(profile: &Profile) -> Value {
    let head = profile.head();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": head.title,
            "version": head.edition,
            "description": format!(
                "介護保険システムとPMHの連携インタフェース（方式① API連携・バッチ処理）。\
                 連携仕様プロファイル {} から作られています。各項目の根拠は x-standing\
                （published: 公開資料、analog: 同種の公式仕様、assumed: 想定）と x-source にあります。\
                 HTTPとして読めない要求（長すぎるURIやヘッダーなど）には本文のない 400・414・431 を返し、\
                 接続を閉じます。",
                head.id
            ),
            "x-profile": head.id,
            "x-digest": profile.digest(),
            "x-standing": head.standing.as_str(),
        },
        "servers": servers(profile),
        "security": [{ "clientCertificate": [], "linkKey": [] }],
        "tags": [
            { "name": "registration", "description": "記録の登録と処理結果" },
            { "name": "inbound", "description": "受信情報の取得と受領" },
            { "name": "description", "description": "この文書" },
        ],
        "paths": paths(profile),
        "components": {
            "securitySchemes": {
                "clientCertificate": {
                    "type": "mutualTLS",
                    "description": "クライアント証明書（TLS 1.3）",
                },
                "linkKey": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": format!(
                        "認証キー（{} と{}文字）",
                        profile.credentials().key_prefix.value,
                        profile.credentials().key_random_characters.value
                    ),
                },
            },
            "schemas": schemas(profile),
        },
    })
}

fn servers(profile: &Profile) -> Vec<Value> {
    let server = |environment: &super::settings::Environment| {
        let base = &profile.api().base_path.value;
        json!({
            "url": format!("https://{}:{}{base}", environment.host, environment.port),
            "description": environment.ja,
            "x-standing": environment.standing.as_str(),
            "x-source": environment.source,
        })
    };
    profile.environments().iter().map(server).collect()
}

fn schemas(profile: &Profile) -> Map<String, Value> {
    let mut schemas = Map::new();
    for layout in profile
        .kinds()
        .iter()
        .filter(|layout| !layout.is_file_only())
    {
        schemas.insert(layout.id().to_owned(), record_schema(layout));
    }
    schemas.insert("Accepted".to_owned(), accepted(profile));
    schemas.insert("BusinessErrors".to_owned(), business_errors(profile));
    schemas.insert("Task".to_owned(), task(profile));
    schemas.insert("RecordResult".to_owned(), record_result(profile));
    schemas.insert("InboundPage".to_owned(), inbound_page(profile));
    schemas.insert("InboundRecord".to_owned(), inbound_record(profile));
    schemas.insert("Acknowledged".to_owned(), acknowledged());
    schemas
}

/// Names of the kinds of mode 1 that pass a test.
fn kind_names(profile: &Profile, is_meant: fn(&KindLayout) -> bool) -> Vec<&str> {
    profile
        .kinds()
        .iter()
        .filter(|layout| !layout.is_file_only() && is_meant(layout))
        .map(KindLayout::id)
        .collect()
}

/// An object all of whose members are always there.
pub(super) fn closed_object(description: &str, properties: Value) -> Value {
    let required: Vec<String> = properties
        .as_object()
        .map(|members| members.keys().cloned().collect())
        .unwrap_or_default();
    json!({
        "type": "object",
        "description": description,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn accepted(profile: &Profile) -> Value {
    closed_object(
        "受け付けました。処理結果は registrationTasks で確かめます。",
        json!({
            "taskId": { "type": "string", "pattern": "^T-" },
            "kind": { "type": "string", "enum": kind_names(profile, |layout| layout.direction().is_sent()) },
            "receivedCount": { "type": "integer", "minimum": 1 },
            "status": { "const": "accepted" },
        }),
    )
}

fn business_errors(profile: &Profile) -> Value {
    let codes: Vec<&str> = profile
        .business_errors()
        .iter()
        .map(|error| error.code.as_str())
        .collect();
    let meanings: Vec<String> = profile
        .business_errors()
        .iter()
        .map(|error| format!("{}: {}", error.code, error.ja))
        .collect();
    let error = closed_object(
        "業務エラー1件",
        json!({
            "code": { "type": "string", "enum": codes, "description": meanings.join("、") },
            "message": { "type": "string" },
        }),
    );
    closed_object(
        "業務エラー。要求は受け付けられず、taskId はありません。",
        json!({ "errors": { "type": "array", "minItems": 1, "items": error } }),
    )
}

fn task(profile: &Profile) -> Value {
    let count =
        || json!({ "type": ["integer", "null"], "minimum": 0, "description": "処理中は null" });
    closed_object(
        "登録の処理状況と結果",
        json!({
            "taskId": { "type": "string" },
            "kind": { "type": "string", "enum": kind_names(profile, |layout| layout.direction().is_sent()) },
            "status": { "type": "string", "enum": ["processing", "completed"] },
            "receivedCount": { "type": "integer", "minimum": 0 },
            "acceptedCount": count(),
            "refusedCount": count(),
            "results": {
                "type": "array",
                "description": "そのまま受け付けた記録（0000、0001）は含みません。処理中は空です。",
                "items": { "$ref": "#/components/schemas/RecordResult" },
            },
        }),
    )
}

fn record_result(profile: &Profile) -> Value {
    let codes: Vec<&str> = profile
        .results()
        .iter()
        .map(|result| result.code.as_str())
        .collect();
    let meanings: Vec<String> = profile
        .results()
        .iter()
        .map(|result| format!("{}: {}", result.code, result.ja))
        .collect();
    let error = closed_object(
        "項目の誤り1件",
        json!({
            "item": { "type": ["string", "null"], "description": "項目（JSONの名前）" },
            "code": { "type": "string", "enum": codes },
            "message": { "type": "string" },
        }),
    );
    closed_object(
        "記録1件の結果",
        json!({
            "recordIndex": { "type": "integer", "minimum": 0, "description": "配列の中の位置（0から）" },
            "insuredNumber": { "type": ["string", "null"] },
            "historyKey": { "type": ["string", "null"] },
            "resultCode": { "type": "string", "enum": codes, "description": meanings.join("、") },
            "errors": { "type": "array", "items": error },
        }),
    )
}

fn inbound_page(profile: &Profile) -> Value {
    closed_object(
        "まだ受領されていない受信情報",
        json!({
            "records": {
                "type": "array",
                "maxItems": profile.api().inbound_records_per_page_max.value,
                "items": { "$ref": "#/components/schemas/InboundRecord" },
            },
            "remaining": { "type": "integer", "minimum": 0, "description": "このほかに残る件数" },
        }),
    )
}

fn inbound_record(profile: &Profile) -> Value {
    let received = kind_names(profile, |layout| layout.direction().is_received());
    let variants: Vec<Value> = received
        .iter()
        .map(|kind| {
            closed_object(
                "受信情報1件",
                json!({
                    "inboundId": { "type": "string", "pattern": "^I-" },
                    "kind": { "const": kind },
                    "record": { "$ref": format!("#/components/schemas/{kind}") },
                }),
            )
        })
        .collect();
    json!({ "oneOf": variants })
}

fn acknowledged() -> Value {
    closed_object(
        "受領の結果",
        json!({ "acknowledgedCount": { "type": "integer", "minimum": 0 } }),
    )
}
