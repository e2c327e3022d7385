//! The body of a request: an array of records.

use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use super::csv_rows::{RecordRefusal, RowRecord};
use super::json_plain::PlainReader;
use super::layout::KindLayout;

/// Why a body is no array of objects.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArrayError {
    /// Not UTF-8.
    #[error("本文がUTF-8ではありません（{offset}バイト目。先頭を0とします）")]
    NotUtf8 {
        /// Offset of the first wrong byte, from 0.
        offset: usize,
    },
    /// A byte order mark before the array.
    #[error("本文がバイト順マーク（BOM）で始まっています。JSONには付けません")]
    ByteOrderMark,
    /// Nothing there.
    #[error("本文が空です。記録の配列（[…]）が必要です")]
    Empty,
    /// Not JSON.
    #[error("本文がJSONとして読めません（{line}行{column}バイト目付近）")]
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Byte in the line, from 1.
        column: usize,
    },
    /// JSON, and no array.
    #[error("本文は記録の配列（[…]）です。受け取ったのは{received}です")]
    NotArray {
        /// What it is.
        received: &'static str,
    },
    /// An element that is no object.
    #[error(
        "配列の{index}番目（先頭を0とします）はオブジェクト（{{…}}）です。受け取ったのは{received}です"
    )]
    NotObject {
        /// Place in the array, from 0.
        index: usize,
        /// What it is.
        received: &'static str,
    },
}

/// Cuts a request body into the texts of its records.
///
/// # Errors
/// The body is not UTF-8, not JSON, no array, or holds something that is no object.
pub fn split_array(body: &[u8]) -> Result<Vec<&RawValue>, ArrayError> {
    let text = std::str::from_utf8(body).map_err(|error| ArrayError::NotUtf8 {
        offset: error.valid_up_to(),
    })?;
    if text.starts_with('\u{feff}') {
        return Err(ArrayError::ByteOrderMark);
    }
    let trimmed = text.trim_start_matches([' ', '\t', '\r', '\n']);
    if trimmed.is_empty() {
        return Err(ArrayError::Empty);
    }
    if !trimmed.starts_with('[') {
        serde_json::from_str::<IgnoredAny>(text).map_err(|error| not_json(&error))?;
        return Err(ArrayError::NotArray {
            received: json_type(trimmed),
        });
    }
    let records: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| not_json(&error))?;
    for (index, record) in records.iter().enumerate() {
        if !record.get().starts_with('{') {
            return Err(ArrayError::NotObject {
                index,
                received: json_type(record.get()),
            });
        }
    }
    Ok(records)
}

impl KindLayout {
    /// Reads every record of a body that is known to be JSON, or says what is wrong with it.
    ///
    /// # Errors
    /// The body is no array, or holds something that is no object.
    pub(crate) fn read_json_array(&self, body: &RawValue) -> Result<Vec<RowRecord>, ArrayError> {
        let text = body.get();
        let bytes = text.as_bytes();
        if bytes.first() != Some(&b'[') {
            let received = json_type(text);
            return Err(ArrayError::NotArray { received });
        }
        let mut reader = PlainReader::new(self, text);
        let mut records = Vec::new();
        let mut at = 1;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b',' => at += 1,
                b']' => break,
                b'{' => {
                    let (record, end) = match reader.record(at) {
                        Some((record, end)) => (Ok(record), end),
                        None => {
                            let end = at + object_length(&bytes[at..]);
                            (self.read_sent(&text[at..end]), end)
                        }
                    };
                    records.push(record);
                    at = end;
                }
                _ => {
                    return Err(ArrayError::NotObject {
                        index: records.len(),
                        received: json_type(&text[at..]),
                    });
                }
            }
        }
        Ok(records)
    }

    /// Reads a record, or says what is wrong with it and whose it was, as far as that can be read.
    pub(crate) fn read_sent(&self, json: &str) -> RowRecord {
        self.read_json(json).map_err(|errors| {
            let value: Value = serde_json::from_str(json).unwrap_or(Value::Null);
            let text = |item: &str| value.get(item).and_then(Value::as_str).map(Into::into);
            Box::new(RecordRefusal {
                insured_number: text("insuredNumber"),
                history_key: text("historyKey").or_else(|| text("applicationNumber")),
                errors,
            })
        })
    }
}

/// How many bytes the object at the start of a JSON text takes.
fn object_length(json: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut is_string = false;
    let mut bytes = json.iter().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match (byte, is_string) {
            (b'"', _) => is_string = !is_string,
            (b'\\', true) => {
                bytes.next();
            }
            (b'{', false) => depth += 1,
            (b'}', false) => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    json.len()
}

fn not_json(error: &serde_json::Error) -> ArrayError {
    ArrayError::NotJson {
        line: error.line(),
        column: error.column(),
    }
}

fn json_type(text: &str) -> &'static str {
    match text.as_bytes().first() {
        Some(b'{') => "オブジェクト",
        Some(b'[') => "配列",
        Some(b'"') => "文字列",
        Some(b't' | b'f') => "真偽値",
        Some(b'n') => "null",
        _ => "数値",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::{ArrayError, split_array};
    use crate::profile::Profile;

    #[test]
    fn an_array_reads_as_its_elements_do() {
        let profile = Profile::bundled();
        let layout = profile.layout(profile.kind("setupStart").expect("a kind"));
        let plain = r#"{"insurerNumber":"139998","baselineDate":"2026-11-02"}"#;
        for body in [
            "[]".to_owned(),
            "[ ]".to_owned(),
            format!("[{plain}]"),
            format!("[ {plain} ,{plain}\t]"),
            format!(r#"[{{}},{plain},{{"insurerNumber":"}}\"{{[","b":[{{"c":{{}}}}]}},{plain}]"#),
            format!(r#"[{{"d":"\\"}}, {{"e":[1,2,"]"]}},{plain}]"#),
            format!("[{plain},3]"),
            format!("[{plain},[{plain}]]"),
            format!(r#"[{plain},"{{}}"]"#),
            format!("[null,{plain}]"),
            plain.to_owned(),
            "true".to_owned(),
            "7".to_owned(),
        ] {
            let json: &RawValue = serde_json::from_str(&body).expect(&body);
            let one_by_one = split_array(body.as_bytes()).map(|records| {
                let records = records.into_iter().map(RawValue::get);
                records.map(|record| layout.read_sent(record)).collect()
            });
            assert_eq!(layout.read_json_array(json), one_by_one, "{body}");
        }
    }

    #[test]
    fn an_array_of_objects_is_cut_into_their_texts() {
        let records = split_array(br#" [{"a":1}, {"b":[{}]}] "#).expect("an array");
        let texts: Vec<&str> = records.iter().map(|record| record.get()).collect();
        assert_eq!(texts, [r#"{"a":1}"#, r#"{"b":[{}]}"#]);
        assert!(split_array(b"[]").expect("an empty array").is_empty());
    }

    #[test]
    fn anything_else_is_refused_with_its_reason() {
        let reason = |body: &[u8]| split_array(body).expect_err("no array");
        assert_eq!(reason(b"[\"\x83\"]"), ArrayError::NotUtf8 { offset: 2 });
        assert_eq!(reason("\u{feff}[]".as_bytes()), ArrayError::ByteOrderMark);
        assert_eq!(reason(b" \n"), ArrayError::Empty);
        assert_eq!(reason(b"[{}"), ArrayError::NotJson { line: 1, column: 3 });
        assert_eq!(
            reason(b"[{}] x"),
            ArrayError::NotJson { line: 1, column: 6 }
        );
        assert_eq!(
            reason(b"person"),
            ArrayError::NotJson { line: 1, column: 1 }
        );
        assert_eq!(
            reason(b"{}"),
            ArrayError::NotArray {
                received: "オブジェクト"
            }
        );
        assert_eq!(
            reason(b"[{}, 3]"),
            ArrayError::NotObject {
                index: 1,
                received: "数値"
            }
        );
        assert_eq!(
            reason(b"null").to_string(),
            "本文は記録の配列（[…]）です。受け取ったのはnullです"
        );
    }
}
