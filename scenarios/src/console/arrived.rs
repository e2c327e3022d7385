//! 届いたもの: what came to the simulated side lately, in a few lines.

use std::path::Path;

use crate::report::arrivals;
use crate::verdict::read_journal;

/// How many lines a page shows.
const LINES_MAX: usize = 8;

/// One thing that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The run's time.
    pub(super) at: String,
    /// Who spoke to whom.
    pub(super) parties: String,
    /// What was said, and what came back.
    pub(super) text: String,
}

/// The last that came, by a scenario's journal; nothing while there is none.
pub(super) fn lately(journal: &Path) -> Vec<Line> {
    let Ok(text) = std::fs::read_to_string(journal) else {
        return Vec::new();
    };
    // The last line may be under way.
    let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
    let Ok(events) = read_journal(whole) else {
        return Vec::new();
    };
    let mut lines: Vec<Line> = arrivals(&events)
        .into_iter()
        .map(|(at, parties, text)| Line {
            at: at.get(..16).unwrap_or(&at).replace('T', " "),
            parties: parties.to_owned(),
            text,
        })
        .collect();
    lines.drain(..lines.len().saturating_sub(LINES_MAX));
    lines
}
