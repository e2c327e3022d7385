//! Columns stay in line under kanji.

use tekigo::report::table::{Colour, Console, render};
use unicode_width::UnicodeWidthStr;

use super::city::{city, facts};

fn console(facts: &tekigo::report::RunFacts, width: usize, colour: Colour) -> Console<'_> {
    Console {
        width,
        colour,
        report: Some("tekigo-report/report.html"),
        facts,
    }
}

#[test]
fn rows_are_no_wider_than_the_terminal_and_columns_start_in_line() {
    let facts = facts();
    for width in [60, 72, 80, 100, 120, 160] {
        let text = render(&city().judged(), &console(&facts, width, Colour::Plain));
        let head = text
            .lines()
            .find(|line| line.starts_with("要件") && line.contains("方式①"))
            .expect("a heading");
        let start = |line: &str, word: &str| line.find(word).map(|at| line[..at].width());
        let column = start(head, "方式①").expect("the heading has the column");
        let row = text
            .lines()
            .find(|line| line.starts_with("CONN-05"))
            .expect("a row");
        assert_eq!(start(row, "△"), Some(column), "{row}");
        let is_command = |line: &&str| line.contains("tekigo certify --vendor");
        for line in text.lines().filter(|line| !is_command(line)) {
            assert!(line.width() <= width, "{} > {width}: {line}", line.width());
        }
    }
}

#[test]
fn colours_change_nothing_but_colours() {
    let facts = facts();
    let table = city().judged();
    let plain = render(&table, &console(&facts, 120, Colour::Plain));
    let ansi = render(&table, &console(&facts, 120, Colour::Ansi));
    assert!(!plain.contains('\u{1b}'));
    let mut stripped = String::new();
    let mut rest = ansi.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        stripped.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    stripped.push_str(rest);
    assert_eq!(stripped, plain);
}
