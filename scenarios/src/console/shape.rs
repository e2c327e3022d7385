//! 形: what goes into an operation and what comes out, read from the interface's JSON Schemas, with the
//! Japanese words by which a form asks for it.

use serde_json::Value;
use tekigo_simulator::profile::Profile;

use super::schema::{Place, resolve, schema_of};
use super::vocabulary::word_for;
use crate::control::{Member as SheetMember, Operation};

/// A value as a person fills it in or reads it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shape {
    /// What it is called.
    pub(super) label: String,
    /// What else is said of it; may be empty.
    pub(super) hint: String,
    /// Whether "nothing" is a value.
    pub(super) is_nullable: bool,
    /// What it consists of.
    pub(super) kind: Kind,
}

/// What a value consists of.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// A line of text; whether it may be empty.
    Text { may_be_empty: bool },
    /// A day, `YYYY-MM-DD`.
    Day,
    /// A whole number of at least this.
    Whole { least: u64 },
    /// Yes or no.
    Flag,
    /// One of several.
    Choice(Vec<Choice>),
    /// Named parts.
    Parts(Vec<Part>),
    /// Any number of the same.
    Several(Box<Shape>),
    /// Items with their contents, of whichever of these there are.
    Items(Vec<Choice>),
}

/// One of several values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Choice {
    /// The value in JSON.
    pub(super) value: Value,
    /// What it is called.
    pub(super) label: String,
}

/// A named part.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// The name in JSON.
    pub(super) name: String,
    /// Whether it must be there.
    pub(super) is_required: bool,
    /// What it is.
    pub(super) shape: Shape,
}

/// What goes into an operation.
pub(super) fn input_of(operation: Operation) -> Shape {
    let mut shape = of_definition(operation, "input");
    name_parts(&mut shape, operation.sheet().input);
    shape
}

/// What a person is asked for when an operation was carried out.
pub(super) fn data_of(operation: Operation, profile: &Profile) -> Shape {
    let mut shape = of_definition(operation, "data");
    name_parts(&mut shape, operation.sheet().data);
    if operation == Operation::ViewInbound {
        offer_received_kinds(&mut shape, profile);
    }
    shape
}

fn of_definition(operation: Operation, definition: &str) -> Shape {
    let root = schema_of(operation);
    let place = Place::of(root);
    read(&root["$defs"][definition], place)
}

/// The top members are called what the operation's sheet calls them.
fn name_parts(shape: &mut Shape, members: &[SheetMember]) {
    let Kind::Parts(parts) = &mut shape.kind else {
        return;
    };
    for part in parts {
        let member = members.iter().find(|member| member.name == part.name);
        if let Some(member) = member {
            member.japanese.clone_into(&mut part.shape.label);
        }
    }
}

/// What was received is of a kind of the profile and holds its items.
fn offer_received_kinds(shape: &mut Shape, profile: &Profile) {
    let received = || {
        let kinds = profile.kinds().iter();
        kinds.filter(|kind| kind.direction().is_received())
    };
    let kinds = received()
        .map(|kind| choice(kind.id(), kind.ja()))
        .collect();
    let mut items: Vec<Choice> = Vec::new();
    for field in received().flat_map(|kind| kind.fields()) {
        if !items.iter().any(|item| item.value == field.json()) {
            items.push(choice(field.json(), field.csv()));
        }
    }
    let Some(Kind::Several(entry)) = part_mut(shape, "records").map(|part| &mut part.kind) else {
        return;
    };
    if let Some(kind) = part_mut(entry, "kind") {
        kind.kind = Kind::Choice(kinds);
    }
    if let Some(record) = part_mut(entry, "record") {
        record.kind = Kind::Items(items);
    }
}

fn choice(value: &str, label: &str) -> Choice {
    Choice {
        value: Value::from(value),
        label: label.to_owned(),
    }
}

fn part_mut<'s>(shape: &'s mut Shape, name: &str) -> Option<&'s mut Shape> {
    let Kind::Parts(parts) = &mut shape.kind else {
        return None;
    };
    let part = parts.iter_mut().find(|part| part.name == name)?;
    Some(&mut part.shape)
}

/// Reads a schema that stands at a place.
fn read(schema: &Value, place: Place) -> Shape {
    let (schema, place, is_nullable) = resolve(schema, place);
    let described = schema["description"].as_str().unwrap_or_default();
    let (label, words, hint) = taken_apart(described);
    let kind = kind_of(&schema, place, described, &words);
    let is_explained = matches!(kind, Kind::Choice(_)) || hint.contains("ledger.json");
    Shape {
        label,
        hint: if is_explained { String::new() } else { hint },
        is_nullable,
        kind,
    }
}

fn kind_of(schema: &Value, place: Place, described: &str, words: &[String]) -> Kind {
    if let Some(values) = schema["enum"].as_array() {
        return Kind::Choice(choices(values, words));
    }
    match type_of(schema) {
        "array" => Kind::Several(Box::new(read(&schema["items"], place))),
        "object" => {
            let mut parts = parts_of(schema, place, words);
            if let Some((more, its_place)) = place.same_items_as(described) {
                let more = parts_of(&more, its_place, &[]);
                let known: Vec<String> = parts.iter().map(|part| part.name.clone()).collect();
                let open = |part: &Part| !known.contains(&part.name);
                parts.extend(more.into_iter().filter(open).map(|part| Part {
                    is_required: false,
                    ..part
                }));
            }
            Kind::Parts(parts)
        }
        "boolean" => Kind::Flag,
        "integer" => Kind::Whole {
            least: schema["minimum"].as_u64().unwrap_or(0),
        },
        _ if schema["format"] == "date" => Kind::Day,
        _ => Kind::Text {
            may_be_empty: schema.get("minLength").is_none() && schema.get("pattern").is_none(),
        },
    }
}

fn type_of(schema: &Value) -> &str {
    let kind = &schema["type"];
    let named = match kind {
        Value::Array(types) => types
            .iter()
            .filter_map(Value::as_str)
            .find(|of| *of != "null"),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            kind.as_str()
        }
    };
    named.unwrap_or("string")
}

fn choices(values: &[Value], words: &[String]) -> Vec<Choice> {
    let values: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
    let is_worded = values.len() == words.len();
    let label = |at: usize, value: &Value| {
        if is_worded {
            return words[at].clone();
        }
        let written = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        word_for(&written).map_or(written, str::to_owned)
    };
    values
        .into_iter()
        .enumerate()
        .map(|(at, value)| Choice {
            value: value.clone(),
            label: label(at, value),
        })
        .collect()
}

fn parts_of(schema: &Value, place: Place, words: &[String]) -> Vec<Part> {
    let Some(members) = schema["properties"].as_object() else {
        return Vec::new();
    };
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let is_worded = members.len() == words.len();
    let parts = members.iter().enumerate().map(|(at, (name, member))| {
        let mut shape = read(member, place);
        if is_worded {
            shape.label.clone_from(&words[at]);
        }
        if shape.label.is_empty() || shape.label.starts_with("日付（") {
            word_for(name).unwrap_or(name).clone_into(&mut shape.label);
        }
        Part {
            name: name.clone(),
            is_required: required.contains(&name.as_str()),
            shape,
        }
    });
    parts.collect()
}

/// A description, `名前: 語、語。説明`, taken apart into the name, the words and what else is said.
fn taken_apart(described: &str) -> (String, Vec<String>, String) {
    let (head, hint) = described.split_once('。').unwrap_or((described, ""));
    let (label, words) = match head.split_once(": ") {
        Some((label, words)) => (label, words.split('、').map(str::to_owned).collect()),
        None => (head, Vec::new()),
    };
    (label.to_owned(), words, hint.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part<'s>(shape: &'s Shape, name: &str) -> &'s Part {
        let Kind::Parts(parts) = &shape.kind else {
            panic!("no parts: {shape:?}");
        };
        parts
            .iter()
            .find(|part| part.name == name)
            .unwrap_or_else(|| panic!("no {name}"))
    }

    #[test]
    fn every_operation_has_a_shape_with_a_name_for_every_part() {
        fn must_be_named(operation: Operation, shape: &Shape, place: &str) {
            match &shape.kind {
                Kind::Parts(parts) => {
                    for part in parts {
                        let place = format!("{place}.{}", part.name);
                        let label = &part.shape.label;
                        let is_japanese = !label.is_ascii();
                        assert!(is_japanese, "{operation:?} {place}: 「{label}」");
                        must_be_named(operation, &part.shape, &place);
                    }
                }
                Kind::Several(item) => must_be_named(operation, item, &format!("{place}[]")),
                Kind::Choice(choices) => {
                    for choice in choices {
                        let is_japanese = !choice.label.is_ascii();
                        assert!(is_japanese, "{operation:?} {place}: 「{}」", choice.label);
                    }
                }
                Kind::Text { .. }
                | Kind::Day
                | Kind::Whole { .. }
                | Kind::Flag
                | Kind::Items(_) => {}
            }
        }
        let profile = Profile::bundled();
        for operation in Operation::ALL {
            must_be_named(operation, &input_of(operation), "input");
            if operation != Operation::Declare {
                must_be_named(operation, &data_of(operation, &profile), "data");
            }
        }
    }

    #[test]
    fn words_and_open_objects_are_read() {
        let shape = data_of(Operation::ViewSetup, &Profile::bundled());
        let Kind::Choice(states) = &part(&shape, "state").shape.kind else {
            panic!("no choice");
        };
        assert_eq!(states[3].value, "waiting_for_correction");
        assert_eq!(states[3].label, "修正待ち");
        let shape = data_of(Operation::ViewCertification, &Profile::bundled());
        let Kind::Several(application) = &part(&shape, "applications").shape.kind else {
            panic!("no list");
        };
        assert!(part(application, "application_number").is_required);
        let decision = part(application, "decision");
        assert!(!decision.is_required && decision.shape.is_nullable);
        assert!(matches!(
            part(&decision.shape, "care_level").shape.kind,
            Kind::Choice(_)
        ));
    }
}
