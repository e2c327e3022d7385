//! Reading one record from JSON in one pass, without a tree in between.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::assembly::Assembly;
use super::field_type::JsonType;
use super::item_error::{CHARACTER, ItemError, TYPE};
use super::json_plain;
use super::layout::{FieldIndex, KindLayout};
use super::members::Member;
use super::record::Record;
use crate::domain::shown;

impl KindLayout {
    /// Reads a record from the text of a JSON object.
    ///
    /// # Errors
    /// Everything that is wrong with its items, in layout order, unknown items last.
    pub fn read_json(&self, json: &str) -> Result<Record, Vec<ItemError>> {
        match json_plain::read(self, json) {
            Some(record) => Ok(record),
            None => self.read_any_json(json),
        }
    }

    /// Reads a record that need not be plain, and finds everything that is wrong with it.
    pub(super) fn read_any_json(&self, json: &str) -> Result<Record, Vec<ItemError>> {
        let mut assembly = Assembly::new(self, json.len());
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let place = Cell::new(Place::Record);
        let read = RecordSeed {
            assembly: &mut assembly,
            place: &place,
        }
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end());
        match read {
            Ok(()) => assembly.finish(),
            Err(error) => {
                let (item, code, message) = unreadable(self, place.get(), &error);
                assembly.put_unreadable(&item, code, message);
                Err(assembly.abandon())
            }
        }
    }
}

/// Where reading is, so that a text serde_json cannot read is put down to its item.
#[derive(Clone, Copy)]
enum Place {
    Record,
    Field(FieldIndex),
    Unknown,
}

/// What the JSON reader cannot read: an unpaired surrogate, a number beyond any range, a broken object.
fn unreadable(
    layout: &KindLayout,
    place: Place,
    error: &serde_json::Error,
) -> (String, &'static str, String) {
    let (item, ja) = match place {
        Place::Record => (String::new(), "記録"),
        Place::Unknown => (String::new(), "仕様にない項目"),
        Place::Field(field) => {
            let field = layout.field_at(field);
            (field.json().to_owned(), field.csv())
        }
    };
    // serde_json gives no kind for these; its own words are stable enough to tell texts from numbers.
    if error.to_string().contains("hex escape") || error.to_string().contains("unicode") {
        (
            item,
            CHARACTER,
            format!("{ja}に、文字として読めない符号（対になっていないサロゲート）があります"),
        )
    } else if error.to_string().contains("out of range") {
        (item, TYPE, format!("{ja}の数値が大きすぎて読めません"))
    } else {
        (
            item,
            TYPE,
            format!(
                "{ja}がJSONのオブジェクトとして読めません（{}文字目付近）",
                error.column()
            ),
        )
    }
}

struct RecordSeed<'a, 'l> {
    assembly: &'a mut Assembly<'l>,
    place: &'a Cell<Place>,
}

impl<'de> DeserializeSeed<'de> for RecordSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RecordSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let layout = self.assembly.layout();
        let mut expected = 0;
        let mut groups_seen = 0_u64;
        loop {
            self.place.set(Place::Record);
            let seed = NameSeed(|name: &str| {
                let member = layout.members.top.find(name, &mut expected);
                if member.is_none() {
                    self.assembly.put_unknown(name);
                }
                member
            });
            let Some(member) = map.next_key_seed(seed)? else {
                return Ok(());
            };
            match member {
                None => {
                    self.place.set(Place::Unknown);
                    map.next_value::<IgnoredAny>()?;
                }
                Some(Member::Field(field)) => {
                    self.place.set(Place::Field(field));
                    if self.assembly.is_repeated(field) {
                        map.next_value::<IgnoredAny>()?;
                    } else {
                        map.next_value_seed(ValueSeed {
                            assembly: self.assembly,
                            field,
                        })?;
                    }
                }
                Some(Member::Group(group)) => {
                    let mark = 1_u64.checked_shl(u32::from(group)).unwrap_or_default();
                    if groups_seen & mark == 0 {
                        groups_seen |= mark;
                        let seed = GroupSeed {
                            assembly: self.assembly,
                            place: self.place,
                            group,
                        };
                        map.next_value_seed(seed)?;
                    } else {
                        self.assembly.put_repeated_group(group);
                        map.next_value::<IgnoredAny>()?;
                    }
                }
            }
        }
    }
}

/// Looks a member name up while it is still borrowed from the source.
struct NameSeed<F>(F);

impl<'de, T, F: FnOnce(&str) -> T> DeserializeSeed<'de> for NameSeed<F> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T, F: FnOnce(&str) -> T> Visitor<'_> for NameSeed<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    fn visit_str<E>(self, name: &str) -> Result<T, E> {
        Ok((self.0)(name))
    }
}

struct GroupSeed<'a, 'l> {
    assembly: &'a mut Assembly<'l>,
    place: &'a Cell<Place>,
    group: u8,
}

impl GroupSeed<'_, '_> {
    fn wrong<E>(self, received: &str) -> Result<(), E> {
        self.assembly.put_wrong_group(self.group, received);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for GroupSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for GroupSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let group = &self.assembly.layout().members.groups[usize::from(self.group)];
        let mut expected = 0;
        loop {
            let seed = NameSeed(|name: &str| {
                let field = group.fields.find(name, &mut expected);
                if field.is_none() {
                    self.assembly.put_unknown(&format!("{}.{name}", group.name));
                }
                field
            });
            let Some(field) = map.next_key_seed(seed)? else {
                return Ok(());
            };
            match field {
                None => {
                    self.place.set(Place::Unknown);
                    map.next_value::<IgnoredAny>()?;
                }
                Some(field) => {
                    self.place.set(Place::Field(field));
                    if self.assembly.is_repeated(field) {
                        map.next_value::<IgnoredAny>()?;
                    } else {
                        map.next_value_seed(ValueSeed {
                            assembly: self.assembly,
                            field,
                        })?;
                    }
                }
            }
        }
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.wrong(&received_text(value))
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.wrong(&format!("真偽値「{value}」"))
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        self.wrong("数値")
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.wrong("数値")
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.wrong("数値")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.wrong("null")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        self.wrong("配列")
    }
}

/// Up to here every whole number is exact in a float.
const WHOLE_MAX: f64 = 9_007_199_254_740_992.0;

struct ValueSeed<'a, 'l> {
    assembly: &'a mut Assembly<'l>,
    field: FieldIndex,
}

impl ValueSeed<'_, '_> {
    fn wrong<E>(self, received: &str) -> Result<(), E> {
        self.assembly.put_wrong_type(self.field, received);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        match self.assembly.json_type(self.field) {
            JsonType::String => {
                self.assembly.put_text(self.field, value);
                Ok(())
            }
            JsonType::Boolean | JsonType::Integer => self.wrong(&received_text(value)),
        }
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        match self.assembly.json_type(self.field) {
            JsonType::Boolean => {
                self.assembly.put_boolean(self.field, value);
                Ok(())
            }
            JsonType::String | JsonType::Integer => self.wrong(&format!("真偽値「{value}」")),
        }
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        match self.assembly.json_type(self.field) {
            JsonType::Integer => {
                self.assembly.put_integer(self.field, value);
                Ok(())
            }
            JsonType::String | JsonType::Boolean => self.wrong(&received_number(&value)),
        }
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.wrong(&received_number(&value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        // To JSON, 1.0 is the same whole number as 1.
        let is_whole = value.fract() == 0.0 && (0.0..=WHOLE_MAX).contains(&value);
        if is_whole && self.assembly.json_type(self.field) == JsonType::Integer {
            self.assembly.put_integer(self.field, value as u64);
            return Ok(());
        }
        self.wrong(&received_number(&value))
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.assembly.put_null(self.field);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        self.wrong("配列")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.wrong("オブジェクト")
    }
}

fn received_text(value: &str) -> String {
    format!("文字列「{}」", shown(value))
}

fn received_number(value: &dyn fmt::Display) -> String {
    format!("数値「{}」", shown(&value.to_string()))
}
