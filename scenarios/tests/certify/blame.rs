//! A planted fault is seen, and put to the rule that it breaks.

use super::program::Desk;

/// The fault, the scenarios that are run, and every rule that is seen violated in them.
const FAULTS: &[(&str, &str, &[&str])] = &[
    ("skips_last_person", "@SETUP-01", &["SETUP-01"]),
    (
        "sends_internal_sex_code",
        "@SYNC-10",
        &["FORM-01", "SYNC-10"],
    ),
    // The platform is also a host that is not permitted.
    (
        "calls_platform_directly",
        "@SCHED-08",
        &["CONN-02", "CONN-03"],
    ),
    ("leaks_my_number", "@SCHED-08", &["SEC-01"]),
    ("puts_key_in_url", "@SCHED-08", &["SEC-02"]),
    ("ignores_business_errors", "@FAULT-02", &["FAULT-02"]),
    ("hides_link_trouble", "@FAULT-06", &["FAULT-06"]),
    ("forgets_changes_during_setup", "@SETUP-03", &["SETUP-03"]),
    ("starts_on_completion_day", "@SCHED-04", &["SCHED-04"]),
    ("starts_before_completion", "@SCHED-07", &["SCHED-07"]),
    ("certification_union_connects", "@UNION-02", &["UNION-02"]),
    ("puts_own_number_on_card", "@UNION-06", &["UNION-06"]),
    ("sends_card_number_as_own", "@UNION-06", &["UNION-06"]),
];

#[test]
fn each_fault_is_put_to_the_rule_it_breaks() {
    for (fault, tags, rules) in FAULTS {
        let desk = Desk::new();
        let ran = desk.certify(&["--fault", fault, "--tags", tags, "--strict"]);
        assert_eq!(ran.violated(), *rules, "{fault}\n{}", ran.stdout);
        // A rule whose words are the profile's own assumption is looked at by a person.
        let is_assumed = *fault == "sends_internal_sex_code";
        assert_eq!(ran.code, Some(1), "{fault}\n{}", ran.stdout);
        let failed = ran.with_verdict("failed");
        let expected: Vec<&str> = rules
            .iter()
            .filter(|rule| !(is_assumed && **rule == "FORM-01"))
            .copied()
            .collect();
        assert_eq!(failed, expected, "{fault}\n{}", ran.stdout);
    }
}

#[test]
fn what_is_wrong_with_many_records_is_told_once_in_the_words_of_its_reader() {
    let desk = Desk::new();
    let fault = [
        "--fault",
        "sends_internal_sex_code",
        "--only",
        "SYNC-03/01-1",
    ];
    let ran = desk.certify(&fault);
    let cells = ran.cells();
    for mode in ["api", "file"] {
        let of_form = |id: &str, cell: &serde_json::Value| id == "FORM-01" && cell["mode"] == mode;
        let (_, _, cell) = cells
            .iter()
            .find(|(id, _, cell)| of_form(id, cell))
            .expect("a cell");
        let reasons = cell["reasons"].to_string();
        let times = reasons.matches("「被保険者」の項目「性別」が E005").count();
        assert_eq!(times, 1, "{reasons}");
        assert!(
            reasons.contains("同じもの") && reasons.contains("（被保険者番号 "),
            "{reasons}"
        );
        assert!(!reasons.contains("basicFiveInfo"), "{reasons}");
    }
}

#[test]
fn a_set_up_that_takes_staff_longer_than_a_day_is_a_recommendation_missed() {
    let desk = Desk::new();
    let fault = ["--fault", "writes_tiny_sets", "--mode", "file"];
    let ran = desk.certify(&[&fault[..], &["--only", "SETUP-08/01"]].concat());
    assert_eq!(ran.violated(), ["SETUP-08"], "{}", ran.stdout);
    assert_eq!(ran.with_verdict("advisory"), ["SETUP-08"], "{}", ran.stdout);
}

#[test]
fn a_set_up_that_loses_a_person_is_put_to_its_own_rule_alone() {
    let desk = Desk::new();
    let tags = "@SETUP-01 or @CONN-01 or @SETUP-02 or @SYNC-03";
    let ran = desk.certify(&[
        "--fault",
        "skips_last_person",
        "--tags",
        tags,
        "--mode",
        "api",
    ]);
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
    assert_eq!(ran.violated(), ["SETUP-01"], "{}", ran.stdout);
    assert_eq!(ran.with_verdict("failed"), ["SETUP-01"], "{}", ran.stdout);
    let others = ["CONN-01", "SETUP-02", "SYNC-03"];
    assert_eq!(ran.with_verdict("inherited"), others, "{}", ran.stdout);
}
