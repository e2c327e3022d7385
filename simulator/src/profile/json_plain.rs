//! Reading plain records from JSON: no escapes, no items twice, nothing wrong.
//!
//! Nearly every record is plain, and a general reader costs several times as much. Whatever is
//! not plain is left to [`KindLayout::read_json`], which alone says what is wrong.

use super::field_type::JsonType;
use super::layout::{FieldIndex, KindLayout, Requirement};
use super::members::{Member, Names};
use super::record::Record;

/// Reads a record; `None` if its text is not plain, right or wrong.
pub(super) fn read(layout: &KindLayout, json: &str) -> Option<Record> {
    let (record, end) = PlainReader::new(layout, json).record(0)?;
    let rest = &json.as_bytes()[end..];
    rest.iter().all(|byte| is_space(*byte)).then_some(record)
}

/// Reads the plain records of one text.
pub(super) struct PlainReader<'j, 'l> {
    layout: &'l KindLayout,
    json: &'j str,
    at: usize,
    /// The canonical text of each item of the record being read; empty as long as it has none.
    texts: Vec<&'j str>,
    /// Which items, and which objects of items, have come.
    seen: Seen,
}

/// Marks for each item of a layout and each object of items in it.
#[derive(Clone, Copy, Default)]
struct Seen {
    fields: [u64; 4],
    groups: [u64; 4],
}

/// Marks an index; `None` if it was marked before.
fn mark(marks: &mut [u64; 4], index: usize) -> Option<()> {
    let word = marks.get_mut(index / 64)?;
    let bit = 1 << (index % 64);
    let is_new = *word & bit == 0;
    *word |= bit;
    is_new.then_some(())
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

impl<'j, 'l> PlainReader<'j, 'l> {
    pub(super) fn new(layout: &'l KindLayout, json: &'j str) -> Self {
        Self {
            layout,
            json,
            at: 0,
            texts: vec![""; layout.fields.len()],
            seen: Seen::default(),
        }
    }

    /// Reads the record that begins at a byte, and tells where it ends.
    pub(super) fn record(&mut self, at: usize) -> Option<(Record, usize)> {
        self.at = at;
        self.texts.fill("");
        self.seen = Seen::default();
        let layout = self.layout;
        self.object(&layout.members.top, |reader, member| match member {
            Member::Field(field) => reader.value(field),
            Member::Group(group) => {
                mark(&mut reader.seen.groups, usize::from(group))?;
                let fields = &layout.members.groups[usize::from(group)].fields;
                reader.object(fields, Self::value)
            }
        })?;
        let is_record = self.is_complete() && self.is_in_order();
        is_record.then(|| (Record::pack(layout.kind, &self.texts), self.at))
    }

    /// Reads an object whose members all have one of the names.
    fn object<T: Copy>(
        &mut self,
        names: &Names<T>,
        mut take: impl FnMut(&mut Self, T) -> Option<()>,
    ) -> Option<()> {
        let mut expected = 0;
        self.sign(b'{')?;
        loop {
            self.space();
            let name = self.text()?;
            let member = names.find(name, &mut expected)?;
            self.sign(b':')?;
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
        mark(&mut self.seen.fields, field.index())?;
        let item = &self.layout.fields[field.index()];
        let text = match (item.field_type.json_type(), self.next()?) {
            (JsonType::String, b'"') => {
                let text = self.text()?;
                // An empty text is no item without a value, it is wrong.
                item.field_type.check(&item.csv, text).ok()?;
                text
            }
            (JsonType::Boolean, b't') => self.word("true").map(|()| "1")?,
            (JsonType::Boolean, b'f') => self.word("false").map(|()| "0")?,
            (JsonType::Integer, b'0'..=b'9') => {
                let digits = self.number()?;
                item.field_type.check(&item.csv, digits).ok()?;
                digits
            }
            (_, b'n') => self.word("null").map(|()| "")?,
            _ => return None,
        };
        self.texts[field.index()] = text;
        Some(())
    }

    /// Whether every item is there that has to be.
    fn is_complete(&self) -> bool {
        let items = self.layout.fields.iter().zip(&self.texts);
        items
            .filter(|(_, text)| text.is_empty())
            .all(|(item, _)| match &item.requirement {
                Requirement::Optional => true,
                Requirement::Always => false,
                Requirement::When { field, value } => self.texts[field.index()] != &**value,
            })
    }

    /// Whether no date is after the one that ends what it begins.
    fn is_in_order(&self) -> bool {
        let mut pairs = self.layout.date_order.iter();
        pairs.all(|(from, to)| {
            let (first, last) = (self.texts[from.index()], self.texts[to.index()]);
            // ISO dates sort as texts.
            last.is_empty() || first <= last
        })
    }

    /// A string without escapes.
    fn text(&mut self) -> Option<&'j str> {
        if self.next()? != b'"' {
            return None;
        }
        let start = self.at + 1;
        let end = start + plain_length(&self.json.as_bytes()[start..])?;
        self.at = end + 1;
        Some(&self.json[start..end])
    }

    /// A whole number without sign, exponent or leading zeros.
    fn number(&mut self) -> Option<&'j str> {
        let start = self.at;
        while self.next().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        let digits = &self.json[start..self.at];
        let is_plain = !matches!(self.next(), Some(b'.' | b'e' | b'E'));
        (is_plain && (digits.len() == 1 || !digits.starts_with('0'))).then_some(digits)
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let rest = &self.json.as_bytes()[self.at..];
        rest.starts_with(word.as_bytes())
            .then(|| self.at += word.len())
    }

    fn sign(&mut self, sign: u8) -> Option<()> {
        self.space();
        (self.next()? == sign).then(|| self.at += 1)
    }

    fn space(&mut self) {
        while self.next().is_some_and(is_space) {
            self.at += 1;
        }
    }

    fn next(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }
}

/// The bytes before the quote that ends a string, if none of them needs a second look: an escape,
/// a control character. Eight at a time, as most texts are longer than that.
fn plain_length(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    // The high bit of the lowest byte that is below `limit` (at most 128), and perhaps of others.
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word & HIGH;
    let equal = |word: u64, byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    let mut chunks = bytes.chunks_exact(8);
    let mut length = 0;
    for chunk in chunks.by_ref() {
        let word = chunk
            .iter()
            .rev()
            .fold(0, |word, byte| word << 8 | u64::from(*byte));
        let ends = equal(word, b'"') | equal(word, b'\\') | below(word, 0x20);
        if ends != 0 {
            let at = length + ends.trailing_zeros() as usize / 8;
            return (bytes[at] == b'"').then_some(at);
        }
        length += 8;
    }
    let rest = chunks.remainder().iter();
    let mut rest = rest.take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f));
    let at = length + rest.by_ref().count();
    (bytes.get(at) == Some(&b'"')).then_some(at)
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
