//! The published documents say what the layouts do.

use proptest::prelude::*;
use serde_json::Value;
use tekigo_simulator::profile::{Profile, Requirement, layout_tables, openapi, record_schema};

use super::{Repertoire, any_items, json_of};

/// The digest changes with every comment of the profile; the rest only with the interface.
fn without_digest(mut document: Value, pointer: &str) -> Value {
    if let Some(digest) = document.pointer_mut(pointer) {
        *digest = Value::from("[digest]");
    }
    document
}

#[test]
fn the_openapi_document_is_as_published() {
    let document = without_digest(openapi(&Profile::bundled()), "/info/x-digest");
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_json_snapshot!("openapi", document);
    });
}

#[test]
fn the_layout_tables_are_as_published() {
    let tables = without_digest(layout_tables(&Profile::bundled()), "/digest");
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_json_snapshot!("layout_tables", tables);
    });
}

#[test]
fn every_kind_that_is_sent_has_an_operation_and_every_reference_a_target() {
    let profile = Profile::bundled();
    let document = openapi(&profile);
    for layout in profile.kinds() {
        let operation = layout
            .path()
            .map(|path| &document["paths"][format!("/{path}")]["post"]);
        assert_eq!(
            operation.is_some(),
            layout.direction().is_sent() && !layout.is_file_only(),
            "{}",
            layout.id()
        );
        if let Some(operation) = operation {
            let statuses: Vec<&str> = operation["responses"]
                .as_object()
                .expect("answers")
                .keys()
                .map(String::as_str)
                .collect();
            let expected = [
                "200", "202", "400", "401", "403", "404", "405", "413", "415", "503",
            ];
            assert_eq!(statuses, expected);
        }
    }
    let mut open = vec![&document];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(target)) = members.get("$ref") {
                    let pointer = target.trim_start_matches('#');
                    assert!(document.pointer(pointer).is_some(), "{target}");
                }
                open.extend(members.values());
            }
            Value::Array(elements) => open.extend(elements),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

#[test]
fn the_schema_of_every_kind_takes_what_the_layout_takes() {
    let profile = Profile::bundled();
    for layout in profile.kinds() {
        let schema = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .build(&record_schema(layout))
            .expect("a schema");
        let config = ProptestConfig {
            cases: 32,
            failure_persistence: None,
            ..ProptestConfig::default()
        };
        let mut runner = proptest::test_runner::TestRunner::new(config);
        let run = runner.run(&any_items(layout, Repertoire::Unicode), |items| {
            let record = json_of(layout, &items);
            if let Err(error) = schema.validate(&record) {
                return Err(TestCaseError::fail(format!(
                    "{error} at {}",
                    error.instance_path()
                )));
            }
            for field in layout.fields() {
                let kept: Vec<_> = items
                    .iter()
                    .filter(|(json, _)| json != field.json())
                    .cloned()
                    .collect();
                let record = json_of(layout, &kept);
                let is_valid = layout.read_json(&record.to_string()).is_ok();
                prop_assert_eq!(
                    schema.is_valid(&record),
                    is_valid,
                    "without {}",
                    field.json()
                );
                if *field.requirement() == Requirement::Always {
                    prop_assert!(!is_valid);
                }
            }
            Ok(())
        });
        if let Err(error) = run {
            panic!("{}: {error}", layout.id());
        }
    }
}
