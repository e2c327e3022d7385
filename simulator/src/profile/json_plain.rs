//! Reading a plain record from JSON: no escapes, no items twice, nothing wrong.
//!
//! Nearly every record is plain, and a general reader costs several times as much. Whatever is
//! not plain is left to [`KindLayout::read_json`], which alone says what is wrong.

use super::assembly::Assembly;
use super::field_type::JsonType;
use super::layout::{FieldIndex, KindLayout};
use super::members::{Member, Names};
use super::record::Record;

/// Reads a record; `None` if its text is not plain, right or wrong.
pub(super) fn read(layout: &KindLayout, json: &str) -> Option<Record> {
    let mut reader = Reader {
        json,
        at: 0,
        assembly: Assembly::new(layout, json.len()),
    };
    let mut groups_seen = 0_u64;
    reader.object(&layout.members.top, |reader, member| match member {
        Member::Field(field) => reader.value(field),
        Member::Group(group) => {
            let mark = 1_u64.checked_shl(u32::from(group))?;
            if groups_seen & mark != 0 {
                return None;
            }
            groups_seen |= mark;
            let fields = &layout.members.groups[usize::from(group)].fields;
            reader.object(fields, Reader::value)
        }
    })?;
    reader.space();
    let is_whole = reader.at == json.len() && reader.assembly.is_flawless();
    is_whole.then(|| reader.assembly.finish().ok()).flatten()
}

struct Reader<'j, 'l> {
    json: &'j str,
    at: usize,
    assembly: Assembly<'l>,
}

impl<'j> Reader<'j, '_> {
    /// Reads an object whose members all have one of the names.
    fn object<T: Copy>(
        &mut self,
        names: &Names<T>,
        mut take: impl FnMut(&mut Self, T) -> Option<()>,
    ) -> Option<()> {
        let mut expected = 0;
        self.mark(b'{')?;
        loop {
            self.space();
            let name = self.text()?;
            let member = names.find(name, &mut expected)?;
            self.mark(b':')?;
            self.space();
            take(self, member)?;
            self.space();
            match self.next()? {
                b',' => self.at += 1,
                b'}' => {
                    self.at += 1;
                    return Some(());
                }
                _ => return None,
            }
        }
    }

    fn value(&mut self, field: FieldIndex) -> Option<()> {
        if !self.assembly.is_unseen(field) {
            return None;
        }
        match (self.assembly.json_type(field), self.next()?) {
            (JsonType::String, b'"') => {
                let text = self.text()?;
                self.assembly.put_text(field, text);
            }
            (JsonType::Boolean, b't') => {
                self.word("true")?;
                self.assembly.put_boolean(field, true);
            }
            (JsonType::Boolean, b'f') => {
                self.word("false")?;
                self.assembly.put_boolean(field, false);
            }
            (JsonType::Integer, b'0'..=b'9') => {
                let number = self.number()?;
                self.assembly.put_integer(field, number);
            }
            (_, b'n') => {
                self.word("null")?;
                self.assembly.put_null(field);
            }
            _ => return None,
        }
        Some(())
    }

    /// A string without escapes.
    fn text(&mut self) -> Option<&'j str> {
        if self.next()? != b'"' {
            return None;
        }
        let start = self.at + 1;
        let rest = &self.json.as_bytes()[start..];
        let length = rest
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))?;
        self.at = start + length + 1;
        (rest[length] == b'"').then(|| &self.json[start..start + length])
    }

    /// A whole number without sign, exponent or leading zeros.
    fn number(&mut self) -> Option<u64> {
        let start = self.at;
        let mut number = 0_u64;
        while let Some(digit @ b'0'..=b'9') = self.next() {
            number = number
                .checked_mul(10)?
                .checked_add(u64::from(digit - b'0'))?;
            self.at += 1;
        }
        let is_padded = self.at - start > 1 && self.json.as_bytes()[start] == b'0';
        let is_whole = !matches!(self.next(), Some(b'.' | b'e' | b'E'));
        (is_whole && !is_padded).then_some(number)
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let rest = self.json.as_bytes().get(self.at..)?;
        rest.starts_with(word.as_bytes())
            .then(|| self.at += word.len())
    }

    fn mark(&mut self, mark: u8) -> Option<()> {
        self.space();
        (self.next()? == mark).then(|| self.at += 1)
    }

    fn space(&mut self) {
        while matches!(self.next(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn next(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::read;
    use crate::profile::{KindLayout, Profile};

    const PERSON: &str = r#"{"insurerNumber":"139998","insuredNumber":"0000000001",
        "myNumber":"123456789018","basicFiveInfo":{"name":"月見 花子","nameKana":"ツキミ　ハナコ",
        "address":"つきみ市うさぎ町1番地","dateOfBirth":"1941-03-05","sex":"2"},
        "isNotDisclosed":false,"insuredCategory":"1","qualificationAcquiredDate":"2006-03-04",
        "modificationSeg":"1","deletionReason":null}"#;
    const CARD: &str = r#"{"insurerNumber":"139998","insuredNumber":"0000000001","historyKey":"1",
        "isDeleted":true,"cardInsurerNumber":"139998","issueDate":"2026-04-01",
        "benefitLimitUnits":16765,"boardOpinion":"区分変更の申請をしてください。"}"#;

    fn with_layout<T>(kind: &str, work: impl FnOnce(&KindLayout) -> T) -> T {
        let profile = Profile::bundled();
        work(profile.layout(profile.kind(kind).expect(kind)))
    }

    #[test]
    fn right_records_are_plain() {
        for (kind, json) in [("person", PERSON), ("insuranceCard", CARD)] {
            with_layout(kind, |layout| {
                let plain = read(layout, json).expect(kind);
                assert_eq!(layout.read_any_json(json), Ok(plain));
            });
        }
    }

    proptest! {
        #[test]
        fn what_reads_as_plain_reads_the_same_with_care(
            is_person: bool,
            changes in vec((any::<Index>(), 0_usize..3, select(&[
                "", " ", "\\", "\"", "{", "}", "[", "]", ",", ":", "0", "1", "00", "-", ".", "e", "true",
                "null", "\n", "\u{1}", "月", "\\u6708", "\"sex\":\"1\",", "\"isDeleted\":false,",
            ][..])), 1..4),
        ) {
            let (kind, json) = if is_person { ("person", PERSON) } else { ("insuranceCard", CARD) };
            let mut characters: Vec<char> = json.chars().collect();
            for (place, gone, put) in changes {
                let from = place.index(characters.len());
                let to = (from + gone).min(characters.len());
                characters.splice(from..to, put.chars());
            }
            let json: String = characters.into_iter().collect();
            with_layout(kind, |layout| {
                if let Some(plain) = read(layout, &json) {
                    prop_assert_eq!(layout.read_any_json(&json), Ok(plain), "{}", json);
                }
                Ok(())
            })?;
        }
    }
}
