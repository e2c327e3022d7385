//! Files that PMH makes itself, written as text.

use std::borrow::Cow;

use serde_json::Value;

use super::csv_codec::{CsvCodec, MARK};
use super::field_type::FieldType;
use super::layout::{Field, KindId, KindLayout};
use super::settings::{CharacterSettings, FileSettings, Quoting};

/// A file in the making. A character that the file's character set lacks is written as the
/// profile's replacement: what PMH says must always reach the reader.
#[derive(Debug)]
pub struct FileText<'p> {
    layout: &'p KindLayout,
    settings: &'p FileSettings,
    characters: &'p CharacterSettings,
    text: String,
}

impl<'p> CsvCodec<'p> {
    /// Begins a file of a kind: byte order mark and header, as the profile wants them.
    #[must_use]
    pub fn text(&self, kind: KindId) -> FileText<'p> {
        let layout = self.profile().layout(kind);
        let settings = self.profile().file();
        let mut file = FileText {
            layout,
            settings,
            characters: self.profile().characters(),
            text: String::new(),
        };
        if settings.byte_order_mark.value {
            file.text.push_str(MARK);
        }
        if settings.header_row.value {
            file.cells(
                layout
                    .fields()
                    .iter()
                    .map(|field| Cow::Borrowed(field.csv())),
            );
        }
        file
    }
}

impl FileText<'_> {
    /// Adds a row of the values that `value` gives for the items by their path in JSON, each cut
    /// to what its item takes.
    pub fn row(&mut self, mut value: impl FnMut(&str) -> String) {
        let layout = self.layout;
        let characters = self.characters;
        let cell = |field: &Field| Cow::Owned(fitted(field, value(field.json()), characters));
        self.cells(layout.fields().iter().map(cell));
    }

    /// Adds the row of a record as it stands in JSON, whether it keeps to the layout or not.
    pub fn json_row(&mut self, record: &str) {
        let record: Value = serde_json::from_str(record).unwrap_or(Value::Null);
        let layout = self.layout;
        let cell = |field: &Field| Cow::Owned(json_cell(field, &record));
        self.cells(layout.fields().iter().map(cell));
    }

    /// Bytes so far, in UTF-8.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing has been written, not even a header.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text, with its byte order mark if the profile wants one.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }

    fn cells<'c>(&mut self, cells: impl Iterator<Item = Cow<'c, str>>) {
        let charset = self.settings.charset.value;
        for (column, cell) in cells.enumerate() {
            if column > 0 {
                self.text.push(',');
            }
            let is_quoted = match self.settings.quoting.value {
                Quoting::Always => true,
                Quoting::Necessary => cell.contains([',', '"', '\r', '\n']),
            };
            if is_quoted {
                self.text.push('"');
            }
            for character in cell.chars() {
                match character {
                    '"' => self.text.push_str("\"\""),
                    _ if charset.carries(character) => self.text.push(character),
                    _ => self.text.push(self.characters.replacement.value),
                }
            }
            if is_quoted {
                self.text.push('"');
            }
        }
        self.text
            .push_str(self.settings.line_end.value.characters());
    }
}

/// A text as an item of a text takes it: no character that is not allowed, and not too long.
fn fitted(field: &Field, text: String, characters: &CharacterSettings) -> String {
    let FieldType::Text { max } = field.field_type() else {
        return text;
    };
    let allowed = |character: char| {
        if FieldType::is_text(character) {
            character
        } else {
            characters.replacement.value
        }
    };
    text.chars().map(allowed).take(*max).collect()
}

fn json_cell(field: &Field, record: &Value) -> String {
    let value = match field.json_parts() {
        (Some(group), name) => record.get(group).and_then(|group| group.get(name)),
        (None, name) => record.get(name),
    };
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(is_true)) => if *is_true { "1" } else { "0" }.to_owned(),
        Some(other @ (Value::Number(_) | Value::Array(_) | Value::Object(_))) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    #[test]
    fn what_pmh_writes_is_read_back_whatever_it_has_to_say() {
        let profile = Profile::bundled();
        let codec = CsvCodec::new(&profile);
        let kind = profile.kind("processingResult").expect("a kind");
        let layout = profile.layout(kind);
        let mut file = codec.text(kind);
        file.row(|item| match item {
            "recordIndex" => "7".to_owned(),
            "taskId" => "T-00000001".to_owned(),
            "kind" => "person".to_owned(),
            "resultCode" => "E004".to_owned(),
            "message" => "\u{e000}\0\r\n\"、,".repeat(200),
            _ => "\u{fffd}".to_owned(),
        });
        let text = file.finish();
        let mut rows = codec.rows(kind, &text).expect("a file");
        let row = rows.next_row().expect("a row").expect("one");
        let record = row.record.expect("a record");
        let message = record.get(layout.field("message").expect("an item"));
        let message = message.expect("there");
        assert!(message.starts_with("〓〓〓〓\"、,〓"), "{message}");
        assert_eq!(message.chars().count(), 400);
        assert!(rows.next_row().expect("the end").is_none());
    }
}
