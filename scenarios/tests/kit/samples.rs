//! The samples: what PMH answered is what their names say, and what schemas and layouts say.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tekigo_simulator::profile::{CsvCodec, FileName, Profile, record_schema};

use super::{Files, json, kit, text};

/// What each word in the name of a wrong record comes to.
const RESULTS: [(&str, &str); 11] = [
    ("missing", "E001"),
    ("type", "E002"),
    ("length", "E003"),
    ("character", "E004"),
    ("code", "E005"),
    ("check-digit", "E006"),
    ("date", "E007"),
    ("unknown", "E008"),
    ("order", "E009"),
    ("stranger", "E101"),
    ("insurer", "E102"),
];
/// What a schema cannot say: check digits, an order of dates, who is registered, who is connected.
const BEYOND_SCHEMAS: [&str; 4] = ["E006", "E009", "E101", "E102"];

/// The samples of mode 1: folder, the word at the end of its name, and its entry in the index.
fn samples(kit: &Files) -> Vec<(String, String, String, Value)> {
    let index = json(kit, "samples/api/index.json");
    let listed = index["samples"].as_array().expect("a list").clone();
    assert!(listed.len() > 100, "{} samples", listed.len());
    listed
        .into_iter()
        .map(|sample| {
            let folder = sample["folder"].as_str().expect("a folder").to_owned();
            let mut parts = folder.splitn(3, '-').skip(1).map(str::to_owned);
            let kind = parts.next().expect("a kind");
            let word = parts.next().expect("a word");
            (folder, kind, word, sample)
        })
        .collect()
}

#[test]
fn every_wrong_record_is_refused_for_what_is_wrong_with_it() {
    let kit = kit();
    let expected: BTreeMap<&str, &str> = RESULTS.into_iter().collect();
    let mut seen = BTreeSet::new();
    for (folder, kind, word, sample) in samples(&kit) {
        let Some(code) = expected
            .get(word.as_str())
            .filter(|_| kind != "acknowledge")
        else {
            continue;
        };
        assert_eq!(
            sample["status"], 202,
            "{folder}: the request itself is good"
        );
        assert_eq!(sample["resultCodes"], json!([code]), "{folder}");
        let result = json(&kit, &format!("samples/api/{folder}/result.json"));
        assert_eq!(result["refusedCount"], 1, "{folder}");
        seen.insert(*code);
    }
    assert_eq!(seen.len(), RESULTS.len(), "every reason is shown: {seen:?}");
}

#[test]
fn every_kind_that_is_sent_has_a_sample_that_is_taken_and_wrong_ones() {
    let kit = kit();
    let samples = samples(&kit);
    for layout in Profile::bundled().kinds() {
        if layout.path().is_none() {
            continue;
        }
        let of_kind: Vec<_> = samples.iter().filter(|one| one.1 == layout.id()).collect();
        let is_taken = |one: &&&(String, String, String, Value)| {
            one.3["hasResult"] == true && one.3["resultCodes"] == json!([])
        };
        assert!(of_kind.iter().any(|one| is_taken(&one)), "{}", layout.id());
        let is_notice = ["setupStart", "setupCompletion"].contains(&layout.id());
        let wrong = of_kind.iter().filter(|one| !is_taken(one)).count();
        assert!(is_notice || wrong >= 5, "{}: {wrong}", layout.id());
    }
}

#[test]
fn the_schemas_take_what_pmh_takes() {
    let kit = kit();
    let profile = Profile::bundled();
    let mut judged = 0;
    for (folder, kind, _, sample) in samples(&kit) {
        let Some(kind) = profile.kind(&kind).filter(|_| sample["hasResult"] == true) else {
            continue;
        };
        let schema = jsonschema::options()
            .should_validate_formats(true)
            .build(&record_schema(profile.layout(kind)))
            .expect("the schema compiles");
        let codes = sample["resultCodes"].as_array().expect("a list");
        let is_beyond = |code: &Value| BEYOND_SCHEMAS.contains(&code.as_str().unwrap_or_default());
        let is_good = codes.iter().all(is_beyond);
        let records = json(&kit, &format!("samples/api/{folder}/request.json"));
        for record in records.as_array().expect("an array") {
            assert_eq!(schema.is_valid(record), is_good, "{folder}: {record}");
            judged += 1;
        }
    }
    assert!(judged > 100, "{judged} records");
}

#[test]
fn the_answers_of_the_samples_are_those_of_the_openapi_document() {
    let kit = kit();
    let document = json(&kit, "link/openapi.json");
    let base = Profile::bundled().api().base_path.value.clone();
    for (folder, _, word, sample) in samples(&kit) {
        let request = &sample["request"];
        let path = request["path"].as_str().expect("a path");
        let path = path.strip_prefix(&base).expect("below the base path");
        let method = request["method"].as_str().expect("a method").to_lowercase();
        if word == "path" || word == "method" {
            assert!(document["paths"][path][&method].is_null(), "{folder}");
            continue;
        }
        let status = sample["status"].to_string();
        let place = format!(
            "/paths/{}/{method}/responses/{status}/content/application~1json/schema",
            path.replace('/', "~1")
        );
        let mut schema = document
            .pointer(&place)
            .unwrap_or_else(|| panic!("{folder}: {place}"))
            .clone();
        schema["components"] = document["components"].clone();
        let answer = json(&kit, &format!("samples/api/{folder}/answer.json"));
        let schema = jsonschema::validator_for(&schema).expect("the schema compiles");
        assert!(schema.is_valid(&answer), "{folder}: {answer}");
    }
}

#[test]
fn the_sets_are_answered_as_their_names_say() {
    let kit = kit();
    let index = json(&kit, "samples/files/index.json");
    let expected: BTreeMap<&str, &str> = [
        ("no-control", "F106"),
        ("control-alone", "B001"),
        ("name", "F103"),
        ("two-sets", "F105"),
        ("repeated", "F107"),
        ("empty", "F210"),
        ("nul", "F203"),
        ("cut", "F208"),
        ("quote", "F205"),
        ("columns", "F206"),
        ("control-count", "F302"),
        ("control-file", "F302"),
        ("control-text", "F301"),
        ("charset", "F201"),
        ("no-mark", "F202"),
        ("header", "F204"),
        ("line-end", "F207"),
        ("completion-short", "B213"),
    ]
    .into_iter()
    .collect();
    let mut refused = 0;
    for set in index["sets"].as_array().expect("a list") {
        let folder = set["folder"].as_str().expect("a folder");
        let (_, word) = folder.split_once('-').expect("a word");
        if word == "inbound" {
            continue;
        }
        let first = &set["answer"]["problems"][0]["code"];
        match expected.get(word) {
            Some(code) => assert_eq!(first, code, "{folder}"),
            None => assert_eq!(set["answer"]["accepted"], true, "{folder}: {first}"),
        }
        refused += usize::from(expected.contains_key(word));
        let has_results = !set["received"].as_array().expect("a list").is_empty();
        assert_eq!(has_results, set["answer"]["accepted"] == true, "{folder}");
    }
    assert_eq!(refused, expected.len());
}

/// A vendor can read every file that PMH made by the layouts, and each refused row is named once.
#[test]
fn what_pmh_made_can_be_read_by_the_layouts() {
    let kit = kit();
    let profile = Profile::bundled();
    let codec = CsvCodec::new(&profile);
    let mut kinds = BTreeSet::new();
    for (path, bytes) in kit.iter().filter(|(path, _)| path.contains("/receive/")) {
        let (_, name) = path.rsplit_once('/').expect("a name");
        let name = FileName::parse(name, &profile).expect("a name of the profile");
        let rows = codec.read(name.kind, bytes).expect(path);
        assert!(rows.iter().all(Result::is_ok), "{path}");
        kinds.insert(profile.layout(name.kind).id().to_owned());
    }
    let received = profile
        .kinds()
        .iter()
        .filter(|layout| layout.direction().is_received());
    for layout in received {
        assert!(kinds.contains(layout.id()), "no sample of {}", layout.id());
    }
}

#[test]
fn the_python_vendor_has_the_layouts_of_the_kit() {
    let kit = kit();
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../fixtures/vendors/python/layouts.json"
    );
    let held = std::fs::read_to_string(path).expect("the vendor's layouts");
    assert!(
        held == text(&kit, "files/layouts.json"),
        "another edition: run `tekigo kit DIR` and copy files/layouts.json over the vendor's"
    );
}
