//! No 合格 for a vendor that does nothing, in whatever way it does nothing.

use std::collections::BTreeSet;

use tekigo::requirement::Party;

use super::program::{Desk, null_vendor};

const SOME: &str = "@SETUP-01 or @CONN-01 or @CONN-05 or @SYNC-06 or @SCHED-12";

/// How a run against the null vendor came out.
struct Judged {
    code: Option<i32>,
    /// The words of the vendor's rules that scenarios try.
    verdicts: BTreeSet<String>,
    table: String,
    /// Every reason of these rules in the report.
    reasons: String,
}

/// The portal is simulated: what it keeps, it keeps whatever the vendor does, in a block of its own.
fn rules_of_portal() -> BTreeSet<String> {
    let (_, catalogue) = tekigo::certify::features_and_catalogue().expect("the suite");
    let of_portal = catalogue.iter().filter(|rule| rule.party == Party::Portal);
    of_portal.map(|rule| rule.id.to_string()).collect()
}

/// Runs it and finds nothing green in any report, and every scenario with a journal.
fn certify(behaviour: &str, more: &str, choice: &[&str]) -> Judged {
    let desk = Desk::new();
    desk.write("vendor.toml", &null_vendor(behaviour, more));
    let vendor = ["--vendor", "vendor.toml"];
    let ran = desk.certify(&[&vendor, choice].concat());
    let table = ran.stdout.clone();
    assert!(
        matches!(ran.code, Some(1 | 3 | 4)),
        "{behaviour} {:?}\n{table}",
        ran.code
    );
    assert!(!table.contains('○'), "{behaviour}\n{table}");
    let of_portal = rules_of_portal();
    let mut kept_by_portal = 0;
    for (id, verdict, cell) in ran.cells() {
        if of_portal.contains(&id) {
            kept_by_portal += usize::from(verdict == "passed");
            continue;
        }
        assert_ne!(verdict, "passed", "{behaviour}: {id}");
        assert_ne!(cell["observed"], "held", "{behaviour}: {id} {verdict}");
    }
    let document = ran.document();
    assert_eq!(document["totals"]["passed"], 0, "{behaviour}");
    let scenarios = document["scenarios"].as_array().expect("a list");
    let mut tried = BTreeSet::new();
    for scenario in scenarios {
        assert!(scenario["run"].is_object(), "{behaviour}: {scenario}");
        let rule = scenario["requirement"].as_str().expect("an id").to_owned();
        if of_portal.contains(&rule) {
            continue;
        }
        assert_ne!(scenario["verdict"], "passed", "{behaviour}: {scenario}");
        tried.insert(rule);
    }
    let junit = std::fs::read_to_string(ran.report.join("junit.xml")).expect("junit.xml");
    let green = junit.matches("value=\"passed\"").count();
    assert_eq!(green, kept_by_portal, "{behaviour}");
    let mut cells = ran.cells();
    cells.retain(|(id, _, _)| tried.contains(id));
    Judged {
        code: ran.code,
        reasons: cells
            .iter()
            .map(|(_, _, cell)| cell["reasons"].to_string())
            .collect(),
        verdicts: cells.into_iter().map(|(_, verdict, _)| verdict).collect(),
        table,
    }
}

fn words(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn saying_done_to_everything_makes_nothing_green_in_the_whole_suite() {
    let judged = certify("always_done", "", &[]);
    assert_eq!(judged.code, Some(1), "{}", judged.table);
}

#[test]
fn refusing_everything_makes_nothing_green() {
    let judged = certify("always_refused", "", &["--mode", "api", "--tags", SOME]);
    assert_eq!(judged.code, Some(1), "{}", judged.table);
    let expected = words(&["failed", "inherited"]);
    assert_eq!(judged.verdicts, expected, "{}", judged.table);
}

#[test]
fn a_build_that_hangs_from_the_start_is_a_matter_of_settings() {
    let limits = "[operation_seconds]\nothers = 1\n";
    let judged = certify("hangs", limits, &["--tags", "@CONN-01"]);
    assert_eq!(judged.code, Some(3), "{}", judged.table);
    assert_eq!(
        judged.verdicts,
        words(&["misconfigured"]),
        "{}",
        judged.table
    );
    assert!(
        judged.reasons.contains("1秒以内に回答しません"),
        "{}",
        judged.reasons
    );
}

#[test]
fn a_build_that_dies_is_undecided_and_says_how_it_died() {
    for operation in ["start_setup", "load_ledger"] {
        let judged = certify(&format!("crashes_at={operation}"), "", &["--tags", SOME]);
        assert_eq!(judged.code, Some(4), "{}", judged.table);
        assert_eq!(judged.verdicts, words(&["undecided"]), "{}", judged.table);
        let died = format!("操作 {operation} の処理中に異常終了しました");
        assert!(judged.reasons.contains(&died), "{}", judged.reasons);
        assert!(
            judged.reasons.contains("終了コード 70"),
            "{}",
            judged.reasons
        );
    }
}
