//! The rules of a verdict, one a test.

use tekigo::verdict::{
    BusinessClock, Cell, Mode, Observed, Problem, ScenarioOutcome, Scope, StartedBy, Verdict,
    VerdictTable,
};

use super::builder::{Journal, STEPS, good, journal};
use super::city::{Run, city};

use Mode::{Api, File};

fn violated(id: &str, mode: Mode) -> Journal {
    journal(id, mode, &STEPS)
        .heard()
        .passed(0)
        .passed(1)
        .claim(false)
        .failed(2, "violated", "届いていません")
        .end("failed")
}

fn blocked(id: &str, because_of: &[&str]) -> Journal {
    journal(id, Api, &STEPS)
        .heard()
        .failed_because(0, "precondition", "前提を作れません", because_of)
        .not_run(1)
        .not_run(2)
        .end("failed")
}

fn cell<'a>(table: &'a VerdictTable, rule: &str, mode: Mode) -> &'a Cell {
    table.cell(rule, mode).expect("the rule has a cell")
}

fn verdict(run: &Run, rule: &str, mode: Mode) -> Verdict {
    cell(&run.judged(), rule, mode).verdict()
}

#[test]
fn a_verdict_never_outruns_its_source() {
    for (rule, plain, strict) in [
        ("SYNC-01", Verdict::Failed, Verdict::Failed),
        ("SETUP-08", Verdict::Advisory, Verdict::Advisory),
        ("CONN-05", Verdict::Advisory, Verdict::Failed),
        ("SYNC-05", Verdict::Advisory, Verdict::Failed),
        ("FORM-01", Verdict::NeedsReview, Verdict::NeedsReview),
        ("PREP-05", Verdict::NeedsReview, Verdict::NeedsReview),
        ("VIEW-01", Verdict::Undecided, Verdict::Undecided),
    ] {
        let run = Run::of(&[(rule, Api)]).ran(violated(&format!("{rule}/01"), Api));
        assert_eq!(verdict(&run, rule, Api), plain, "{rule}");
        assert_eq!(verdict(&run.strict(), rule, Api), strict, "{rule} --strict");
    }
}

#[test]
fn a_rule_whose_sources_disagree_stays_open_even_where_it_was_seen_to_hold() {
    let run = Run::of(&[("CONSENT-11", Api)]);
    let table = run.judged();
    let cell = cell(&table, "CONSENT-11", Api);
    assert_eq!(
        (cell.verdict(), cell.observed()),
        (Verdict::NeedsReview, Observed::Held)
    );
}

#[test]
fn the_worst_of_several_scenarios_wins() {
    let run = Run::of(&[("SYNC-01", Api)]).ran(violated("SYNC-01/02", Api));
    assert_eq!(verdict(&run, "SYNC-01", Api), Verdict::Failed);
    let run = Run::of(&[("SYNC-01", Api)]).planned("SYNC-01/02", "任意", Api);
    let run = run.needs("SYNC-01/02", Some("plan_request"), false);
    assert_eq!(verdict(&run, "SYNC-01", Api), Verdict::Passed);
}

#[test]
fn a_failed_precondition_is_inherited_from_the_rule_that_is_violated() {
    let run = Run::of(&[("SETUP-01", Api), ("SETUP-03", Api), ("SETUP-05", Api)])
        .ran(violated("SETUP-01/01", Api))
        .ran(blocked("SETUP-03/01", &["SETUP-01"]))
        .ran(blocked("SETUP-05/01", &["SETUP-03"]));
    assert_eq!(verdict(&run, "SETUP-03", Api), Verdict::Inherited);
    assert_eq!(verdict(&run, "SETUP-05", Api), Verdict::Inherited);
}

#[test]
fn a_suspicion_that_nothing_confirms_is_undecided() {
    let run =
        Run::of(&[("SETUP-01", Api), ("SETUP-03", Api)]).ran(blocked("SETUP-03/01", &["SETUP-01"]));
    assert_eq!(verdict(&run, "SETUP-03", Api), Verdict::Undecided);
}

#[test]
fn two_scenarios_that_blame_each_other_stay_undecided() {
    let run = Run::of(&[("SETUP-01", Api), ("SETUP-03", Api)])
        .ran(blocked("SETUP-01/01", &["SETUP-03"]))
        .ran(blocked("SETUP-03/01", &["SETUP-01"]));
    assert_eq!(verdict(&run, "SETUP-01", Api), Verdict::Undecided);
    assert_eq!(verdict(&run, "SETUP-03", Api), Verdict::Undecided);
}

#[test]
fn a_violation_in_one_mode_is_no_excuse_in_the_other() {
    let mut run = Run::of(&[("SETUP-01", File), ("SETUP-03", Api)]);
    run = run
        .ran(violated("SETUP-01/01", File))
        .ran(blocked("SETUP-03/01", &["SETUP-01"]));
    assert_eq!(verdict(&run, "SETUP-03", Api), Verdict::Undecided);
}

#[test]
fn a_step_that_fails_over_another_rule_blames_that_rule() {
    let other = journal("SETUP-03/01", Api, &STEPS)
        .heard()
        .passed(0)
        .passed(1)
        .claim_of("SETUP-01", false)
        .failed(2, "violated", "人数が合いません")
        .end("failed");
    let run = Run::of(&[("SETUP-01", Api), ("SETUP-03", Api)]).ran(other);
    assert_eq!(verdict(&run, "SETUP-03", Api), Verdict::Inherited);
    assert_eq!(verdict(&run, "SETUP-01", Api), Verdict::Failed);
}

#[test]
fn a_monitor_overrides_a_passing_scenario_and_names_its_own_rule() {
    let watched = good("SYNC-01/01", Api).watched("個人番号の所在", "SEC-01", false);
    let mut run = Run::of(&[("SYNC-01", Api), ("SEC-01", Api)]);
    run.journals.retain(|(id, _, _)| !id.starts_with("SEC-01"));
    run.plan
        .scenarios
        .retain(|planned| planned.requirement != "SEC-01");
    let run = run.watch("個人番号の所在", "SEC-01", Api).ran(watched);
    let table = run.judged();
    assert_eq!(cell(&table, "SEC-01", Api).verdict(), Verdict::Failed);
    assert_eq!(
        table.scenarios[0].outcome,
        ScenarioOutcome::Overridden(vec!["SEC-01".to_owned()])
    );
}

#[test]
fn a_monitor_that_never_looked_is_not_run() {
    let mut run =
        Run::of(&[("SYNC-01", Api), ("SEC-01", Api)]).watch("個人番号の所在", "SEC-01", Api);
    run.journals.retain(|(id, _, _)| !id.starts_with("SEC-01"));
    run.plan
        .scenarios
        .retain(|planned| planned.requirement != "SEC-01");
    assert_eq!(verdict(&run, "SEC-01", Api), Verdict::NotRun);
}

#[test]
fn a_rule_that_nothing_tries_is_not_shown_kept_by_the_way() {
    let by_the_way = journal("SYNC-01/01", Api, &STEPS)
        .heard()
        .passed(0)
        .passed(1)
        .claim(true)
        .claim_of("BOARD-01", true)
        .passed(2)
        .end("passed");
    let mut run = Run::of(&[("SYNC-01", Api), ("BOARD-01", Api)]).ran(by_the_way);
    run.journals
        .retain(|(id, _, _)| !id.starts_with("BOARD-01"));
    run.plan
        .scenarios
        .retain(|planned| planned.requirement != "BOARD-01");
    let table = run.judged();
    assert_eq!(cell(&table, "BOARD-01", Api).scope(), Scope::Planned);
}

#[test]
fn what_is_planned_for_later_does_not_make_a_run_red() {
    let mut run = Run::of(&[("SYNC-01", Api), ("BOARD-01", Api)]);
    run.journals
        .retain(|(id, _, _)| !id.starts_with("BOARD-01"));
    run.plan
        .scenarios
        .retain(|planned| planned.requirement != "BOARD-01");
    let table = run.judged();
    assert_eq!(tekigo::verdict::exit_code(&table, false).code(), 0);
}

#[test]
fn the_declaration_rules_scenarios_out_with_its_own_words() {
    let mut run = Run::of(&[("SYNC-01", Api), ("SYNC-01", File), ("OPIN-01", Api)]);
    if let Some(declaration) = &mut run.declaration {
        declaration.modes.remove(&File);
        declaration.clock = BusinessClock::Machine;
    }
    run.journals.clear();
    let run = run
        .needs("OPIN-01/01", Some("electronic_opinion"), false)
        .needs("SYNC-01/01", None, true);
    assert_eq!(verdict(&run, "SYNC-01", File), Verdict::NotApplicable);
    assert_eq!(verdict(&run, "SYNC-01", Api), Verdict::Untestable);
    assert_eq!(verdict(&run, "OPIN-01", Api), Verdict::NotApplicable);
}

#[test]
fn a_build_that_is_not_ours_to_stop_is_untestable_where_it_has_to_stop() {
    let mut run = Run::of(&[("SYNC-05", Api)]);
    for planned in &mut run.plan.scenarios {
        planned.needs_stop = true;
    }
    assert_eq!(verdict(&run, "SYNC-05", Api), Verdict::Passed);
    if let Some(declaration) = &mut run.declaration {
        declaration.started_by = StartedBy::Vendor;
    }
    assert_eq!(verdict(&run, "SYNC-05", Api), Verdict::Untestable);
}

#[test]
fn a_declared_function_that_is_unsupported_is_no_excuse() {
    let unsupported = journal("OPIN-01/01", Api, &STEPS)
        .heard()
        .operation(
            "view_inbound",
            &serde_json::json!({}),
            &serde_json::json!({"result": "unsupported", "reason": null, "data": {}}),
        )
        .failed(0, "unsupported", "操作 view_inbound に対応していません")
        .not_run(1)
        .not_run(2)
        .end("failed");
    let mut run = Run::of(&[("OPIN-01", Api)]).ran(unsupported);
    run = run.needs("OPIN-01/01", Some("electronic_opinion"), false);
    if let Some(declaration) = &mut run.declaration {
        declaration
            .functions
            .insert("electronic_opinion".to_owned());
    }
    let table = run.judged();
    assert_eq!(cell(&table, "OPIN-01", Api).verdict(), Verdict::Undecided);
    assert!(matches!(
        table.problems[..],
        [Problem::DeclaredButUnsupported { .. }]
    ));
}

#[test]
fn reasons_that_differ_in_numbers_alone_are_told_once_with_their_scenarios() {
    let seen = |id: &str, actual: &str| {
        good(id, Api).watched_seen("プロファイルの形", "FORM-01", "符号に従う", actual, false)
    };
    let ids = ["SYNC-01/01", "SYNC-01/02", "SYNC-01/03", "SYNC-01/04"];
    let mut run = Run::of(&[("SYNC-01", Api), ("FORM-01", Api)]);
    for (count, id) in (11..).zip(ids) {
        let actual = format!("項目「性別」が E005 で断られました。同じもの{count}件（0000016664）");
        run = run.ran(seen(id, &actual));
    }
    run = run.ran(seen("SYNC-01/05", "項目「氏名」が E007 で断られました"));
    let folder = tempfile::tempdir().expect("a folder");
    let report = super::folder::written(&run, folder.path());
    let text = std::fs::read_to_string(report.json).expect("report.json");
    let document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let rows = document["requirements"].as_array().expect("a list");
    let form = rows
        .iter()
        .find(|row| row["id"] == "FORM-01")
        .expect("a row");
    let reasons: Vec<&str> = form["cells"][0]["reasons"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|reason| reason.as_str())
        .filter(|reason| reason.contains("断られました"))
        .collect();
    let expected = [
        "期待 符号に従う ／ 実際 項目「性別」が E005 で断られました。同じもの11件（0000016664）（同じ理由のシナリオ 4件: SYNC-01/01、SYNC-01/02、SYNC-01/03 など）",
        "期待 符号に従う ／ 実際 項目「氏名」が E007 で断られました",
    ];
    assert_eq!(reasons, expected);
}

#[test]
fn a_known_gap_explains_a_failure_and_does_not_lift_it() {
    let run = Run::of(&[("SYNC-01", Api)])
        .ran(violated("SYNC-01/01", Api))
        .gap("SYNC-01", Api);
    let table = run.judged();
    assert_eq!(cell(&table, "SYNC-01", Api).label(), "不合格（既知）");
    assert_eq!(tekigo::verdict::exit_code(&table, false).code(), 1);
}

#[test]
fn a_stale_gap_fails_the_run() {
    let table = Run::of(&[("SYNC-01", Api)]).gap("SYNC-01", Api).judged();
    assert!(matches!(table.problems[..], [Problem::StaleGap { .. }]));
    assert_eq!(tekigo::verdict::exit_code(&table, false).code(), 3);
}

#[test]
fn a_violation_counts_even_where_nothing_was_heard_and_the_journal_is_cut() {
    let cut = journal("SYNC-01/01", Api, &STEPS)
        .passed(0)
        .passed(1)
        .claim(false);
    let run = Run::of(&[("SYNC-01", Api)]).ran(cut);
    assert_eq!(verdict(&run, "SYNC-01", Api), Verdict::Failed);
}

#[test]
fn the_city_shows_all_ten_verdicts() {
    let table = city().judged();
    for word in Verdict::ALL {
        let shown = table
            .rows
            .iter()
            .flat_map(|row| row.cells.values())
            .any(|cell| cell.scope() == Scope::Tried && cell.verdict() == word);
        assert!(shown, "{word} is missing");
    }
}

#[test]
fn the_same_journals_give_the_same_table_in_any_order() {
    let run = city();
    let mut records = run.records();
    let forwards = run.judged_on(&records);
    records.reverse();
    let backwards = run.judged_on(&records);
    let words = |table: &VerdictTable| -> Vec<Verdict> {
        table
            .rows
            .iter()
            .flat_map(|row| row.cells.values().map(Cell::verdict))
            .collect()
    };
    assert_eq!(words(&forwards), words(&backwards));
}
