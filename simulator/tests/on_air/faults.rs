use reqwest::Method;
use serde_json::json;
use tekigo_simulator::kernel::{DeliveryRule, Fate, LinkAction, LinkFault, Route};
use tekigo_simulator::serve::{ServerIdentity, Simulator};
use tekigo_simulator::{Input, LineSwitch};

use super::client::{Client, INSURER, person, prepare, settings};

async fn prepared() -> (tempfile::TempDir, Simulator, Client) {
    let dir = tempfile::tempdir().expect("a folder");
    let simulator = Simulator::start(settings(&dir.path().join("j.jsonl"), false))
        .await
        .expect("on the air");
    let key = prepare(&simulator);
    let client = Client::new(&simulator, key);
    client.start_setup().await;
    (dir, simulator, client)
}

fn strike(simulator: &Simulator, action: LinkAction) {
    let fault = LinkFault {
        path: "personRegistrationTasks".to_owned(),
        skip: 0,
        times: 1,
        action,
    };
    simulator
        .shell()
        .submit(&Input::LinkFault(fault))
        .expect("journaled");
}

fn people(simulator: &Simulator) -> usize {
    simulator.shell().look(|world| world.platform().people())
}

#[tokio::test]
async fn a_cut_line_takes_the_answer_and_before_it_the_request() {
    let (_dir, simulator, client) = prepared().await;
    let records = json!([person("0000000001", "123456789018")]);
    let path = "personRegistrationTasks?linkSegment=1";
    for (action, arrived) in [
        (LinkAction::CutBefore, 0),
        (LinkAction::CutAfter, 1),
        (LinkAction::CutWithin, 1),
    ] {
        strike(&simulator, action.clone());
        let answer = client.send(Method::POST, path, Some(&records)).await;
        assert!(answer.is_err(), "{action:?} gave {answer:?}");
        assert_eq!(people(&simulator), arrived, "{action:?}");
    }
    let (status, _) = client.post(path, &records).await;
    assert_eq!(status, 202, "the line is whole again");
}

#[tokio::test]
async fn silence_takes_the_answer_and_slowness_does_not() {
    let (_dir, simulator, client) = prepared().await;
    let records = json!([person("0000000001", "123456789018")]);
    let path = "personRegistrationTasks?linkSegment=1";
    strike(&simulator, LinkAction::NoAnswer);
    let answer = client.send(Method::POST, path, Some(&records)).await;
    assert!(answer.is_err(), "{answer:?}");
    assert_eq!(people(&simulator), 1, "PMH has carried it out");
    strike(&simulator, LinkAction::Slow);
    let (status, _) = client.post(path, &records).await;
    assert_eq!(status, 202);
}

#[tokio::test]
async fn a_line_that_is_down_stays_down_until_it_is_put_up() {
    let (_dir, simulator, client) = prepared().await;
    strike(&simulator, LinkAction::LineDown);
    let records = json!([person("0000000001", "123456789018")]);
    let path = "personRegistrationTasks?linkSegment=1";
    for _ in 0..3 {
        let answer = client.send(Method::POST, path, Some(&records)).await;
        assert!(answer.is_err());
    }
    simulator
        .shell()
        .submit(&Input::Line(LineSwitch { is_up: true }))
        .expect("journaled");
    let (status, _) = client.post(path, &records).await;
    assert_eq!(status, 202);
}

#[tokio::test]
async fn temporary_refusals_and_business_errors_change_nothing() {
    let (_dir, simulator, client) = prepared().await;
    let records = json!([person("0000000001", "123456789018")]);
    let path = "personRegistrationTasks?linkSegment=1";
    strike(&simulator, LinkAction::Unavailable { retry_after: 3 });
    let (status, answer) = client.post(path, &records).await;
    assert_eq!((status.as_u16(), &answer["code"]), (503, &json!("S503")));
    strike(
        &simulator,
        LinkAction::BusinessError {
            code: "B002".to_owned(),
        },
    );
    let (status, answer) = client.post(path, &records).await;
    assert_eq!(status, 200);
    assert_eq!(answer["errors"][0]["code"], "B002");
    assert_eq!(people(&simulator), 0);
}

#[tokio::test]
async fn a_held_answer_waits_until_it_is_released() {
    let (_dir, simulator, client) = prepared().await;
    strike(&simulator, LinkAction::Hold);
    let records = json!([person("0000000001", "123456789018")]);
    let sent = client.post("personRegistrationTasks?linkSegment=1", &records);
    let release = async {
        simulator.shell().until_held(1).await;
        simulator
            .shell()
            .submit(&Input::CalmDown)
            .expect("journaled");
    };
    let ((status, _), ()) = tokio::join!(sent, release);
    assert_eq!(status, 202);
}

#[tokio::test]
async fn a_late_message_leaves_the_task_processing_until_it_arrives() {
    let (_dir, simulator, client) = prepared().await;
    simulator
        .shell()
        .submit(&Input::Delivery(DeliveryRule {
            route: Route {
                from: "pmh".into(),
                to: "platform".into(),
            },
            skip: 0,
            times: 1,
            fate: Fate::Delay { seconds: 3600 },
        }))
        .expect("journaled");
    let records = json!([person("0000000001", "123456789018")]);
    let (_, accepted) = client
        .post("personRegistrationTasks?linkSegment=1", &records)
        .await;
    let task = format!(
        "registrationTasks/{}",
        accepted["taskId"].as_str().expect("id")
    );
    assert_eq!(client.get(&task).await.1["status"], "processing");
    simulator
        .shell()
        .submit(&Input::CalmDown)
        .expect("journaled");
    assert_eq!(client.get(&task).await.1["status"], "completed");
}

#[tokio::test]
async fn certificates_that_do_not_fit_end_the_handshake() {
    let (_dir, mut simulator, client) = prepared().await;
    for identity in [
        ServerIdentity::Expired,
        ServerIdentity::OtherHost,
        ServerIdentity::OtherIssuer,
    ] {
        simulator.show_server_certificate(identity).expect("shown");
        let fresh = Client::new(&simulator, client.key.clone());
        let answer = fresh.send(Method::GET, "inboundRecords", None).await;
        assert!(answer.is_err(), "{identity:?}");
    }
    simulator
        .show_server_certificate(ServerIdentity::Right)
        .expect("shown");
    let foreign = simulator.foreign_client_certificate().expect("made");
    let identity = format!("{}{}", foreign.key_pem, foreign.chain_pem);
    for identity in [None, Some(identity.as_str())] {
        let stranger = Client::with_identity(&simulator, client.key.clone(), identity);
        let answer = stranger.send(Method::GET, "inboundRecords", None).await;
        assert!(answer.is_err(), "{identity:?}");
    }
    simulator
        .revoke_client_certificates(INSURER, "verification")
        .expect("revoked");
    let revoked = Client::new(&simulator, client.key.clone());
    let answer = revoked.send(Method::GET, "inboundRecords", None).await;
    assert!(answer.is_err(), "revoked");
}
