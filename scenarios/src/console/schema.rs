//! The JSON Schemas of the test-control interface, as they lie in `scenarios/interface/control-v1/`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

use crate::control::Operation;

/// The values that several operations share.
const LEDGER: &str = "ledger.json";
/// What an open object says of itself.
const SAME_ITEMS: [&str; 2] = ["項目名は ledger.json の ", " と同じ"];

macro_rules! texts {
    ($($name:literal),+ $(,)?) => {
        [$((
            $name,
            include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"), "/interface/control-v1/", $name, ".json"
            )),
        ),)+]
    };
}

const TEXTS: [(&str, &str); 41] = texts![
    "ledger",
    "declare",
    "reset",
    "shutdown",
    "configure",
    "set_business_time",
    "load_ledger",
    "register_person",
    "change_person",
    "lose_qualification",
    "issue_card",
    "issue_burden_ratio",
    "issue_reduction",
    "record_home_modification",
    "record_equipment_purchase",
    "delete_row",
    "accept_application",
    "register_survey",
    "request_opinion",
    "register_opinion",
    "schedule_board",
    "send_board_material",
    "register_decision",
    "offer_consent",
    "withdraw_consent",
    "print_card",
    "start_setup",
    "resume_setup",
    "run_transfer",
    "export",
    "import",
    "view_setup",
    "view_link",
    "view_files",
    "view_refused",
    "view_replacements",
    "view_person",
    "view_consent",
    "view_certification",
    "view_inbound",
    "view_people",
];

static SCHEMAS: LazyLock<BTreeMap<&'static str, Value>> = LazyLock::new(|| {
    let parsed = TEXTS.iter().map(|(name, text)| {
        let schema = serde_json::from_str(text).expect("the bundled schemas are JSON");
        (*name, schema)
    });
    parsed.collect()
});

/// The schema of an operation.
pub(super) fn schema_of(operation: Operation) -> &'static Value {
    SCHEMAS
        .get(operation.name())
        .expect("every operation has a bundled schema")
}

/// The file in which a schema stands: references count from there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place(&'static Value);

impl Place {
    /// A file by its whole schema.
    pub(super) const fn of(root: &'static Value) -> Self {
        Self(root)
    }

    /// What a reference means, and where that stands.
    fn follow(self, reference: &str) -> Option<(&'static Value, Self)> {
        let (file, pointer) = reference.split_once('#')?;
        let root = match file {
            "" => self.0,
            LEDGER => SCHEMAS.get("ledger")?,
            _ => return None,
        };
        Some((root.pointer(pointer)?, Self(root)))
    }

    /// The definition whose items an open object says it shares.
    pub(super) fn same_items_as(self, described: &str) -> Option<(Value, Self)> {
        let [before, after] = SAME_ITEMS;
        let (_, rest) = described.split_once(before)?;
        let (name, _) = rest.split_once(after)?;
        let (found, place) = self.follow(&format!("{LEDGER}#/$defs/{name}"))?;
        Some((found.clone(), place))
    }
}

/// A schema with its reference followed and its "or null" taken off; what stands beside a reference
/// goes before what it leads to.
pub(super) fn resolve(schema: &Value, place: Place) -> (Value, Place, bool) {
    if let Some(ways) = schema["anyOf"].as_array() {
        let is_null = |way: &&Value| way["type"] == "null";
        let other = ways.iter().find(|way| !is_null(way));
        let (mut found, its_place, _) =
            other.map_or_else(|| (Value::Null, place, false), |way| resolve(way, place));
        lay_over(&mut found, schema, "anyOf");
        return (found, its_place, ways.iter().any(|way| is_null(&way)));
    }
    let reference = schema["$ref"].as_str();
    if let Some((target, its_place)) = reference.and_then(|reference| place.follow(reference)) {
        let (mut found, its_place, is_nullable) = resolve(target, its_place);
        lay_over(&mut found, schema, "$ref");
        return (found, its_place, is_nullable);
    }
    let has_null = |member: &str, null: &Value| {
        let list = schema[member].as_array();
        list.is_some_and(|list| list.contains(null))
    };
    let is_nullable = has_null("type", &Value::from("null")) || has_null("enum", &Value::Null);
    (schema.clone(), place, is_nullable)
}

fn lay_over(found: &mut Value, schema: &Value, but: &str) {
    let (Some(found), Some(members)) = (found.as_object_mut(), schema.as_object()) else {
        return;
    };
    for (name, value) in members.iter().filter(|(name, _)| *name != but) {
        found.insert(name.clone(), value.clone());
    }
}
