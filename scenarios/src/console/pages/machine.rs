//! What is to be done now, for programs: the same as the page says, as JSON.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::files::GIVE_PREFIX;
use super::service::{InPages, Pages};
use crate::console::standing::{Ending, Open, Standing};

pub(super) const PATH: &str = "/instruction.json";

/// Shows it as it is, without waiting.
pub(super) async fn show(State(pages): InPages) -> Json<Value> {
    Json(now(&pages))
}

fn now(pages: &Pages) -> Value {
    let state = pages.desk.state();
    let progress = json!({ "planned": state.progress.planned, "ended": state.progress.ended });
    let standing = match &state.standing {
        Standing::Preparing => json!({ "state": "preparing" }),
        Standing::Busy => json!({ "state": "busy" }),
        Standing::Asking(open) => instruction(open),
        Standing::Over(Ending::Judged { exit, .. }) => json!({ "state": "over", "exit": exit }),
        Standing::Over(Ending::Broken { why, exit }) => {
            json!({ "state": "broken", "exit": exit, "why": why })
        }
    };
    let mut whole = standing;
    whole["progress"] = progress;
    whole["run"] = json!(state.book.id);
    whole
}

fn instruction(open: &Open) -> Value {
    let key = &open.key;
    let to = key.in_path();
    let gifts: Vec<Value> = open
        .gifts
        .iter()
        .map(
            |gift| json!({ "name": gift.name, "href": format!("{GIVE_PREFIX}{to}/{}", gift.name) }),
        )
        .collect();
    json!({
        "state": "asking",
        "to": to,
        "scenario": key.scenario,
        "mode": key.mode.id(),
        "attempt": key.attempt,
        "ordinal": key.ordinal,
        "operation": open.operation.name(),
        "input": open.input,
        "files": gifts,
    })
}
