//! 既知の未対応 and the cross-check of the declaration with what was seen.

use std::collections::BTreeSet;

use serde_json::Value;

use super::declaration::Declaration;
use super::facts::Mode;
use super::problem::Problem;
use super::record::ScenarioRecord;
use super::table::{Row, Scope};
use super::word::{Family, Verdict};

/// Explains known violations, and reports gaps that are stale or match nothing.
///
/// A gap never changes a verdict. It is left alone while its rule is undecided, or was not asked
/// for: nothing is known then that could make it stale.
pub(super) fn explain(
    rows: &mut [Row],
    declaration: &Declaration,
    is_left_out: impl Fn(&str, Mode) -> bool,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for gap in &declaration.known_gaps {
        let requirement = gap.requirement.to_string();
        let mode = gap.mode;
        let cell = rows
            .iter_mut()
            .find(|row| row.facts.id == requirement)
            .and_then(|row| row.cells.get_mut(&gap.mode))
            .filter(|cell| cell.scope() == Scope::Tried);
        let Some(cell) = cell else {
            if is_left_out(&requirement, mode) {
                continue;
            }
            problems.push(Problem::GapMatchesNothing { requirement, mode });
            continue;
        };
        match (cell.verdict(), cell.verdict().family()) {
            (Verdict::Passed, _) => problems.push(Problem::StaleGap { requirement, mode }),
            (Verdict::NotApplicable | Verdict::Untestable, _) => {
                problems.push(Problem::GapMatchesNothing { requirement, mode });
            }
            (_, Family::Violation) => cell.explain_gap(&gap.explanation()),
            (_, Family::Pass | Family::Unknown | Family::Neutral) => {}
        }
    }
    problems
}

/// 宣言不一致: where the build's own answer to `declare` differs from the file. Each member once.
pub(super) fn cross_check(declaration: &Declaration, records: &[ScenarioRecord]) -> Vec<Problem> {
    let mut told: BTreeSet<(&'static str, String)> = BTreeSet::new();
    let mut problems = Vec::new();
    for record in records {
        let Some(data) = &record.declared else {
            continue;
        };
        let modes = declaration.modes.iter().map(|mode| mode.id().to_owned());
        let functions = declaration.functions.iter().cloned();
        let pairs = [
            ("modes", words(modes), answered(data.get("modes"))),
            (
                "functions",
                words(functions),
                answered(data.get("functions")),
            ),
            (
                "clock",
                declaration.clock.word().to_owned(),
                answered(data.get("clock")),
            ),
        ];
        for (member, declared, answered) in pairs {
            if declared != answered && told.insert((member, answered.clone())) {
                problems.push(Problem::DeclarationDiffers {
                    scenario: record.scenario.id.clone(),
                    member,
                    declared,
                    answered,
                });
            }
        }
    }
    problems
}

fn words(words: impl Iterator<Item = String>) -> String {
    let sorted: BTreeSet<String> = words.collect();
    if sorted.is_empty() {
        "なし".to_owned()
    } else {
        sorted.into_iter().collect::<Vec<_>>().join("、")
    }
}

fn answered(value: Option<&Value>) -> String {
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    match value {
        Some(Value::Array(list)) => words(list.iter().map(text)),
        Some(other) => text(other),
        None => "答えがない".to_owned(),
    }
}
