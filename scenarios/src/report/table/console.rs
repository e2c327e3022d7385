//! Where the table is shown.

use super::super::run_facts::RunFacts;

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

impl Console<'_> {
    /// The columns that are used.
    pub(super) fn columns(&self) -> usize {
        self.width.max(60)
    }
}
