//! Folding one journal into a [`ScenarioRecord`].

use serde_json::Value;

use super::event::EventLine;
use super::finding::{Observation, ObservedBy};
use super::note::{ClaimNote, EndNote, EndOutcome, FailureFamily, LawNote, MonitorNote, Note};
use super::note::{ScenarioNote, StepNote, StepOutcome, StepText};
use super::record::{Flaw, Opened, ScenarioRecord, StepResult};

/// The journal is not that of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// It holds no event.
    #[error("記録に出来事が一つもありません")]
    Empty,
    /// It does not say which scenario it belongs to.
    #[error("記録に、どのシナリオのものかが書かれていません（出来事{events}件）")]
    NoScenario {
        /// How many events it holds.
        events: usize,
    },
}

/// What an operator's action that carries a file of the vendor to PMH is called.
const UPLOAD: &str = "upload";

/// Folds the journal of one scenario in one mode.
///
/// # Errors
/// The journal is empty, or no note says which scenario it belongs to.
pub fn fold(lines: &[EventLine]) -> Result<ScenarioRecord, FoldError> {
    let (first, last) = match (lines.first(), lines.last()) {
        (Some(first), Some(last)) => (first, last),
        (None, _) | (_, None) => return Err(FoldError::Empty),
    };
    let scenario = lines
        .iter()
        .find_map(scenario_note)
        .ok_or(FoldError::NoScenario {
            events: lines.len(),
        })?;
    let mut folding = Folding::new(scenario, lines);
    for (expected, line) in (1..).zip(lines) {
        if line.n != expected && folding.numbers_follow {
            folding.numbers_follow = false;
            let found = line.n;
            folding.record.flaws.push(Flaw::Number { expected, found });
        }
        folding.take(line);
    }
    let mut record = folding.finish();
    // A scenario that never got its vendor has no world; how it ended says so, and is no pass.
    if first.kind != "opened" && record.end != Some(EndOutcome::Stopped) {
        record.flaws.insert(0, Flaw::NotOpened);
    }
    record.events = lines.len() as u64;
    record.span = (first.t.clone(), last.t.clone());
    Ok(record)
}

fn scenario_note(line: &EventLine) -> Option<ScenarioNote> {
    if line.kind != "note" || line.text("note") != Some("scenario") {
        return None;
    }
    match serde_json::from_value(line.body.clone()) {
        Ok(Note::Scenario(note)) => Some(note),
        Ok(_) | Err(_) => None,
    }
}

struct Folding<'a> {
    lines: &'a [EventLine],
    record: ScenarioRecord,
    scenarios: usize,
    numbers_follow: bool,
}

impl<'a> Folding<'a> {
    fn new(scenario: ScenarioNote, lines: &'a [EventLine]) -> Self {
        let steps = scenario.steps.iter().map(not_yet).collect();
        let record = ScenarioRecord {
            scenario,
            opened: None,
            steps,
            observations: Vec::new(),
            vendor_messages: 0,
            portal_answers: 0,
            vendor_operations: 0,
            unsupported: Vec::new(),
            declared: None,
            end: None,
            flaws: Vec::new(),
            events: 0,
            span: (String::new(), String::new()),
        };
        Self {
            lines,
            record,
            scenarios: 0,
            numbers_follow: true,
        }
    }

    fn take(&mut self, line: &EventLine) {
        match line.kind.as_str() {
            "note" => self.note(line),
            "opened" => self.record.opened = opened(&line.body),
            "link.request" if line.from == "vendor" => self.record.vendor_messages += 1,
            "operator" if line.text("action") == Some(UPLOAD) => self.record.vendor_messages += 1,
            "portal.answer" => self.record.portal_answers += 1,
            "vendor.operation" => self.record.vendor_operations += 1,
            "vendor.answer" => self.answer(line),
            _ => {}
        }
    }

    fn answer(&mut self, line: &EventLine) {
        let operation = line.text("operation").unwrap_or_default();
        let answer = line.body.get("answer");
        let member = |name: &str| answer.and_then(|answer| answer.get(name));
        let result = member("result").and_then(Value::as_str);
        if result == Some("unsupported") {
            self.record.unsupported.push(operation.to_owned());
        }
        if operation == "declare" && result == Some("done") {
            self.record.declared = member("data").cloned();
        }
    }

    fn note(&mut self, line: &EventLine) {
        let note = match serde_json::from_value::<Note>(line.body.clone()) {
            Ok(note) => note,
            Err(error) => {
                let why = error.to_string();
                let event = line.n;
                self.record.flaws.push(Flaw::UnreadableNote { event, why });
                return;
            }
        };
        match note {
            Note::Catalogue { .. }
            | Note::Plan(_)
            | Note::Declaration(_)
            | Note::Shard(_)
            | Note::Person { .. }
            | Note::Remark { .. } => {}
            Note::Scenario(_) => {
                self.scenarios += 1;
                if self.scenarios > 1 {
                    let event = line.n;
                    self.record.flaws.push(Flaw::SecondScenario { event });
                }
            }
            Note::Step(note) => {
                self.before_end(line);
                self.step(note, line);
            }
            Note::Claim(note) => {
                self.before_end(line);
                self.record.observations.push(claimed(note, line));
            }
            Note::Law(note) => {
                self.before_end(line);
                self.record.observations.push(lawful(note, line));
            }
            Note::Monitor(note) => self.monitor(note),
            Note::End(EndNote { outcome }) => {
                self.before_end(line);
                self.record.end = Some(outcome);
            }
        }
    }

    fn monitor(&mut self, note: MonitorNote) {
        let looked_at = self.lines.iter().find(|line| line.n == note.event);
        match looked_at.map(|line| line.t.clone()) {
            Some(at) => self.record.observations.push(watched(note, at)),
            None => self
                .record
                .flaws
                .push(Flaw::UnknownEvent { event: note.event }),
        }
    }

    // Monitors may report after the end, since they look at the whole journal; nothing else may.
    fn before_end(&mut self, line: &EventLine) {
        if self.record.end.is_some() {
            self.record.flaws.push(Flaw::AfterEnd { event: line.n });
        }
    }

    fn step(&mut self, note: StepNote, line: &EventLine) {
        let index = note.index;
        let Some(step) = self.record.steps.get_mut(index) else {
            self.record.flaws.push(Flaw::UnknownStep { index });
            return;
        };
        if step.outcome.is_some() {
            self.record.flaws.push(Flaw::StepTwice { index });
            return;
        }
        if (note.outcome == StepOutcome::Failed) != note.failure.is_some() {
            self.record.flaws.push(Flaw::FailureMismatch { index });
        }
        step.outcome = Some(note.outcome);
        step.failure = note.failure;
        step.event = Some(line.n);
        step.at = Some(line.t.clone());
    }

    /// A step that failed as `violated` without a violated claim is an observation of its own.
    fn finish(self) -> ScenarioRecord {
        let mut record = self.record;
        if record.claims().any(|seen| !seen.holds) {
            return record;
        }
        let seen = record.failed_step().and_then(|(index, step)| {
            let failure = step.failure.as_ref()?;
            (failure.family == FailureFamily::Violated).then(|| Observation {
                requirement: record.scenario.requirement.clone(),
                by: ObservedBy::Step(index),
                event: step.event.unwrap_or_default(),
                at: step.at.clone().unwrap_or_default(),
                expected: failure.expected.clone(),
                actual: failure.actual.clone(),
                holds: false,
                suspects: failure.because_of.clone(),
            })
        });
        record.observations.extend(seen);
        record
    }
}

fn not_yet(text: &StepText) -> StepResult {
    StepResult {
        text: text.clone(),
        outcome: None,
        failure: None,
        event: None,
        at: None,
    }
}

fn opened(body: &Value) -> Option<Opened> {
    let text = |name: &str| body.get(name)?.as_str().map(str::to_owned);
    Some(Opened {
        seed: body.get("seed")?.as_u64()?,
        profile: text("profile")?,
        profile_digest: text("profile_digest")?,
    })
}

fn claimed(note: ClaimNote, line: &EventLine) -> Observation {
    Observation {
        requirement: note.requirement,
        by: ObservedBy::Claim,
        event: line.n,
        at: line.t.clone(),
        expected: note.expected,
        actual: note.actual,
        holds: note.holds,
        suspects: note.because_of,
    }
}

fn lawful(note: LawNote, line: &EventLine) -> Observation {
    Observation {
        requirement: note.requirement,
        by: ObservedBy::Law(note.law),
        event: line.n,
        at: line.t.clone(),
        expected: note.expected,
        actual: note.actual,
        holds: note.holds,
        suspects: Vec::new(),
    }
}

fn watched(note: MonitorNote, at: String) -> Observation {
    Observation {
        requirement: note.requirement,
        by: ObservedBy::Monitor(note.monitor),
        event: note.event,
        at,
        expected: note.expected,
        actual: note.actual,
        holds: note.holds,
        suspects: Vec::new(),
    }
}
