//! What stands in the files.

use super::tree::{TextFile, text_files};

const LINES_MAX: usize = 500;

/// Every place where one of the words stands, but for files that may hold them.
fn places(words: &[String], is_meant: impl Fn(&TextFile) -> bool) -> Vec<String> {
    let mut places = Vec::new();
    for file in text_files().iter().filter(|file| is_meant(file)) {
        for (number, line) in (1..).zip(file.text.lines()) {
            if let Some(word) = words.iter().find(|word| line.contains(word.as_str())) {
                places.push(format!("{}:{number}: {word}", file.path));
            }
        }
    }
    places
}

/// Words put together here, so that this file does not hold them.
fn joined(parts: &[(&str, &str)]) -> Vec<String> {
    parts
        .iter()
        .map(|(one, two)| format!("{one}{two}"))
        .collect()
}

#[test]
fn no_rust_file_is_longer_than_a_reader_can_hold() {
    let long: Vec<String> = text_files()
        .iter()
        .filter(|file| file.path.ends_with(".rs"))
        .map(|file| (file.text.lines().count(), &file.path))
        .filter(|(lines, _)| *lines > LINES_MAX)
        .map(|(lines, path)| format!("{path}: {lines} lines, at most {LINES_MAX}"))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn nothing_is_left_undone() {
    let words = joined(&[
        ("to", "do!("),
        ("unimplemented", "!("),
        ("db", "g!("),
        ("FIX", "ME"),
        ("#[ign", "ore"),
    ]);
    let places = places(&words, |file| file.path.ends_with(".rs"));
    assert!(places.is_empty(), "{}", places.join("\n"));
}

#[test]
fn no_file_names_the_machine_it_was_written_on() {
    let folders = joined(&[
        ("/ro", "ot/"),
        ("/ho", "me/"),
        ("/wo", "rk/"),
        ("/Us", "ers/"),
    ]);
    let places = places(&folders, |_| true);
    assert!(places.is_empty(), "{}", places.join("\n"));
}

#[test]
fn no_file_names_the_host_of_a_registry() {
    let hosts = joined(&[
        ("crates", ".io"),
        ("pypi", ".org"),
        ("pythonhosted", ".org"),
        ("npmjs", ".org"),
        ("docker", ".io"),
        ("ghcr", ".io"),
        ("debian", ".org"),
    ]);
    // The lock file says of each package where it is from; a test of the layout reads that.
    let places = places(&hosts, |file| file.path != "Cargo.lock");
    assert!(places.is_empty(), "{}", places.join("\n"));
}
