//! Writing one record as JSON.

use super::field_type::JsonType;
use super::layout::KindLayout;
use super::record::Record;

impl KindLayout {
    /// Writes a record as a JSON object, items in layout order, absent ones left out.
    pub fn write_json(&self, record: &Record, out: &mut Vec<u8>) {
        out.push(b'{');
        let mut open_group = None;
        let mut is_first = true;
        for (index, field) in self.indexed_fields() {
            let Some(text) = record.get(index) else {
                continue;
            };
            let (group, name) = field.json_parts();
            if group != open_group {
                if open_group.is_some() {
                    out.push(b'}');
                }
                if let Some(group) = group {
                    separate(out, &mut is_first);
                    write_text(out, group);
                    out.extend_from_slice(b":{");
                    is_first = true;
                }
                open_group = group;
            }
            separate(out, &mut is_first);
            write_text(out, name);
            out.push(b':');
            match field.field_type().json_type() {
                JsonType::String => write_text(out, text),
                JsonType::Integer => out.extend_from_slice(text.as_bytes()),
                JsonType::Boolean => {
                    out.extend_from_slice(if text == "1" { b"true" } else { b"false" });
                }
            }
        }
        if open_group.is_some() {
            out.push(b'}');
        }
        out.push(b'}');
    }
}

fn separate(out: &mut Vec<u8>, is_first: &mut bool) {
    if !std::mem::take(is_first) {
        out.push(b',');
    }
}

/// Writes a JSON string. Only what JSON demands is escaped, so that names stay readable in evidence.
fn write_text(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape: &[u8] = match byte {
            b'"' => b"\\\"",
            b'\\' => b"\\\\",
            // No accepted text holds a control character.
            _ => continue,
        };
        out.extend_from_slice(&text.as_bytes()[plain..at]);
        out.extend_from_slice(escape);
        plain = at + 1;
    }
    out.extend_from_slice(&text.as_bytes()[plain..]);
    out.push(b'"');
}
