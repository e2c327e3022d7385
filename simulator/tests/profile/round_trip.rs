//! A record that is written and read again is the same record, in either mode and member order.

use std::sync::Arc;

use proptest::prelude::*;
use tekigo_simulator::profile::{CsvCodec, KindLayout, Profile, Record};

use super::generated::Items;
use super::{Repertoire, any_items, json_of, variant};

fn record(layout: &KindLayout, items: &Items) -> Record {
    let read = layout.read_json(&json_of(layout, items).to_string());
    read.unwrap_or_else(|errors| panic!("{}: {errors:?}\n{items:?}", layout.id()))
}

/// Runs a check on generated records of every kind.
fn for_every_kind(
    profile: &Profile,
    repertoire: Repertoire,
    check: impl Fn(&KindLayout, Vec<Items>) -> Result<(), TestCaseError>,
) {
    for layout in profile.kinds() {
        let config = ProptestConfig {
            cases: 24,
            failure_persistence: None,
            ..ProptestConfig::default()
        };
        let mut runner = proptest::test_runner::TestRunner::new(config);
        let records = proptest::collection::vec(any_items(layout, repertoire), 1..5);
        if let Err(error) = runner.run(&records, |records| check(layout, records)) {
            panic!("{}: {error}", layout.id());
        }
    }
}

#[test]
fn a_record_read_from_json_holds_every_text_and_writes_the_same_json() {
    for_every_kind(
        &Profile::bundled(),
        Repertoire::Unicode,
        |layout, records| {
            for items in records {
                let read = record(layout, &items);
                let held: Items = read
                    .items()
                    .map(|(index, text)| {
                        (layout.field_at(index).json().to_owned(), text.to_owned())
                    })
                    .collect();
                prop_assert_eq!(&held, &items);
                let mut written = Vec::new();
                layout.write_json(&read, &mut written);
                let text = String::from_utf8(written).expect("UTF-8");
                prop_assert_eq!(&text, &json_of(layout, &items).to_string());
                prop_assert_eq!(layout.read_json(&text), Ok(read));
            }
            Ok(())
        },
    );
}

#[test]
fn the_order_of_members_and_null_members_make_no_difference() {
    for_every_kind(
        &Profile::bundled(),
        Repertoire::Unicode,
        |layout, records| {
            for items in records {
                let read = record(layout, &items);
                let backwards: Items = items.iter().rev().cloned().collect();
                prop_assert_eq!(&record(layout, &backwards), &read);

                let mut with_nulls = json_of(layout, &items);
                let members = with_nulls.as_object_mut().expect("an object");
                for field in layout.fields() {
                    let is_absent = !items.iter().any(|(json, _)| json == field.json());
                    if is_absent {
                        super::generated::put(members, field.json(), serde_json::Value::Null);
                    }
                }
                prop_assert_eq!(layout.read_json(&with_nulls.to_string()), Ok(read));
            }
            Ok(())
        },
    );
}

#[test]
fn the_key_of_a_record_is_the_texts_of_its_key_items() {
    for_every_kind(
        &Profile::bundled(),
        Repertoire::Unicode,
        |layout, records| {
            for items in records {
                let read = record(layout, &items);
                let parts: Vec<&str> = layout
                    .key_fields()
                    .iter()
                    .filter_map(|field| read.get(*field))
                    .collect();
                let key = layout.key_of(&read);
                prop_assert_eq!(key.parts().collect::<Vec<_>>(), parts);
            }
            Ok(())
        },
    );
}

fn files_come_back(profile: &Profile, repertoire: Repertoire) {
    for_every_kind(profile, repertoire, |layout, records| {
        let records: Vec<Record> = records.iter().map(|items| record(layout, items)).collect();
        let codec = CsvCodec::new(profile);
        let file = codec.write(layout.kind(), &records).expect("a file");
        let read = codec
            .read(layout.kind(), &file)
            .expect("the file that was written");
        let expected: Vec<_> = records.into_iter().map(Ok).collect();
        prop_assert_eq!(read, expected);
        Ok(())
    });
}

#[test]
fn records_of_every_kind_come_back_from_utf_8_files() {
    files_come_back(&Arc::clone(&Profile::bundled()), Repertoire::Unicode);
}

#[test]
fn records_of_every_kind_come_back_from_cp932_files() {
    files_come_back(&variant::cp932(), Repertoire::Cp932);
}
