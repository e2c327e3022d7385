//! Texts with secrets planted in them.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value};
use tekigo_simulator::domain::my_number_check_digit;
use tekigo_simulator::kernel::{Mask, MaskSettings};

pub(super) const REGISTERED: [u64; 3] = [123_456_789_018, 210_987_654_320, 12_345_678_903];

pub(super) fn mask() -> Mask {
    Mask::new(MaskSettings {
        key: [7; 32],
        key_prefix: "pmhk_".to_owned(),
        key_characters: 40,
        registered: REGISTERED.to_vec(),
    })
}

/// A text, and the secrets in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Planted {
    pub(super) text: String,
    pub(super) secrets: Vec<String>,
}

/// How a 個人番号 is written.
#[derive(Debug, Clone, Copy)]
enum Hand {
    Plain,
    FullWidth,
    Grouped(char),
    GroupedFullWidth(char),
}

fn any_hand() -> impl Strategy<Value = Hand> {
    let separator = prop::sample::select(vec!['-', ' ', '－', '‐', '　']);
    prop_oneof![
        Just(Hand::Plain),
        Just(Hand::FullWidth),
        separator.clone().prop_map(Hand::Grouped),
        separator.prop_map(Hand::GroupedFullWidth),
    ]
}

fn written(digits: &str, hand: Hand) -> String {
    let grouped = |separator: char| {
        let separator = separator.to_string();
        [&digits[..4], &digits[4..8], &digits[8..]].join(&separator)
    };
    match hand {
        Hand::Plain => digits.to_owned(),
        Hand::FullWidth => full_width(digits),
        Hand::Grouped(separator) => grouped(separator),
        Hand::GroupedFullWidth(separator) => full_width(&grouped(separator)),
    }
}

fn full_width(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '0'..='9' => char::from_u32(u32::from(character) - 0x30 + 0xFF10).expect("a digit"),
            other => other,
        })
        .collect()
}

/// A number known to the run, a right one of a stranger, or any twelve digits.
pub(super) fn any_number() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(REGISTERED.to_vec()).prop_map(|number| format!("{number:012}")),
        "[0-9]{11}".prop_map(|digits| {
            let first = digits.as_bytes().try_into().expect("eleven digits");
            format!("{digits}{}", char::from(my_number_check_digit(first)))
        }),
        "[0-9]{12}",
    ]
}

/// Text without secrets that neither continues a number before it nor one behind it.
pub(super) fn harmless() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -,.-/:-@\\[-`{-~あ-んア-ヶ一-龠𠮷\n\t]{0,6}",
        "[0-9０-９]{1,11}",
        "[02-9]{13,16}",
        "[A-Z][02-9]{12}",
    ]
    .prop_map(|text| format!("、{text}。"))
}

fn planted_piece() -> impl Strategy<Value = Planted> {
    // What JSON escapes, too, stands directly before and behind.
    let neighbour = prop::sample::select(vec!["、", "\n", "\t", "\"", "\\", "/", "\u{1}"]);
    let number = (neighbour.clone(), any_number(), any_hand(), neighbour);
    let number = number.prop_map(|(before, digits, hand, after)| Planted {
        text: format!("{before}{}{after}", written(&digits, hand)),
        secrets: vec![digits],
    });
    // A known number is found whatever stands beside it.
    let known = prop::sample::select(REGISTERED.to_vec());
    let beside = ("[A-Za-z0-9]{0,4}", known, "[A-Za-z0-9]{0,4}");
    let known = beside.prop_map(|(before, number, after)| Planted {
        text: format!("、{before}{number:012}{after}。"),
        secrets: vec![format!("{number:012}")],
    });
    let key = "pmhk_[A-HJ-NP-Za-k]{40}".prop_map(|key| Planted {
        text: format!("、{key}。"),
        secrets: vec![key],
    });
    let nothing = harmless().prop_map(|text| Planted {
        text,
        secrets: Vec::new(),
    });
    prop_oneof![3 => number, 1 => known, 1 => key, 3 => nothing]
}

pub(super) fn planted_text() -> impl Strategy<Value = Planted> {
    vec(planted_piece(), 0..6).prop_map(|pieces| {
        pieces
            .into_iter()
            .fold(Planted::default(), |mut all, piece| {
                all.text.push_str(&piece.text);
                all.secrets.extend(piece.secrets);
                all
            })
    })
}

/// A JSON value with secrets in strings, in names of members and as numbers.
#[derive(Debug, Clone)]
pub(super) struct PlantedJson {
    pub(super) value: Value,
    pub(super) secrets: Vec<String>,
}

pub(super) fn planted_json() -> impl Strategy<Value = PlantedJson> {
    let text = planted_text().prop_map(|planted| PlantedJson {
        value: Value::String(planted.text),
        secrets: planted.secrets,
    });
    let number = (1_u64..10).prop_flat_map(|first| {
        (100_000_000_000 * first..100_000_000_000 * (first + 1)).prop_map(|number| PlantedJson {
            value: Value::from(number),
            secrets: vec![number.to_string()],
        })
    });
    let plain = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i32>().prop_map(Value::from),
        any::<f32>().prop_map(Value::from),
    ]
    .prop_map(|value| PlantedJson {
        value,
        secrets: Vec::new(),
    });
    let leaf = prop_oneof![4 => text, 1 => number, 2 => plain];
    leaf.prop_recursive(3, 24, 5, |inner| {
        let list = vec(inner.clone(), 0..5).prop_map(|items| {
            let secrets = items.iter().flat_map(|item| item.secrets.clone()).collect();
            let values = items.into_iter().map(|item| item.value).collect();
            PlantedJson {
                value: Value::Array(values),
                secrets,
            }
        });
        let members = vec((planted_text(), inner), 0..4).prop_map(|members| {
            let mut object = Map::new();
            let mut secrets = Vec::new();
            for (at, (name, item)) in members.into_iter().enumerate() {
                object.insert(format!("{at}:{}", name.text), item.value);
                secrets.extend(name.secrets);
                secrets.extend(item.secrets);
            }
            PlantedJson {
                value: Value::Object(object),
                secrets,
            }
        });
        prop_oneof![list, members]
    })
}

/// The same JSON with some characters of its strings written as `\u` and four digits.
pub(super) fn escaped(json: &str, lots: &[bool]) -> String {
    let mut out = String::new();
    let mut lots = lots.iter().cycle();
    let mut in_string = false;
    let mut characters = json.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                out.push(character);
                out.extend(characters.next());
                continue;
            }
            '"' => in_string = !in_string,
            _ if in_string && lots.next() == Some(&true) => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
                continue;
            }
            _ => {}
        }
        out.push(character);
    }
    out
}

/// The text with every digit half width and nothing between groups of digits.
pub(super) fn plainly(text: &str) -> String {
    text.chars()
        .filter(|character| !matches!(character, '-' | ' ' | '－' | '‐' | '　'))
        .map(|character| match character {
            '０'..='９' => char::from_u32(u32::from(character) - 0xFF10 + 0x30).expect("a digit"),
            other => other,
        })
        .collect()
}
