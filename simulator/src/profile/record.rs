//! One record of one kind, checked.

use std::fmt;

use super::layout::{FieldIndex, KindId};

/// A record (記録) that its layout has accepted: the canonical texts of its items, packed into one
/// allocation. Booleans are `1`/`0`, integers plain digits, dates `YYYY-MM-DD`.
///
/// An accepted item is never empty, so an empty span means the item is absent. A town holds
/// millions of records: what one costs beyond its texts is what a town costs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Record {
    kind: KindId,
    /// How many items the layout has.
    fields: u8,
    /// How many bytes each length takes.
    width: u8,
    /// The length of each item, `width` bytes of seven bits each, then the texts one after the
    /// other. Bytes of seven bits are characters, so that all of it is one text.
    packed: Box<str>,
}

/// The bits of a length that fit into a byte that is a character.
const BITS: u32 = 7;

impl Record {
    /// Packs the texts of all items of a layout, empty ones for those that are absent.
    pub(super) fn pack(kind: KindId, texts: &[&str]) -> Self {
        let (mut longest, mut sum) = (0, 0);
        for text in texts {
            longest = text.len().max(longest);
            sum += text.len();
        }
        let width = (usize::BITS - longest.leading_zeros())
            .div_ceil(BITS)
            .max(1);
        let mut packed = String::with_capacity(texts.len() * width as usize + sum);
        for text in texts {
            for place in (0..width).rev() {
                let digit = (text.len() >> (place * BITS)) & 0x7f;
                packed.push(char::from(digit as u8));
            }
        }
        for text in texts {
            packed.push_str(text);
        }
        Self {
            kind,
            fields: texts.len() as u8,
            width: width as u8,
            packed: packed.into(),
        }
    }

    /// The kind (データ種別) of the record.
    #[must_use]
    pub fn kind(&self) -> KindId {
        self.kind
    }

    /// The canonical text of an item, if the record has it.
    #[must_use]
    pub fn get(&self, field: FieldIndex) -> Option<&str> {
        let at = usize::from(field.0);
        if at >= usize::from(self.fields) {
            return None;
        }
        let start = self.head() + (0..at).map(|before| self.length(before)).sum::<usize>();
        match self.length(at) {
            0 => None,
            length => self.packed.get(start..start + length),
        }
    }

    /// The items that are there, in layout order.
    pub fn items(&self) -> impl Iterator<Item = (FieldIndex, &str)> {
        let mut end = self.head();
        (0..self.fields).filter_map(move |at| {
            let start = end;
            end += self.length(usize::from(at));
            let text = self.packed.get(start..end)?;
            (!text.is_empty()).then_some((FieldIndex(at), text))
        })
    }

    /// Bytes of memory the record holds beyond itself.
    #[must_use]
    pub fn heap_bytes(&self) -> usize {
        self.packed.len()
    }

    /// The bytes before the texts.
    fn head(&self) -> usize {
        usize::from(self.fields) * usize::from(self.width)
    }

    fn length(&self, at: usize) -> usize {
        let width = usize::from(self.width);
        let digits = &self.packed.as_bytes()[at * width..][..width];
        digits
            .iter()
            .fold(0, |length, digit| length << BITS | usize::from(*digit))
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record(kind {}; ", self.kind.0)?;
        f.debug_list()
            .entries(self.items().map(|(_, text)| text))
            .finish()?;
        f.write_str(")")
    }
}

/// What tells one record of a kind from another: the texts of its key items.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKey(Box<str>);

impl RecordKey {
    /// Between the parts; no accepted text holds a control character.
    const SEPARATOR: char = '\u{1f}';

    pub(super) fn new<'r>(parts: impl Iterator<Item = &'r str>) -> Self {
        let mut text = String::new();
        for (count, part) in parts.enumerate() {
            if count > 0 {
                text.push(Self::SEPARATOR);
            }
            text.push_str(part);
        }
        Self(text.into())
    }

    /// The texts of the key items in the order of the layout's key.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split(Self::SEPARATOR)
    }

    /// The whole key as one text, parts separated by U+001F.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
