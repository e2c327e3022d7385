//! Records as files of mode 2 (方式② ファイル連携).

use std::borrow::Cow;

use super::csv_error::{CsvError, FileError};
use super::csv_rows::{FileRows, RowRecord};
use super::interface::Profile;
use super::layout::KindId;
use super::record::Record;
use super::settings::{Charset, Quoting};

/// The byte order mark of UTF-8.
pub(super) const MARK: &str = "\u{feff}";

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

    pub(super) fn profile(&self) -> &'p Profile {
        self.profile
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
            out.extend_from_slice(MARK.as_bytes());
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
    pub fn read(&self, kind: KindId, file: &[u8]) -> Result<Vec<RowRecord>, FileError> {
        let text = self.decode(file)?;
        let mut rows = self.rows(kind, &text)?;
        let mut records = Vec::new();
        while let Some(row) = rows.next_row()? {
            records.push(row.record);
        }
        Ok(records)
    }

    /// The text of a file, with its byte order mark if it has one.
    ///
    /// # Errors
    /// The file is too large, or its bytes are not of the character set.
    pub fn decode<'f>(&self, file: &'f [u8]) -> Result<Cow<'f, str>, FileError> {
        let settings = self.profile.file();
        let limit = settings.bytes_max.value;
        if file.len() > limit {
            return Err(FileError::Bytes {
                limit,
                received: file.len(),
            });
        }
        let charset = settings.charset.value;
        // A mark of UTF-8 is no text of another character set: say what is really wrong.
        if charset != Charset::Utf8 && file.starts_with(MARK.as_bytes()) {
            return Err(FileError::MarkUnexpected);
        }
        charset.decode(file).map_err(|wrong| {
            let line = line_at(file, wrong.offset);
            if wrong.is_cut {
                return FileError::CutCharacter { line };
            }
            FileError::Charset {
                charset: charset.as_str(),
                offset: wrong.offset,
                line,
            }
        })
    }

    /// The bytes of a text that the profile's character set can carry, as [`CsvCodec::decode`]
    /// reads them back.
    ///
    /// # Errors
    /// The first character that the set lacks.
    pub fn encode(&self, text: &str) -> Result<Vec<u8>, char> {
        let mut bytes = Vec::with_capacity(text.len());
        self.profile.file().charset.value.encode(text, &mut bytes)?;
        Ok(bytes)
    }

    /// The rows of a text, after what must stand before them.
    ///
    /// # Errors
    /// The text is empty, its byte order mark or its header is not as it should be, or it holds
    /// a NUL character.
    pub fn rows<'t>(&self, kind: KindId, text: &'t str) -> Result<FileRows<'t>, FileError>
    where
        'p: 't,
    {
        let settings = self.profile.file();
        let content = match (settings.byte_order_mark.value, text.strip_prefix(MARK)) {
            _ if text.is_empty() => return Err(FileError::Empty),
            (true, Some(content)) => content,
            (false, None) => text,
            (true, None) => return Err(FileError::MarkMissing),
            (false, Some(_)) => return Err(FileError::MarkUnexpected),
        };
        if content.is_empty() {
            return Err(FileError::Empty);
        }
        if let Some(offset) = memchr::memchr(0, content.as_bytes()) {
            let line = line_at(content.as_bytes(), offset);
            return Err(FileError::Nul { line });
        }
        FileRows::begin(self.profile, self.profile.layout(kind), content)
    }
}

fn line_at(bytes: &[u8], offset: usize) -> usize {
    1 + memchr::memchr_iter(b'\n', &bytes[..offset.min(bytes.len())]).count()
}
