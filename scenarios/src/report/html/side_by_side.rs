//! The scenarios of the page: each once, with what became of it in one mode beside the other.

use super::page::Source;
use super::scenario::{
    FailureView, SeenView, StepView, anchor, flaws, label, place, seen, steps, time,
};
use super::stories::Book;
use crate::report::exchange::{Exchange, exchanges};
use crate::report::json::journal_of;
use crate::report::wording;
use crate::verdict::{ScenarioOutcome, ScenarioRecord, ScenarioRow, StepResult, StepText, Verdict};

/// Most messages shown with a step: of a scenario that passed, and of one to be looked into.
const BRIEF_MAX: usize = 8;
const FULL_MAX: usize = 30;
/// Most files and rows of each shown with a message of a scenario that passed.
const FILES_MAX: usize = 3;
const ROWS_MAX: usize = 2;
/// Characters of the records that the product sent.
const BODY_MAX: usize = 400;

/// One scenario.
pub(super) struct ScenarioView {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) requirement: String,
    /// The stories of its people.
    pub(super) people: Vec<(String, String)>,
    /// One a mode, in order.
    pub(super) heads: Vec<HeadView>,
    pub(super) steps: Vec<AlignedStep>,
    /// One a mode, in the same order.
    pub(super) feet: Vec<FootView>,
}

/// How it came out in one mode.
pub(super) struct HeadView {
    pub(super) anchor: String,
    pub(super) mode: &'static str,
    pub(super) long_mode: &'static str,
    pub(super) class: &'static str,
    pub(super) sign: &'static str,
    pub(super) label: String,
}

/// One sentence, and what became of it in each mode.
pub(super) struct AlignedStep {
    pub(super) keyword: String,
    pub(super) text: String,
    pub(super) cells: Vec<StepCell>,
}

/// What became of a sentence in one mode.
pub(super) struct StepCell {
    pub(super) mode: &'static str,
    pub(super) class: &'static str,
    pub(super) word: &'static str,
    pub(super) at: String,
    pub(super) failure: Option<FailureView>,
    pub(super) messages: Vec<Exchange>,
    pub(super) left_out: usize,
}

/// What stands below the steps of one mode.
pub(super) struct FootView {
    pub(super) mode: &'static str,
    /// `None` where it did not run.
    pub(super) ran: Option<RanFoot>,
}

/// Where the evidence is.
pub(super) struct RanFoot {
    pub(super) flaws: Vec<String>,
    pub(super) seen: Vec<SeenView>,
    pub(super) repeat: String,
    pub(super) place: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) heard: String,
    pub(super) events: u64,
    pub(super) journal: String,
}

/// Every scenario once, in the order of the plan.
pub(super) fn scenarios(source: &Source<'_>, book: &Book) -> Vec<ScenarioView> {
    let mut groups: Vec<(&str, Vec<&ScenarioRow>)> = Vec::new();
    for row in &source.table.scenarios {
        match groups.iter_mut().find(|(id, _)| *id == row.id) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((&row.id, vec![row])),
        }
    }
    let views = groups.into_iter().filter_map(|(_, mut rows)| {
        rows.sort_by_key(|row| row.mode);
        view(&rows, source, book)
    });
    views.collect()
}

fn view(rows: &[&ScenarioRow], source: &Source<'_>, book: &Book) -> Option<ScenarioView> {
    let first = rows.first()?;
    // What one mode did is read beside what the other did.
    let is_open = rows
        .iter()
        .any(|row| row.outcome != ScenarioOutcome::Says(Verdict::Passed));
    let sides: Vec<Side<'_>> = rows
        .iter()
        .map(|row| Side::of(row, is_open, source))
        .collect();
    let written: &[StepResult] = sides
        .iter()
        .find_map(|side| Some(side.record?.steps.as_slice()))
        .unwrap_or_default();
    let steps = written.iter().enumerate();
    Some(ScenarioView {
        id: first.id.clone(),
        title: first.title.clone(),
        requirement: first.requirement.clone(),
        people: book.links(&first.id),
        heads: rows.iter().map(|row| head(row)).collect(),
        steps: steps
            .map(|(index, step)| aligned(&step.text, index, &sides))
            .collect(),
        feet: sides.iter().map(|side| side.foot(source)).collect(),
    })
}

fn head(row: &ScenarioRow) -> HeadView {
    let (class, sign, label) = label(&row.outcome);
    HeadView {
        anchor: anchor(&row.id, row.mode),
        mode: row.mode.ja(),
        long_mode: row.mode.long_ja(),
        class,
        sign,
        label,
    }
}

fn aligned(text: &StepText, index: usize, sides: &[Side<'_>]) -> AlignedStep {
    AlignedStep {
        keyword: text.keyword.clone(),
        text: text.text.clone(),
        cells: sides.iter().map(|side| side.cell(index)).collect(),
    }
}

/// One mode of a scenario.
struct Side<'a> {
    row: &'a ScenarioRow,
    record: Option<&'a ScenarioRecord>,
    /// Whether a reader has to look into the scenario.
    is_open: bool,
    exchanges: Vec<Exchange>,
}

impl<'a> Side<'a> {
    fn of(row: &'a ScenarioRow, is_open: bool, source: &Source<'a>) -> Self {
        let record = row.record.and_then(|index| source.records.get(index));
        let lines = record.and_then(|_| source.journals.events(&row.id, row.mode));
        Self {
            row,
            record,
            is_open,
            exchanges: exchanges(&lines.unwrap_or_default()),
        }
    }

    fn cell(&self, index: usize) -> StepCell {
        let view: Option<StepView> = self
            .record
            .and_then(|record| steps(record).into_iter().nth(index));
        let (messages, left_out) = self.messages(index);
        let mode = self.row.mode.ja();
        match view {
            Some(step) => StepCell {
                mode,
                class: step.class,
                word: step.word,
                at: step.at,
                failure: step.failure,
                messages,
                left_out,
            },
            None => StepCell {
                mode,
                class: "step-not-run",
                word: "実行していない",
                at: String::new(),
                failure: None,
                messages,
                left_out,
            },
        }
    }

    /// The messages between the end of the step before and the end of this one, the last ones
    /// where there are many.
    fn messages(&self, index: usize) -> (Vec<Exchange>, usize) {
        let Some(record) = self.record else {
            return (Vec::new(), 0);
        };
        let end_of = |index: usize| record.steps.get(index).and_then(|step| step.event);
        let before = index.checked_sub(1).map_or(Some(0), end_of);
        let Some(before) = before else {
            return (Vec::new(), 0);
        };
        let end = end_of(index).unwrap_or(u64::MAX);
        let during = |exchange: &&Exchange| exchange.event > before && exchange.event <= end;
        let mut messages: Vec<Exchange> = self.exchanges.iter().filter(during).cloned().collect();
        let most = if self.is_open { FULL_MAX } else { BRIEF_MAX };
        let left_out = messages.len().saturating_sub(most);
        messages.drain(..left_out);
        if !self.is_open {
            messages.iter_mut().for_each(shorten);
        }
        (messages, left_out)
    }

    fn foot(&self, source: &Source<'_>) -> FootView {
        let ran = self.record.map(|record| RanFoot {
            flaws: flaws(record),
            seen: record.observations.iter().map(seen).collect(),
            repeat: source.facts.repeat_scenario(&self.row.id, self.row.mode),
            place: place(record),
            from: time(&record.span.0),
            to: time(&record.span.1),
            heard: wording::heard(record),
            events: record.events,
            journal: journal_of(record, source.kept)
                .unwrap_or_default()
                .to_owned(),
        });
        FootView {
            mode: self.row.mode.ja(),
            ran,
        }
    }
}

/// What a scenario that passed shows of a message: that it was, the beginning of the records and of
/// the files.
fn shorten(exchange: &mut Exchange) {
    let sent = exchange.request.take();
    exchange.request = sent
        .filter(|_| exchange.is_from_product())
        .map(|body| body.shortened(BODY_MAX));
    exchange.reply = None;
    exchange.sent.truncate(FILES_MAX);
    for file in exchange.sent.iter_mut().chain(&mut exchange.fetched) {
        file.rows.truncate(ROWS_MAX);
    }
}
