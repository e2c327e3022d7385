//! The interface for care software as an OpenAPI 3.1 document: what a profile shows and to whom decides
//! what can be asked for, and its limits how long a token lives.

use serde_json::{Value, json};

use crate::profile::{AccessRules, Profile};

/// Where every path of the interface begins.
pub const BASE: &str = "/careweb/v1";
/// Logs in (`POST`) and out (`DELETE`), below [`BASE`].
pub const TOKENS: &str = "/tokens";
/// Renews the access token.
pub const REFRESH: &str = "/tokens/refresh";
/// Before 保険者番号, 被保険者番号 and the kind of data.
pub const INSURED: &str = "/insured/";
/// This document.
pub const DOCUMENT: &str = "/openapi.json";

/// The interface for care software as an OpenAPI 3.1 document.
#[must_use]
pub fn software_openapi(profile: &Profile, host: &str) -> Value {
    let head = profile.head();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "介護ソフトの閲覧インタフェース（模擬）",
            "version": head.edition,
            "description": format!(
                "介護事業所の介護ソフトが、介護WEBサービスの画面と同じ条件で情報を閲覧する。閲覧だけができる。\
                 パスと項目の名前は想定。見られる情報と有効時間は、連携仕様プロファイル {} による。\
                 ここにないアドレスには404、ない呼び方には405で答える。",
                head.id
            ),
            "x-profile": head.id,
            "x-digest": profile.digest(),
            "x-standing": "assumed",
        },
        "servers": [{ "url": format!("https://{host}{BASE}") }],
        "security": [{ "clientCertificate": [], "accessToken": [] }],
        "paths": paths(profile.access()),
        "components": {
            "securitySchemes": {
                "clientCertificate": {
                    "type": "mutualTLS",
                    "description": "介護事業所のクライアント証明書",
                },
                "accessToken": { "type": "http", "scheme": "bearer" },
            },
            "schemas": schemas(),
        },
    })
}

fn paths(access: &AccessRules) -> Value {
    json!({
        TOKENS: { "post": log_in(access), "delete": log_out() },
        REFRESH: { "post": refresh() },
        "/insured/{insurer}/{insured}/{data}": { "get": view(access) },
        DOCUMENT: { "get": document() },
    })
}

fn log_in(access: &AccessRules) -> Value {
    let minutes = access.limits.access_minutes.value;
    let hours = access.limits.refresh_hours.value;
    let tokens = format!("アクセストークン（{minutes}分）とリフレッシュトークン（{hours}時間）");
    json!({
        "operationId": "log_in",
        "summary": "ログイン",
        "security": without_token(),
        "requestBody": body("LogIn"),
        "responses": {
            "200": content(&tokens, &reference("Tokens")),
            "400": unreadable(),
            "401": not_logged_in(),
            "403": errors("クライアント証明書を確認できない"),
            "500": broken(),
        },
    })
}

fn log_out() -> Value {
    json!({
        "operationId": "log_out",
        "summary": "ログアウト",
        "responses": {
            "200": content("ログアウトした", &reference("Viewed")),
            "401": not_logged_in(),
            "500": broken(),
        },
    })
}

fn refresh() -> Value {
    json!({
        "operationId": "refresh",
        "summary": "アクセストークンの更新",
        "security": without_token(),
        "requestBody": body("Refresh"),
        "responses": {
            "200": content("新しいアクセストークン", &reference("AccessToken")),
            "400": unreadable(),
            "401": not_logged_in(),
            "500": broken(),
        },
    })
}

fn view(access: &AccessRules) -> Value {
    let digits = |count| json!({ "type": "string", "pattern": format!("^[0-9]{{{count}}}$") });
    let kinds = json!({ "type": "string", "enum": kinds(access) });
    let shown = json!({ "oneOf": [reference("Viewed"), reference("Errors")] });
    json!({
        "operationId": "view",
        "summary": "情報の閲覧",
        "parameters": [
            parameter("insurer", "保険者番号", &digits(6)),
            parameter("insured", "被保険者番号", &digits(10)),
            parameter("data", &meanings(access), &kinds),
        ],
        "responses": {
            "200": content("情報。見せられない理由も200で返ります", &shown),
            "401": not_logged_in(),
            "404": errors("介護ソフトからは見られない情報"),
            "500": broken(),
        },
    })
}

fn document() -> Value {
    json!({
        "operationId": "get_openapi",
        "summary": "この文書",
        "security": without_token(),
        "responses": { "200": content("この文書", &json!({ "type": "object" })) },
    })
}

fn without_token() -> Value {
    json!([{ "clientCertificate": [] }])
}

fn errors(description: &str) -> Value {
    content(description, &reference("Errors"))
}

fn not_logged_in() -> Value {
    let mut answer = errors("ログインしていない、有効時間が過ぎた、またはログインできない");
    answer["headers"] = json!({ "WWW-Authenticate": {
        "description": "認証の方式", "required": true, "schema": { "const": "Bearer" },
    } });
    answer
}

fn unreadable() -> Value {
    errors("送られたJSONを読み取れない")
}

fn broken() -> Value {
    errors("記録に書けないため、答えられない")
}

/// What can be asked for at all.
fn kinds(access: &AccessRules) -> Vec<&str> {
    let barred = &access.browser_only.data.value;
    let data = access.data().iter().map(|kind| kind.id.as_str());
    data.filter(|id| !barred.iter().any(|barred| barred == id))
        .collect()
}

fn meanings(access: &AccessRules) -> String {
    let named = access.data().iter();
    let named = named.map(|kind| format!("{}: {}", kind.id, kind.ja));
    named.collect::<Vec<_>>().join("、")
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

fn content(description: &str, schema: &Value) -> Value {
    json!({
        "description": description,
        "content": { "application/json": { "schema": schema } },
    })
}

fn body(schema: &str) -> Value {
    json!({
        "required": true,
        "content": { "application/json": { "schema": reference(schema) } },
    })
}

fn parameter(name: &str, description: &str, schema: &Value) -> Value {
    json!({
        "name": name, "in": "path", "required": true,
        "description": description, "schema": schema,
    })
}

/// An object all of whose members are always there, unless they are named.
fn closed(properties: Value, optional: &[&str]) -> Value {
    let members = properties.as_object().into_iter().flatten();
    let required: Vec<String> = members
        .map(|(member, _)| member.clone())
        .filter(|member| !optional.contains(&member.as_str()))
        .collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn schemas() -> Value {
    let text = || json!({ "type": "string" });
    let seconds = || json!({ "type": "integer", "minimum": 1, "description": "秒" });
    let person = || json!({ "insurer": text(), "insured": text() });
    let list = |item: Value| json!({ "type": "array", "items": item });
    json!({
        "LogIn": closed(json!({ "user": text(), "password": text() }), &[]),
        "Refresh": closed(json!({ "refreshToken": text() }), &[]),
        "Tokens": closed(json!({
            "accessToken": text(), "accessSeconds": seconds(),
            "refreshToken": text(), "refreshSeconds": seconds(),
        }), &[]),
        "AccessToken": closed(json!({ "accessToken": text(), "accessSeconds": seconds() }), &[]),
        "Viewed": closed(json!({
            "people": list(closed(person(), &[])),
            "data": { "oneOf": [{ "type": "null" }, reference("Disclosure")] },
            "made": list(json!({ "type": "object" })),
        }), &[]),
        "Disclosure": closed(json!({
            "role": { "type": "string", "description": "閲覧権限表の行" },
            "insurer": text(), "insured": text(), "data": text(),
            "holder": { "type": "object", "description": "被保険者証と一緒に: 氏名、カナ氏名、住所、生年月日、性別" },
            "rows": list(json!({ "type": "object", "description": "市町村が連携した記録の項目" })),
        }), &["holder"]),
        "Errors": closed(json!({
            "errors": {
                "type": "array", "minItems": 1,
                "items": closed(json!({ "code": text(), "message": text() }), &[]),
            },
        }), &[]),
    })
}
