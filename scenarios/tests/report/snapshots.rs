use std::fs;

use tekigo::report::table::{Colour, Console, render};

use super::city::{city, facts};
use super::folder::written;

#[test]
fn console_table() {
    let facts = facts();
    let console = Console {
        width: 120,
        colour: Colour::Plain,
        report: Some("tekigo-report/report.html"),
        facts: &facts,
    };
    insta::assert_snapshot!(render(&city().judged(), &console));
}

#[test]
fn console_table_of_a_narrow_terminal() {
    let facts = facts();
    let console = Console {
        width: 66,
        colour: Colour::Plain,
        report: None,
        facts: &facts,
    };
    insta::assert_snapshot!(render(&city().judged(), &console));
}

#[test]
fn report_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read_to_string(written(&city(), folder.path()).json).expect("report.json");
    insta::assert_snapshot!(text);
}

#[test]
fn junit_xml() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read_to_string(written(&city(), folder.path()).junit).expect("junit.xml");
    insta::assert_snapshot!(text);
}

#[test]
fn report_html() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read_to_string(written(&city(), folder.path()).html).expect("report.html");
    let (_, body) = text.split_once("</style>").expect("a style sheet");
    insta::assert_snapshot!(body);
}
