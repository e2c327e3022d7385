//! One line of a journal, as far as a verdict reads it.

use serde::Deserialize;
use serde_json::Value;

/// One event of a journal.
///
/// The chain value `h` is the journal reader's business: whoever hands lines to [`super::fold`]
/// has checked it. What is checked there is that no number is missing.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct EventLine {
    /// Number in the journal, from 1.
    pub n: u64,
    /// Virtual time, RFC 3339 with `+09:00`.
    pub t: String,
    /// Which system, `vendor` or `judge`.
    pub from: String,
    /// What kind of event.
    pub kind: String,
    /// Its content.
    pub body: Value,
}

/// A line that is not an event.
#[derive(Debug, thiserror::Error)]
#[error("記録の{line}行目を読めません: {source}")]
pub struct LineError {
    /// The line, from 1.
    pub line: usize,
    /// What the reader said.
    #[source]
    pub source: serde_json::Error,
}

/// Reads one line.
///
/// # Errors
/// The line is not JSON or lacks a member.
pub fn read_line(text: &str) -> Result<EventLine, serde_json::Error> {
    serde_json::from_str(text)
}

/// Reads a whole journal.
///
/// # Errors
/// The first line that is not an event.
pub fn read_journal(text: &str) -> Result<Vec<EventLine>, LineError> {
    text.lines()
        .enumerate()
        .map(|(index, line)| {
            read_line(line).map_err(|source| LineError {
                line: index + 1,
                source,
            })
        })
        .collect()
}

impl EventLine {
    /// A text member of the body.
    #[must_use]
    pub fn text(&self, member: &str) -> Option<&str> {
        self.body.get(member).and_then(Value::as_str)
    }
}
