//! Weighing one scenario: what its journal shows about the rule that it tries.

use std::collections::BTreeSet;

use super::declaration::{BusinessClock, Declaration, StartedBy};
use super::facts::{Mode, RequirementFacts, Verify};
use super::finding::{Evidence, Finding, Violation};
use super::note::{EndOutcome, Failure, FailureFamily, StepOutcome};
use super::plan::PlannedScenario;
use super::reason::{Reason, StepFailureKind};
use super::record::{ScenarioRecord, StepResult};

/// What the declaration says about a planned scenario, before any journal is looked at.
pub(super) fn ruled_out(planned: &PlannedScenario, declaration: &Declaration) -> Option<Finding> {
    if !declaration.modes.contains(&planned.mode) {
        return Some(Finding::NotApplicable(Reason::ModeNotDeclared {
            mode: planned.mode,
            declared: declaration.modes.iter().copied().collect(),
        }));
    }
    let mut needed = planned.needs_functions.iter();
    if let Some(function) = needed.find(|name| !declaration.functions.contains(*name)) {
        return Some(Finding::NotApplicable(Reason::FunctionNotDeclared {
            scenario: planned.id.clone(),
            function: function.clone(),
            declared: declaration.functions.iter().cloned().collect(),
        }));
    }
    let scenario = planned.id.clone();
    match (declaration.clock, declaration.started_by) {
        (BusinessClock::Machine, _) if planned.needs_clock => {
            Some(Finding::Untestable(Reason::ClockOfMachine { scenario }))
        }
        (_, StartedBy::Vendor) if planned.needs_stop => {
            Some(Finding::Untestable(Reason::NotOursToStop { scenario }))
        }
        (BusinessClock::Machine | BusinessClock::Follows, StartedBy::Judge | StartedBy::Vendor) => {
            None
        }
    }
}

/// Whether the declaration alone decides what becomes of a planned scenario.
#[must_use]
pub fn is_ruled_out(planned: &PlannedScenario, declaration: &Declaration) -> bool {
    ruled_out(planned, declaration).is_some()
}

/// What was last attested of a rule that only a person can confirm.
pub(super) fn attested(facts: &RequirementFacts, declaration: &Declaration) -> Option<Finding> {
    let mut attested = declaration.attested.iter().rev();
    let attested = attested.find(|attested| attested.requirement == facts.id)?;
    let is_its_way = facts.verify.contains(&Verify::Attestation);
    is_its_way.then(|| Finding::NeedsPerson(Reason::Attested(Box::new(attested.clone()))))
}

/// The same for every rule and declared mode: in a part of the suite too it is shown.
pub(super) fn attested_cells(
    catalogue: &[RequirementFacts],
    declaration: &Declaration,
) -> Vec<((String, Mode), Finding)> {
    let attested = catalogue.iter().filter_map(|facts| {
        let finding = attested(facts, declaration)?;
        let modes = facts.modes.iter().copied();
        let declared = modes.filter(|mode| declaration.modes.contains(mode));
        Some(declared.map(move |mode| ((facts.id.clone(), mode), finding.clone())))
    });
    attested.flatten().collect()
}

/// What the journal of a scenario shows about the rule that it tries.
///
/// In this order: a journal that cannot be trusted shows nothing; a violation that was seen counts
/// whatever happened after it; a failed step says whose business it is; only then can a complete
/// run with an observation and a message of the vendor be a pass. A rule of the portal needs no more
/// than the portal's answers, as long as nobody asked the vendor for anything.
pub(super) fn weigh(record: &ScenarioRecord, is_rule_of_portal: bool) -> Finding {
    let scenario = record.scenario.id.clone();
    if let Some(flaw) = record.flaws.first() {
        let flaw = flaw.to_string();
        return Finding::Undecided(Reason::BrokenJournal { scenario, flaw });
    }
    if let Some(violation) = seen(record, false).and_then(Violation::of) {
        return violated(record, violation);
    }
    if let Some((_, step)) = record.failed_step() {
        return failed(record, step);
    }
    if record.steps.is_empty() {
        return Finding::Undecided(Reason::NoSteps { scenario });
    }
    let passed = |step: &&StepResult| step.outcome == Some(StepOutcome::Passed);
    let steps_ended = record.steps.iter().filter(passed).count();
    if record.end.is_none() || steps_ended < record.steps.len() {
        let steps = record.steps.len();
        return Finding::Undecided(Reason::CutShort {
            scenario,
            steps_ended,
            steps,
        });
    }
    if record.end != Some(EndOutcome::Passed) || record.claims().any(|seen| !seen.holds) {
        return Finding::Undecided(Reason::EndContradicts { scenario });
    }
    held(record, scenario, is_rule_of_portal)
}

fn held(record: &ScenarioRecord, scenario: String, is_rule_of_portal: bool) -> Finding {
    let Some(evidence) = seen(record, true) else {
        return Finding::Undecided(Reason::NothingObserved { scenario });
    };
    record
        .heard(is_rule_of_portal)
        .and_then(|contact| Finding::held(evidence, contact))
        .unwrap_or(Finding::Undecided(Reason::NothingFromVendor { scenario }))
}

/// A violation counts for the rule, unless everything that was seen has another to blame first.
fn violated(record: &ScenarioRecord, violation: Violation) -> Finding {
    let own = &record.scenario.requirement;
    let is_own = violation.evidence().iter().any(|seen| {
        let mut suspects = seen.suspects.iter();
        suspects.all(|suspect| suspect == own)
    });
    let Some((_, step)) = record.failed_step().filter(|_| !is_own) else {
        return Finding::Violated(violation);
    };
    let seen = violation.evidence().iter();
    let suspects: BTreeSet<String> = seen.flat_map(|seen| seen.suspects.clone()).collect();
    Finding::Blocked {
        scenario: record.scenario.id.clone(),
        suspects: suspects
            .into_iter()
            .filter(|suspect| suspect != own)
            .collect(),
        reason: Reason::StepFailed {
            scenario: record.scenario.id.clone(),
            kind: StepFailureKind::OtherRule,
            step: format!("{} {}", step.text.keyword, step.text.text),
            message: violation.mismatch().actual,
        },
        otherwise: Some(violation),
    }
}

fn seen(record: &ScenarioRecord, holds: bool) -> Option<Evidence> {
    let rule = &record.scenario.requirement;
    let claims = record
        .claims()
        .filter(|seen| seen.requirement == *rule && seen.holds == holds)
        .cloned();
    Evidence::gather(&record.scenario.id, record.scenario.mode, claims)
}

fn failed(record: &ScenarioRecord, step: &StepResult) -> Finding {
    let Some(failure) = &step.failure else {
        let scenario = record.scenario.id.clone();
        return Finding::Undecided(Reason::EndContradicts { scenario });
    };
    let because = |kind| Reason::StepFailed {
        scenario: record.scenario.id.clone(),
        kind,
        step: format!("{} {}", step.text.keyword, step.text.text),
        message: if failure.message.is_empty() {
            failure.actual.clone()
        } else {
            failure.message.clone()
        },
    };
    match failure.family {
        FailureFamily::Violated => blocked(record, failure, because(StepFailureKind::OtherRule)),
        FailureFamily::Precondition => {
            blocked(record, failure, because(StepFailureKind::Precondition))
        }
        FailureFamily::Unsupported => Finding::Undecided(because(StepFailureKind::Unsupported)),
        FailureFamily::VendorSilent => Finding::Undecided(because(StepFailureKind::VendorSilent)),
        FailureFamily::Harness => Finding::Undecided(because(StepFailureKind::Harness)),
        FailureFamily::Misconfigured => {
            Finding::Misconfigured(because(StepFailureKind::Misconfigured))
        }
    }
}

/// The rules that may be to blame: those the step names, then those seen violated on the way.
fn blocked(record: &ScenarioRecord, failure: &Failure, reason: Reason) -> Finding {
    let mut suspects: Vec<String> = Vec::new();
    let seen = record.observations.iter().filter(|seen| !seen.holds);
    let named = failure.because_of.iter();
    for suspect in named.chain(seen.map(|seen| &seen.requirement)) {
        if *suspect != record.scenario.requirement && !suspects.contains(suspect) {
            suspects.push(suspect.clone());
        }
    }
    Finding::Blocked {
        scenario: record.scenario.id.clone(),
        suspects,
        reason,
        otherwise: None,
    }
}
