//! 初期セットアップの時間 in the report: told, drawn and described, and absent where nothing was measured.

use std::fs;

use super::city::{city, facts};
use super::folder::{written, written_with};

#[test]
fn the_outlook_is_drawn_and_told_in_words_for_every_size() {
    let folder = tempfile::tempdir().expect("a folder");
    let html = fs::read_to_string(written(&city(), folder.path()).html).expect("a page");
    let (_, section) = html
        .split_once("<section id=\"effort\"")
        .expect("a section");
    let (section, _) = section.split_once("</section>").expect("its end");
    for people in ["1,000人", "10,000人", "100,000人", "940,000人"] {
        assert!(section.contains(people), "{people}");
    }
    let (_, described) = section.split_once("<desc").expect("a description");
    let (described, _) = described.split_once("</desc>").expect("its end");
    for told in ["方式①", "方式②", "940,000人", "人の作業"] {
        assert!(described.contains(told), "{told}: {described}");
    }
    assert!(section.contains("08:30-17:15"));
    assert!(section.contains("令和8年11月2日（月）"));
    assert_eq!(section.matches("<polyline").count(), 4);
}

#[test]
fn a_run_without_a_set_up_says_that_nothing_was_measured() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut facts = facts();
    facts.set_ups.outlooks.clear();
    let html = written_with(&city(), folder.path(), &facts).html;
    let html = fs::read_to_string(html).expect("a page");
    assert!(html.contains("初期セットアップがないため、測っていません"));
    assert!(!html.contains("<polyline"));
}

#[test]
fn measured_time_stays_out_of_what_machines_compare() {
    let (one, two) = (tempfile::tempdir(), tempfile::tempdir());
    let (one, two) = (one.expect("a folder"), two.expect("a folder"));
    let mut other = facts();
    other.set_ups.outlooks.clear();
    let first = written(&city(), one.path());
    let second = written_with(&city(), two.path(), &other);
    let text = |path: &std::path::Path| fs::read_to_string(path).expect("a file");
    assert_eq!(text(&first.json), text(&second.json));
    assert_eq!(text(&first.junit), text(&second.junit));
    assert_ne!(text(&first.html), text(&second.html));
}
