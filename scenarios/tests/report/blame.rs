//! 波及: what counts against a rule, and what against the rule that stopped its scenario.

use tekigo::verdict::{Mode, Verdict};

use super::builder::{Journal, STEPS, journal};
use super::city::Run;

use Mode::Api;

/// A scenario that ends where set-up should be complete, as the stage writes it.
fn not_set_up(id: &str) -> Journal {
    journal(id, Api, &STEPS)
        .heard()
        .passed(0)
        .passed(1)
        .claim_blaming(&["SETUP-01"])
        .failed(2, "violated", "")
        .end("failed")
}

/// A scenario of SETUP-01 that shows it violated.
fn set_up_broken() -> Journal {
    journal("SETUP-01/01", Api, &STEPS)
        .heard()
        .passed(0)
        .passed(1)
        .claim(false)
        .failed(2, "violated", "届いていません")
        .end("failed")
}

fn verdicts(run: &Run) -> Vec<(String, Verdict)> {
    let table = run.judged();
    let cells = table.rows.iter().flat_map(|row| {
        let id = row.facts.id.clone();
        row.cells
            .values()
            .map(move |cell| (id.clone(), cell.verdict()))
    });
    cells.collect()
}

fn of(pairs: &[(&str, Verdict)]) -> Vec<(String, Verdict)> {
    pairs
        .iter()
        .map(|(id, verdict)| ((*id).to_owned(), *verdict))
        .collect()
}

#[test]
fn a_set_up_that_never_completes_is_put_to_its_own_rule_alone() {
    let run = Run::of(&[("SETUP-01", Api), ("CONN-01", Api), ("SYNC-01", Api)])
        .ran(set_up_broken())
        .ran(not_set_up("CONN-01/01"))
        .ran(not_set_up("SYNC-01/01"));
    let expected = [
        ("CONN-01", Verdict::Inherited),
        ("SETUP-01", Verdict::Failed),
        ("SYNC-01", Verdict::Inherited),
    ];
    let mut found = verdicts(&run);
    found.sort();
    assert_eq!(found, of(&expected));
    let table = run.judged();
    let cell = table.cell("CONN-01", Api).expect("a cell");
    let reason = format!("{:?}", cell.findings());
    assert!(
        reason.contains("SETUP-01") && reason.contains("interrupted"),
        "{reason}"
    );
}

#[test]
fn a_set_up_that_completes_elsewhere_is_the_rule_s_own_violation() {
    let run = Run::of(&[("SETUP-01", Api), ("CONN-01", Api)]).ran(not_set_up("CONN-01/01"));
    let table = run.judged();
    let word = |rule| table.cell(rule, Api).expect("a cell").verdict();
    assert_eq!(word("SETUP-01"), Verdict::Passed);
    assert_eq!(word("CONN-01"), Verdict::Failed);
}

#[test]
fn a_part_that_does_not_try_the_suspect_repeats_the_violation() {
    let run = Run::of(&[("CONN-01", Api)]).ran(not_set_up("CONN-01/01"));
    assert_eq!(verdicts(&run), of(&[("CONN-01", Verdict::Failed)]));
}

#[test]
fn the_rule_of_set_up_itself_is_never_excused_by_itself() {
    let run = Run::of(&[("SETUP-01", Api)]).ran(not_set_up("SETUP-01/01"));
    assert_eq!(verdicts(&run), of(&[("SETUP-01", Verdict::Failed)]));
}

#[test]
fn what_the_scenario_saw_of_its_own_rule_counts_whatever_set_up_did() {
    let both = journal("CONN-01/01", Api, &STEPS)
        .heard()
        .passed(0)
        .claim(false)
        .passed(1)
        .claim_blaming(&["SETUP-01"])
        .failed(2, "violated", "")
        .end("failed");
    let run = Run::of(&[("SETUP-01", Api), ("CONN-01", Api)])
        .ran(set_up_broken())
        .ran(both);
    let table = run.judged();
    let cell = table.cell("CONN-01", Api).expect("a cell");
    assert_eq!(cell.verdict(), Verdict::Failed);
}

#[test]
fn a_rule_that_turns_out_to_be_violated_is_a_cause_in_its_turn() {
    let waiting = journal("SETUP-03/01", Api, &STEPS)
        .heard()
        .failed_because(0, "precondition", "前提を作れません", &["CONN-01"])
        .not_run(1)
        .not_run(2)
        .end("failed");
    let run = Run::of(&[("SETUP-01", Api), ("CONN-01", Api), ("SETUP-03", Api)])
        .ran(not_set_up("CONN-01/01"))
        .ran(waiting);
    let table = run.judged();
    let word = |rule| table.cell(rule, Api).expect("a cell").verdict();
    assert_eq!(word("CONN-01"), Verdict::Failed);
    assert_eq!(word("SETUP-03"), Verdict::Inherited);
}
