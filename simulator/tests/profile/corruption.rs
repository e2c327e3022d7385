//! One wrong item is refused, by its name, with the code that fits, and nothing else is.

use proptest::prelude::*;
use serde_json::{Value, json};
use tekigo_simulator::profile::{Field, FieldType, KindLayout, Profile, Requirement};

use super::generated::{Items, put};
use super::{Repertoire, any_items, json_of};

/// Every way this test knows to spoil an item, with the result code that must follow.
fn corruptions(field: &Field, good: &str) -> Vec<(&'static str, Option<Value>)> {
    let is_required = *field.requirement() == Requirement::Always;
    let mut all = vec![
        ("E002", Some(json!([good]))),
        ("E002", Some(json!({ "value": good }))),
    ];
    if is_required {
        all.push(("E001", None));
        all.push(("E001", Some(Value::Null)));
    }
    if *field.field_type() == FieldType::Boolean {
        all.extend([("E002", Some(json!("true"))), ("E002", Some(json!(1)))]);
        return all;
    }
    if let FieldType::Integer { max } = field.field_type() {
        all.extend([
            ("E002", Some(json!(good))),
            ("E002", Some(json!(-1))),
            ("E002", Some(json!(1.5))),
            ("E002", Some(json!(true))),
            ("E003", Some(json!(max + 1))),
        ]);
        return all;
    }
    all.extend([("E002", Some(json!(5))), ("E002", Some(json!(false)))]);
    all.push((if is_required { "E001" } else { "E003" }, Some(json!(""))));
    all.extend(
        texts(field.field_type(), good)
            .into_iter()
            .map(|(code, text)| (code, Some(json!(text)))),
    );
    all
}

/// Wrong texts of an item that is a text.
fn texts(field_type: &FieldType, good: &str) -> Vec<(&'static str, String)> {
    let longer = |end: &str| format!("{good}{end}");
    match field_type {
        FieldType::InsurerNumber
        | FieldType::OfficeNumber
        | FieldType::MyNumber
        | FieldType::InsuredNumber
        | FieldType::Digits { .. } => numbers(field_type, good),
        FieldType::HistoryNumber => vec![
            ("E003", "0".to_owned()),
            ("E003", "12345678901".to_owned()),
            ("E004", longer("a")),
            ("E004", "-1".to_owned()),
        ],
        FieldType::Text { max } => vec![
            ("E003", "あ".repeat(max + 1)),
            ("E004", longer("\u{e001}")),
            ("E004", longer("\u{f0000}")),
            ("E004", longer("\n")),
            ("E004", longer("\u{fffd}")),
        ],
        FieldType::Kana { max } => vec![
            ("E003", "ア".repeat(max + 1)),
            ("E004", longer("ｱ")),
            ("E004", longer("あ")),
            ("E004", longer(" ")),
        ],
        FieldType::Alphanumeric { max } => vec![
            ("E003", "a".repeat(max + 1)),
            ("E004", longer("あ")),
            ("E004", longer(" ")),
        ],
        FieldType::Date => vec![
            ("E007", "2026-02-30".to_owned()),
            ("E007", "2026-13-01".to_owned()),
            ("E007", "0000-01-01".to_owned()),
            ("E002", "20260401".to_owned()),
            ("E002", "2026/04/01".to_owned()),
            ("E002", "令和8年4月1日".to_owned()),
            ("E002", longer("T00:00:00")),
        ],
        FieldType::Code { .. } => vec![("E005", longer("9z")), ("E005", "男".to_owned())],
        FieldType::Boolean | FieldType::Integer { .. } => Vec::new(),
    }
}

/// Wrong texts of an item that is a fixed number of digits.
fn numbers(field_type: &FieldType, good: &str) -> Vec<(&'static str, String)> {
    let (start, last) = good.split_at(good.len() - 1);
    let mut wrong = vec![
        ("E003", format!("{good}0")),
        ("E003", start.to_owned()),
        ("E004", format!("{start}A")),
        ("E004", format!("{start}１")),
    ];
    let has_check_digit = matches!(
        field_type,
        FieldType::InsurerNumber | FieldType::OfficeNumber | FieldType::MyNumber
    );
    if has_check_digit {
        let digit: u32 = last.parse().expect("a digit");
        wrong.push(("E006", format!("{start}{}", (digit + 1) % 10)));
    }
    if *field_type == FieldType::MyNumber {
        wrong.push(("E006", "0".repeat(12)));
        wrong.push(("E006", "〔個人番号:kx:0123456789ab〕".to_owned()));
    }
    if *field_type == FieldType::InsuredNumber {
        wrong.push(("E003", "tmp-0001".to_owned()));
    }
    wrong
}

fn spoiled(layout: &KindLayout, items: &Items, json: &str, value: Option<&Value>) -> String {
    let kept: Items = items
        .iter()
        .filter(|(name, _)| name != json)
        .cloned()
        .collect();
    let mut record = json_of(layout, &kept);
    if let Some(value) = value {
        put(
            record.as_object_mut().expect("an object"),
            json,
            value.clone(),
        );
    }
    record.to_string()
}

#[test]
fn every_wrong_item_of_every_kind_is_refused_by_name_and_code() {
    let profile = Profile::bundled();
    for layout in profile.kinds() {
        let config = ProptestConfig {
            cases: 8,
            failure_persistence: None,
            ..ProptestConfig::default()
        };
        let mut runner = proptest::test_runner::TestRunner::new(config);
        let run = runner.run(&any_items(layout, Repertoire::Unicode), |items| {
            for (json, good) in &items {
                let field = layout.field_at(layout.field(json).expect("an item"));
                for (code, value) in corruptions(field, good) {
                    let record = spoiled(layout, &items, json, value.as_ref());
                    let errors = layout.read_json(&record).expect_err(&record);
                    let named: Vec<_> = errors
                        .iter()
                        .map(|error| (error.item.as_str(), error.code))
                        .collect();
                    prop_assert_eq!(
                        named,
                        vec![(json.as_str(), code)],
                        "{:?}\n{:?}",
                        value,
                        errors
                    );
                    let message = &errors[0].message;
                    prop_assert!(
                        message.contains(field.csv()) || message.contains("個人番号"),
                        "{message}"
                    );
                    if *field.field_type() == FieldType::MyNumber {
                        prop_assert!(!message.contains(good.as_str()), "{message}");
                    }
                }
            }
            Ok(())
        });
        if let Err(error) = run {
            panic!("{}: {error}", layout.id());
        }
    }
}

#[test]
fn an_unknown_or_repeated_member_of_every_kind_is_refused() {
    let profile = Profile::bundled();
    for layout in profile.kinds() {
        let config = ProptestConfig {
            cases: 4,
            failure_persistence: None,
            ..ProptestConfig::default()
        };
        let mut runner = proptest::test_runner::TestRunner::new(config);
        let run = runner.run(&any_items(layout, Repertoire::Unicode), |items| {
            let record = json_of(layout, &items).to_string();
            let unknown = format!(
                "{},\"residentCode\":{{\"a\":[1]}}}}",
                &record[..record.len() - 1]
            );
            let errors = layout.read_json(&unknown).expect_err("an unknown member");
            prop_assert_eq!((errors.len(), errors[0].code), (1, "E008"));
            prop_assert_eq!(&errors[0].item, "residentCode");

            let repeated = format!("{},{}", &record[..record.len() - 1], &record[1..]);
            let errors = layout.read_json(&repeated).expect_err("repeated members");
            prop_assert!(
                errors.iter().all(|error| error.code == "E002"),
                "{errors:?}"
            );
            let members = json_of(layout, &items)
                .as_object()
                .expect("an object")
                .len();
            prop_assert_eq!(errors.len(), members);
            Ok(())
        });
        if let Err(error) = run {
            panic!("{}: {error}", layout.id());
        }
    }
}
