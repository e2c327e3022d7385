//! 判定表 on a terminal: one line a rule, then what to do next.

use super::run_facts::RunFacts;
use super::width::{columns, cut, fit, wrap};
use super::wording;
use crate::verdict::{
    Block, Cell, ExitCode, Finding, Mode, Row, Scope, Selection, Totals, Verdict, VerdictTable,
    exit_code, topic_title,
};

/// Whether the terminal shows colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// A file, a pipe, or a reader who asked for none.
    Plain,
    /// A terminal.
    Ansi,
}

/// What the table needs to know besides the verdicts.
#[derive(Debug, Clone, Copy)]
pub struct Console<'a> {
    /// Width of the terminal in columns; at least 60 are used.
    pub width: usize,
    /// Whether the terminal shows colours.
    pub colour: Colour,
    /// Where the report is, as the reader can open it; `None` if none was written.
    pub report: Option<&'a str>,
    /// The run.
    pub facts: &'a RunFacts,
}

const ID_COLUMNS: usize = 11;

/// The table, its totals, and what to do next.
#[must_use]
pub fn render(table: &VerdictTable, console: &Console<'_>) -> String {
    let mut writer = Writer {
        table,
        console,
        modes: table.modes(),
        verdict_columns: verdict_columns(table),
        out: String::new(),
    };
    writer.heading();
    writer.block(Block::Vendor);
    writer.block(Block::Insurer);
    writer.simulated();
    writer.violations();
    writer.problems();
    writer.ending();
    writer.out
}

struct Writer<'a> {
    table: &'a VerdictTable,
    console: &'a Console<'a>,
    modes: Vec<Mode>,
    verdict_columns: usize,
    out: String,
}

impl Writer<'_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn wrapped(&mut self, indent: &str, text: &str) {
        let width = self.width().saturating_sub(columns(indent));
        for line in wrap(text, width) {
            self.line(&format!("{indent}{line}"));
        }
    }

    fn width(&self) -> usize {
        self.console.width.max(60)
    }

    /// Columns of the rule and of the reason.
    fn text_columns(&self) -> (usize, usize) {
        let taken = ID_COLUMNS + 1 + self.modes.len() * (self.verdict_columns + 1);
        let left = self.width().saturating_sub(taken + 1);
        let rule = (left * 45 / 100).max(8);
        (rule, left.saturating_sub(rule).max(8))
    }

    fn heading(&mut self) {
        let facts = self.console.facts;
        let title = wording::title(self.table);
        self.line(&format!(
            "{title}  {} {}（{}）  プロファイル {}  シード {}",
            facts.product, facts.version, facts.vendor, facts.profile.id, facts.seed
        ));
        if self.table.reference_only {
            self.line("連携仕様が想定のため、色にかかわらず参考の判定です。");
        }
        if let Selection::Part { asked } = &self.table.selection {
            self.line(&format!("部分実行（{asked}）: 選んだ規則だけの結果です。"));
        }
    }

    fn block(&mut self, block: Block) {
        let table = self.table;
        let rows: Vec<&Row> = table.block(block).collect();
        let tried: Vec<&&Row> = rows.iter().filter(|row| is_tried(row)).collect();
        let planned: Vec<&str> = rows
            .iter()
            .filter(|row| !is_tried(row))
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
        let (rule, _) = self.text_columns();
        let mut line = format!("{} {}", fit("要件", ID_COLUMNS), fit(title, rule));
        for mode in self.modes.clone() {
            line += &format!(" {}", fit(mode.ja(), self.verdict_columns));
        }
        self.line(&format!("{line} 理由"));
        self.line(&"-".repeat(self.width()));
    }

    fn row(&mut self, row: &Row) {
        let (rule, reason) = self.text_columns();
        let mut line = format!(
            "{} {}",
            fit(&row.facts.id, ID_COLUMNS),
            fit(&row.facts.ja, rule)
        );
        for mode in &self.modes {
            line.push(' ');
            line += &match row.cells.get(mode) {
                Some(cell) => self.painted(cell),
                None => fit("", self.verdict_columns),
            };
        }
        let worst = row.cells.values().max_by_key(|cell| gravity(cell));
        let why = worst
            .filter(|cell| cell.verdict() != Verdict::Passed)
            .map(|cell| match cell.mismatch() {
                // 期待 stands in full below the table.
                Some(mismatch) => format!("実際 {}", mismatch.actual),
                None => wording::summary(cell),
            })
            .unwrap_or_default();
        line.push(' ');
        line += &cut(&why, reason);
        self.line(&line);
    }

    fn painted(&self, cell: &Cell) -> String {
        let text = signed(cell);
        let padding = " ".repeat(self.verdict_columns.saturating_sub(columns(&text)));
        match (self.console.colour, colour_of(cell)) {
            (Colour::Ansi, Some(code)) => format!("\u{1b}[{code}m{text}\u{1b}[0m{padding}"),
            (Colour::Plain | Colour::Ansi, _) => text + &padding,
        }
    }

    /// Simulated rules are named only where something is wrong with them.
    fn simulated(&mut self) {
        let table = self.table;
        let rows: Vec<&Row> = table.block(Block::Simulated).collect();
        if rows.is_empty() {
            return;
        }
        let bad = |row: &&&Row| {
            row.cells
                .values()
                .any(|cell| cell.verdict() > Verdict::Passed)
        };
        let bad: Vec<&&Row> = rows.iter().filter(bad).collect();
        let seen = rows.iter().filter(|row| !row.cells.is_empty()).count();
        self.line("");
        let title = Block::Simulated.ja();
        self.line(&format!(
            "{title}: {}件（この実行で{seen}件を観測、ほかは模擬側自身の試験で確かめる）",
            rows.len()
        ));
        if !bad.is_empty() {
            self.head(title);
            for row in bad {
                self.row(row);
            }
        }
    }

    fn violations(&mut self) {
        let table = self.table;
        for row in &table.rows {
            for (mode, cell) in &row.cells {
                let Some(mismatch) = cell.mismatch() else {
                    continue;
                };
                self.line("");
                let head = format!(
                    "{}  {}  {mode}  {}",
                    cell.label(),
                    row.facts.id,
                    row.facts.ja
                );
                self.wrapped("", &head);
                self.wrapped("  期待  ", &mismatch.expected);
                self.wrapped("  実際  ", &mismatch.actual);
                self.wrapped("  出典  ", &source(row));
                if let Some(scenario) = cell.findings().first().and_then(Finding::scenario) {
                    let repeat = self.console.facts.repeat_scenario(scenario, *mode);
                    self.line(&format!("  再現  {repeat}"));
                }
            }
        }
    }

    fn problems(&mut self) {
        let table = self.table;
        if table.problems.is_empty() {
            return;
        }
        self.line("");
        self.line("宣言・計画・記録の食い違い（このままでは合格になりません）");
        for problem in &table.problems {
            self.wrapped("  ！ ", &problem.to_string());
        }
    }

    fn ending(&mut self) {
        let exit = exit_code(self.table, self.table.strict);
        self.line("");
        let totals = Totals::of(self.table);
        let counts: Vec<String> = Verdict::ALL
            .into_iter()
            .filter(|word| totals.count(*word) > 0)
            .map(|word| format!("{word} {}", totals.count(word)))
            .collect();
        self.wrapped("", &format!("内訳（規則×方式）: {}", counts.join("、")));
        self.line(&totals.to_string());
        self.line(&format!(
            "{}（終了コード {}）",
            wording::ending(exit),
            exit.code()
        ));
        let next = self.next(exit);
        self.line(&next);
    }

    fn next(&self, exit: ExitCode) -> String {
        let open = match self.console.report {
            Some(path) => format!("{path} を開いて"),
            None => "--report で報告書を書き出して".to_owned(),
        };
        let todo = match exit {
            ExitCode::Success => format!("{open}、根拠を確かめ、保存してください"),
            ExitCode::Failed => format!("{open}、不合格の「期待」と「実際」を見てください"),
            ExitCode::Usage => "tekigo --help でコマンドの書き方を確かめてください".to_owned(),
            ExitCode::Settings => {
                format!(
                    "{open}理由を見て、vendor.toml を直してから {} を実行してください",
                    self.console.facts.repeat_run()
                )
            }
            ExitCode::Undecided => {
                format!(
                    "{open}理由を取り除き、{} をもう一度実行してください",
                    self.console.facts.repeat_run()
                )
            }
            ExitCode::Open => format!("{open}、推奨未達と要確認を担当者が確かめてください"),
        };
        format!("次にすること: {todo}")
    }
}

fn signed(cell: &Cell) -> String {
    let sign = match cell.scope() {
        Scope::Tried => cell.verdict().sign(),
        Scope::Planned => Verdict::NotRun.sign(),
    };
    format!("{sign} {}", cell.label())
}

/// As wide as the widest verdict of the table.
fn verdict_columns(table: &VerdictTable) -> usize {
    let cells = table.rows.iter().flat_map(|row| row.cells.values());
    cells
        .map(|cell| columns(&signed(cell)))
        .max()
        .unwrap_or_default()
        .max(8)
}

fn is_tried(row: &Row) -> bool {
    row.cells.values().any(|cell| cell.scope() == Scope::Tried)
}

fn gravity(cell: &Cell) -> (bool, Verdict) {
    (cell.scope() == Scope::Tried, cell.verdict())
}

fn source(row: &Row) -> String {
    let standing = row.facts.standing.ja();
    format!(
        "{}（{standing}・{}）",
        wording::source(&row.facts.source),
        row.facts.level.ja()
    )
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
