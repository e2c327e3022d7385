//! Cutting a file into rows and cells, strictly.

use std::borrow::Cow;

use super::csv_error::FileError;
use super::settings::{LineEnd, Quoting};

/// Reads the rows of a file one after the other.
pub(super) struct Rows<'t> {
    text: &'t str,
    at: usize,
    /// The line at `at`, from 1.
    line: usize,
    quoting: Quoting,
    line_end: LineEnd,
}

/// What follows a cell.
enum After {
    Cell,
    Row,
}

impl<'t> Rows<'t> {
    pub(super) fn new(text: &'t str, quoting: Quoting, line_end: LineEnd) -> Self {
        Self {
            text,
            at: 0,
            line: 1,
            quoting,
            line_end,
        }
    }

    /// The line the next row begins at.
    pub(super) fn line(&self) -> usize {
        self.line
    }

    /// Reads the next row into `cells`; tells whether there was one.
    pub(super) fn next_row(&mut self, cells: &mut Vec<Cow<'t, str>>) -> Result<bool, FileError> {
        cells.clear();
        if self.at == self.text.len() {
            return Ok(false);
        }
        if self.rest().starts_with(self.line_end.characters()) {
            // An empty line is a row without cells.
            self.after(1)?;
            return Ok(true);
        }
        loop {
            let column = cells.len() + 1;
            cells.push(if self.rest().starts_with('"') {
                self.quoted(column)?
            } else {
                self.plain(column)?
            });
            match self.after(column)? {
                After::Cell => {}
                After::Row => return Ok(true),
            }
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn quoted(&mut self, column: usize) -> Result<Cow<'t, str>, FileError> {
        let first_line = self.line;
        let inside = &self.rest()[1..];
        let mut end = 0;
        let mut has_quotes = false;
        loop {
            match memchr::memchr(b'"', &inside.as_bytes()[end..]) {
                None => {
                    return Err(FileError::Unterminated {
                        line: first_line,
                        column,
                    });
                }
                Some(found) => end += found,
            }
            if inside.as_bytes().get(end + 1) != Some(&b'"') {
                break;
            }
            has_quotes = true;
            end += 2;
        }
        let cell = &inside[..end];
        self.line += memchr::memchr_iter(b'\n', cell.as_bytes()).count();
        self.at += end + 2;
        Ok(if has_quotes {
            Cow::Owned(cell.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(cell)
        })
    }

    fn plain(&mut self, column: usize) -> Result<Cow<'t, str>, FileError> {
        if self.quoting == Quoting::Always {
            return Err(FileError::Unquoted {
                line: self.line,
                column,
            });
        }
        let rest = self.rest();
        let end = rest.find([',', '"', '\r', '\n']).unwrap_or(rest.len());
        if rest.as_bytes().get(end) == Some(&b'"') {
            return Err(FileError::Quote {
                line: self.line,
                column,
            });
        }
        self.at += end;
        Ok(Cow::Borrowed(&rest[..end]))
    }

    /// Takes what stands between this cell and the next.
    fn after(&mut self, column: usize) -> Result<After, FileError> {
        let rest = self.rest();
        let line = self.line;
        let line_end = self.line_end.characters();
        if rest.starts_with(',') {
            self.at += 1;
            return Ok(After::Cell);
        }
        if rest.starts_with(line_end) {
            self.at += line_end.len();
            self.line += 1;
            return Ok(After::Row);
        }
        let expected = self.line_end.as_str();
        Err(match rest.chars().next() {
            None => FileError::Truncated { line, expected },
            Some('\r' | '\n') => FileError::LineEnd { line, expected },
            Some(_) => FileError::Quote { line, column },
        })
    }
}
