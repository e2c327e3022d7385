//! The power goes at each step of a run by hand in turn: nothing is lost, and nothing is asked twice.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

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
    assert_eq!(log.matches("class=\"kind\"").count(), asked.len());
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

/// The instructions that the record says were answered.
fn answered(folder: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join("by-hand/console.jsonl")).expect("a record");
    // The last line may be torn.
    let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
    let lines = whole.lines();
    let lines = lines.map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    lines
        .filter(|line| line["kind"] == "console.answered")
        .map(|line| {
            let key = &line["body"]["key"];
            let text = |member: &str| key[member].as_str().unwrap_or_default().replace('/', "-");
            format!(
                "{}.{}.{}.{}",
                text("scenario"),
                text("mode"),
                key["attempt"],
                key["ordinal"]
            )
        })
        .collect()
}

#[test]
fn the_power_goes_while_an_answer_is_on_its_way_and_it_counts_once_or_is_asked_again() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("vendor.toml"), vendor_toml("\"file\"")).expect("written");
    let mut console = Console::open(folder.path(), &ARGUMENTS);
    let mut officer = Officer::at(&console.address);
    let mut answers = std::collections::BTreeMap::new();
    let mut step = 0;
    let mut lost = 0;
    loop {
        let now = officer.now();
        match now["state"].as_str() {
            Some("preparing") => officer.prepare(),
            Some("asking") => {
                let to = now["to"].as_str().expect("an id").to_owned();
                assert!(
                    !answered(folder.path()).contains(&to),
                    "{to} is asked twice"
                );
                // Asked again, the person need not do it again: it was done before.
                if !answers.contains_key(&to) {
                    answers.insert(to.clone(), officer.perform(&now));
                }
                let fields: Vec<_> = officer.filled(&now, &answers[&to]).into_iter().collect();
                let mut browser = officer.browser.clone();
                let sending = std::thread::spawn(move || browser.post("/answer", &fields).is_ok());
                // From before the answer is there to after it was taken.
                std::thread::sleep(Duration::from_micros(step * 397 % 6_000));
                step += 1;
                console.kill();
                let _ = sending.join().expect("it ends");
                lost += u64::from(!answered(folder.path()).contains(&to));
                console = Console::open(folder.path(), &ARGUMENTS);
                officer.move_to(&console.address);
            }
            _ => {
                assert_eq!(
                    (&now["state"], &now["exit"]),
                    (&"over".into(), &0.into()),
                    "{now}"
                );
                break;
            }
        }
    }
    let answered = answered(folder.path());
    let distinct: BTreeSet<&String> = answered.iter().collect();
    assert_eq!(
        answered.len(),
        distinct.len(),
        "answered twice: {answered:?}"
    );
    assert_eq!(answered.len(), answers.len());
    println!(
        "{} answers, {lost} of them lost on their way and asked for again",
        answered.len()
    );
}

#[test]
fn over_the_line_an_interrupted_scenario_begins_anew_and_its_first_answers_stay_on_record() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("vendor.toml"), vendor_toml("\"api\"")).expect("written");
    let arguments = ARGUMENTS.map(|word| if word == "file" { "api" } else { word });
    let console = Console::open(folder.path(), &arguments);
    let mut officer = Officer::at(&console.address);
    officer.prepare();
    loop {
        let now = officer.now();
        if now["operation"] == "change_person" {
            break;
        }
        assert_eq!(now["state"], "asking", "{now}");
        officer.carry_out(&now);
    }
    let page = officer.browser.get("/").expect("the console").text();
    assert!(page.contains("初めからやり直し"), "{page}");
    let before = answered(folder.path());
    assert!(before.len() > 4, "{before:?}");
    console.kill();
    let console = Console::open(folder.path(), &arguments);
    officer.move_to(&console.address);
    let now = officer.now();
    assert_eq!(
        (&now["attempt"], &now["ordinal"]),
        (&2.into(), &1.into()),
        "{now}"
    );
    let over = officer.work();
    assert_eq!(
        (&over["state"], &over["exit"]),
        (&"over".into(), &0.into()),
        "{over}"
    );
    assert!(answered(folder.path()).starts_with(&before));
    // What has ended is not run again.
    console.kill();
    let console = Console::open(folder.path(), &arguments);
    officer.move_to(&console.address);
    let now = officer.now();
    assert_eq!(
        (&now["state"], &now["exit"]),
        (&"over".into(), &0.into()),
        "{now}"
    );
}

#[test]
fn a_console_that_is_told_to_stop_has_decided_nothing_and_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("vendor.toml"), vendor_toml("\"file\"")).expect("written");
    let mut console = Console::open(folder.path(), &ARGUMENTS);
    let mut officer = Officer::at(&console.address);
    officer.prepare();
    for _ in 0..4 {
        let now = officer.now();
        officer.carry_out(&now);
        let before = officer.now();
        assert_eq!(console.stop(), Some(4));
        console = Console::open(folder.path(), &ARGUMENTS);
        officer.move_to(&console.address);
        let after = officer.now();
        assert_eq!(
            (&after["state"], &after["to"], &after["progress"]["ended"]),
            (&"asking".into(), &before["to"], &0.into()),
            "{after}"
        );
    }
}
