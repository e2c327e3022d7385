//! 詳しい理由: one block for every verdict that is neither a pass nor neutral, and the proofs.

use super::page::Source;
use super::rows::{detail_anchor, has_detail};
use super::scenario::{RanView, SeenView, TalkView, anchor, badge, ran, seen, talk, time};
use super::stories::Book;
use crate::report::json::evidence;
use crate::report::wording;
use crate::verdict::{Cell, Finding, Mode, Row, ScenarioRecord, Scope, Verdict};

/// Why a cell is not a pass.
pub(super) struct DetailView {
    pub(super) anchor: String,
    pub(super) id: String,
    pub(super) mode: &'static str,
    pub(super) class: &'static str,
    pub(super) sign: &'static str,
    pub(super) label: String,
    pub(super) rule: String,
    pub(super) source: String,
    pub(super) standing: &'static str,
    pub(super) standing_meaning: &'static str,
    pub(super) level: &'static str,
    pub(super) party: &'static str,
    pub(super) mismatch: Option<MismatchView>,
    pub(super) reasons: Vec<String>,
    /// The rule that is to blame, and where its own details are.
    pub(super) cause: Option<(String, String)>,
    pub(super) scenario: Option<StoryView>,
}

/// 期待/実際, and where it was seen.
pub(super) struct MismatchView {
    pub(super) expected: String,
    pub(super) actual: String,
    pub(super) by: String,
    pub(super) at: String,
    pub(super) event: u64,
}

/// The scenario that showed it.
pub(super) struct StoryView {
    /// Where the scenario stands with its messages.
    pub(super) anchor: String,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) ran: RanView,
    pub(super) talk: TalkView,
    /// The stories of its people.
    pub(super) people: Vec<(String, String)>,
}

/// What a pass rests on.
pub(super) struct ProofView {
    pub(super) anchor: String,
    pub(super) id: String,
    pub(super) mode: &'static str,
    pub(super) rule: String,
    pub(super) notes: Vec<String>,
    pub(super) scenarios: Vec<(String, String)>,
    /// Where the stories of its people begin; empty if there are none.
    pub(super) people: String,
    pub(super) seen: Vec<SeenView>,
    pub(super) left_out: usize,
}

/// Most observations listed for a pass; the journals have all.
const PROOFS_MAX: usize = 12;

/// Every cell that is neither a pass nor neutral, the gravest first.
pub(super) fn details(source: &Source<'_>, book: &Book) -> Vec<DetailView> {
    let mut found: Vec<(Verdict, DetailView)> = cells(source)
        .filter(|(_, _, cell)| has_detail(cell))
        .map(|(row, mode, cell)| (cell.verdict(), detail(row, mode, cell, source, book)))
        .collect();
    found.sort_by_key(|(verdict, _)| std::cmp::Reverse(*verdict));
    found.into_iter().map(|(_, view)| view).collect()
}

/// Every pass with its evidence.
pub(super) fn proofs(source: &Source<'_>, book: &Book) -> Vec<ProofView> {
    cells(source)
        .filter(|(_, _, cell)| cell.scope() == Scope::Tried && cell.verdict() == Verdict::Passed)
        .map(|(row, mode, cell)| proof(row, mode, cell, book))
        .collect()
}

fn cells<'a>(source: &Source<'a>) -> impl Iterator<Item = (&'a Row, Mode, &'a Cell)> {
    let rows = source.table.rows.iter();
    rows.flat_map(|row| row.cells.iter().map(move |(mode, cell)| (row, *mode, cell)))
}

fn detail(row: &Row, mode: Mode, cell: &Cell, source: &Source<'_>, book: &Book) -> DetailView {
    let facts = &row.facts;
    let (class, sign, label) = badge(cell);
    let first = cell.findings().first();
    let cause = cell.findings().iter().find_map(|finding| match finding {
        Finding::Inherited { cause, .. } => Some((cause.clone(), detail_anchor(cause, mode))),
        Finding::Held(_)
        | Finding::Violated(_)
        | Finding::Blocked { .. }
        | Finding::Undecided(_)
        | Finding::Misconfigured(_)
        | Finding::NotRun(_)
        | Finding::NotApplicable(_)
        | Finding::Untestable(_)
        | Finding::NeedsPerson(_) => None,
    });
    let record = first.and_then(Finding::scenario).and_then(|id| {
        source
            .records
            .iter()
            .find(|record| record.key() == (id, mode))
    });
    let mismatch = first.and_then(mismatch);
    let shown: Vec<String> = first.into_iter().map(wording::finding).collect();
    let known = mismatch.is_some();
    DetailView {
        anchor: detail_anchor(&facts.id, mode),
        id: facts.id.clone(),
        mode: mode.long_ja(),
        class,
        sign,
        label,
        rule: facts.ja.clone(),
        source: wording::source(&facts.source),
        standing: facts.standing.ja(),
        standing_meaning: facts.standing.meaning(),
        level: facts.level.ja(),
        party: facts.party.ja(),
        reasons: wording::reasons(row, cell)
            .into_iter()
            .filter(|text| !(known && shown.contains(text)))
            .collect(),
        cause,
        scenario: record.map(|record| story(record, mismatch.as_ref(), source, book)),
        mismatch,
    }
}

fn mismatch(finding: &Finding) -> Option<MismatchView> {
    let evidence = evidence(finding)?;
    let first = evidence.first();
    (!first.holds).then(|| MismatchView {
        expected: first.expected.clone(),
        actual: first.actual.clone(),
        by: wording::observer(&first.by),
        at: time(&first.at),
        event: first.event,
    })
}

fn story(
    record: &ScenarioRecord,
    mismatch: Option<&MismatchView>,
    source: &Source<'_>,
    book: &Book,
) -> StoryView {
    let failed = record.failed_step().and_then(|(_, step)| step.event);
    let up_to = mismatch.map(|mismatch| mismatch.event).max(failed);
    StoryView {
        anchor: anchor(&record.scenario.id, record.scenario.mode),
        id: record.scenario.id.clone(),
        title: record.scenario.title.clone(),
        ran: without_repetition(ran(record, source), mismatch),
        talk: talk(record, up_to.unwrap_or(u64::MAX), source),
        people: book.links(&record.scenario.id),
    }
}

/// A failed step that says what stands above it already keeps its message only.
fn without_repetition(mut ran: RanView, mismatch: Option<&MismatchView>) -> RanView {
    for failure in ran
        .steps
        .iter_mut()
        .filter_map(|step| step.failure.as_mut())
    {
        failure.repeated = mismatch.is_some_and(|above| {
            above.expected == failure.expected && above.actual == failure.actual
        });
    }
    ran
}

fn proof(row: &Row, mode: Mode, cell: &Cell, book: &Book) -> ProofView {
    let mut scenarios: Vec<(String, String)> = Vec::new();
    for id in cell.findings().iter().filter_map(Finding::scenario) {
        let link = (id.to_owned(), anchor(id, mode));
        if !scenarios.contains(&link) {
            scenarios.push(link);
        }
    }
    let evidence = cell.findings().iter().filter_map(evidence);
    let mut all: Vec<SeenView> = evidence.flat_map(|one| one.iter().map(seen)).collect();
    let left_out = all.len().saturating_sub(PROOFS_MAX);
    all.truncate(PROOFS_MAX);
    ProofView {
        anchor: format!("proof-{}-{}", row.facts.id, mode.id()),
        id: row.facts.id.clone(),
        mode: mode.ja(),
        rule: row.facts.ja.clone(),
        notes: cell.notes().to_vec(),
        people: book.anchor_of_rule(&row.facts.id),
        scenarios,
        seen: all,
        left_out,
    }
}
