//! A vendor that is only a stub: fixed answers over HTTP.

use std::time::Duration;

use serde_json::{Value, json};
use tekigo::control::Operation;
use tekigo::drivers::{Driver, TimeLimits};
use wiremock::matchers::{body_json, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::samples;

/// The body of an answer `done`.
pub(super) fn done(operation: Operation) -> Value {
    json!({"result": "done", "reason": null, "data": samples::data(operation)})
}

/// A stub that gives `answer` to `operation`, and requires the sample input.
pub(super) async fn answering(operation: Operation, answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(format!("/tekigo/v1/{}", operation.name())))
        .and(body_json(samples::input(operation)))
        .respond_with(answer)
        .mount(&server)
        .await;
    server
}

/// A driver for the stub with a limit of one second.
pub(super) fn driver(server: &MockServer) -> Driver {
    driver_at(&server.uri())
}

/// A driver for an address with a limit of one second.
pub(super) fn driver_at(address: &str) -> Driver {
    let address = address.parse().expect("the stub listens on 127.0.0.1");
    Driver::http(address, TimeLimits::uniform(Duration::from_secs(1)))
}
