//! Valid records of any kind, generated from the layout itself.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value};
use tekigo_simulator::domain::{modulus_10_check_digit, my_number_check_digit};
use tekigo_simulator::profile::{FieldType, KindLayout, Requirement};

/// Which characters texts are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repertoire {
    /// Any that the profile allows, beyond the basic plane too.
    Unicode,
    /// Those of CP932.
    Cp932,
}

/// Texts of a record in layout order; absent items are left out.
pub(crate) type Items = Vec<(String, String)>;

/// A valid record of the layout, as canonical texts by path in JSON.
pub(crate) fn any_items(layout: &KindLayout, repertoire: Repertoire) -> BoxedStrategy<Items> {
    let layout = layout.clone();
    let values: Vec<BoxedStrategy<String>> = layout
        .fields()
        .iter()
        .map(|field| any_value(field.field_type(), repertoire))
        .collect();
    let presence = vec(any::<bool>(), layout.fields().len());
    (values, presence)
        .prop_map(move |(values, presence)| consistent(&layout, values, &presence))
        .boxed()
}

/// Orders the dates that must be in order, and leaves out what may be absent and drew that lot.
fn consistent(layout: &KindLayout, mut values: Vec<String>, presence: &[bool]) -> Items {
    for (from, to) in layout.date_order() {
        if values[from.index()] > values[to.index()] {
            values.swap(from.index(), to.index());
        }
    }
    let is_there = |at: usize| match layout.fields()[at].requirement() {
        Requirement::Always => true,
        Requirement::Optional => presence[at],
        Requirement::When { field, value } => values[field.index()] == **value || presence[at],
    };
    (0..values.len())
        .filter(|at| is_there(*at))
        .map(|at| (layout.fields()[at].json().to_owned(), values[at].clone()))
        .collect()
}

fn any_value(field_type: &FieldType, repertoire: Repertoire) -> BoxedStrategy<String> {
    match field_type {
        FieldType::InsurerNumber => with_check_digit("[0-9]{5}"),
        FieldType::OfficeNumber => with_check_digit("[0-9]{9}"),
        FieldType::InsuredNumber => "[0-9]{10}".boxed(),
        FieldType::MyNumber => "[0-9]{11}"
            .prop_filter("nobody's number", |digits| digits != "00000000000")
            .prop_map(|digits| {
                let first = digits.as_bytes().try_into().expect("eleven digits");
                format!("{digits}{}", char::from(my_number_check_digit(first)))
            })
            .boxed(),
        FieldType::HistoryNumber => (1_u64..=9_999_999_999)
            .prop_map(|number| number.to_string())
            .boxed(),
        FieldType::Text { max } => text_of(any_character(repertoire), *max),
        FieldType::Kana { max } => text_of("[ァ-ヴー・　]".boxed(), *max),
        FieldType::Alphanumeric { max } => text_of("[A-Za-z0-9_-]".boxed(), *max),
        FieldType::Date => (1868_i32..2200, 1_i32..=12, 1_i32..=28)
            .prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}"))
            .boxed(),
        FieldType::Boolean => "[01]".boxed(),
        FieldType::Code { list } => {
            let codes: Vec<String> = list
                .values()
                .iter()
                .map(|value| value.code.to_string())
                .collect();
            proptest::sample::select(codes).boxed()
        }
        FieldType::Integer { max } => (0..=*max).prop_map(|number| number.to_string()).boxed(),
        FieldType::Digits { length } => vec("[0-9]", *length)
            .prop_map(|digits| digits.concat())
            .boxed(),
    }
}

fn with_check_digit(digits: &'static str) -> BoxedStrategy<String> {
    digits
        .prop_map(|digits| {
            let check = modulus_10_check_digit(digits.as_bytes());
            format!("{digits}{}", char::from(check))
        })
        .boxed()
}

/// What breaks naive writers is among it: commas, quotation marks, backslashes, spaces at the ends.
fn any_character(repertoire: Repertoire) -> BoxedStrategy<String> {
    match repertoire {
        Repertoire::Cp932 => "[ -~あ-んァ-ヶ亜-腕髙﨑①㈱Ⅲ～ｱ-ﾝ　、。]"
            .prop_filter("of the character set", |text| {
                let (_, _, is_replaced) = encoding_rs::SHIFT_JIS.encode(text);
                !is_replaced
            })
            .boxed(),
        Repertoire::Unicode => "[ -~あ-んァ-ヶ一-龠髙﨑𠮷𠀋①㈱Ⅲ〜～−ｱ-ﾝ　é葛󠄀神]".boxed(),
    }
}

/// Mostly short, sometimes as long as allowed.
fn text_of(character: BoxedStrategy<String>, max: usize) -> BoxedStrategy<String> {
    let short = vec(character.clone(), 1..=max.min(12)).prop_map(|parts| parts.concat());
    let longest = character.prop_map(move |part| part.repeat(max));
    prop_oneof![9 => short, 1 => longest]
        .prop_filter("the longest is counted in characters", move |text| {
            text.chars().count() <= max
        })
        .boxed()
}

/// A record as its sender would write it, members in the order of `items`.
pub(crate) fn json_of(layout: &KindLayout, items: &Items) -> Value {
    let mut record = Map::new();
    for (json, text) in items {
        let index = layout.field(json).expect("an item of the layout");
        let field_type = layout.field_at(index).field_type();
        let value = if *field_type == FieldType::Boolean {
            Value::Bool(text == "1")
        } else if matches!(field_type, FieldType::Integer { .. }) {
            Value::from(text.parse::<u64>().expect("a whole number"))
        } else {
            Value::String(text.clone())
        };
        put(&mut record, json, value);
    }
    Value::Object(record)
}

/// Puts a value at a path, making the object it is in.
pub(crate) fn put(record: &mut Map<String, Value>, json: &str, value: Value) {
    match json.split_once('.') {
        None => {
            record.insert(json.to_owned(), value);
        }
        Some((group, name)) => {
            let group = record
                .entry(group)
                .or_insert_with(|| Value::Object(Map::new()));
            group
                .as_object_mut()
                .expect("an object of items")
                .insert(name.to_owned(), value);
        }
    }
}
