//! `tekigo certify --story`: a month of a small town, through the vendor.

use crate::certify::program::Desk;

#[test]
fn a_month_is_green_in_both_modes_and_leaves_the_same_behind() {
    let desk = Desk::new();
    let ran = desk.certify(&["--story", "month"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("部分実行（--story month）"),
        "{}",
        ran.stdout
    );
    let passed = ran.with_verdict("passed");
    for rule in ["SYNC-01", "CONN-10"] {
        assert!(passed.contains(&rule.to_owned()), "{rule}: {}", ran.stdout);
    }
    let scenarios = &ran.document()["scenarios"];
    let scenarios = scenarios.as_array().expect("a list");
    assert_eq!(scenarios.len(), 2);
    let page = std::fs::read_to_string(ran.report.join("report.html")).expect("a page");
    assert!(page.contains("--story month"));
    assert!(page.contains("60人の町の令和9年4月の毎日の業務が、月末に基盤と一致する"));
}

#[test]
fn the_same_seed_writes_the_same_journal() {
    let run = || {
        let desk = Desk::new();
        desk.certify(&["--story", "month", "--mode", "file"])
            .journals()
    };
    let (one, two) = (run(), run());
    assert_eq!(one.len(), 1);
    let differing = one
        .iter()
        .zip(&two)
        .find(|((name, bytes), other)| (name, bytes) != (&other.0, &other.1));
    assert!(
        differing.is_none(),
        "{:?}",
        differing.map(|(one, _)| &one.0)
    );
}

#[test]
fn a_month_closed_too_early_is_seen() {
    let fault = [
        "--story",
        "month",
        "--mode",
        "api",
        "--fault",
        "forgets_month_ends",
    ];
    let desk = Desk::new();
    let ran = desk.certify(&fault);
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
    // A case was begun on the last day, too.
    assert_eq!(ran.violated(), ["SYNC-01", "SYNC-02"], "{}", ran.stdout);
}

#[test]
fn what_is_wrong_is_put_to_the_rule_whose_matter_it_is() {
    let fault = [
        "--story",
        "month",
        "--mode",
        "file",
        "--fault",
        "omits_deletions",
    ];
    let desk = Desk::new();
    let ran = desk.certify(&fault);
    assert_eq!(ran.violated(), ["SYNC-01", "SYNC-06"], "{}", ran.stdout);
}

#[test]
fn a_story_that_there_is_not_is_a_mistake_of_usage() {
    let desk = Desk::new();
    let ran = desk.certify(&["--story", "week"]);
    let usage = tekigo::verdict::ExitCode::Usage.code();
    assert_eq!(ran.code, Some(i32::from(usage)), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("使える名前: year、month"),
        "{}",
        ran.stderr
    );
}
