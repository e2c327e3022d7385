//! The same seed gives the same journals, byte for byte, however many scenarios run side by side.

use super::program::{Desk, Ran};
use super::whole_run::whole_run;

/// Some thirty scenarios: outages, a slow PMH, certificates, refusals, and ordinary business.
const MANY: &str = "@SETUP-02 or @SETUP-03 or @SETUP-04 or @SETUP-05 or @FAULT-02 or @FAULT-06 \
                    or @CONN-05 or @CONN-06 or @SYNC-08";
const FEW: &str = "@SETUP-04 or @FAULT-02 or @SCHED-08";

fn names(run: &Ran) -> Vec<String> {
    run.journals().into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_part_run_one_by_one_writes_the_journals_of_the_whole_run_side_by_side() {
    let whole = whole_run().journals();
    let part = Desk::new().certify_one_by_one(&["--tags", MANY]).journals();
    assert!(part.len() >= 29, "{}", part.len());
    for (name, bytes) in &part {
        let other = whole.iter().find(|(other, _)| other == name);
        let (_, other) = other.unwrap_or_else(|| panic!("{name} is not in the whole run"));
        let (bytes, other) = (
            String::from_utf8_lossy(bytes),
            String::from_utf8_lossy(other),
        );
        let differing = bytes
            .lines()
            .zip(other.lines())
            .find(|(one, two)| one != two);
        assert_eq!(differing, None, "{name}");
        assert_eq!(bytes.len(), other.len(), "{name}");
    }
}

#[test]
fn a_report_is_the_same_again_but_for_the_time_it_was_made() {
    let reports: Vec<(serde_json::Value, String)> = (0..2)
        .map(|_| {
            let desk = Desk::new();
            let run = desk.certify(&["--tags", FEW]);
            let mut document = run.document();
            document["run"]["executed_at"] = serde_json::Value::Null;
            (document, run.stdout)
        })
        .collect();
    assert_eq!(reports[0].1, reports[1].1);
    let lines = |document: &serde_json::Value| format!("{document:#}");
    let (one, two) = (lines(&reports[0].0), lines(&reports[1].0));
    let differing = one.lines().zip(two.lines()).find(|(one, two)| one != two);
    assert_eq!(differing, None);
}

#[test]
fn another_seed_is_another_town_and_just_as_green() {
    let desk = Desk::new();
    let other = desk.certify(&["--tags", FEW, "--seed", "7"]);
    assert_eq!(other.code, Some(0), "{}", other.stdout);
    let whole = whole_run().journals();
    assert!(!names(&other).is_empty());
    for (name, bytes) in other.journals() {
        let same = whole
            .iter()
            .any(|(of, other)| *of == name && *other == bytes);
        assert!(!same, "{name}");
    }
}
