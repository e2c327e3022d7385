//! report.json: the report for machines. Its schema is `interface/report-v1/report.schema.json`.

use super::document::{
    CellPart, CountPart, Document, EvidencePart, ExitPart, JournalPart, ModeTotalsPart, ModesPart,
    ProblemPart, ProfilePart, RanPart, RequirementPart, RunPart, ScenarioPart, SelectionPart,
    StepPart, TotalsPart,
};
use super::journals::Kept;
use super::run_facts::RunFacts;
use super::wording;
use crate::verdict::{
    Cell, Evidence, Finding, Mode, Observation, Observed, ObservedBy, Row, ScenarioOutcome,
    ScenarioRecord, ScenarioRow, Scope, Selection, Totals, Verdict, VerdictTable, exit_code,
    topic_title,
};

/// Version of the format; it moves when a reader would misunderstand a report.
pub const FORMAT_VERSION: u32 = 1;

/// The document of a run.
pub(super) fn document<'a>(
    table: &'a VerdictTable,
    records: &'a [ScenarioRecord],
    kept: &'a [Kept],
    facts: &'a RunFacts,
) -> Document<'a> {
    let exit = exit_code(table, table.strict);
    let (whole, asked) = match &table.selection {
        Selection::Whole => (true, None),
        Selection::Part { asked } => (false, Some(asked.as_str())),
    };
    Document {
        format: "tekigo-report",
        version: FORMAT_VERSION,
        title: wording::title(table),
        reference_only: table.reference_only,
        strict: table.strict,
        selection: SelectionPart { whole, asked },
        exit: ExitPart {
            code: exit.code(),
            meaning: wording::ending(table, exit),
        },
        run: run(facts),
        modes: ModesPart {
            asked: table.asked.clone(),
            declared: table.declared.clone(),
            notes: wording::modes(table),
        },
        totals: totals(table),
        requirements: table
            .rows
            .iter()
            .map(|row| requirement(row, facts))
            .collect(),
        scenarios: table
            .scenarios
            .iter()
            .map(|row| scenario(row, records, kept))
            .collect(),
        problems: table
            .problems
            .iter()
            .map(|problem| ProblemPart {
                kind: problem.id(),
                text: problem.to_string(),
            })
            .collect(),
        journals: kept.iter().map(journal).collect(),
    }
}

fn run(facts: &RunFacts) -> RunPart<'_> {
    RunPart {
        product: &facts.product,
        vendor: &facts.vendor,
        product_version: &facts.version,
        profile: ProfilePart {
            id: &facts.profile.id,
            title: &facts.profile.title,
            standing: facts.profile.standing.id(),
            digest: &facts.profile.digest,
        },
        seed: facts.seed,
        catalogue_digest: &facts.catalogue_digest,
        program_version: &facts.program_version,
        command: facts.repeat_run(),
        executed_at: &facts.executed_at,
    }
}

fn totals(table: &VerdictTable) -> TotalsPart {
    let totals = Totals::of(table);
    let by_mode = table.modes().into_iter().map(|mode| {
        let totals = Totals::of_mode(table, mode);
        ModeTotalsPart {
            mode,
            passed: totals.count(Verdict::Passed),
            decided: totals.decided(),
            due: totals.due(),
            planned: totals.planned(),
            by_verdict: by_verdict(&totals),
            sentence: totals.to_string(),
        }
    });
    TotalsPart {
        unit: "介護保険システムの規則×方式",
        passed: totals.count(Verdict::Passed),
        decided: totals.decided(),
        due: totals.due(),
        planned: totals.planned(),
        by_verdict: by_verdict(&totals),
        sentence: totals.to_string(),
        by_mode: by_mode.collect(),
    }
}

fn by_verdict(totals: &Totals) -> Vec<CountPart> {
    Verdict::ALL
        .into_iter()
        .map(|verdict| CountPart {
            verdict,
            ja: verdict.ja(),
            count: totals.count(verdict),
        })
        .collect()
}

fn requirement<'a>(row: &'a Row, run: &RunFacts) -> RequirementPart<'a> {
    let facts = &row.facts;
    RequirementPart {
        id: &facts.id,
        topic: topic_title(&facts.id),
        block: row.block.id(),
        party: facts.party.ja(),
        level: facts.level.ja(),
        standing: facts.standing.id(),
        verify: facts.verify.iter().map(|verify| verify.ja()).collect(),
        rule: &facts.ja,
        source: &facts.source,
        cells: row
            .cells
            .iter()
            .map(|(mode, cell)| cell_part(row, *mode, cell, run))
            .collect(),
    }
}

fn cell_part<'a>(row: &Row, mode: Mode, cell: &'a Cell, run: &RunFacts) -> CellPart<'a> {
    let observed = match cell.observed() {
        Observed::Held => "held",
        Observed::Violated => "violated",
        Observed::Nothing => "nothing",
    };
    let first = cell.findings().first();
    CellPart {
        mode,
        verdict: cell.verdict(),
        label: cell.label(),
        planned: cell.scope() == Scope::Planned,
        observed,
        known_gap: cell.known_gap(),
        reasons: wording::reasons(row, cell),
        cause: cell.findings().iter().find_map(cause),
        evidence: cell
            .findings()
            .iter()
            .filter_map(evidence)
            .flat_map(|evidence| evidence.iter().map(|seen| observation(evidence, seen)))
            .collect(),
        repeat: first.and_then(|first| wording::repeat(run, first, mode)),
    }
}

fn cause(finding: &Finding) -> Option<&str> {
    if let Finding::Inherited { cause, .. } = finding {
        Some(cause)
    } else {
        None
    }
}

/// The observations that a finding rests on.
pub(super) fn evidence(finding: &Finding) -> Option<&Evidence> {
    match finding {
        Finding::Held(held) => Some(held.evidence()),
        Finding::Violated(violation) => Some(violation.evidence()),
        Finding::Blocked { .. }
        | Finding::Inherited { .. }
        | Finding::Undecided(_)
        | Finding::Misconfigured(_)
        | Finding::NotRun(_)
        | Finding::NotApplicable(_)
        | Finding::Untestable(_)
        | Finding::NeedsPerson(_) => None,
    }
}

fn observation<'a>(evidence: &'a Evidence, seen: &'a Observation) -> EvidencePart<'a> {
    let (by, monitor) = match &seen.by {
        ObservedBy::Claim => ("claim", None),
        ObservedBy::Step(_) => ("step", None),
        ObservedBy::Monitor(name) => ("monitor", Some(name.as_str())),
        ObservedBy::Law(name) => ("law", Some(name.as_str())),
    };
    EvidencePart {
        scenario: evidence.scenario(),
        event: seen.event,
        at: &seen.at,
        by,
        monitor,
        expected: &seen.expected,
        actual: &seen.actual,
        holds: seen.holds,
    }
}

fn scenario<'a>(
    row: &'a ScenarioRow,
    records: &'a [ScenarioRecord],
    kept: &'a [Kept],
) -> ScenarioPart<'a> {
    let (verdict, overridden_by): (Option<Verdict>, &[String]) = match &row.outcome {
        ScenarioOutcome::Says(verdict) => (Some(*verdict), &[]),
        ScenarioOutcome::Overridden(rules) => (None, rules),
    };
    let record = row.record.and_then(|index| records.get(index));
    ScenarioPart {
        id: &row.id,
        title: &row.title,
        requirement: &row.requirement,
        mode: row.mode,
        verdict,
        overridden_by,
        run: record.map(|record| ran(record, kept)),
    }
}

fn ran<'a>(record: &'a ScenarioRecord, kept: &'a [Kept]) -> RanPart<'a> {
    let scenario = &record.scenario;
    RanPart {
        feature: &scenario.feature,
        line: scenario.line,
        seed: scenario.seed,
        from: &record.span.0,
        to: &record.span.1,
        events: record.events,
        vendor_messages: record.vendor_messages,
        steps: record
            .steps
            .iter()
            .map(|step| StepPart {
                keyword: &step.text.keyword,
                text: &step.text.text,
                line: step.text.line,
                outcome: step.outcome,
                at: step.at.as_deref(),
                failure: step.failure.as_ref(),
            })
            .collect(),
        flaws: record.flaws.iter().map(ToString::to_string).collect(),
        journal: journal_of(record, kept),
    }
}

/// Where the journal of a record is kept in the folder.
pub(super) fn journal_of<'a>(record: &ScenarioRecord, kept: &'a [Kept]) -> Option<&'a str> {
    let (scenario, mode) = record.key();
    let of = |kept: &&Kept| {
        kept.of
            .as_ref()
            .is_some_and(|of| of.0 == scenario && of.1 == mode)
    };
    kept.iter().find(of).map(|kept| kept.file.as_str())
}

fn journal(kept: &Kept) -> JournalPart<'_> {
    JournalPart {
        file: &kept.file,
        scenario: kept.of.as_ref().map(|of| of.0.as_str()),
        mode: kept.of.as_ref().map(|of| of.1),
        sha256: &kept.sha256,
    }
}
