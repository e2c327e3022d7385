//! The README pages say what is so.

mod page;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use page::{Page, pages, root};
use regex::Regex;
use tekigo::drivers::VendorFile;
use tekigo::prove::Planted;
use tekigo::requirement::Catalogue;
use tekigo::verdict::{EXIT_CODES, Family, Verdict};

/// The front page in each language, with the header rows of its tables.
struct Front {
    page: Page,
    exit_codes: &'static str,
    verdicts: &'static str,
    yes: &'static str,
    code_map: &'static str,
}

fn fronts() -> [Front; 2] {
    [
        Front {
            page: Page::front("README.md"),
            exit_codes: "| code | when",
            verdicts: "| 判定 | id |",
            yes: "yes",
            code_map: "| folder |",
        },
        Front {
            page: Page::front("README.ja.md"),
            exit_codes: "| 終了コード |",
            verdicts: "| 判定 | 識別子 |",
            yes: "はい",
            code_map: "| フォルダー |",
        },
    ]
}

/// What stands in backticks in a cell.
fn in_code(cell: &str) -> &str {
    cell.trim_matches('`')
}

#[test]
fn the_exit_codes_are_those_of_the_program() {
    let program = EXIT_CODES.map(|(code, meaning)| (code.code().to_string(), meaning.to_owned()));
    for front in fronts() {
        let rows = front.page.table(front.exit_codes);
        let told: Vec<_> = rows
            .iter()
            .map(|row| (row[0].clone(), row[1].clone()))
            .collect();
        assert_eq!(told, program, "{}", front.page.path.display());
    }
    let english = &fronts()[0];
    let rows = english.page.table(english.exit_codes);
    let told: Vec<String> = rows.iter().map(|row| row[2].replace('`', "")).collect();
    let program = EXIT_CODES.map(|(code, _)| code.in_english().to_owned());
    assert_eq!(told, program);
}

#[test]
fn the_verdicts_are_those_of_the_program() {
    for front in fronts() {
        let rows = front.page.table(front.verdicts);
        let told: Vec<_> = rows
            .iter()
            .map(|row| (row[0].as_str(), in_code(&row[1]), row[3] == front.yes))
            .collect();
        let program =
            Verdict::ALL.map(|word| (word.ja(), word.id(), word.family() == Family::Pass));
        assert_eq!(told, program, "{}", front.page.path.display());
    }
    let japanese = &fronts()[1];
    let told = japanese.page.table(japanese.verdicts);
    for (row, word) in told.iter().zip(Verdict::ALL) {
        assert_eq!(row[2], word.meaning());
    }
}

#[test]
fn the_code_map_names_what_is_there() {
    let sources = sources(&root());
    for front in fronts() {
        for row in front.page.table(front.code_map) {
            let folder = in_code(&row[0]);
            assert!(root().join(folder).is_dir(), "there is no {folder}");
            for name in names_in(&row[1]) {
                let is_there = sources.iter().any(|(path, text)| {
                    path.starts_with(root().join(folder)) && holds(text, &name)
                });
                assert!(is_there, "{name} is not in {folder}");
            }
        }
    }
}

#[test]
fn both_languages_show_the_same_map_and_the_same_example_of_the_screen() {
    let [english, japanese] = fronts();
    let folders = |front: &Front| {
        let rows = front.page.table(front.code_map);
        rows.into_iter()
            .map(|row| (row[0].clone(), names_in(&row[1])))
            .collect::<Vec<_>>()
    };
    assert_eq!(folders(&english), folders(&japanese));
    assert_eq!(english.page.blocks("text"), japanese.page.blocks("text"));
    assert_eq!(english.page.named_tests(), japanese.page.named_tests());
}

#[test]
fn every_name_of_the_glossary_is_in_the_code() {
    let sources = sources(&root());
    for row in Page::front("README.md").table("| 日本語 |") {
        for name in names_in(&row[2]) {
            let is_there = sources.iter().any(|(_, text)| holds(text, &name));
            assert!(is_there, "{name} is in no source");
        }
    }
}

#[test]
fn every_invariant_names_a_test_that_is_there() {
    for front in fronts() {
        let tests = front.page.named_tests();
        assert!(tests.len() > 5, "{}", front.page.path.display());
        for (path, name) in tests {
            let text = std::fs::read_to_string(root().join(&path)).expect("a file of tests");
            assert!(
                text.contains(&format!("fn {name}(")),
                "{name} is not in {path}"
            );
        }
    }
}

#[test]
fn the_example_of_a_vendor_file_is_good() {
    for front in fronts() {
        let examples = front.page.blocks("toml");
        assert_eq!(examples.len(), 1, "{}", front.page.path.display());
        let folder = tempfile::tempdir().expect("a folder for the example");
        let path = folder.path().join("vendor.toml");
        std::fs::write(&path, &examples[0]).expect("the example can be written");
        let file = VendorFile::load(&path).expect("the example is good");
        assert_eq!(file.known_gaps().len(), 1);
    }
}

#[test]
fn both_pages_count_what_is_planted() {
    let catalogue = Catalogue::bundled().expect("the requirements");
    let planted = Planted::bundled(&catalogue).expect("a good list");
    let faults = planted.faults.len();
    let cells: usize = planted.faults.iter().map(|fault| fault.modes.len()).sum();
    let variants = planted.variants.len();
    let [english, japanese] = fronts();
    for (page, told) in [
        (&english, format!("{faults} faults")),
        (&english, format!("({cells} with their modes)")),
        (&english, format!("{variants}\nharmless variants")),
        (
            &japanese,
            format!("不具合が{faults}種（方式ごとに数えて{cells}件）"),
        ),
        (&japanese, format!("変種は{variants}種")),
    ] {
        assert!(page.page.prose().contains(&told), "{told}");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let mut broken = Vec::new();
    for page in pages() {
        for link in page.links() {
            if link.contains("://") {
                continue;
            }
            let (file, heading) = link
                .split_once('#')
                .map_or((link.as_str(), None), |(file, heading)| {
                    (file, Some(heading))
                });
            let folder = page.path.parent().expect("a page lies in a folder");
            let target = if file.is_empty() {
                page.path.clone()
            } else {
                folder.join(file)
            };
            let leads = target.exists()
                && heading
                    .is_none_or(|heading| Page::read(target.clone()).anchors().contains(heading));
            if !leads {
                broken.push(format!("{}: {link}", page.path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_command_of_the_pages_is_one_the_program_knows() {
    let mut tried = BTreeSet::new();
    for page in pages() {
        for line in page
            .blocks("sh")
            .iter()
            .flat_map(|block| block.lines())
            .map(str::to_owned)
            .chain(page.code_spans())
        {
            let line = line.split(" #").next().unwrap_or_default().trim();
            let arguments = line.strip_prefix("tekigo ").or_else(|| {
                line.split_once(" -- ")
                    .filter(|(cargo, _)| cargo.starts_with("cargo run"))
                    .map(|(_, rest)| rest)
            });
            let Some((command, options)) =
                arguments.map(|rest| rest.split_once(' ').unwrap_or((rest, "")))
            else {
                continue;
            };
            let help = help(command);
            let flags = options.split(' ').filter(|word| word.starts_with("--"));
            for flag in flags {
                assert!(
                    holds(&help, flag),
                    "{}: {line}: no {flag}",
                    page.path.display()
                );
            }
            tried.insert(command.to_owned());
        }
    }
    for command in ["certify", "serve", "town"] {
        assert!(tried.contains(command), "no page shows {command}");
    }
}

#[test]
fn the_crates_know_only_whom_they_may() {
    let knows = |manifest: &str, other: &str| {
        let text = std::fs::read_to_string(root().join(manifest)).expect("a manifest");
        text.lines().any(|line| line.starts_with(other))
    };
    assert!(knows("scenarios/Cargo.toml", "tekigo-simulator"));
    for other in ["tekigo ", "tekigo.", "tekigo-reference-vendor"] {
        assert!(
            !knows("simulator/Cargo.toml", other),
            "the simulator knows {other}"
        );
    }
    for other in ["tekigo ", "tekigo.", "tekigo-simulator"] {
        assert!(
            !knows("fixtures/vendors/reference/Cargo.toml", other),
            "the reference vendor knows {other}"
        );
    }
}

impl Page {
    /// Each test that the page names: "`file.rs`: `test`".
    fn named_tests(&self) -> Vec<(String, String)> {
        let named = Regex::new(r"`([\w/]+\.rs)`:\s+`(\w+)`").expect("it is a regular expression");
        let prose = self.prose();
        named
            .captures_iter(&prose)
            .map(|found| (found[1].to_owned(), found[2].to_owned()))
            .collect()
    }
}

fn help(command: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_tekigo"))
        .args([command, "--help"])
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "there is no command {command}");
    String::from_utf8(output.stdout).expect("the help is text")
}

fn names_in(cell: &str) -> Vec<String> {
    let span = Regex::new("`([^`]+)`").expect("it is a regular expression");
    span.captures_iter(cell)
        .map(|found| found[1].to_owned())
        .collect()
}

/// Whether a word stands in a text by itself.
fn holds(text: &str, word: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    text.match_indices(word).any(|(at, _)| {
        let before = at.checked_sub(1).map(|at| text.as_bytes()[at]);
        let after = text.as_bytes().get(at + word.len()).copied();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// Every Rust source outside the tests, with its text.
fn sources(root: &Path) -> Vec<(std::path::PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![
        root.join("simulator/src"),
        root.join("scenarios/src"),
        root.join("fixtures/vendors/reference/src"),
    ];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry of the folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source is text");
                found.push((path, text));
            }
        }
    }
    found
}
