use reqwest::header::{ALLOW, HeaderName, WWW_AUTHENTICATE};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use tekigo_simulator::profile::Profile;
use tekigo_simulator::serve::Simulator;

use super::client::{Client, prepare, settings};

async fn prepared() -> (tempfile::TempDir, Simulator, Client) {
    let dir = tempfile::tempdir().expect("a folder");
    let simulator = Simulator::start(settings(&dir.path().join("j.jsonl"), false))
        .await
        .expect("on the air");
    let key = prepare(&simulator);
    let client = Client::new(&simulator, key);
    (dir, simulator, client)
}

async fn header(
    client: &Client,
    method: Method,
    path: &str,
    name: HeaderName,
) -> (StatusCode, Option<String>) {
    let answer = client.answer(method, path, None).await.expect("an answer");
    let value = answer.headers().get(name);
    let value = value.map(|value| value.to_str().expect("ASCII").to_owned());
    (answer.status(), value)
}

#[tokio::test]
async fn a_method_that_a_resource_does_not_know_is_told_which_it_knows() {
    let (_dir, _simulator, client) = prepared().await;
    let methods = [
        Method::DELETE,
        Method::HEAD,
        Method::OPTIONS,
        Method::PUT,
        Method::TRACE,
    ];
    for (path, allowed) in [
        ("personRegistrationTasks", "POST"),
        ("inboundAcknowledgements", "POST"),
        ("inboundRecords", "GET"),
        ("registrationTasks/T-1", "GET"),
        ("openapi.json", "GET"),
    ] {
        for method in methods.clone() {
            assert_eq!(
                header(&client, method.clone(), path, ALLOW).await,
                (StatusCode::METHOD_NOT_ALLOWED, Some(allowed.to_owned())),
                "{method} {path}"
            );
        }
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_answered_and_not_cut_off() {
    let (_dir, _simulator, client) = prepared().await;
    let most = Profile::bundled().api().request_bytes_max.value;
    for bytes in [most + 1, most + most / 2] {
        let body = Value::from("a".repeat(bytes - 2));
        let (status, answer) = client
            .post("personRegistrationTasks?linkSegment=1", &body)
            .await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE, "{bytes}: {answer}");
    }
}

#[tokio::test]
async fn whoever_lacks_a_key_is_told_the_scheme() {
    let (_dir, _simulator, mut client) = prepared().await;
    let unknown = header(&client, Method::GET, "unknown", WWW_AUTHENTICATE).await;
    assert_eq!(unknown, (StatusCode::NOT_FOUND, None));
    client.key = "another".to_owned();
    assert_eq!(
        header(&client, Method::GET, "inboundRecords", WWW_AUTHENTICATE).await,
        (StatusCode::UNAUTHORIZED, Some("Bearer".to_owned()))
    );
}
