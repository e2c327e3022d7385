//! A file of mode 2 as a small table: its heads, and as many rows and columns as a page can bear.

use crate::witness::rows_of;

/// Most rows and columns shown; the journal has the whole file.
const ROWS_MAX: usize = 5;
const COLUMNS_MAX: usize = 8;
/// Longest cell shown, in characters.
const CELL_MAX: usize = 40;

/// A file with the beginning of what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileTable {
    /// Its name.
    pub(super) name: String,
    /// How many rows it has below its heads.
    pub(super) rows_in_all: usize,
    /// The heads of the first columns.
    pub(super) heads: Vec<String>,
    /// The first rows.
    pub(super) rows: Vec<Vec<String>>,
    /// How many columns are not shown.
    pub(super) columns_left_out: usize,
    /// Why nothing of it is shown.
    pub(super) unreadable: Option<String>,
}

impl FileTable {
    /// The table of a file with this text.
    pub(super) fn of_text(name: &str, text: &str) -> Self {
        let mut rows = rows_of(text).into_iter();
        let heads = rows.next().unwrap_or_default();
        let below: Vec<Vec<String>> = rows.collect();
        let first = below.iter().take(ROWS_MAX).map(|row| cells(row));
        Self {
            name: name.to_owned(),
            rows_in_all: below.len(),
            columns_left_out: heads.len().saturating_sub(COLUMNS_MAX),
            heads: cells(&heads),
            rows: first.collect(),
            unreadable: None,
        }
    }

    /// A file that came without a text.
    pub(super) fn unreadable(name: &str, why: &str) -> Self {
        Self {
            name: name.to_owned(),
            rows_in_all: 0,
            heads: Vec::new(),
            rows: Vec::new(),
            columns_left_out: 0,
            unreadable: Some(why.to_owned()),
        }
    }

    /// How many rows are not shown.
    pub(super) fn rows_left_out(&self) -> usize {
        self.rows_in_all.saturating_sub(self.rows.len())
    }
}

fn cells(row: &[String]) -> Vec<String> {
    row.iter().take(COLUMNS_MAX).map(|cell| cut(cell)).collect()
}

fn cut(cell: &str) -> String {
    match cell.char_indices().nth(CELL_MAX) {
        None => cell.to_owned(),
        Some((end, _)) => format!("{}…", cell.get(..end).unwrap_or_default()),
    }
}
