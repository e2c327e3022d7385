use std::fs;
use std::path::Path;

use tekigo::report::{JournalFile, Journals, RunFacts, Written, write};
use tekigo::verdict::Mode;
use tekigo_simulator::profile::Profile;

use super::city::{Run, city, facts};

/// Writes the journals of a run into a folder, and the report beside them.
pub(super) fn written(run: &Run, folder: &Path) -> Written {
    written_with(run, folder, &facts())
}

/// The same with other facts of the run.
pub(super) fn written_with(run: &Run, folder: &Path, facts: &RunFacts) -> Written {
    let source = folder.join("world");
    fs::create_dir_all(&source).expect("a folder for journals");
    let mut journals = Journals::default();
    for (index, (id, mode, journal)) in run.journals.iter().enumerate() {
        let path = source.join(format!("{index}.jsonl"));
        fs::write(&path, journal.text()).expect("a journal");
        journals.scenarios.push(JournalFile {
            scenario: id.clone(),
            mode: *mode,
            path,
        });
    }
    let out = folder.join("report");
    write(
        &out,
        &run.judged(),
        &run.records(),
        &journals,
        facts,
        &Profile::bundled(),
    )
    .expect("a report")
}

#[test]
fn the_report_is_valid_under_its_published_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = written(&city(), folder.path());
    let schema = include_str!("../../interface/report-v1/report.schema.json");
    let schema = serde_json::from_str(schema).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let text = fs::read_to_string(report.json).expect("report.json");
    let document = serde_json::from_str(&text).expect("it is JSON");
    let faults: Vec<String> = validator
        .iter_errors(&document)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn the_schema_refuses_what_is_not_a_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = written(&city(), folder.path());
    let schema = include_str!("../../interface/report-v1/report.schema.json");
    let schema = serde_json::from_str(schema).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let text = fs::read_to_string(report.json).expect("report.json");
    for (from, to) in [
        ("\"passed\"", "\"ok\""),
        ("\"tekigo-report\"", "\"other\""),
        ("\"held\"", "\"maybe\""),
    ] {
        let document = serde_json::from_str(&text.replace(from, to)).expect("it is JSON");
        assert!(!validator.is_valid(&document), "{from} became {to}");
    }
}

#[test]
fn two_reports_of_the_same_journals_are_the_same() {
    let (one, two) = (
        tempfile::tempdir().expect("one"),
        tempfile::tempdir().expect("two"),
    );
    let (first, second) = (written(&city(), one.path()), written(&city(), two.path()));
    for (a, b) in [
        (&first.html, &second.html),
        (&first.json, &second.json),
        (&first.junit, &second.junit),
    ] {
        assert_eq!(fs::read(a).expect("a file"), fs::read(b).expect("a file"));
    }
}

#[test]
fn the_time_of_the_machine_is_in_one_place_of_each_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = written(&city(), folder.path());
    let when = facts().executed_at;
    for (path, times) in [(&report.html, 1), (&report.json, 1), (&report.junit, 0)] {
        let text = fs::read_to_string(path).expect("a file");
        assert_eq!(text.matches(&when).count(), times, "{}", path.display());
    }
}

#[test]
fn the_journals_are_kept_byte_for_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = city();
    written(&run, folder.path());
    let (_, _, journal) = run
        .journals
        .iter()
        .find(|(id, mode, _)| id == "SETUP-01/01" && *mode == Mode::Api)
        .expect("the run has it");
    let kept = folder.path().join("report/journal/SETUP-01-01.api.jsonl");
    assert_eq!(
        fs::read_to_string(kept).expect("it is kept"),
        journal.text()
    );
}

#[test]
fn a_report_can_be_written_over_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = fs::read(written(&city(), folder.path()).html).expect("a page");
    let second = fs::read(written(&city(), folder.path()).html).expect("a page");
    assert_eq!(first, second);
}

#[test]
fn the_page_fetches_nothing_runs_nothing_and_shows_no_private_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let html = fs::read_to_string(written(&city(), folder.path()).html).expect("a page");
    for banned in [
        "<script",
        "http://",
        "https://",
        "src=",
        "@import",
        "url(",
        "PRIVATE KEY",
        "onclick",
    ] {
        assert!(!html.contains(banned), "{banned}");
    }
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"ja\">"));
}

#[test]
fn every_link_inside_the_page_leads_somewhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = written(&city(), folder.path());
    let html = fs::read_to_string(&report.html).expect("a page");
    let part = |marker: &str| -> Vec<String> {
        html.split(marker)
            .skip(1)
            .filter_map(|rest| rest.split_once('"'))
            .map(|(value, _)| value.to_owned())
            .collect()
    };
    let ids = part(" id=\"");
    let unique: std::collections::BTreeSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "an id is used twice");
    for link in part("href=\"") {
        match link.strip_prefix('#') {
            Some(id) => assert!(ids.iter().any(|known| known == id), "#{id}"),
            None => assert!(folder.path().join("report").join(&link).exists(), "{link}"),
        }
    }
}

#[test]
fn a_plain_junit_case_is_a_pass_and_nothing_else_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let xml = fs::read_to_string(written(&city(), folder.path()).junit).expect("junit.xml");
    for case in xml.split("<testcase ").skip(1) {
        let case = case.split("</testcase>").next().unwrap_or_default();
        let plain = !["<failure", "<error", "<skipped"]
            .iter()
            .any(|tag| case.contains(tag));
        assert_eq!(
            plain,
            case.contains("name=\"verdict\" value=\"passed\""),
            "{case}"
        );
    }
}

#[test]
fn every_rule_stands_in_the_accounting_with_what_tries_it_and_what_was_planted() {
    use tekigo::prove::Planted;
    use tekigo::requirement::{Catalogue, Party};

    let folder = tempfile::tempdir().expect("a folder");
    let report = written(&city(), folder.path());
    let text = fs::read_to_string(report.accounting.expect("it is written")).expect("a page");
    let page = scraper::Html::parse_document(&text);
    let selector = |css: &str| scraper::Selector::parse(css).expect("a selector");
    let (row, cell) = (
        selector("section:not(#counts) tbody tr"),
        selector("th, td"),
    );
    let rows: Vec<Vec<String>> = page
        .select(&row)
        .map(|row| {
            row.select(&cell)
                .map(|cell| cell.text().collect())
                .collect()
        })
        .collect();
    let catalogue = Catalogue::bundled().expect("the rules");
    let ids: Vec<String> = catalogue.iter().map(|rule| rule.id.to_string()).collect();
    let shown: Vec<String> = rows.iter().map(|row| row[0].clone()).collect();
    assert_eq!(shown, ids);
    let planted = Planted::bundled(&catalogue).expect("what is planted");
    for (rule, row) in catalogue.iter().zip(&rows) {
        let (tried, faults, excused) = (row[4..6].concat(), &row[6], &row[7]);
        assert!(!tried.is_empty() || !excused.is_empty(), "{row:?}");
        for fault in &planted.faults {
            let is_shown = faults.contains(&format!("（{}）", fault.name));
            let is_due = fault.is_breach_of(rule.id.as_str());
            assert_eq!(is_shown, is_due, "{} in {row:?}", fault.name);
            let is_of_vendor = rule.party == Party::Vendor;
            assert!(
                is_of_vendor || !is_due,
                "only the vendor's rules are broken"
            );
        }
    }
    let number = selector("#counts tbody tr td");
    let counts = page.select(&number);
    let counts = counts.map(|cell| cell.text().collect::<String>());
    let counts: Vec<usize> = counts.map(|text| text.parse().expect("a number")).collect();
    for mode in 0..2 {
        let of_mode = counts.iter().skip(mode).step_by(2).sum::<usize>();
        assert_eq!(of_mode, catalogue.len(), "every rule once in each mode");
    }
}
