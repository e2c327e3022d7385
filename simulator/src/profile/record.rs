//! One record of one kind, checked.

use std::fmt;

use super::layout::{FieldIndex, KindId};

/// A record (記録) that its layout has accepted: the canonical texts of its items, packed into two
/// allocations. Booleans are `1`/`0`, integers plain digits, dates `YYYY-MM-DD`.
///
/// An accepted item is never empty, so an empty span means the item is absent.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Record {
    kind: KindId,
    text: Box<str>,
    ends: Box<[u16]>,
}

impl Record {
    pub(super) fn new(kind: KindId, text: Box<str>, ends: Box<[u16]>) -> Self {
        Self { kind, text, ends }
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
        let end = usize::from(*self.ends.get(at)?);
        let start = at
            .checked_sub(1)
            .map_or(0, |before| usize::from(self.ends[before]));
        if start == end {
            None
        } else {
            self.text.get(start..end)
        }
    }

    /// The items that are there, in layout order.
    pub fn items(&self) -> impl Iterator<Item = (FieldIndex, &str)> {
        (0..self.ends.len()).filter_map(|at| {
            let field = FieldIndex(u8::try_from(at).ok()?);
            Some((field, self.get(field)?))
        })
    }

    /// Bytes of memory the record holds beyond itself.
    #[must_use]
    pub fn heap_bytes(&self) -> usize {
        self.text.len() + 2 * self.ends.len()
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
