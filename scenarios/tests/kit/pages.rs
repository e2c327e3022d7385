//! The pages of the kit: links, schemas beside them, the settings file to start from.

use std::path::Path;

use regex::Regex;
use serde_json::Value;
use tekigo::control::{Declaration, Operation};
use tekigo::drivers::VendorFile;

use super::{Files, json, kit, text};

/// Where a link of a page leads, `..` and all.
fn target(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn is_there(kit: &Files, path: &str) -> bool {
    let folder = format!("{path}/");
    path.is_empty() || kit.contains_key(path) || kit.keys().any(|one| one.starts_with(&folder))
}

#[test]
fn every_link_of_the_pages_leads_to_a_file_of_the_kit() {
    let kit = kit();
    let pattern = Regex::new(r"\]\(([^)\s]+)\)").expect("a pattern");
    let mut followed = 0;
    for page in kit.keys().filter(|path| path.ends_with(".md")) {
        for found in pattern.captures_iter(text(&kit, page)) {
            let link = found[1].split('#').next().unwrap_or_default();
            if link.is_empty() || link.contains("://") {
                continue;
            }
            let target = target(page, link);
            assert!(is_there(&kit, &target), "{page}: {link}");
            followed += 1;
        }
    }
    assert!(followed > 300, "{followed} links");
}

#[test]
fn every_guide_is_there_in_both_languages() {
    let kit = kit();
    for page in [
        "README",
        "TUTORIAL",
        "link/README",
        "certificates/README",
        "samples/README",
    ] {
        for language in [".md", ".ja.md"] {
            assert!(
                text(&kit, &format!("{page}{language}")).len() > 500,
                "{page}{language}"
            );
        }
    }
}

/// The blocks of a page that are shown as code, in order.
pub(crate) fn blocks(page: &str) -> Vec<(String, String)> {
    let pattern = Regex::new(r"(?s)```([a-z]+)\n(.*?)```").expect("a pattern");
    pattern
        .captures_iter(page)
        .map(|found| (found[1].to_owned(), found[2].to_owned()))
        .collect()
}

#[test]
fn both_tutorials_show_the_same_code_and_the_same_screens() {
    let kit = kit();
    let english = blocks(text(&kit, "TUTORIAL.md"));
    assert_eq!(english, blocks(text(&kit, "TUTORIAL.ja.md")));
    assert!(english.len() >= 5);
}

#[test]
fn the_settings_file_to_start_from_can_be_read_and_fits_the_tutorial() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vendor.toml");
    let kit = kit();
    std::fs::write(&path, text(&kit, "vendor.toml")).expect("a file");
    let file = VendorFile::load(Path::new(&path)).expect("a good file");
    let tutorial = text(&kit, "TUTORIAL.md");
    let declared: &Declaration = file.declaration();
    for word in [&declared.product, &declared.vendor, &declared.version] {
        assert!(tutorial.contains(&format!("\"{word}\"")), "{word}");
    }
}

/// What the file says behind `#` is good too: a settings file with all of it can be read.
#[test]
fn the_examples_of_the_settings_file_are_good() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vendor.toml");
    let kit = kit();
    let example = Regex::new(r"^# (\[|[a-z_]+ = )").expect("a pattern");
    // Another way of being reached takes the place of the command, and is tried elsewhere.
    let is_choice = |line: &str| line.contains("interface = ") || line.contains("address = ");
    let lines = text(&kit, "vendor.toml").lines().map(|line| {
        let is_example = example.is_match(line) && !is_choice(line);
        if is_example { &line[2..] } else { line }
    });
    let lines: Vec<&str> = lines.collect();
    std::fs::write(&path, lines.join("\n")).expect("a file");
    let file = VendorFile::load(&path).expect("a good file");
    assert_eq!(file.known_gaps().len(), 1);
    assert_eq!(file.start_limit().as_secs(), 10);
}

/// A reference in the OpenAPI document of the control interface names a definition of the file beside it.
#[test]
fn the_control_document_points_at_definitions_that_are_there() {
    let kit = kit();
    let document = json(&kit, "control/openapi.json");
    let paths = document["paths"].as_object().expect("paths");
    assert_eq!(paths.len(), Operation::ALL.len());
    let mut references = Vec::new();
    gather(&document, &mut references);
    assert!(references.len() >= 3 * Operation::ALL.len());
    for reference in references {
        let (file, place) = reference.split_once('#').unwrap_or((&reference, ""));
        let schema = json(&kit, &format!("control/{file}"));
        assert!(schema.pointer(place).is_some(), "{reference}");
    }
}

fn gather(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            references.extend(
                members
                    .get("$ref")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            );
            members
                .values()
                .for_each(|member| gather(member, references));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, references)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What the program carries of the control interface is the whole folder.
#[test]
fn every_document_of_the_control_interface_is_in_the_kit() {
    let kit = kit();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/interface/control-v1");
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let held = std::fs::read_to_string(&path).expect("a document");
        assert_eq!(text(&kit, &format!("control/{name}")), held, "{name}");
    }
}
