//! The museum of silent wrong greens: each test is one that happened elsewhere.
//!
//! The numbers are those of the list that the product was designed from. Some pieces hang elsewhere, beside what they
//! are about ([`ELSEWHERE`]).

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;
use tekigo::requirement::Catalogue;
use tekigo::verdict::{
    Cell, ExitCode, Mode, Problem, Selection, Totals, Verdict, VerdictTable, exit_code, fold,
    read_journal,
};

use super::builder::{STEPS, good, journal};
use super::city::Run;

use Mode::Api;

/// Pieces that hang elsewhere: number, file from the root of the repository, test.
const ELSEWHERE: [(u8, &str, &str); 6] = [
    // Counts by verdict drift with an approved change alone.
    (
        13,
        "scenarios/tests/suite/accounting.rs",
        "the_table_shows_counts_and_everything_that_is_not_tried_yet",
    ),
    (
        13,
        "scenarios/tests/suite/accounting.rs",
        "a_rule_whose_only_scenario_is_gone_is_reported",
    ),
    // One isolated world a scenario: alone and among others it leaves the same journal.
    (
        12,
        "scenarios/tests/certify/repeated.rs",
        "a_part_run_one_by_one_writes_the_journals_of_the_whole_run_side_by_side",
    ),
    // A fault that is not applied, and a judge that is broken, kill nothing.
    (
        19,
        "scenarios/tests/prove/mod.rs",
        "without_its_grounds_the_proof_gives_no_figure",
    ),
    (
        19,
        "scenarios/tests/prove/mod.rs",
        "one_wrong_word_of_the_judge_spoils_the_proof",
    ),
    (
        19,
        "scenarios/tests/prove/mod.rs",
        "a_list_that_does_not_fit_is_refused_with_what_is_wrong",
    ),
];
/// How many pieces the museum has.
const PIECES: u8 = 19;

#[test]
fn every_piece_of_the_museum_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut there: BTreeSet<u8> = BTreeSet::new();
    for (piece, file, test) in ELSEWHERE {
        let text = std::fs::read_to_string(root.join(file)).expect("the file is there");
        assert!(text.contains(&format!("fn {test}(")), "{file}: {test}");
        there.insert(piece);
    }
    let own = include_str!("museum.rs");
    let is_here = |piece: &u8| own.contains(&format!("\nfn no_{piece}_"));
    there.extend((1..=PIECES).filter(is_here));
    assert_eq!(there, (1..=PIECES).collect());
}

fn cell<'a>(table: &'a VerdictTable, rule: &str) -> &'a Cell {
    table.cell(rule, Api).expect("the rule has a cell")
}

#[track_caller]
fn must_be(run: &Run, rule: &str, verdict: Verdict, exit: ExitCode) {
    let table = run.judged();
    let cell = cell(&table, rule);
    assert_eq!(cell.verdict(), verdict, "{rule}: {:?}", cell.findings());
    assert_eq!(exit_code(&table, false), exit);
}

#[test]
fn a_good_run_is_green_so_that_the_rest_of_the_museum_means_something() {
    let run = Run::of(&[("CONN-01", Api), ("SYNC-01", Api)]);
    must_be(&run, "CONN-01", Verdict::Passed, ExitCode::Success);
}

#[test]
fn no_1_a_planned_scenario_that_was_skipped_is_not_run_and_the_run_is_not_green() {
    let run = Run::of(&[("CONN-01", Api)]).planned("CONN-01/02", "飛ばされた", Api);
    must_be(&run, "CONN-01", Verdict::NotRun, ExitCode::Undecided);
}

#[test]
fn no_1_a_rule_that_the_plan_forgot_is_not_run() {
    let mut run = Run::of(&[("CONN-01", Api), ("SYNC-01", Api)]);
    run.plan
        .scenarios
        .retain(|planned| planned.requirement != "SYNC-01");
    run.journals.retain(|(id, _, _)| !id.starts_with("SYNC-01"));
    must_be(&run, "SYNC-01", Verdict::NotRun, ExitCode::Undecided);
}

#[test]
fn no_2_every_rule_of_the_catalogue_stands_in_the_table_once() {
    let run = Run::of(&[("CONN-01", Api), ("SYNC-01", Api), ("SETUP-01", Api)]);
    for without in ["CONN-01/01", "SYNC-01/01"] {
        let mut run = Run::of(&[("CONN-01", Api), ("SYNC-01", Api), ("SETUP-01", Api)]);
        run.journals.retain(|(id, _, _)| id != without);
        let table = run.judged();
        let told: Vec<&str> = table.rows.iter().map(|row| row.facts.id.as_str()).collect();
        let asked: Vec<&str> = run
            .catalogue
            .iter()
            .map(|facts| facts.id.as_str())
            .collect();
        assert_eq!(told, asked, "without the journal of {without}");
    }
    assert_eq!(Totals::of(&run.judged()).due(), run.catalogue.len());
}

#[test]
fn no_3_steps_without_an_observation_are_no_pass() {
    let silent = journal("CONN-01/01", Api, &STEPS)
        .heard()
        .passed(0)
        .passed(1)
        .passed(2);
    let run = Run::of(&[("SYNC-01", Api), ("CONN-01", Api)]).ran(silent.end("passed"));
    must_be(&run, "CONN-01", Verdict::Undecided, ExitCode::Undecided);
}

#[test]
fn no_3_an_observation_of_another_rule_is_none_of_this_one() {
    let other = journal("CONN-01/01", Api, &STEPS)
        .heard()
        .passed(0)
        .passed(1);
    let other = other.claim_of("SYNC-01", true).passed(2).end("passed");
    let run = Run::of(&[("SYNC-01", Api), ("CONN-01", Api)]).ran(other);
    must_be(&run, "CONN-01", Verdict::Undecided, ExitCode::Undecided);
}

#[test]
fn no_4_a_refusal_at_the_wrong_stage_is_no_proof_of_the_rule() {
    let elsewhere = journal("CONN-01/01", Api, &STEPS)
        .heard()
        .failed(0, "precondition", "鍵が違うため接続を断られました")
        .not_run(1)
        .not_run(2)
        .end("failed");
    let run = Run::of(&[("SYNC-01", Api), ("CONN-01", Api)]).ran(elsewhere);
    must_be(&run, "CONN-01", Verdict::Undecided, ExitCode::Undecided);
}

#[test]
fn no_5_without_a_message_of_the_vendor_nothing_passes() {
    let no_cable = journal("CONN-01/01", Api, &STEPS)
        .passed(0)
        .passed(1)
        .claim(true)
        .passed(2);
    let run = Run::of(&[("SYNC-01", Api), ("CONN-01", Api)]).ran(no_cable.end("passed"));
    let table = run.judged();
    let reason = cell(&table, "CONN-01").findings()[0].clone();
    assert!(
        format!("{reason:?}").contains("NothingFromVendor"),
        "{reason:?}"
    );
    must_be(&run, "CONN-01", Verdict::Undecided, ExitCode::Undecided);
}

#[test]
fn no_5_our_own_messages_are_not_the_vendors() {
    let own = journal("CONN-01/01", Api, &STEPS)
        .event(
            "judge",
            "link.request",
            &json!({"id": 1, "method": "GET", "path": "/"}),
        )
        .operation(
            "view_setup",
            &json!({}),
            &json!({"result": "done", "reason": null, "data": {}}),
        )
        .passed(0)
        .passed(1)
        .claim(true)
        .passed(2)
        .end("passed");
    let run = Run::of(&[("SYNC-01", Api), ("CONN-01", Api)]).ran(own);
    must_be(&run, "CONN-01", Verdict::Undecided, ExitCode::Undecided);
}

#[test]
fn no_6_a_vendor_that_does_nothing_passes_no_rule() {
    let mut run = Run::of(&[("CONN-01", Api), ("SYNC-01", Api), ("SETUP-01", Api)]);
    for id in ["CONN-01/01", "SYNC-01/01", "SETUP-01/01"] {
        let nothing = journal(id, Api, &STEPS)
            .operation(
                "start_setup",
                &json!({}),
                &json!({"result": "unsupported", "reason": null, "data": {}}),
            )
            .failed(0, "unsupported", "操作 start_setup に対応していません")
            .not_run(1)
            .not_run(2)
            .end("failed");
        run = run.ran(nothing);
    }
    let table = run.judged();
    assert_eq!(Totals::of(&table).count(Verdict::Passed), 0);
    assert_eq!(exit_code(&table, false), ExitCode::Undecided);
}

#[test]
fn no_7_a_missing_declaration_is_an_error_not_an_empty_one() {
    let mut run = Run::of(&[("CONN-01", Api)]);
    run.declaration = None;
    must_be(&run, "CONN-01", Verdict::Misconfigured, ExitCode::Settings);
    assert_eq!(run.judged().problems, [Problem::NoDeclaration]);
}

#[test]
fn no_7_a_declaration_without_a_mode_is_an_error_too() {
    let mut run = Run::of(&[("CONN-01", Api)]);
    if let Some(declaration) = &mut run.declaration {
        declaration.modes.clear();
    }
    must_be(&run, "CONN-01", Verdict::Misconfigured, ExitCode::Settings);
}

#[test]
fn no_8_what_the_build_answers_must_be_what_the_file_declares() {
    let other = journal("CONN-01/01", Api, &STEPS)
        .operation(
            "declare",
            &json!({}),
            &json!({"result": "done", "reason": null, "data": {
            "modes": ["api"], "functions": [], "clock": "machine"}}),
        )
        .passed(0)
        .heard()
        .passed(1)
        .claim(true)
        .passed(2)
        .end("passed");
    must_be(
        &Run::of(&[("CONN-01", Api)]).ran(other),
        "CONN-01",
        Verdict::Passed,
        ExitCode::Settings,
    );
}

#[test]
fn no_8_an_undeclared_function_that_works_is_reported() {
    let run = Run::of(&[("SYNC-01", Api)]).ran(good("SYNC-01/02", Api));
    let run = run.needs("SYNC-01/02", Some("plan_request"), false);
    must_be(&run, "SYNC-01", Verdict::Passed, ExitCode::Settings);
}

#[test]
fn no_9_zero_executed_is_never_a_pass() {
    let mut run = Run::of(&[("CONN-01", Api)]);
    run.journals.clear();
    must_be(&run, "CONN-01", Verdict::NotRun, ExitCode::Undecided);
    run.plan.scenarios.clear();
    must_be(&run, "CONN-01", Verdict::NotRun, ExitCode::Undecided);
    run.catalogue.clear();
    assert_eq!(exit_code(&run.judged(), false), ExitCode::Undecided);
}

#[test]
fn no_9_a_selection_that_matches_nothing_is_never_a_pass() {
    let mut run = Run::of(&[("CONN-01", Api)]);
    run.plan.scenarios.clear();
    run.journals.clear();
    run.plan.selection = Selection::Part {
        asked: "@CONN-99".to_owned(),
    };
    assert_eq!(exit_code(&run.judged(), false), ExitCode::Undecided);
}

#[test]
fn no_10_a_settings_error_has_a_code_of_its_own() {
    let misconfigured = journal("CONN-01/01", Api, &STEPS)
        .failed(0, "misconfigured", "証明書がありません")
        .not_run(1)
        .not_run(2)
        .end("failed");
    let run = Run::of(&[("SYNC-01", Api), ("CONN-01", Api)]).ran(misconfigured);
    must_be(&run, "CONN-01", Verdict::Misconfigured, ExitCode::Settings);
}

#[test]
fn no_11_the_exit_code_and_the_counts_come_from_the_same_table() {
    let failed = journal("CONN-01/01", Api, &STEPS)
        .heard()
        .passed(0)
        .passed(1)
        .claim(false)
        .failed(2, "violated", "違います")
        .end("failed");
    for (run, exit) in [
        (Run::of(&[("SYNC-01", Api)]), ExitCode::Success),
        (
            Run::of(&[("SYNC-01", Api), ("CONN-01", Api)]).ran(failed),
            ExitCode::Failed,
        ),
    ] {
        let table = run.judged();
        let totals = Totals::of(&table);
        assert_eq!(exit_code(&table, false), exit);
        let is_red = totals.count(Verdict::Failed) > 0;
        assert_eq!(is_red, exit == ExitCode::Failed, "{totals}");
        assert_eq!(totals.decided(), run.catalogue.len(), "{totals}");
    }
}

#[test]
fn no_14_a_scenario_without_steps_is_no_pass() {
    let empty = journal("CONN-01/01", Api, &[])
        .heard()
        .claim(true)
        .end("passed");
    let run = Run::of(&[("SYNC-01", Api), ("CONN-01", Api)]).ran(empty);
    must_be(&run, "CONN-01", Verdict::Undecided, ExitCode::Undecided);
}

#[test]
fn no_14_a_step_that_nobody_ended_is_no_pass() {
    let skipped = journal("CONN-01/01", Api, &STEPS)
        .heard()
        .passed(0)
        .claim(true)
        .passed(2);
    let run = Run::of(&[("SYNC-01", Api), ("CONN-01", Api)]).ran(skipped.end("passed"));
    must_be(&run, "CONN-01", Verdict::Undecided, ExitCode::Undecided);
}

#[test]
fn no_14_a_verdict_is_not_retried() {
    let run = Run::of(&[("CONN-01", Api)]);
    let mut records = run.records();
    records.push(records[0].clone());
    let table = run.judged_on(&records);
    assert!(matches!(table.problems[..], [Problem::RanTwice { .. }]));
    assert_eq!(exit_code(&table, false), ExitCode::Undecided);
}

#[test]
fn no_15_a_catalogue_that_is_an_error_page_is_no_catalogue() {
    for text in [
        "<!DOCTYPE html><title>404 Not Found</title>",
        "{\"message\": \"Not Found\"}",
        "",
        "[[requirement]]\nid = \"SYNC-01\"\n",
    ] {
        let errors = Catalogue::parse("requirements.toml", text).expect_err(text);
        assert!(!errors.is_empty(), "{text}");
        for error in errors {
            assert!(error.to_string().contains("requirements.toml"), "{error}");
        }
    }
}

#[test]
fn no_16_what_a_person_once_confirmed_is_asked_again() {
    let run = Run::of(&[("SYNC-01", Api), ("PREP-05", Api)]);
    for _ in 0..2 {
        let table = run.judged();
        let cell = cell(&table, "PREP-05");
        assert_eq!(
            cell.verdict(),
            Verdict::NeedsReview,
            "{:?}",
            cell.findings()
        );
        assert_eq!(Totals::of(&table).count(Verdict::Passed), 1);
    }
}

#[test]
fn no_17_what_was_skipped_is_never_inside_the_passes() {
    let run = Run::of(&[("CONN-01", Api), ("SYNC-01", Api), ("SETUP-01", Api)]);
    let run =
        run.planned("SYNC-01/02", "飛ばされた", Api)
            .planned("SETUP-01/02", "飛ばされた", Api);
    let totals = Totals::of(&run.judged());
    assert_eq!(
        (
            totals.count(Verdict::Passed),
            totals.decided(),
            totals.due()
        ),
        (1, 1, 3)
    );
    assert_eq!(
        totals.to_string(),
        "合格 1 / 判定した 1（試すはずの 3 のうち）。"
    );
}

#[test]
fn no_18_failures_decide_the_exit_code_whatever_the_runner_says() {
    let claimed_good = journal("CONN-01/01", Api, &STEPS)
        .heard()
        .passed(0)
        .passed(1)
        .claim(false)
        .passed(2)
        .end("passed");
    let run = Run::of(&[("SYNC-01", Api), ("CONN-01", Api)]).ran(claimed_good);
    must_be(&run, "CONN-01", Verdict::Failed, ExitCode::Failed);
}

#[test]
fn a_note_that_cannot_be_read_is_not_skipped() {
    let misspelt = journal("CONN-01/01", Api, &STEPS)
        .heard()
        .passed(0)
        .passed(1)
        .claim(true)
        .note(&json!({"note": "claimm", "requirement": "CONN-01", "holds": false}))
        .passed(2)
        .end("passed");
    let run = Run::of(&[("SYNC-01", Api), ("CONN-01", Api)]).ran(misspelt);
    must_be(&run, "CONN-01", Verdict::Undecided, ExitCode::Undecided);
}

#[test]
fn taking_any_one_event_out_of_a_good_journal_leaves_no_pass() {
    let run = Run::of(&[("CONN-01", Api)]);
    let journal = good("CONN-01/01", Api);
    let events = journal.text().lines().count();
    for n in (1..=events).filter(|n| *n != 2) {
        let table = run.judged_on(&[journal.record_without(n)]);
        let verdict = cell(&table, "CONN-01").verdict();
        assert_ne!(verdict, Verdict::Passed, "without event {n}");
    }
}

#[test]
fn a_journal_cut_anywhere_leaves_no_pass() {
    let run = Run::of(&[("CONN-01", Api)]);
    let text = good("CONN-01/01", Api).text();
    let lines = read_journal(&text).expect("it can be read");
    for length in 2..lines.len() {
        let record = fold(&lines[..length]).expect("it names its scenario");
        let table = run.judged_on(&[record]);
        let verdict = cell(&table, "CONN-01").verdict();
        assert_ne!(verdict, Verdict::Passed, "cut after {length}");
    }
}
