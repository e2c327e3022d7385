//! 記録: what the judge writes of a scenario into its journal.

use std::sync::Arc;

use super::Context;
use super::failure::{Performed, StepFailure};
use super::live::Live;
use crate::cast::Role;
use crate::feature::Scenario;
use crate::monitors;
use crate::verdict::{
    ClaimNote, EndNote, EndOutcome, MonitorNote, Note, ScenarioNote, StepNote, StepOutcome,
    StepText,
};

/// The rule that a failed set-up breaks.
const SET_UP: &str = "SETUP-01";

impl Live {
    /// Ends the scenario in the journal: its last step, the steps that did not run, what the
    /// monitors saw, and the end.
    ///
    /// # Errors
    /// The journal cannot be written.
    pub(super) async fn finish(&mut self, failure: Option<StepFailure>) -> Performed {
        if self.simulator.is_none() {
            // It failed before its world opened; the journal still says so.
            self.open_world(self.context.start).await?;
            self.note_scenario()?;
        }
        // A browser that does not close ends with its driver.
        let _ = self.leave_desk().await;
        self.write_unwritten()?;
        let failure = failure.or_else(|| self.trouble_that_never_came());
        let outcome = if failure.is_none() {
            EndOutcome::Passed
        } else {
            EndOutcome::Failed
        };
        match failure {
            None => self.pass_step()?,
            Some(StepFailure(failure)) => {
                let index = self.step.unwrap_or(0);
                self.note(&Note::Step(StepNote {
                    index,
                    outcome: StepOutcome::Failed,
                    failure: Some(failure),
                }))?;
            }
        }
        let next = self.step.map_or(1, |index| index + 1);
        for index in next..self.scenario.steps.len() {
            self.note(&Note::Step(StepNote {
                index,
                outcome: StepOutcome::NotRun,
                failure: None,
            }))?;
        }
        self.note_people()?;
        self.note_monitors()?;
        self.note(&Note::End(EndNote { outcome }))
    }

    pub(super) fn pass_step(&mut self) -> Performed {
        let Some(index) = self.step else {
            return Ok(());
        };
        if self.simulator.is_none() {
            // Before the world opens there is no journal yet.
            self.passed.push(index);
            return Ok(());
        }
        self.note_passed(index)
    }

    fn note_passed(&self, index: usize) -> Performed {
        self.note(&Note::Step(StepNote {
            index,
            outcome: StepOutcome::Passed,
            failure: None,
        }))
    }

    pub(super) fn note_scenario(&mut self) -> Performed {
        self.note(&scenario_note(&self.context, &self.scenario))?;
        for index in std::mem::take(&mut self.passed) {
            self.note_passed(index)?;
        }
        Ok(())
    }

    /// Whom the words of the sentences mean.
    fn note_people(&self) -> Performed {
        let is_read_out = |role: &&Role| {
            let word = format!("「{role}」");
            self.scenario
                .steps
                .iter()
                .any(|step| step.text.contains(&word))
        };
        for role in Role::ALL.iter().filter(is_read_out) {
            if let Ok(insured) = self.number_of(role.word()) {
                self.note(&Note::Person {
                    word: role.word().to_owned(),
                    insurer: self.ledger.insurer.number.clone(),
                    insured,
                })?;
            }
        }
        Ok(())
    }

    fn note_monitors(&mut self) -> Performed {
        let profile = Arc::clone(&self.context.profile);
        let mode = self.context.mode;
        let seen = monitors::watch(&profile, mode, self.events()?);
        for observation in seen {
            if !observation.holds && self.departures.contains(observation.requirement) {
                // A step has claimed it already: the scenario sets out to show it.
                continue;
            }
            self.note(&Note::Monitor(MonitorNote {
                monitor: observation.monitor.to_owned(),
                requirement: observation.requirement.to_owned(),
                event: observation.event,
                holds: observation.holds,
                expected: observation.expected,
                actual: observation.actual,
            }))?;
        }
        Ok(())
    }

    /// Writes a note of the judge into the journal.
    pub(super) fn note(&self, note: &Note) -> Performed {
        self.simulator()?
            .shell()
            .note("judge", "note", note)
            .map(|_| ())
            .map_err(StepFailure::harness)
    }

    /// Journals a claim, and fails the step if it does not hold.
    pub(super) fn claim(
        &self,
        holds: bool,
        expected: impl Into<String>,
        actual: impl Into<String>,
    ) -> Performed {
        self.claim_blaming(Vec::new(), holds, expected.into(), actual.into())
    }

    /// A claim that set-up is complete: in a scenario of another rule, SETUP-01 is to blame first.
    pub(super) fn claim_of_set_up(
        &self,
        holds: bool,
        expected: impl Into<String>,
        actual: impl Into<String>,
    ) -> Performed {
        let of_others = self.scenario.requirement.as_str() != SET_UP;
        let because_of = of_others.then(|| SET_UP.to_owned()).into_iter().collect();
        self.claim_blaming(because_of, holds, expected.into(), actual.into())
    }

    /// A claim whose violation is put to other rules first, where one of them is violated.
    pub(super) fn claim_blaming(
        &self,
        because_of: Vec<String>,
        holds: bool,
        expected: String,
        actual: String,
    ) -> Performed {
        self.note(&Note::Claim(ClaimNote {
            requirement: self.scenario.requirement.to_string(),
            expected: expected.clone(),
            actual: actual.clone(),
            holds,
            because_of: if holds { Vec::new() } else { because_of },
        }))?;
        if holds {
            Ok(())
        } else {
            Err(StepFailure::violated(expected, actual))
        }
    }
}

/// What the journal says about a scenario before its steps.
pub(super) fn scenario_note(context: &Context, scenario: &Scenario) -> Note {
    let steps = scenario
        .steps
        .iter()
        .map(|step| StepText {
            keyword: step.keyword.to_owned(),
            text: step.text.clone(),
            line: step.line as u64,
        })
        .collect();
    Note::Scenario(ScenarioNote {
        id: scenario.id.to_string(),
        title: scenario.title.clone(),
        feature: scenario.feature_path.clone(),
        line: scenario.line as u64,
        requirement: scenario.requirement.to_string(),
        mode: context.mode,
        seed: context.seed,
        tags: scenario.tags.iter().cloned().collect(),
        steps,
    })
}
