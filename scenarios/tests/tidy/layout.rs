//! Where things lie.

use std::fs;

use super::tree::{ignored, top};

/// What may lie at the top; hidden files besides.
const LAYOUT: [&str; 11] = [
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.ja.md",
    "README.md",
    "ci",
    "features",
    "fixtures",
    "scenarios",
    "simulator",
];

#[test]
fn the_top_level_is_the_layout_and_nothing_else() {
    let ignored = ignored();
    let strangers: Vec<String> = fs::read_dir(top())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| name.into_string().expect("UTF-8"))
        .filter(|name| !name.starts_with('.') && !ignored.contains(name))
        .filter(|name| !LAYOUT.contains(&name.as_str()))
        .collect();
    assert!(
        strangers.is_empty(),
        "no place at the top for {strangers:?}"
    );
}

#[test]
fn every_crate_says_what_it_is() {
    let text = fs::read_to_string(top().join("Cargo.toml")).expect("a workspace");
    let workspace: toml::Table = text.parse().expect("TOML");
    let members = workspace["workspace"]["members"]
        .as_array()
        .expect("a list");
    assert!(!members.is_empty());
    for member in members {
        let folder = top().join(member.as_str().expect("a path"));
        let root = fs::read_to_string(folder.join("src/lib.rs")).expect("a crate root");
        assert!(
            root.starts_with("//! "),
            "{member}: src/lib.rs says nothing"
        );
    }
}

#[test]
fn every_dependency_comes_from_the_one_registry() {
    let text = fs::read_to_string(top().join("Cargo.lock")).expect("a lock file");
    let lock: toml::Table = text.parse().expect("TOML");
    let mut sources: Vec<&str> = lock["package"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|package| package.get("source")?.as_str())
        .collect();
    sources.sort_unstable();
    sources.dedup();
    assert_eq!(sources.len(), 1, "{sources:?}");
    assert!(sources[0].starts_with("registry+"), "{sources:?}");
}
