use std::fs;

use serde_json::json;
use tekigo_simulator::kernel::{JournalError, read_journal};
use tekigo_simulator::serve::{ShellError, Simulator, SimulatorError};

use super::client::{Client, person, prepare, settings};

#[tokio::test]
async fn a_run_cut_off_at_any_line_goes_on_from_its_journal() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("whole.jsonl");
    {
        let simulator = Simulator::start(settings(&path, false))
            .await
            .expect("on the air");
        let key = prepare(&simulator);
        let client = Client::new(&simulator, key);
        client.start_setup().await;
        let records = json!([person("0000000001", "123456789018")]);
        client
            .post("personRegistrationTasks?linkSegment=1", &records)
            .await;
    }
    let whole = fs::read_to_string(&path).expect("journal");
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    for kept in 1..=lines.len() {
        let cut = dir.path().join(format!("cut-{kept}.jsonl"));
        // Half of the next line, as a killed process leaves it.
        let torn = lines
            .get(kept)
            .map_or("", |line| &line[..line.len().min(20)]);
        fs::write(&cut, lines[..kept].concat() + torn).expect("written");
        let simulator = Simulator::start(settings(&cut, true))
            .await
            .expect("continued");
        let people = simulator.shell().look(|world| world.platform().people());
        drop(simulator);
        let events = read_journal(&cut).expect("whole again");
        // What the last input caused is there even if the process died before writing it.
        let last_input = lines[..kept]
            .iter()
            .rposition(|line| line.contains("\"from\":\"vendor\",\"kind\":\"link.request\""));
        let is_registered = last_input.is_some_and(|at| lines[at].contains("personRegistration"));
        assert_eq!(people, usize::from(is_registered), "after {kept} lines");
        assert!(events.len() >= kept);
        let continued = fs::read_to_string(&cut).expect("journal");
        assert!(
            whole.starts_with(&continued),
            "after {kept} lines it goes on to another journal"
        );
    }
}

#[tokio::test]
async fn a_journal_that_this_world_did_not_write_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("j.jsonl");
    let simulator = Simulator::start(settings(&path, false))
        .await
        .expect("on the air");
    prepare(&simulator);
    drop(simulator);
    let mut other = settings(&path, true);
    other.seed = 8;
    let error = Simulator::start(other).await.expect_err("another seed");
    assert!(
        matches!(
            &error,
            SimulatorError::Shell(ShellError::Journal(JournalError::Diverged { .. }))
        ),
        "{error}"
    );
    let again = Simulator::start(settings(&path, false)).await;
    assert!(again.is_err(), "an existing journal is never overwritten");
}
