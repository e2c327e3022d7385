//! The rows: a rule, its verdict in each mode, and why it is not a pass.

use super::console::Colour;
use super::writer::Writer;
use crate::report::width::{columns, cut, fit};
use crate::report::wording;
use crate::verdict::{Block, Cell, Observed, Row, Scope, Verdict, VerdictTable, topic_title};

const ID_COLUMNS: usize = 11;
/// Fewer columns than these do not hold a rule and a reason side by side.
const TEXT_MIN: usize = 36;

/// How the columns are shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// Columns of a verdict.
    verdict: usize,
    text: Text,
}

/// Where rule and reason stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Text {
    /// In the line of the verdicts, with so many columns each.
    Beside { rule: usize, reason: usize },
    /// Below it, on lines of their own.
    Below,
}

impl Layout {
    pub(super) fn of(table: &VerdictTable, width: usize) -> Self {
        let cells = table.rows.iter().flat_map(|row| row.cells.values());
        let widest = cells.map(|cell| columns(&signed(cell))).max();
        let verdict = widest.unwrap_or_default().max(8);
        let taken = ID_COLUMNS + 1 + table.modes().len() * (verdict + 1);
        let left = width.saturating_sub(taken + 1);
        let rule = left * 45 / 100;
        let text = if left < TEXT_MIN {
            Text::Below
        } else {
            Text::Beside {
                rule,
                reason: left - rule,
            }
        };
        Self { verdict, text }
    }
}

impl Writer<'_> {
    pub(super) fn block(&mut self, block: Block) {
        let table = self.table;
        let rows: Vec<&Row> = table.block(block).collect();
        let tried: Vec<&&Row> = rows.iter().filter(|row| !row.is_planned()).collect();
        let planned: Vec<&str> = rows
            .iter()
            .filter(|row| row.is_planned())
            .map(|row| row.facts.id.as_str())
            .collect();
        if rows.is_empty() {
            return;
        }
        self.line("");
        self.head(block.ja());
        let mut topic = "";
        for row in tried {
            let of_row = topic_title(&row.facts.id);
            if of_row != topic {
                topic = of_row;
                self.line(&format!("── {topic}"));
            }
            self.row(row);
        }
        if !planned.is_empty() {
            let text = format!("計画中 {}件: {}", planned.len(), planned.join(" "));
            self.wrapped("", &text);
        }
    }

    fn head(&mut self, title: &str) {
        let modes: String = self
            .modes
            .iter()
            .map(|mode| format!(" {}", fit(mode.ja(), self.layout.verdict)))
            .collect();
        match self.layout.text {
            Text::Beside { rule, .. } => {
                let id = fit("要件", ID_COLUMNS);
                self.line(&format!("{id} {}{modes} 理由", fit(title, rule)));
            }
            Text::Below => {
                self.line(&format!("【{title}】"));
                self.line(&format!("{}{modes}", fit("要件", ID_COLUMNS)));
            }
        }
        self.line(&"-".repeat(self.console.columns()));
    }

    fn row(&mut self, row: &Row) {
        let verdicts: String = self
            .modes
            .iter()
            .map(|mode| match row.cells.get(mode) {
                Some(cell) => format!(" {}", self.painted(cell)),
                None => format!(" {}", fit("", self.layout.verdict)),
            })
            .collect();
        let id = fit(&row.facts.id, ID_COLUMNS);
        let why = reason(row);
        match self.layout.text {
            Text::Beside { rule, reason } => {
                let rule = fit(&row.facts.ja, rule);
                self.line(&format!("{id} {rule}{verdicts} {}", cut(&why, reason)));
            }
            Text::Below => {
                let left = self.console.columns() - 4;
                self.line(&format!("{id}{verdicts}"));
                self.line(&format!("  {}", cut(&row.facts.ja, left)));
                if !why.is_empty() {
                    self.line(&format!("  → {}", cut(&why, left - 2)));
                }
            }
        }
    }

    fn painted(&self, cell: &Cell) -> String {
        let text = signed(cell);
        let padding = " ".repeat(self.layout.verdict.saturating_sub(columns(&text)));
        match (self.console.colour, colour_of(cell)) {
            (Colour::Ansi, Some(code)) => format!("\u{1b}[{code}m{text}\u{1b}[0m{padding}"),
            (Colour::Plain | Colour::Ansi, _) => text + &padding,
        }
    }

    /// Simulated rules are named only where something is wrong with them.
    pub(super) fn simulated(&mut self) {
        let table = self.table;
        let rows: Vec<&Row> = table.block(Block::Simulated).collect();
        if rows.is_empty() {
            return;
        }
        let any = |row: &Row, wanted: fn(&Cell) -> bool| row.cells.values().any(wanted);
        let bad = |row: &&&Row| any(row, |cell| cell.verdict() > Verdict::Passed);
        let bad: Vec<&&Row> = rows.iter().filter(bad).collect();
        let seen = |row: &&&Row| any(row, |cell| cell.observed() != Observed::Nothing);
        let seen = rows.iter().filter(seen).count();
        self.line("");
        let title = Block::Simulated.ja();
        let text = format!(
            "{title}: {}件（この実行で{seen}件を観測、ほかは模擬側自身の試験で確かめる）",
            rows.len()
        );
        self.wrapped("", &text);
        if !bad.is_empty() {
            self.head(title);
            for row in bad {
                self.row(row);
            }
        }
    }
}

/// The word with its sign, which is enough where there is no colour.
pub(super) fn signed(cell: &Cell) -> String {
    let sign = match cell.scope() {
        Scope::Tried => cell.verdict().sign(),
        Scope::Planned => Verdict::NotRun.sign(),
    };
    format!("{sign} {}", cell.label())
}

/// Why the gravest verdict of a row is not a pass; with its mode where the other has another reason.
fn reason(row: &Row) -> String {
    let worst = row.cells.iter().rev().max_by_key(|(_, cell)| gravity(cell));
    let Some((mode, cell)) = worst.filter(|(_, cell)| cell.verdict() != Verdict::Passed) else {
        return String::new();
    };
    let text = told(cell);
    let says_otherwise = |other: &Cell| other.verdict() > Verdict::Passed && told(other) != text;
    if row.cells.values().any(says_otherwise) {
        format!("{mode}: {text}")
    } else {
        text
    }
}

fn told(cell: &Cell) -> String {
    match cell.mismatch() {
        // 期待 stands in full below the table.
        Some(mismatch) => format!("実際 {}", mismatch.actual),
        None => wording::summary(cell),
    }
}

fn gravity(cell: &Cell) -> (bool, Verdict) {
    (cell.scope() == Scope::Tried, cell.verdict())
}

fn colour_of(cell: &Cell) -> Option<&'static str> {
    match (cell.scope(), cell.verdict()) {
        (Scope::Planned, _) => Some("2"),
        (Scope::Tried, Verdict::Passed) => Some("32"),
        (Scope::Tried, Verdict::Failed) => Some("1;31"),
        (Scope::Tried, Verdict::Advisory | Verdict::NeedsReview) => Some("33"),
        (
            Scope::Tried,
            Verdict::Undecided | Verdict::Misconfigured | Verdict::Inherited | Verdict::NotRun,
        ) => Some("35"),
        (Scope::Tried, Verdict::NotApplicable | Verdict::Untestable) => None,
    }
}
