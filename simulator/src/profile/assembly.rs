//! Putting a record together from items in any order, and telling everything that is wrong with it.

use super::field_check::Refusal;
use super::field_type::{FieldType, JsonType};
use super::item_error::{CONTRADICTION, ItemError, LENGTH, MISSING, TYPE, UNKNOWN};
use super::layout::{FieldIndex, KindLayout, Requirement};
use super::record::Record;
use super::settings::UnknownItems;
use crate::domain::shown;

/// What is known of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// Not there.
    Unseen,
    /// There without a value.
    Null,
    /// Accepted: a span of the text.
    Value { start: u32, end: u32 },
    /// Refused; the reason has been noted.
    Refused,
}

/// A record in the making.
pub(super) struct Assembly<'l> {
    layout: &'l KindLayout,
    /// Accepted texts in order of arrival.
    text: String,
    slots: Vec<Slot>,
    /// With the place of the item, unknown ones last.
    errors: Vec<(usize, ItemError)>,
}

impl<'l> Assembly<'l> {
    /// Starts a record whose source has about `bytes` bytes.
    pub(super) fn new(layout: &'l KindLayout, bytes: usize) -> Self {
        Self {
            layout,
            text: String::with_capacity(bytes),
            slots: vec![Slot::Unseen; layout.fields.len()],
            errors: Vec::new(),
        }
    }

    pub(super) fn layout(&self) -> &'l KindLayout {
        self.layout
    }

    pub(super) fn json_type(&self, field: FieldIndex) -> JsonType {
        self.layout.fields[field.index()].field_type.json_type()
    }

    /// Takes a text of an item whose JSON type is string.
    pub(super) fn put_text(&mut self, field: FieldIndex, value: &str) {
        let item = &self.layout.fields[field.index()];
        match item.field_type.check(&item.csv, value) {
            Ok(()) => self.accept(field, value),
            Err((_, message)) if value.is_empty() && item.requirement != Requirement::Always => {
                self.refuse(field, (LENGTH, message));
            }
            Err(refusal) => self.refuse(field, refusal),
        }
    }

    /// Takes a boolean of an item whose JSON type is boolean.
    pub(super) fn put_boolean(&mut self, field: FieldIndex, value: bool) {
        self.accept(field, if value { "1" } else { "0" });
    }

    /// Takes a whole number of an item whose JSON type is integer.
    pub(super) fn put_integer(&mut self, field: FieldIndex, value: u64) {
        let mut digits = [0; 20];
        let mut at = digits.len();
        let mut rest = value;
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.put_text(
            field,
            std::str::from_utf8(&digits[at..]).unwrap_or_default(),
        );
    }

    /// Takes a canonical text or a cell of a file: an empty one means absent.
    pub(super) fn put_cell(&mut self, field: FieldIndex, value: &str) {
        if value.is_empty() {
            return self.put_null(field);
        }
        match self.json_type(field) {
            JsonType::Integer => {
                let canonical = value.trim_start_matches('0');
                self.put_text(field, if canonical.is_empty() { "0" } else { canonical });
            }
            JsonType::String | JsonType::Boolean => self.put_text(field, value),
        }
    }

    /// Takes an item without a value.
    pub(super) fn put_null(&mut self, field: FieldIndex) {
        self.slots[field.index()] = Slot::Null;
    }

    /// Notes that an item has another JSON type than it should; `received` says what came.
    pub(super) fn put_wrong_type(&mut self, field: FieldIndex, received: &str) {
        let item = &self.layout.fields[field.index()];
        let expected = item.field_type.json_type().ja();
        // An individual number is not repeated, in whatever type it came.
        let received = match (&item.field_type, received.split_once('「')) {
            (FieldType::MyNumber, Some((word, _))) => word,
            _ => received,
        };
        let message = format!("{}は{expected}です。受け取ったのは{received}です", item.csv);
        self.refuse(field, (TYPE, message));
    }

    /// Notes that the items of an object came as something else.
    pub(super) fn put_wrong_group(&mut self, group: u8, received: &str) {
        let group = &self.layout.members.groups[usize::from(group)];
        let mut first = None;
        for (_, field) in group.fields.iter() {
            first.get_or_insert(field.index());
            self.slots[field.index()] = Slot::Refused;
        }
        let message = format!(
            "{}はオブジェクトです。受け取ったのは{received}です",
            group.name
        );
        self.note(first.unwrap_or_default(), &group.name, TYPE, message);
    }

    /// Whether the item came before; notes it if so.
    pub(super) fn is_repeated(&mut self, field: FieldIndex) -> bool {
        if self.slots[field.index()] == Slot::Unseen {
            return false;
        }
        let item = &self.layout.fields[field.index()];
        let message = format!(
            "{}（{}）が1件の中に2回あります。1回だけにします",
            item.csv, item.json
        );
        self.refuse(field, (TYPE, message));
        true
    }

    /// Notes that an object came twice.
    pub(super) fn put_repeated_group(&mut self, group: u8) {
        let group = &self.layout.members.groups[usize::from(group)];
        let place = group
            .fields
            .iter()
            .next()
            .map_or(0, |(_, field)| field.index());
        let message = format!("{}が1件の中に2回あります。1回だけにします", group.name);
        self.note(place, &group.name, TYPE, message);
    }

    /// Notes an item that the layout lacks.
    pub(super) fn put_unknown(&mut self, item: &str) {
        match self.layout.unknown_items {
            UnknownItems::Ignore => {}
            UnknownItems::Refuse => {
                let item = shown(item);
                let message = format!("「{item}」は{}の項目にありません", self.layout.ja);
                self.note(usize::MAX, &item, UNKNOWN, message);
            }
        }
    }

    /// Notes something about an item by name, e.g. where reading had to stop.
    pub(super) fn put_unreadable(&mut self, item: &str, code: &'static str, message: String) {
        self.note(usize::MAX, item, code, message);
    }

    fn accept(&mut self, field: FieldIndex, value: &str) {
        let start = self.text.len() as u32;
        self.text.push_str(value);
        self.slots[field.index()] = Slot::Value {
            start,
            end: self.text.len() as u32,
        };
    }

    fn refuse(&mut self, field: FieldIndex, (code, message): Refusal) {
        self.slots[field.index()] = Slot::Refused;
        let json = &self.layout.fields[field.index()].json;
        self.note(field.index(), json, code, message);
    }

    fn note(&mut self, place: usize, item: &str, code: &'static str, message: String) {
        self.errors.push((
            place,
            ItemError {
                item: item.to_owned(),
                code,
                message,
            },
        ));
    }

    fn value(&self, field: FieldIndex) -> Option<&str> {
        match self.slots[field.index()] {
            Slot::Value { start, end } => self.text.get(start as usize..end as usize),
            Slot::Unseen | Slot::Null | Slot::Refused => None,
        }
    }

    /// Everything noted so far, in layout order. After reading stopped half-way, missing items are not judged.
    pub(super) fn abandon(self) -> Vec<ItemError> {
        let mut errors = self.errors;
        errors.sort_by_key(|(place, _)| *place);
        errors.into_iter().map(|(_, error)| error).collect()
    }

    /// The record, or everything that is wrong with it in layout order.
    pub(super) fn finish(mut self) -> Result<Record, Vec<ItemError>> {
        self.check_presence();
        self.check_date_order();
        if !self.errors.is_empty() {
            return Err(self.abandon());
        }
        let texts: Vec<&str> = self
            .slots
            .iter()
            .map(|slot| match slot {
                Slot::Value { start, end } => &self.text[*start as usize..*end as usize],
                Slot::Unseen | Slot::Null | Slot::Refused => "",
            })
            .collect();
        Ok(Record::pack(self.layout.kind, &texts))
    }

    fn check_presence(&mut self) {
        let layout = self.layout;
        for (index, field) in layout.indexed_fields() {
            if !matches!(self.slots[index.index()], Slot::Unseen | Slot::Null) {
                continue;
            }
            match &field.requirement {
                Requirement::Optional => {}
                Requirement::Always => {
                    let message = format!("必須項目の{}がありません", field.csv);
                    self.note(index.index(), &field.json, MISSING, message);
                }
                Requirement::When {
                    field: other,
                    value,
                } => {
                    if self.value(*other) == Some(value) {
                        let other = layout.field_at(*other);
                        let message = format!(
                            "{}が「{value}」のときは{}が必要です。受け取った記録にはありません",
                            other.csv, field.csv
                        );
                        self.note(index.index(), &field.json, CONTRADICTION, message);
                    }
                }
            }
        }
    }

    fn check_date_order(&mut self) {
        let layout = self.layout;
        for (from, to) in &layout.date_order {
            let (Some(first), Some(last)) = (self.value(*from), self.value(*to)) else {
                continue;
            };
            // ISO dates sort as texts.
            if first > last {
                let message = format!(
                    "{}は{}以後の日付です。受け取った値は{first}から{last}までです",
                    layout.field_at(*to).csv,
                    layout.field_at(*from).csv
                );
                self.note(
                    to.index(),
                    &layout.field_at(*to).json,
                    CONTRADICTION,
                    message,
                );
            }
        }
    }
}
