//! The power goes at each step of a run by hand in turn: nothing is lost, and nothing is asked twice.

use std::collections::BTreeSet;

use super::officer::Officer;
use super::opened::{Console, vendor_toml};

const ARGUMENTS: [&str; 10] = [
    "--vendor",
    "vendor.toml",
    "--mode",
    "file",
    "--only",
    "SETUP-06/02",
    "--folder",
    "by-hand",
    "--listen",
    "127.0.0.1:0",
];

#[test]
fn the_power_goes_after_every_answer_and_nothing_is_lost_or_asked_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("vendor.toml"), vendor_toml("\"file\"")).expect("written");
    let mut console = Console::open(folder.path(), &ARGUMENTS);
    let mut officer = Officer::at(&console.address);
    let mut run = None;
    loop {
        let now = officer.now();
        let id = now["run"].to_string();
        assert_eq!(run.get_or_insert_with(|| id.clone()), &id, "another run");
        match now["state"].as_str() {
            Some("preparing") => officer.prepare(),
            Some("asking") => officer.carry_out(&now),
            _ => {
                assert_eq!(now["state"], "over", "{now}");
                assert_eq!(now["exit"], 0, "{now}");
                break;
            }
        }
        console.kill();
        console = Console::open(folder.path(), &ARGUMENTS);
        officer.move_to(&console.address);
    }
    let asked: Vec<String> = officer.answered.iter().map(|(to, _)| to.clone()).collect();
    let distinct: BTreeSet<&String> = asked.iter().collect();
    assert_eq!(asked.len(), distinct.len(), "asked twice: {asked:?}");
    assert!(asked.len() > 10, "{asked:?}");
    // Over is over: nothing is asked again, and the verdict is the same.
    console.kill();
    let console = Console::open(folder.path(), &ARGUMENTS);
    officer.move_to(&console.address);
    let now = officer.now();
    assert_eq!(
        (&now["state"], &now["exit"]),
        (&"over".into(), &0.into()),
        "{now}"
    );
    let log = officer.browser.get("/log").expect("the console").text();
    assert_eq!(log.matches("<th scope=\"row\">").count(), asked.len());
}

#[test]
fn the_power_goes_before_the_answer_and_what_was_brought_is_still_there() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("vendor.toml"), vendor_toml("\"file\"")).expect("written");
    let console = Console::open(folder.path(), &ARGUMENTS);
    let mut officer = Officer::at(&console.address);
    loop {
        let now = officer.now();
        match now["state"].as_str() {
            Some("preparing") => officer.prepare(),
            Some("asking") if now["operation"] == "export" => break,
            Some("asking") => officer.carry_out(&now),
            _ => panic!("no export: {now}"),
        }
    }
    let now = officer.now();
    let answer = officer.perform(&now);
    console.kill();
    let console = Console::open(folder.path(), &ARGUMENTS);
    officer.move_to(&console.address);
    let again = officer.now();
    assert_eq!(again["to"], now["to"]);
    // The files were brought before the power went: now only the answer is missing.
    let fields = officer.filled(&again, &answer);
    let fields: Vec<(String, String)> = fields.into_iter().collect();
    let reply = officer
        .browser
        .post("/answer", &fields)
        .expect("the console");
    assert_eq!(reply.status, 303, "{}", reply.text());
    let over = officer.work();
    assert_eq!(
        (&over["state"], &over["exit"]),
        (&"over".into(), &0.into()),
        "{over}"
    );
}
