//! What the HTTP driver makes of everything that may come back.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::Duration;

use serde_json::json;
use tekigo::control::{AnswerResult, Operation};
use tekigo::drivers::{
    ConnectionStage, Consequence, Driver, DriverError, DriverFault, Reached, TimeLimits,
};
use wiremock::ResponseTemplate;

use super::{samples, stub};

async fn call(driver: &Driver, operation: Operation) -> Result<AnswerResult, DriverError> {
    let answer = driver.call(operation, &samples::input(operation)).await;
    answer.map(|answer| answer.result())
}

async fn fault(answer: ResponseTemplate) -> DriverError {
    let operation = Operation::ViewPeople;
    let server = stub::answering(operation, answer).await;
    call(&stub::driver(&server), operation)
        .await
        .expect_err("the answer does not fit")
}

/// The message with the port of the stub left out.
fn message(error: &DriverError) -> String {
    let Reached::At(address) = error.reached else {
        panic!("{error:?}");
    };
    let port = format!(":{}", address.port());
    error.to_string().replace(&port, ":PORT")
}

fn body(text: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(text, "application/json")
}

#[tokio::test]
async fn each_of_the_four_words_is_an_answer() {
    for result in AnswerResult::ALL {
        let template = body(
            &json!({"result": result.word(), "reason": "基準日がありません", "data": {"count": 3}})
                .to_string(),
        );
        let server = stub::answering(Operation::ViewPeople, template).await;
        let answer = stub::driver(&server)
            .call(Operation::ViewPeople, &json!({}))
            .await
            .expect("the answer fits");
        assert_eq!(answer.result(), result);
        assert_eq!(answer.reason(), Some("基準日がありません"));
        assert_eq!(answer.data()["count"], 3);
    }
}

#[tokio::test]
async fn every_operation_goes_to_its_own_path_with_its_input() {
    for operation in Operation::ALL {
        let answer = ResponseTemplate::new(200).set_body_json(stub::done(operation));
        let server = stub::answering(operation, answer).await;
        let result = call(&stub::driver(&server), operation).await;
        assert_eq!(result, Ok(AnswerResult::Done), "{operation}");
    }
}

/// Bodies that come with status 200 as JSON and are no answer.
const BODIES: &[(&str, &str)] = &[
    (
        "truncated",
        r#"{"result":"done","reason":null,"data":{"coun"#,
    ),
    ("empty", ""),
    ("array", "[]"),
    ("wrong word", r#"{"result":"ok","reason":null,"data":{}}"#),
    ("no result", r#"{"reason":null,"data":{}}"#),
    (
        "no reason member",
        r#"{"result":"done","data":{"count":1}}"#,
    ),
    ("no data", r#"{"result":"done","reason":null}"#),
    (
        "refused without reason",
        r#"{"result":"refused","reason":null,"data":{}}"#,
    ),
    (
        "failed with blank reason",
        r#"{"result":"failed","reason":" ","data":{}}"#,
    ),
    (
        "data without its member",
        r#"{"result":"done","reason":null,"data":{}}"#,
    ),
    (
        "data of another kind",
        r#"{"result":"done","reason":null,"data":{"count":"1"}}"#,
    ),
    (
        "secrets are masked",
        r#"{"result":"123456789018 １２３４５６７８９０１８ 1234-5678-9018 pmhk_Abc123 1234567890123"}"#,
    ),
];

#[tokio::test]
async fn what_is_not_an_answer_of_the_interface_is_named() {
    let ok = |body: &[u8], kind: &str| ResponseTemplate::new(200).set_body_raw(body, kind);
    let page = b"<html><body><h1>Whitelabel Error Page</h1></body></html>";
    let exception = ResponseTemplate::new(500).set_body_string("NullPointerException");
    let login = ResponseTemplate::new(302).insert_header("location", "/login");
    let mut cases = vec![
        ("status 500", exception),
        ("status 404 without a body", ResponseTemplate::new(404)),
        ("redirection", login),
        ("page", ok(page, "text/html; charset=utf-8")),
        (
            "not UTF-8",
            ok(b"{\"result\":\"\x8a\xae\"", "application/json"),
        ),
    ];
    cases.extend(BODIES.iter().map(|(name, text)| (*name, body(text))));
    let mut shown = String::new();
    for (name, answer) in cases {
        let error = fault(answer).await;
        assert!(
            matches!(error.fault, DriverFault::NotTheInterface { .. }),
            "{name}: {error:?}"
        );
        shown.push_str(&format!("# {name}\n{}\n\n", message(&error)));
    }
    insta::assert_snapshot!(shown);
}

#[tokio::test]
async fn a_slow_vendor_is_timed_out_within_its_limit() {
    let error = fault(body("{}").set_delay(Duration::from_secs(30))).await;
    assert_eq!(error.fault, DriverFault::TimedOut { seconds: 1 });
    insta::assert_snapshot!(message(&error));
}

#[tokio::test]
async fn nobody_listening_is_a_matter_of_settings() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = format!("http://{}", listener.local_addr().expect("it is bound"));
    drop(listener);
    let error = call(&stub::driver_at(&address), Operation::Declare)
        .await
        .expect_err("nobody listens");
    assert_eq!(error.consequence(), Consequence::Settings);
    assert!(matches!(
        error.fault,
        DriverFault::Unreachable {
            stage: ConnectionStage::Refused,
            ended: None
        }
    ));
    insta::assert_snapshot!(message(&error));
}

/// A server that reads a request, sends `reply` and closes; on the second connection nothing.
fn closing_server(replies: Vec<Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = format!("http://{}", listener.local_addr().expect("it is bound"));
    std::thread::spawn(move || {
        for reply in replies {
            let (mut connection, _) = listener.accept().expect("the driver connects");
            let mut request = [0; 4096];
            let _ = connection.read(&mut request);
            let _ = connection.write_all(&reply);
        }
    });
    address
}

#[tokio::test]
async fn a_connection_closed_in_the_middle_is_undecided_once_the_vendor_had_answered() {
    let first = stub::done(Operation::Reset).to_string();
    let first = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{first}",
        first.len()
    );
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{\"result\":".to_vec();
    let driver = stub::driver_at(&closing_server(vec![first.into_bytes(), half, Vec::new()]));
    assert_eq!(
        call(&driver, Operation::Reset).await,
        Ok(AnswerResult::Done)
    );
    for _ in 0..2 {
        let error = call(&driver, Operation::Reset)
            .await
            .expect_err("it is cut off");
        assert_eq!(error.consequence(), Consequence::Undecided);
        let DriverFault::Unreachable { stage, .. } = &error.fault else {
            panic!("unexpected {error:?}");
        };
        assert_eq!(stage, &ConnectionStage::Closed);
        insta::assert_snapshot!("closed", message(&error));
    }
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let mut reply = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    reply.resize(65 << 20, b'{');
    let driver = Driver::http(
        closing_server(vec![reply]).parse().expect("an address"),
        TimeLimits::uniform(Duration::from_secs(20)),
    );
    let error = call(&driver, Operation::Declare)
        .await
        .expect_err("it is too long");
    assert!(
        error.to_string().contains("回答が 64 MiB を超えています"),
        "{error}"
    );
}

#[tokio::test]
async fn a_server_that_does_not_speak_http_is_not_the_interface() {
    let address = closing_server(vec![b"SSH-2.0-OpenSSH_9.2\r\n".to_vec()]);
    let error = call(&stub::driver_at(&address), Operation::Declare)
        .await
        .expect_err("it is not HTTP");
    insta::assert_snapshot!(message(&error));
}
