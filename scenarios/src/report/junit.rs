//! JUnit: one suite a mode, one case a rule in it.
//!
//! A case without failure, error or skip is a 合格 and nothing else is.

use quick_junit::{
    NonSuccessKind, Property, Report, SerializeError, TestCase, TestCaseStatus, TestSuite,
};

use super::run_facts::RunFacts;
use super::wording;
use crate::verdict::{Block, Cell, Finding, Mode, Row, Scope, Verdict, VerdictTable, topic_title};

/// The JUnit document.
pub(super) fn junit(table: &VerdictTable, facts: &RunFacts) -> Result<String, SerializeError> {
    let mut report = Report::new(format!("tekigo {} {}", facts.product, facts.version));
    for mode in table.modes() {
        let mut suite = TestSuite::new(mode.long_ja());
        let cells = table
            .rows
            .iter()
            .filter_map(|row| Some((row, row.cells.get(&mode)?)));
        suite.add_test_cases(cells.map(|(row, cell)| case(row, mode, cell, table, facts)));
        report.add_test_suite(suite);
    }
    if !table.problems.is_empty() {
        report.add_test_suite(problems(table));
    }
    report.to_string()
}

/// The chapter of a rule; whose duty it is stands before it where it is not the product's.
fn chapter(row: &Row) -> String {
    let topic = topic_title(&row.facts.id);
    match row.block {
        Block::Vendor => topic.to_owned(),
        Block::Insurer | Block::Simulated => format!("{}: {topic}", row.block.ja()),
    }
}

fn case(row: &Row, mode: Mode, cell: &Cell, table: &VerdictTable, facts: &RunFacts) -> TestCase {
    let name = format!("{} {mode} {}", row.facts.id, row.facts.ja);
    let mut case = TestCase::new(name, status(row, cell, table.strict));
    case.set_classname(chapter(row));
    for (name, value) in [
        ("requirement", row.facts.id.as_str()),
        ("standing", row.facts.standing.id()),
        ("verdict", cell.verdict().id()),
        ("label", &cell.label()),
        ("mode", mode.id()),
        ("source", &row.facts.source),
    ] {
        case.add_property(Property::new(name, value));
    }
    let scenarios: Vec<&str> = cell
        .findings()
        .iter()
        .filter_map(Finding::scenario)
        .collect();
    let first = cell.findings().first();
    if let Some(repeat) = first.and_then(|first| wording::repeat(facts, first, mode)) {
        case.set_system_out(format!(
            "シナリオ: {}\n再現: {repeat}",
            scenarios.join("、")
        ));
    }
    case
}

fn status(row: &Row, cell: &Cell, strict: bool) -> TestCaseStatus {
    let verdict = cell.verdict();
    let message = wording::summary(cell);
    let open = strict && row.block == Block::Vendor;
    let mut status = match (cell.scope(), verdict) {
        (Scope::Planned, _) => TestCaseStatus::skipped(),
        (Scope::Tried, Verdict::Passed) => return TestCaseStatus::success(),
        (Scope::Tried, Verdict::Failed) => TestCaseStatus::non_success(NonSuccessKind::Failure),
        (Scope::Tried, Verdict::Advisory | Verdict::NeedsReview) if open => {
            TestCaseStatus::non_success(NonSuccessKind::Failure)
        }
        (Scope::Tried, Verdict::Misconfigured | Verdict::Undecided | Verdict::NotRun) => {
            TestCaseStatus::non_success(NonSuccessKind::Error)
        }
        (
            Scope::Tried,
            Verdict::Advisory
            | Verdict::NeedsReview
            | Verdict::Inherited
            | Verdict::NotApplicable
            | Verdict::Untestable,
        ) => TestCaseStatus::skipped(),
    };
    status.set_message(format!("{}: {message}", cell.label()));
    status.set_type(verdict.id());
    if let Some(mismatch) = cell.mismatch() {
        status.set_description(format!(
            "期待: {}\n実際: {}",
            mismatch.expected, mismatch.actual
        ));
    }
    status
}

fn problems(table: &VerdictTable) -> TestSuite {
    let mut suite = TestSuite::new("宣言・計画・記録の照合");
    for problem in &table.problems {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(problem.to_string());
        status.set_type(problem.id());
        suite.add_test_case(TestCase::new(problem.to_string(), status));
    }
    suite
}
