use serde_json::json;
use tekigo_simulator::serve::Simulator;

use super::client::{Client, INSURER, person, prepare, settings};

#[tokio::test]
async fn a_registered_person_is_held_by_every_system() {
    let dir = tempfile::tempdir().expect("a folder");
    let simulator = Simulator::start(settings(&dir.path().join("j.jsonl"), false))
        .await
        .expect("on the air");
    let key = prepare(&simulator);
    let client = Client::new(&simulator, key);
    client.start_setup().await;
    let records = json!([
        person("0000000001", "123456789018"),
        person("0000000002", "123456789019")
    ]);
    let (status, accepted) = client
        .post("personRegistrationTasks?linkSegment=1", &records)
        .await;
    assert_eq!(status, 202, "{accepted}");
    let task = accepted["taskId"].as_str().expect("a task").to_owned();
    let (_, result) = client.get(&format!("registrationTasks/{task}")).await;
    assert_eq!(result["status"], "completed", "{result}");
    assert_eq!(result["acceptedCount"], 1);
    assert_eq!(result["results"][0]["recordIndex"], 1);
    assert_eq!(result["results"][0]["resultCode"], "E006");
    simulator.shell().look(|world| {
        assert_eq!(world.platform().people(), 1);
        assert_eq!(world.intermediate().len(), 1);
        assert_eq!(world.qualification().len(), 1);
        assert_eq!(world.mail().sent().len(), 1, "a notice names the refusal");
    });
    let journal = std::fs::read_to_string(simulator.shell().journal_path()).expect("journal");
    assert!(!journal.contains("123456789018"), "a 個人番号 got in");
    assert!(!journal.contains("pmhk_"), "a key got in");
}

#[tokio::test]
async fn completion_is_taken_only_if_the_books_agree() {
    let dir = tempfile::tempdir().expect("a folder");
    let simulator = Simulator::start(settings(&dir.path().join("j.jsonl"), false))
        .await
        .expect("on the air");
    let key = prepare(&simulator);
    let client = Client::new(&simulator, key);
    let report = |count: u32| {
        json!([{
            "insurerNumber": INSURER,
            "baselineDate": "2026-11-02",
            "completionDate": "2026-11-02",
            "personCount": count,
        }])
    };
    let path = "setupCompletionRegistrationTasks?linkSegment=1";
    let (_, early) = client.post(path, &report(0)).await;
    assert_eq!(early["errors"][0]["code"], "B211");
    client.start_setup().await;
    let people = json!([person("0000000001", "123456789018")]);
    client
        .post("personRegistrationTasks?linkSegment=1", &people)
        .await;
    let (_, wrong) = client.post(path, &report(2)).await;
    assert_eq!(wrong["errors"][0]["code"], "B213");
    let (status, _) = client.post(path, &report(1)).await;
    assert_eq!(status, 202);
    let (_, again) = client
        .post("personRegistrationTasks?linkSegment=1", &people)
        .await;
    assert_eq!(again["errors"][0]["code"], "B212");
}

#[tokio::test]
async fn refusals_name_their_stage() {
    let dir = tempfile::tempdir().expect("a folder");
    let simulator = Simulator::start(settings(&dir.path().join("j.jsonl"), false))
        .await
        .expect("on the air");
    let key = prepare(&simulator);
    let client = Client::new(&simulator, key);
    let path = "personRegistrationTasks?linkSegment=1";
    let (_, answer) = client
        .post(path, &json!([person("0000000001", "123456789018")]))
        .await;
    assert_eq!(
        answer["errors"][0]["code"], "B211",
        "set-up has not started"
    );
    client.start_setup().await;
    let (_, answer) = client.post(path, &json!([])).await;
    assert_eq!(answer["errors"][0]["code"], "B001");
    let (_, answer) = client.post("personRegistrationTasks", &json!([1])).await;
    assert_eq!(answer["code"], "S400");
    let (status, _) = client.get("personRegistrationTasks").await;
    assert_eq!(status, 405);
    let (status, _) = client.get("registrationTasks/T-99999999").await;
    assert_eq!(status, 404);
    let stranger = Client::new(&simulator, format!("pmhk_{}", "A".repeat(40)));
    let (status, answer) = stranger.get("inboundRecords").await;
    assert_eq!((status.as_u16(), &answer["code"]), (401, &json!("S401")));
    let other = simulator
        .client_certificate(INSURER, "production")
        .expect("issued");
    let identity = format!("{}{}", other.key_pem, other.chain_pem);
    let mixed = Client::with_identity(&simulator, client.key.clone(), Some(&identity));
    let (status, _) = mixed.get("inboundRecords").await;
    assert_eq!(status, 403);
}
