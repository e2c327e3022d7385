//! A vendor that uses nothing but the kit passes what it says it passes.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::{Value, json};

use super::program::Desk;
use crate::kit;

/// `expected.toml` of the vendor.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    tags: Vec<String>,
    api: BTreeSet<String>,
    file: BTreeSet<String>,
}

/// Behind the vendor's records: of a person nothing but the person is sent.
const PEOPLE_ALONE: &str = "

everything = of_page


def of_page(insurer: str, page: Json, is_set_up: bool = False) -> dict[tuple[str, str], Json]:
    made = everything(insurer, page, is_set_up)
    return {place: record for place, record in made.items() if place[0] == 'person'}
";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fixtures/vendors/python")
}

/// Whether there is a Python to run it with. Where every test must be run there has to be one.
fn has_python() -> bool {
    let found = Command::new("python3")
        .args(["-c", "import sys; sys.exit(sys.version_info < (3, 11))"])
        .status()
        .is_ok_and(|status| status.success());
    if !found {
        let must = std::env::var_os("CI").is_some_and(|word| word == "true");
        assert!(!must, "python3 (3.11 or newer) is not installed");
        eprintln!("not run: python3 (3.11 or newer) is not installed");
    }
    found
}

#[test]
fn a_vendor_written_from_the_kit_alone_passes_its_subset() {
    if !has_python() {
        return;
    }
    let text = std::fs::read_to_string(folder().join("expected.toml")).expect("the subset");
    let expected: Expected = toml::from_str(&text).expect("a subset");
    assert!(expected.api.len() >= 20 && expected.file.len() >= 20);
    let vendor = folder().join("vendor.toml");
    let vendor = vendor.to_str().expect("UTF-8");
    let desk = Desk::new();
    let ran = desk.certify(&["--vendor", vendor, "--tags", &expected.tags.join(" or ")]);
    assert_eq!(ran.code, Some(0), "{}\n{}", ran.stdout, ran.stderr);
    let cells = ran.cells();
    for (mode, rules) in [("api", &expected.api), ("file", &expected.file)] {
        let passed: BTreeSet<String> = cells
            .iter()
            .filter(|(_, verdict, cell)| cell["mode"] == mode && verdict == "passed")
            .map(|(id, _, _)| id.clone())
            .collect();
        assert_eq!(&passed, rules, "{mode}: what passes is what is listed");
    }
}

/// Spoken to by lines of JSON, it is judged as it is over HTTP.
#[test]
fn the_vendor_gets_the_same_verdicts_by_lines() {
    if !has_python() {
        return;
    }
    let verdicts = |file: &str| {
        let vendor = folder().join(file);
        let vendor = vendor.to_str().expect("UTF-8");
        let desk = Desk::new();
        let ran = desk.certify(&["--vendor", vendor, "--tags", "@SETUP-05 or @PLAN-04"]);
        assert_eq!(ran.code, Some(0), "{}\n{}", ran.stdout, ran.stderr);
        let told = ran.cells().into_iter();
        told.map(|(id, verdict, cell)| format!("{id} {} {verdict}", cell["mode"]))
            .collect::<Vec<_>>()
    };
    let by_lines = verdicts("vendor-lines.toml");
    assert!(by_lines.len() > 20, "{by_lines:?}");
    assert_eq!(by_lines, verdicts("vendor.toml"));
}

/// The adapter of the tutorial's first step, and what the tutorial says the program then says.
#[test]
fn the_first_step_of_the_tutorial_shows_what_it_says() {
    if !has_python() {
        return;
    }
    let kit = kit::kit();
    let blocks = kit::blocks(kit::text(&kit, "TUTORIAL.md"));
    let block = |language: &str, place: usize| {
        let mut of_language = blocks.iter().filter(|(one, _)| one == language);
        let (_, text) = of_language.nth(place).expect("a block");
        text.clone()
    };
    let desk = Desk::new();
    desk.write("adapter.py", &block("python", 0));
    desk.write("vendor.toml", kit::text(&kit, "vendor.toml"));
    let command = block("sh", 0);
    let arguments: Vec<&str> = command.split_whitespace().skip(2).collect();
    let ran = desk.certify(&arguments);
    assert_eq!(ran.code, Some(3), "{}\n{}", ran.stdout, ran.stderr);
    for line in block("text", 0).lines() {
        assert!(ran.stdout.contains(line), "{line}\n{}", ran.stdout);
    }
}

/// The later steps of the tutorial: people alone are sent, and what the program says of it.
#[test]
fn the_tutorial_shows_what_people_alone_come_to() {
    if !has_python() {
        return;
    }
    let desk = Desk::new();
    for entry in std::fs::read_dir(folder()).expect("the vendor") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            let name = path.file_name().expect("a name").to_string_lossy();
            let text = std::fs::read_to_string(&path).expect("text");
            let api_alone = text.replace("[\"api\", \"file\"]", "[\"api\"]");
            desk.write(&name, &api_alone);
        }
    }
    let records = std::fs::read_to_string(folder().join("records.py")).expect("text");
    desk.write("records.py", &format!("{records}{PEOPLE_ALONE}"));
    let kit = kit::kit();
    let blocks = kit::blocks(kit::text(&kit, "TUTORIAL.md"));
    let of_language = |wanted: &'static str| {
        let blocks = blocks.iter();
        blocks.filter_map(move |(one, text)| (one == wanted).then_some(text))
    };
    let [_, green, missing] = of_language("text").collect::<Vec<_>>()[..] else {
        panic!("three screens");
    };
    let [first, all_kinds] = of_language("sh").collect::<Vec<_>>()[..] else {
        panic!("two commands");
    };
    for (command, screen, code) in [(first, green, 0), (all_kinds, missing, 1)] {
        let arguments: Vec<&str> = command.split_whitespace().skip(2).collect();
        let ran = desk.certify(&arguments);
        assert_eq!(ran.code, Some(code), "{}\n{}", ran.stdout, ran.stderr);
        for line in screen.lines() {
            assert!(ran.stdout.contains(line), "{line}\n{}", ran.stdout);
        }
    }
}

/// The same vendor over standard input and output: a line in, a line out, and the end with the input.
#[test]
fn the_vendor_answers_json_lines_too() {
    if !has_python() {
        return;
    }
    let desk = Desk::new();
    let mut vendor = Command::new("python3")
        .arg(folder().join("vendor.py"))
        .args(["--stdio", "--data"])
        .arg(desk.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the vendor starts");
    let kit = kit::kit();
    let ledger = kit::json(&kit, "samples/books/ledger.json");
    let people = ledger["people"].as_array().expect("people").len();
    let asked = [
        json!({"id": 1, "operation": "declare", "input": {}}),
        json!({"id": 2, "operation": "reset", "input": {}}),
        json!({"id": 3, "operation": "load_ledger", "input": {"ledger": ledger}}),
        json!({"id": 4, "operation": "run_transfer", "input": {}}),
        json!({"id": 5, "operation": "fly", "input": {}}),
    ];
    let mut input = vendor.stdin.take().expect("standard input");
    for line in &asked {
        writeln!(input, "{line}").expect("the vendor reads");
    }
    drop(input);
    let output = vendor
        .wait_with_output()
        .expect("the vendor ends with its input");
    let answers: Vec<Value> = String::from_utf8(output.stdout)
        .expect("UTF-8")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect();
    let results: Vec<&Value> = answers.iter().map(|one| &one["answer"]["result"]).collect();
    assert_eq!(results, ["done", "done", "done", "refused", "unsupported"]);
    assert_eq!(answers[2]["id"], 3);
    assert_eq!(answers[2]["answer"]["data"]["people"], people);
}
