//! The page from top to bottom.

use super::console::Console;
use super::rows::Layout;
use crate::report::width::{columns, wrap};
use crate::report::wording;
use crate::verdict::{Block, Mode, Selection, VerdictTable};

/// The table, its totals, and what to do next.
#[must_use]
pub fn render(table: &VerdictTable, console: &Console<'_>) -> String {
    let mut writer = Writer {
        table,
        console,
        modes: table.modes(),
        layout: Layout::of(table, console.columns()),
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

pub(super) struct Writer<'a> {
    pub(super) table: &'a VerdictTable,
    pub(super) console: &'a Console<'a>,
    pub(super) modes: Vec<Mode>,
    pub(super) layout: Layout,
    out: String,
}

impl Writer<'_> {
    pub(super) fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    /// Lines that begin in the column after a label, which stands before the first.
    pub(super) fn wrapped(&mut self, label: &str, text: &str) {
        let indent = columns(label);
        let width = self.console.columns().saturating_sub(indent);
        let mut before = label.to_owned();
        for line in wrap(text, width) {
            self.line(&format!("{before}{line}"));
            before = " ".repeat(indent);
        }
    }

    fn heading(&mut self) {
        let table = self.table;
        let facts = self.console.facts;
        let title = wording::title(table);
        self.wrapped(
            "",
            &format!(
                "{title}  {} {}（{}）  プロファイル {}  シード {}",
                facts.product, facts.version, facts.vendor, facts.profile.id, facts.seed
            ),
        );
        if table.reference_only {
            self.line("連携仕様が想定のため、色にかかわらず参考の判定です。");
        }
        if let Selection::Part { asked } = &table.selection {
            self.wrapped(
                "",
                &format!("部分実行（{asked}）: 選んだ規則だけの結果です。"),
            );
        }
        for sentence in wording::modes(table) {
            self.wrapped("", &sentence);
        }
    }
}
