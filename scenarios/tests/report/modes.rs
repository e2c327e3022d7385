//! One run, both modes: columns, counts, and what is said of a mode that was not tried.

use std::fs;

use tekigo::report::RunFacts;
use tekigo::report::table::{Colour, Console, render};
use tekigo::verdict::{Block, Mode, Scope, Totals, Verdict, VerdictTable, exit_code};

use super::city::{Run, city, facts};
use super::folder::written;

use Mode::{Api, File};

fn shown(table: &VerdictTable, facts: &RunFacts) -> String {
    let console = Console {
        width: 160,
        colour: Colour::Plain,
        report: None,
        facts,
    };
    render(table, &console)
}

/// A product that declares one mode, in a run that was asked for some.
fn of_api_only(asked: &[Mode]) -> Run {
    let mut run = Run::of(&[("SYNC-01", Api), ("SYNC-01", File)]);
    run.plan.modes = asked.to_vec();
    if let Some(declaration) = &mut run.declaration {
        declaration.modes.remove(&File);
    }
    run.journals.retain(|(_, mode, _)| *mode == Api);
    run
}

#[test]
fn the_counts_of_both_modes_add_up_to_those_of_the_run() {
    let table = city().judged();
    let all = Totals::of(&table);
    let modes = [Api, File].map(|mode| Totals::of_mode(&table, mode));
    for word in Verdict::ALL {
        let sum: usize = modes.iter().map(|totals| totals.count(word)).sum();
        assert_eq!(sum, all.count(word), "{word}");
    }
    assert_eq!(modes[0].due() + modes[1].due(), all.due());
    assert_eq!(modes[0].planned() + modes[1].planned(), all.planned());
    assert!(modes[0].due() > 0 && modes[1].due() > 0);
}

#[test]
fn a_mode_that_is_not_declared_is_out_of_scope_and_named() {
    let table = of_api_only(&Mode::ALL).judged();
    let cell = table.cell("SYNC-01", File).expect("a column of its own");
    assert_eq!(cell.verdict(), Verdict::NotApplicable);
    assert_eq!(exit_code(&table, true).code(), 0);
    let text = shown(&table, &facts());
    let sentence =
        "方式②（ファイル連携）は、vendor.toml の modes に宣言されていないため、対象外です。";
    assert!(text.contains(sentence), "{text}");
    let row = text.lines().find(|line| line.starts_with("SYNC-01"));
    let row = row.expect("a row");
    assert!(row.contains("○ 合格") && row.contains("－ 対象外"), "{row}");
}

#[test]
fn a_declared_mode_that_was_not_asked_for_is_named() {
    let mut run = Run::of(&[("SYNC-01", Api)]);
    run.plan.modes = vec![Api];
    let table = run.judged();
    assert_eq!(table.left_out(), [File]);
    let text = shown(&table, &facts());
    let sentence =
        "方式①だけの実行です。宣言された方式②（ファイル連携）は、この実行では試していません。";
    assert!(text.replace('\n', "").contains(sentence), "{text}");
}

#[test]
fn a_known_gap_of_a_mode_that_was_not_asked_for_is_left_alone() {
    let mut run = Run::of(&[("SYNC-01", Api)]).gap("SYNC-01", File);
    run.plan.modes = vec![Api];
    let table = run.judged();
    assert_eq!(table.problems, []);
    assert_eq!(exit_code(&table, false).code(), 0);
}

#[test]
fn the_command_to_go_on_with_keeps_the_choice() {
    let mut run_facts = facts();
    run_facts.choice = "--mode file --tags \"@SYNC-01\"".to_owned();
    let mut run = Run::of(&[("SYNC-01", File)]);
    run.journals.clear();
    let text = shown(&run.judged(), &run_facts);
    let command =
        "  tekigo certify --vendor vendor.toml --seed 7342 --mode file --tags \"@SYNC-01\"";
    assert!(text.lines().any(|line| line == command), "{text}");
}

#[test]
fn junit_has_one_suite_for_each_mode_with_a_case_for_each_rule() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = city();
    let junit = fs::read_to_string(written(&run, folder.path()).junit).expect("junit.xml");
    let table = run.judged();
    for mode in Mode::ALL {
        let cells = table
            .rows
            .iter()
            .filter(|row| row.cells.contains_key(&mode));
        let suite = format!(
            "<testsuite name=\"{}\" tests=\"{}\"",
            mode.long_ja(),
            cells.count()
        );
        assert!(junit.contains(&suite), "{suite}");
    }
    let problems = usize::from(!table.problems.is_empty());
    assert_eq!(junit.matches("<testsuite ").count(), 2 + problems);
}

#[test]
fn what_a_mode_cannot_show_is_untestable_in_it_alone() {
    let mut run = Run::of(&[("SYNC-01", Api), ("SYNC-01", File)]);
    let why = "画面の側だけが行う".to_owned();
    for rule in &mut run.catalogue {
        rule.untestable_in.insert(File, why.clone());
    }
    run.journals.retain(|(_, mode, _)| *mode == Api);
    run.plan.scenarios.retain(|planned| planned.mode == Api);
    let table = run.judged();
    let word = |mode| table.cell("SYNC-01", mode).expect("a cell").verdict();
    assert_eq!(word(Api), Verdict::Passed);
    assert_eq!(word(File), Verdict::Untestable);
    assert!(shown(&table, &facts()).contains(&why));
    let mut cells = table
        .block(Block::Vendor)
        .flat_map(|row| row.cells.values());
    assert!(cells.all(|cell| cell.scope() == Scope::Tried));
    assert_eq!(exit_code(&table, true).code(), 0);
}
