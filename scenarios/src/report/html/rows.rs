//! The verdict table of the page.

use super::stories::Book;
use crate::report::wording;
use crate::verdict::{Block, Cell, Mode, Row, Scope, Verdict, VerdictTable, topic_title};

/// A chapter of the table.
pub(super) struct TopicView {
    pub(super) title: String,
    pub(super) rows: Vec<RowView>,
}

/// One rule.
pub(super) struct RowView {
    pub(super) id: String,
    pub(super) anchor: String,
    pub(super) rule: String,
    pub(super) source: String,
    pub(super) standing: &'static str,
    pub(super) level: &'static str,
    pub(super) party: &'static str,
    pub(super) verify: String,
    pub(super) cells: Vec<CellView>,
    pub(super) reason: String,
    /// Where the stories of its scenarios begin; empty if there are none.
    pub(super) stories: String,
}

/// One verdict in the table.
pub(super) struct CellView {
    pub(super) mode: &'static str,
    pub(super) class: &'static str,
    pub(super) sign: &'static str,
    pub(super) label: String,
    /// Where the reader learns why; empty for nowhere.
    pub(super) href: String,
}

/// The rules of a block that this run had to try, chapter by chapter.
pub(super) fn topics(
    table: &VerdictTable,
    block: Block,
    modes: &[Mode],
    book: &Book,
) -> Vec<TopicView> {
    let mut topics: Vec<TopicView> = Vec::new();
    for row in table.block(block).filter(|row| !row.is_planned()) {
        let title = topic_title(&row.facts.id);
        let view = view(row, modes, book);
        match topics.last_mut().filter(|topic| topic.title == title) {
            Some(topic) => topic.rows.push(view),
            None => topics.push(TopicView {
                title: title.to_owned(),
                rows: vec![view],
            }),
        }
    }
    topics
}

/// 計画中: the rules that nothing can try yet.
pub(super) fn planned(table: &VerdictTable, modes: &[Mode], book: &Book) -> Vec<RowView> {
    let rows = table
        .rows
        .iter()
        .filter(|row| row.block != Block::Simulated);
    rows.filter(|row| row.is_planned())
        .map(|row| view(row, modes, book))
        .collect()
}

/// The anchor of a cell's details.
pub(super) fn detail_anchor(requirement: &str, mode: Mode) -> String {
    format!("why-{requirement}-{}", mode.id())
}

/// Whether a cell has details of its own.
pub(super) fn has_detail(cell: &Cell) -> bool {
    cell.scope() == Scope::Tried
        && !matches!(
            cell.verdict(),
            Verdict::Passed | Verdict::NotApplicable | Verdict::Untestable
        )
}

/// The style of a word.
pub(super) fn class_of(cell: &Cell) -> &'static str {
    match cell.scope() {
        Scope::Planned => "planned",
        Scope::Tried => cell.verdict().id(),
    }
}

fn view(row: &Row, modes: &[Mode], book: &Book) -> RowView {
    let facts = &row.facts;
    RowView {
        id: facts.id.clone(),
        anchor: format!("rule-{}", facts.id),
        rule: facts.ja.clone(),
        source: wording::source(&facts.source),
        standing: facts.standing.ja(),
        level: facts.level.ja(),
        party: facts.party.ja(),
        verify: facts
            .verify
            .iter()
            .map(|way| way.ja())
            .collect::<Vec<_>>()
            .join("・"),
        cells: modes.iter().map(|mode| cell_view(row, *mode)).collect(),
        reason: reason(row),
        stories: book.anchor_of_rule(&facts.id),
    }
}

/// Why the row is not all passes; said once where both modes say the same.
fn reason(row: &Row) -> String {
    let told: Vec<(Mode, String)> = row
        .cells
        .iter()
        .filter(|(_, cell)| cell.verdict() != Verdict::Passed)
        .map(|(mode, cell)| (*mode, wording::summary(cell)))
        .collect();
    match told.as_slice() {
        [] => String::new(),
        [(_, only)] => only.clone(),
        [(_, first), rest @ ..] if rest.iter().all(|(_, text)| text == first) => first.clone(),
        several => several
            .iter()
            .map(|(mode, text)| format!("{mode}: {text}。"))
            .collect(),
    }
}

fn cell_view(row: &Row, mode: Mode) -> CellView {
    match row.cells.get(&mode) {
        None => CellView {
            mode: mode.ja(),
            class: "none",
            sign: "",
            label: "—".to_owned(),
            href: String::new(),
        },
        Some(cell) => CellView {
            mode: mode.ja(),
            class: class_of(cell),
            sign: match cell.scope() {
                Scope::Tried => cell.verdict().sign(),
                Scope::Planned => Verdict::NotRun.sign(),
            },
            label: cell.label(),
            href: if has_detail(cell) {
                detail_anchor(&row.facts.id, mode)
            } else if cell.verdict() == Verdict::Passed {
                format!("proof-{}-{}", row.facts.id, mode.id())
            } else {
                String::new()
            },
        },
    }
}
