//! A build that is killed from outside in the middle of its work says nothing about its rules.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::program::{Desk, turn};

const LIMIT: Duration = Duration::from_secs(120);

/// The processes that `parent` has started.
fn children_of(parent: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").expect("a list of processes");
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .filter(|id| {
            let status = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
            // "12 (name) S 11 …": the name may hold anything but ends at the last bracket.
            let rest = status.rsplit_once(") ").map_or("", |(_, rest)| rest);
            rest.split(' ').nth(1) == Some(parent.to_string().as_str())
        })
        .collect()
}

fn has_heard_the_vendor(journal: &Path) -> bool {
    std::fs::read_to_string(journal).is_ok_and(|text| text.contains("\"link.request\""))
}

#[test]
fn a_build_that_is_killed_in_the_middle_of_set_up_is_undecided() {
    let desk = Desk::new();
    let _turn = turn();
    let arguments = [
        "certify",
        "--report",
        "report",
        "--jobs",
        "1",
        "--only",
        "SETUP-02/01",
    ];
    let running = desk.start(&arguments);
    let journal = desk.path().join("report/journal/SETUP-02-01.api.jsonl");
    let begun = Instant::now();
    while !has_heard_the_vendor(&journal) {
        assert!(begun.elapsed() < LIMIT, "the vendor never called");
        std::thread::sleep(Duration::from_millis(1));
    }
    let vendors = children_of(running.id());
    assert_eq!(vendors.len(), 1, "{vendors:?}");
    let id = vendors[0].to_string();
    let killed = Command::new("kill").args(["-9", &id]).status();
    assert!(killed.is_ok_and(|status| status.success()));
    let ran = running.wait(LIMIT);
    assert_eq!(ran.code, Some(4), "{}", ran.stdout);
    assert_eq!(ran.violated(), Vec::<String>::new(), "{}", ran.stdout);
    let document = ran.document();
    let scenario = &document["scenarios"][0];
    assert_eq!(scenario["verdict"], "undecided", "{scenario}");
    let said = scenario["run"]["steps"].to_string();
    assert!(said.contains("シグナル 9"), "{said}");
    assert!(said.contains("ベンダーの担当者は"), "{said}");
}
