//! Scenarios of the page: what was read aloud, and what became of each sentence.

use super::rows::class_of;
use crate::report::exchange::{Exchange, exchanges};
use crate::report::html::Source;
use crate::report::json::journal_of;
use crate::report::wording;
use crate::verdict::{Observation, ScenarioOutcome, ScenarioRecord, StepOutcome, Verdict};

/// Most exchanges shown with a failure: those that led up to it.
const EXCHANGES_MAX: usize = 30;

/// What became of it.
pub(super) struct RanView {
    pub(super) place: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) events: u64,
    pub(super) heard: String,
    pub(super) journal: String,
    pub(super) steps: Vec<StepView>,
    pub(super) flaws: Vec<String>,
    pub(super) repeat: String,
}

/// One sentence.
pub(super) struct StepView {
    pub(super) keyword: String,
    pub(super) text: String,
    pub(super) class: &'static str,
    pub(super) word: &'static str,
    pub(super) at: String,
    pub(super) failure: Option<FailureView>,
}

/// Why a step failed.
pub(super) struct FailureView {
    pub(super) message: String,
    pub(super) expected: String,
    pub(super) actual: String,
    /// Whether 期待/実際 stand beside it already.
    pub(super) repeated: bool,
}

/// One observation.
pub(super) struct SeenView {
    pub(super) requirement: String,
    pub(super) by: String,
    pub(super) at: String,
    pub(super) event: u64,
    pub(super) expected: String,
    pub(super) actual: String,
    pub(super) holds: bool,
}

/// The messages that led up to a failure.
pub(super) struct TalkView {
    pub(super) exchanges: Vec<Exchange>,
    pub(super) left_out: usize,
}

/// The anchor of a scenario.
pub(super) fn anchor(id: &str, mode: crate::verdict::Mode) -> String {
    format!("scenario-{}-{}", id.replace('/', "-"), mode.id())
}

/// The badge of a scenario.
pub(super) fn label(outcome: &ScenarioOutcome) -> (&'static str, &'static str, String) {
    match outcome {
        ScenarioOutcome::Says(verdict) => (verdict.id(), verdict.sign(), verdict.ja().to_owned()),
        ScenarioOutcome::Overridden(rules) => (
            Verdict::Failed.id(),
            Verdict::Failed.sign(),
            format!("ほかの規則で違反（{}）", rules.join("、")),
        ),
    }
}

/// Where a scenario is written.
pub(super) fn place(record: &ScenarioRecord) -> String {
    format!("{}:{}", record.scenario.feature, record.scenario.line)
}

/// Why its journal cannot be trusted.
pub(super) fn flaws(record: &ScenarioRecord) -> Vec<String> {
    record.flaws.iter().map(ToString::to_string).collect()
}

/// What became of a scenario.
pub(super) fn ran(record: &ScenarioRecord, source: &Source<'_>) -> RanView {
    let scenario = &record.scenario;
    RanView {
        place: place(record),
        from: time(&record.span.0),
        to: time(&record.span.1),
        events: record.events,
        heard: wording::heard(record),
        journal: journal_of(record, source.kept)
            .unwrap_or_default()
            .to_owned(),
        steps: steps(record),
        flaws: flaws(record),
        repeat: source.facts.repeat_scenario(&scenario.id, scenario.mode),
    }
}

/// Every sentence, and what became of it.
pub(super) fn steps(record: &ScenarioRecord) -> Vec<StepView> {
    record
        .steps
        .iter()
        .map(|step| {
            let (class, word) = match step.outcome {
                Some(StepOutcome::Passed) => ("step-passed", "できた"),
                Some(StepOutcome::Failed) => ("step-failed", "ここで止まった"),
                Some(StepOutcome::NotRun) => ("step-not-run", "実行していない"),
                None => ("step-not-run", "記録がない"),
            };
            StepView {
                keyword: step.text.keyword.clone(),
                text: step.text.text.clone(),
                class,
                word,
                at: step.at.as_deref().map(time).unwrap_or_default(),
                failure: step.failure.as_ref().map(|failure| FailureView {
                    message: failure.message.clone(),
                    expected: failure.expected.clone(),
                    actual: failure.actual.clone(),
                    repeated: false,
                }),
            }
        })
        .collect()
}

/// One observation.
pub(super) fn seen(seen: &Observation) -> SeenView {
    SeenView {
        requirement: seen.requirement.clone(),
        by: wording::observer(&seen.by),
        at: time(&seen.at),
        event: seen.event,
        expected: seen.expected.clone(),
        actual: seen.actual.clone(),
        holds: seen.holds,
    }
}

/// The messages up to an event, the last ones where there are many.
pub(super) fn talk(record: &ScenarioRecord, up_to: u64, source: &Source<'_>) -> TalkView {
    let (scenario, mode) = record.key();
    let lines = source.journals.events(scenario, mode).unwrap_or_default();
    let mut exchanges: Vec<Exchange> = exchanges(&lines)
        .into_iter()
        .filter(|exchange| exchange.event <= up_to)
        .collect();
    let left_out = exchanges.len().saturating_sub(EXCHANGES_MAX);
    exchanges.drain(..left_out);
    TalkView {
        exchanges,
        left_out,
    }
}

/// `2026-11-02T09:00:00+09:00` as a reader in Japan writes it.
pub(super) fn time(text: &str) -> String {
    text.trim_end_matches("+09:00").replace('T', " ")
}

/// The style of a cell, for badges beside a scenario.
pub(super) fn badge(cell: &crate::verdict::Cell) -> (&'static str, &'static str, String) {
    (class_of(cell), cell.verdict().sign(), cell.label())
}
