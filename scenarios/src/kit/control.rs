//! The test-control interface: the guide, the schemas, and the same as an OpenAPI document.

use serde_json::{Map, Value, json};

use super::error::KitError;
use super::folder::Kit;
use crate::control::{INTERFACE_VERSION, Operation};

macro_rules! documents {
    ($($name:literal),* $(,)?) => {
        &[$((
            $name,
            include_str!(concat!("../../interface/control-v1/", $name)),
        )),*]
    };
}

const GUIDE: &str = include_str!("../../interface/control-v1/README.md");

const DOCUMENTS: &[(&str, &str)] = documents![
    "accept_application.json",
    "answer.json",
    "change_person.json",
    "configure.json",
    "declare.json",
    "delete_row.json",
    "export.json",
    "import.json",
    "issue_burden_ratio.json",
    "issue_card.json",
    "issue_reduction.json",
    "ledger.json",
    "load_ledger.json",
    "lose_qualification.json",
    "offer_consent.json",
    "print_card.json",
    "record_equipment_purchase.json",
    "record_home_modification.json",
    "register_decision.json",
    "register_opinion.json",
    "register_person.json",
    "register_survey.json",
    "request_opinion.json",
    "reset.json",
    "resume_setup.json",
    "run_transfer.json",
    "schedule_board.json",
    "send_board_material.json",
    "set_business_time.json",
    "shutdown.json",
    "start_setup.json",
    "view_certification.json",
    "view_consent.json",
    "view_files.json",
    "view_inbound.json",
    "view_link.json",
    "view_people.json",
    "view_person.json",
    "view_refused.json",
    "view_replacements.json",
    "view_setup.json",
    "withdraw_consent.json",
];

/// Adds the folder `control`.
pub(super) fn add(kit: &mut Kit) -> Result<(), KitError> {
    kit.text("control/README.md", GUIDE);
    for (name, text) in DOCUMENTS {
        kit.text(format!("control/{name}"), *text);
    }
    kit.json("control/openapi.json", &openapi())
}

/// The interface as OpenAPI 3.1; the schemas are those of the files beside it.
fn openapi() -> Value {
    let paths: Map<String, Value> = Operation::ALL
        .into_iter()
        .map(|operation| {
            let path = format!("/tekigo/v{INTERFACE_VERSION}/{}", operation.name());
            (path, json!({ "post": described(operation) }))
        })
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "試験操作インタフェース",
            "version": INTERFACE_VERSION,
            "description": "tekigo が介護保険システムに業務を頼む口。製品の側がこのHTTPサーバーになる。\
                決まりは README.md にある。入力と回答の形は、同じフォルダーのJSON Schemaによる。",
        },
        "servers": [{
            "url": "http://{address}",
            "variables": { "address": {
                "default": "127.0.0.1:8080",
                "description": "tekigo が選び、起動コマンドの {address} で渡す",
            } },
        }],
        "paths": paths,
    })
}

fn described(operation: Operation) -> Value {
    let sheet = operation.sheet();
    let name = operation.name();
    json!({
        "operationId": name,
        "summary": sheet.japanese,
        "description": sheet.sentence,
        "tags": [sheet.group.japanese()],
        "requestBody": {
            "required": true,
            "content": { "application/json": {
                "schema": { "$ref": format!("{name}.json#/$defs/input") },
            } },
        },
        "responses": { "200": {
            "description": "どの回答も200。result で分ける",
            "content": { "application/json": { "schema": {
                "allOf": [{ "$ref": "answer.json" }],
                "if": { "properties": { "result": { "const": "done" } } },
                "then": { "properties": {
                    "data": { "$ref": format!("{name}.json#/$defs/data") },
                } },
            } } },
        } },
    })
}
