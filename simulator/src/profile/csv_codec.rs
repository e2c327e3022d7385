//! Records as files of mode 2 (方式② ファイル連携).

use std::borrow::Cow;

use super::assembly::Assembly;
use super::csv_error::{CsvError, FileError};
use super::csv_table::Rows;
use super::interface::Profile;
use super::item_error::ItemError;
use super::layout::{KindId, KindLayout};
use super::record::Record;
use super::settings::{Charset, Quoting};
use crate::domain::shown;

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Writes and reads files by the profile's file settings.
#[derive(Debug, Clone, Copy)]
pub struct CsvCodec<'p> {
    profile: &'p Profile,
}

impl<'p> CsvCodec<'p> {
    /// The codec of a profile.
    #[must_use]
    pub fn new(profile: &'p Profile) -> Self {
        Self { profile }
    }

    /// Writes records of one kind as one file; no records make a file of its header.
    ///
    /// # Errors
    /// A character the character set cannot carry (row, item and character), a record of another kind,
    /// or more rows or bytes than a file may have.
    pub fn write(&self, kind: KindId, records: &[Record]) -> Result<Vec<u8>, CsvError> {
        let settings = self.profile.file();
        let layout = self.profile.layout(kind);
        if records.len() > settings.rows_max.value {
            return Err(CsvError::Rows {
                limit: settings.rows_max.value,
                count: records.len(),
            });
        }
        let mut out = Vec::with_capacity(256 * (records.len() + 1));
        if settings.byte_order_mark.value {
            out.extend_from_slice(MARK);
        }
        if settings.header_row.value {
            let heads = layout
                .fields()
                .iter()
                .map(|field| (field.csv(), field.csv()));
            self.write_row(0, heads, &mut out)?;
        }
        for (row, record) in (1..).zip(records) {
            if record.kind() != kind {
                return Err(CsvError::Kind {
                    row,
                    expected: layout.ja().to_owned(),
                });
            }
            let cells = layout
                .indexed_fields()
                .map(|(index, field)| (field.csv(), record.get(index).unwrap_or_default()));
            self.write_row(row, cells, &mut out)?;
        }
        let limit = settings.bytes_max.value;
        if out.len() > limit {
            return Err(CsvError::Bytes {
                limit,
                count: out.len(),
            });
        }
        Ok(out)
    }

    fn write_row<'c>(
        &self,
        row: usize,
        cells: impl Iterator<Item = (&'c str, &'c str)>,
        out: &mut Vec<u8>,
    ) -> Result<(), CsvError> {
        let settings = self.profile.file();
        let charset = settings.charset.value;
        for (column, (item, cell)) in cells.enumerate() {
            if column > 0 {
                out.push(b',');
            }
            let is_quoted = match settings.quoting.value {
                Quoting::Always => true,
                Quoting::Necessary => cell.contains([',', '"', '\r', '\n']),
            };
            let text = if cell.contains('"') {
                Cow::Owned(cell.replace('"', "\"\""))
            } else {
                Cow::Borrowed(cell)
            };
            if is_quoted {
                out.push(b'"');
            }
            charset
                .encode(&text, out)
                .map_err(|character| CsvError::Character {
                    row,
                    item: item.to_owned(),
                    character,
                    charset: charset.as_str(),
                })?;
            if is_quoted {
                out.push(b'"');
            }
        }
        out.extend_from_slice(settings.line_end.value.characters().as_bytes());
        Ok(())
    }

    /// Reads a file of one kind: each row is a record, or everything that is wrong with it.
    ///
    /// # Errors
    /// The file as a whole cannot be taken: size, character set, header, shape. The first such place.
    pub fn read(
        &self,
        kind: KindId,
        file: &[u8],
    ) -> Result<Vec<Result<Record, Vec<ItemError>>>, FileError> {
        let settings = self.profile.file();
        let layout = self.profile.layout(kind);
        let text = self.decode(file)?;
        let mut rows = Rows::new(&text, settings.quoting.value, settings.line_end.value);
        let mut cells = Vec::with_capacity(layout.fields().len());
        if settings.header_row.value {
            rows.next_row(&mut cells)?;
            check_header(layout, &cells)?;
        }
        let mut records = Vec::new();
        loop {
            let line = rows.line();
            if !rows.next_row(&mut cells)? {
                return Ok(records);
            }
            let expected = layout.fields().len();
            if cells.len() != expected {
                return Err(FileError::Ragged {
                    line,
                    expected,
                    received: cells.len(),
                });
            }
            if records.len() == settings.rows_max.value {
                return Err(FileError::Rows {
                    limit: settings.rows_max.value,
                });
            }
            let bytes = cells.iter().map(|cell| cell.len()).sum();
            let mut assembly = Assembly::new(layout, bytes);
            for ((index, _), cell) in layout.indexed_fields().zip(&cells) {
                assembly.put_cell(index, cell);
            }
            records.push(assembly.finish());
        }
    }

    fn decode<'f>(&self, file: &'f [u8]) -> Result<Cow<'f, str>, FileError> {
        let settings = self.profile.file();
        let limit = settings.bytes_max.value;
        if file.len() > limit {
            return Err(FileError::Bytes {
                limit,
                received: file.len(),
            });
        }
        let content = match (settings.byte_order_mark.value, file.strip_prefix(MARK)) {
            _ if file.is_empty() => return Err(FileError::Empty),
            (true, Some(content)) => content,
            (false, None) => file,
            // Bytes of another character set have no mark either: say what is really wrong.
            (true, None) => {
                self.decode_text(file, 0)?;
                return Err(FileError::MarkMissing);
            }
            (false, Some(_)) => return Err(FileError::MarkUnexpected),
        };
        if content.is_empty() {
            return Err(FileError::Empty);
        }
        let text = self.decode_text(content, file.len() - content.len())?;
        match memchr::memchr(0, text.as_bytes()) {
            Some(offset) => Err(FileError::Nul {
                line: line_at(text.as_bytes(), offset),
            }),
            None => Ok(text),
        }
    }

    fn decode_text<'f>(
        &self,
        content: &'f [u8],
        skipped: usize,
    ) -> Result<Cow<'f, str>, FileError> {
        let charset: Charset = self.profile.file().charset.value;
        charset
            .decode(content)
            .map_err(|offset| FileError::Charset {
                charset: charset.as_str(),
                offset: skipped + offset,
                line: line_at(content, offset),
            })
    }
}

fn line_at(bytes: &[u8], offset: usize) -> usize {
    1 + memchr::memchr_iter(b'\n', &bytes[..offset.min(bytes.len())]).count()
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
