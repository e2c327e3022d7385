//! A scenario that never got its vendor still leaves a journal that says so.

use std::sync::Arc;

use tekigo_simulator::kernel::{Durability, Journal};

use super::Context;
use super::failure::{Performed, StepFailure};
use super::live::Live;
use crate::feature::Scenario;
use crate::verdict::{EndNote, EndOutcome, Note, StepNote, StepOutcome};

impl Live {
    pub(super) fn finish_unopened(
        context: &Arc<Context>,
        scenario: &Scenario,
        failure: Option<StepFailure>,
    ) -> Performed {
        let failure =
            failure.unwrap_or_else(|| StepFailure::harness("シナリオが始まりませんでした"));
        let path = context.journal_path(scenario);
        let mut journal =
            Journal::create(&path, Durability::Process).map_err(StepFailure::harness)?;
        let steps = (0..scenario.steps.len()).map(|index| {
            Note::Step(StepNote {
                index,
                outcome: if index == 0 {
                    StepOutcome::Failed
                } else {
                    StepOutcome::NotRun
                },
                failure: (index == 0).then(|| failure.0.clone()),
            })
        });
        let notes = std::iter::once(super::noting::scenario_note(context, scenario))
            .chain(steps)
            .chain(std::iter::once(Note::End(EndNote {
                outcome: EndOutcome::Stopped,
            })));
        for note in notes {
            journal
                .append(context.start, "judge", "note", &note)
                .map_err(StepFailure::harness)?;
        }
        journal.commit().map_err(StepFailure::harness)
    }
}
