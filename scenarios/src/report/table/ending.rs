//! What stands below the table: violations in full, the counts, and what to do next.

use super::writer::Writer;
use crate::report::width::{columns, fit};
use crate::report::wording;
use crate::verdict::{Cell, ExitCode, Mode, Row, Totals, Verdict, exit_code};

impl Writer<'_> {
    pub(super) fn violations(&mut self) {
        let table = self.table;
        for row in &table.rows {
            for (modes, cell) in violated(row) {
                self.line("");
                self.violation(row, &modes, cell);
            }
        }
    }

    fn violation(&mut self, row: &Row, modes: &[Mode], cell: &Cell) {
        let Some(mismatch) = cell.mismatch() else {
            return;
        };
        let names: Vec<&str> = modes.iter().map(|mode| mode.ja()).collect();
        let head = format!(
            "{}  {}  {}  {}",
            cell.label(),
            row.facts.id,
            names.join("・"),
            row.facts.ja
        );
        self.wrapped("", &head);
        self.wrapped("  期待  ", &mismatch.expected);
        self.wrapped("  実際  ", &mismatch.actual);
        self.wrapped("  出典  ", &source(row));
        let mut repeats: Vec<String> = modes
            .iter()
            .filter_map(|mode| {
                let finding = row.cells.get(mode)?.findings().first()?;
                wording::repeat(self.console.facts, finding, *mode)
            })
            .collect();
        repeats.dedup();
        for repeat in repeats {
            self.line(&format!("  再現  {repeat}"));
        }
    }

    pub(super) fn problems(&mut self) {
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

    pub(super) fn ending(&mut self) {
        let exit = exit_code(self.table, self.table.strict);
        self.line("");
        let totals = Totals::of(self.table);
        if self.modes.len() > 1 {
            self.counts_side_by_side(&totals);
        } else {
            let counts: Vec<String> = counted(&totals)
                .map(|(word, count)| format!("{word} {count}"))
                .collect();
            self.wrapped("", &format!("内訳（規則×方式）: {}", counts.join("、")));
            self.wrapped("", &totals.to_string());
        }
        let ending = wording::ending(self.table, exit);
        self.wrapped("", &format!("{ending}（終了コード {}）", exit.code()));
        self.next(exit);
    }

    /// One column a mode and one for the sum; then each mode's count with its denominator.
    fn counts_side_by_side(&mut self, totals: &Totals) {
        let of_mode: Vec<(Mode, Totals)> = self
            .modes
            .iter()
            .map(|mode| (*mode, Totals::of_mode(self.table, *mode)))
            .collect();
        let number = |text: &str| " ".repeat(8_usize.saturating_sub(columns(text))) + text;
        let mut head = fit("内訳（規則の数）", 18);
        for (mode, _) in &of_mode {
            head += &number(mode.ja());
        }
        self.line(&(head + &number("計")));
        let planned = ("計画中".to_owned(), totals.planned());
        let words = counted(totals).map(|(word, count)| (word.to_string(), count));
        for (word, count) in words.chain((planned.1 > 0).then_some(planned)) {
            let mut line = fit(&format!("  {word}"), 18);
            for (_, totals) in &of_mode {
                let of_word = Verdict::ALL.into_iter().find(|known| known.ja() == word);
                let count = of_word.map_or(totals.planned(), |known| totals.count(known));
                line += &number(&count.to_string());
            }
            self.line(&(line + &number(&count.to_string())));
        }
        for (mode, totals) in &of_mode {
            self.wrapped("", &format!("{mode}: {totals}"));
        }
    }

    /// What to do next; the command stands on a line of its own, to be copied.
    fn next(&mut self, exit: ExitCode) {
        let open = match self.console.report {
            Some(path) => format!("{path} を開いて"),
            None => "--report で報告書を書き出して".to_owned(),
        };
        let (todo, repeats) = match exit {
            ExitCode::Success => (format!("{open}、根拠を確かめ、保存してください"), false),
            ExitCode::Failed => (
                format!(
                    "{open}、不合格の「期待」と「実際」を見て、製品を直してから、次を実行してください"
                ),
                true,
            ),
            ExitCode::Usage => (
                "tekigo --help でコマンドの書き方を確かめてください".to_owned(),
                false,
            ),
            ExitCode::Settings => (
                format!("{open}理由を見て、vendor.toml を直してから、次を実行してください"),
                true,
            ),
            ExitCode::Undecided if wording::is_without_product(self.table, exit) => (
                "製品を判定するときは、製品の規則のシナリオも選んで（または --tags を付けずに）実行してください"
                    .to_owned(),
                false,
            ),
            ExitCode::Undecided => (
                format!("{open}理由を取り除き、次をもう一度実行してください"),
                true,
            ),
            ExitCode::Open => (
                format!("{open}、推奨未達と要確認を担当者が確かめてください"),
                false,
            ),
        };
        self.wrapped("", &format!("次にすること: {todo}"));
        if repeats {
            let again = self.console.facts.repeat_run();
            self.line(&format!("  {again}"));
        }
    }
}

/// The words that occur, with their counts.
fn counted(totals: &Totals) -> impl Iterator<Item = (Verdict, usize)> {
    let counts = Verdict::ALL.map(|word| (word, totals.count(word)));
    counts.into_iter().filter(|(_, count)| *count > 0)
}

/// The violated cells of a row; modes in which the same was seen stand together.
fn violated(row: &Row) -> Vec<(Vec<Mode>, &Cell)> {
    let mut groups: Vec<(Vec<Mode>, &Cell)> = Vec::new();
    for (mode, cell) in &row.cells {
        if cell.mismatch().is_none() {
            continue;
        }
        let same = |(_, known): &&mut (Vec<Mode>, &Cell)| {
            known.mismatch() == cell.mismatch() && known.label() == cell.label()
        };
        match groups.iter_mut().find(same) {
            Some((modes, _)) => modes.push(*mode),
            None => groups.push((vec![*mode], cell)),
        }
    }
    groups
}

fn source(row: &Row) -> String {
    let standing = row.facts.standing.ja();
    format!(
        "{}（{standing}・{}）",
        wording::source(&row.facts.source),
        row.facts.level.ja()
    )
}
