//! The rows of a file, one record after the other.

use std::borrow::Cow;

use super::assembly::Assembly;
use super::csv_error::FileError;
use super::csv_table::Rows;
use super::interface::Profile;
use super::item_error::ItemError;
use super::layout::{FieldIndex, KindLayout};
use super::record::Record;
use crate::domain::shown;

/// The record of a row, or why it is none.
pub type RowRecord = Result<Record, Box<RecordRefusal>>;

/// Why a record was refused, and what can still be read of whose it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRefusal {
    /// 被保険者番号 as it was sent.
    pub insured_number: Option<Box<str>>,
    /// 履歴番号, or where there is none 申請番号, as it was sent.
    pub history_key: Option<Box<str>>,
    /// Everything that is wrong, in layout order.
    pub errors: Vec<ItemError>,
}

impl RecordRefusal {
    /// Characters that are kept of what was sent; no number of the interface is as long.
    pub const SENT_CHARACTERS_MAX: usize = 40;
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// The line it begins at, from 1.
    pub line: usize,
    /// Its record.
    pub record: RowRecord,
}

/// Reads the rows of a file, behind its header.
pub struct FileRows<'t> {
    rows: Rows<'t>,
    cells: Vec<Cow<'t, str>>,
    layout: &'t KindLayout,
    limit: usize,
    read: usize,
}

impl<'t> FileRows<'t> {
    /// Begins with a text without byte order mark; reads and checks the header.
    pub(super) fn begin(
        profile: &'t Profile,
        layout: &'t KindLayout,
        text: &'t str,
    ) -> Result<Self, FileError> {
        let settings = profile.file();
        let mut rows = Rows::new(text, settings.quoting.value, settings.line_end.value);
        let mut cells = Vec::with_capacity(layout.fields().len());
        if settings.header_row.value {
            rows.next_row(&mut cells)?;
            check_header(layout, &cells)?;
        }
        Ok(Self {
            rows,
            cells,
            layout,
            limit: settings.rows_max.value,
            read: 0,
        })
    }

    /// The next row; `None` after the last.
    ///
    /// # Errors
    /// The shape of the file is wrong from here on, or there are too many rows.
    pub fn next_row(&mut self) -> Result<Option<FileRow>, FileError> {
        let line = self.rows.line();
        if !self.rows.next_row(&mut self.cells)? {
            return Ok(None);
        }
        let expected = self.layout.fields().len();
        if self.cells.len() != expected {
            return Err(FileError::Ragged {
                line,
                expected,
                received: self.cells.len(),
            });
        }
        if self.read == self.limit {
            return Err(FileError::Rows { limit: self.limit });
        }
        self.read += 1;
        let bytes = self.cells.iter().map(|cell| cell.len()).sum();
        let mut assembly = Assembly::new(self.layout, bytes);
        for ((index, _), cell) in self.layout.indexed_fields().zip(&self.cells) {
            assembly.put_cell(index, cell);
        }
        let record = assembly
            .finish()
            .map_err(|errors| Box::new(self.refusal(errors)));
        Ok(Some(FileRow { line, record }))
    }

    fn refusal(&self, errors: Vec<ItemError>) -> RecordRefusal {
        let sent = |item: Option<FieldIndex>| {
            let cell = self.cells.get(item?.index())?;
            let kept = cell.chars().take(RecordRefusal::SENT_CHARACTERS_MAX);
            (!cell.is_empty()).then(|| kept.collect::<String>().into())
        };
        RecordRefusal {
            insured_number: sent(self.layout.field("insuredNumber")),
            history_key: sent(self.layout.field("historyKey"))
                .or_else(|| sent(self.layout.field("applicationNumber"))),
            errors,
        }
    }
}

fn check_header(layout: &KindLayout, cells: &[Cow<'_, str>]) -> Result<(), FileError> {
    for (at, field) in layout.fields().iter().enumerate() {
        let received = cells.get(at).map(Cow::as_ref);
        if received != Some(field.csv()) {
            return Err(FileError::Header {
                column: at + 1,
                expected: field.csv().to_owned(),
                received: received.map(shown),
            });
        }
    }
    let expected = layout.fields().len();
    match cells.get(expected) {
        None => Ok(()),
        Some(head) => Err(FileError::HeaderLong {
            expected,
            column: expected + 1,
            received: shown(head),
        }),
    }
}
