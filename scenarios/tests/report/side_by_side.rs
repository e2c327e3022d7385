//! The page shows a scenario once, with both modes' messages step beside step.

use std::fs;

use serde_json::json;
use tekigo::verdict::Mode;

use super::both_modes::{Handed, handed_over, run};
use super::builder::{Journal, STEPS, journal};
use super::city::{Run, city};
use super::folder::written;

use Mode::{Api, File};

fn page(run: &Run) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::read_to_string(written(run, folder.path()).html).expect("a page")
}

/// The part of the page about one scenario.
fn part<'a>(html: &'a str, id: &str) -> &'a str {
    let anchor = format!("<span class=\"anchor\" id=\"scenario-{id}-");
    let begins = html.find(&anchor).expect("the scenario has an anchor");
    let rest = &html[begins..];
    // Further on stand the anchors of the next scenario, or the next section.
    let story = rest
        .find("<details class=\"fold scenario\">")
        .expect("a story");
    let after = &rest[story..];
    let ends = after
        .find("<span class=\"anchor\"")
        .or_else(|| after.find("</section>"))
        .expect("an end");
    &after[..ends]
}

fn at(text: &str, words: &str) -> usize {
    text.find(words)
        .unwrap_or_else(|| panic!("no {words} in {text}"))
}

#[test]
fn requests_and_files_of_a_step_stand_side_by_side() {
    let handed = Handed::usual();
    let html = page(&run(handed_over(Api, &handed), handed_over(File, &handed)));
    let story = part(&html, "SYNC-01-01");
    assert!(story.contains("class=\"sides sides-2\""));
    // 前提, もし, ならば: everything was handed over in the second.
    let steps: Vec<&str> = story.split("<p class=\"sentence whole\">").collect();
    assert_eq!(steps.len(), 4);
    for quiet in [steps[1], steps[3]] {
        assert!(!quiet.contains("class=\"exchange"), "{quiet}");
    }
    let request = at(
        steps[2],
        "POST /kaigo/v2/personRegistrationTasks?linkSegment=1",
    );
    let file = at(steps[2], "ファイルの組を送る（1ファイル）");
    let sides = at(steps[2], "<span class=\"mode-name\">方式②</span>");
    assert!(request < sides && sides < file, "{}", steps[2]);
    assert!(steps[2].contains("受け付けられた（組の番号 20261102090002、2件）"));
    let heads = at(steps[2], "<th scope=\"col\">履歴番号</th>");
    assert!(file < heads);
}

#[test]
fn every_scenario_of_the_plan_stands_in_the_list_once_with_an_anchor_for_each_mode() {
    let run = city();
    let html = page(&run);
    let mut ids: Vec<&str> = run.plan.scenarios.iter().map(|of| of.id.as_str()).collect();
    for planned in &run.plan.scenarios {
        let (id, mode) = (planned.id.replace('/', "-"), planned.mode.id());
        assert_eq!(
            html.matches(&format!("id=\"scenario-{id}-{mode}\""))
                .count(),
            1
        );
    }
    ids.sort_unstable();
    ids.dedup();
    let stories = html.matches("<details class=\"fold scenario\">").count();
    assert_eq!(stories, ids.len());
    assert!(html.contains(&format!("計画した{}件", run.plan.scenarios.len())));
}

#[test]
fn one_mode_alone_has_no_empty_side() {
    let html = page(&city());
    assert!(part(&html, "CONN-03-01").contains("class=\"sides sides-1\""));
    let planned_only = part(&html, "OPIN-01-01");
    assert_eq!(planned_only.matches("実行していません。").count(), 2);
}

/// An upload of one file with many rows and columns, in a scenario that goes wrong.
fn large_file() -> Journal {
    let heads: Vec<String> = (1..=30).map(|number| format!("\"項目{number}\"")).collect();
    let row: Vec<String> = (1..=30).map(|number| format!("\"値{number}\"")).collect();
    let rows = vec![row.join(","); 50].join("\r\n");
    let text = format!("{}\r\n{rows}\r\n", heads.join(","));
    journal("SYNC-01/01", File, &STEPS)
        .passed(0)
        .event(
            "operator",
            "operator",
            &json!({"insurer": "139998", "environment": "verification", "action": "upload", "files": [
                {"name": "KJ_139998_PER_2_20261102090000_001.csv", "bytes": text.len(), "text": text},
                {"name": "KJ_139998_HHS_2_20261102090000_002.csv", "bytes": 9, "unreadable": "UTF-8 として読めません"}]}),
        )
        .event(
            "pmh",
            "operator.result",
            &json!({"done": false, "problems": [{"file": "KJ_139998_HHS_2_20261102090000_002.csv", "line": 3,
                "item": "住所", "code": "F101", "message": "文字コードが違います"}]}),
        )
        .passed(1)
        .claim(false)
        .failed(2, "violated", "届いていません")
        .end("failed")
}

#[test]
fn a_file_is_shown_as_a_small_table_and_says_what_is_left_out() {
    let html = page(&Run::of(&[("SYNC-01", File)]).ran(large_file()));
    let story = part(&html, "SYNC-01-01");
    let caption = "KJ_139998_PER_2_20261102090000_001.csv（50行のうち先頭5行、右の22列は省略）";
    assert_eq!(story.matches(caption).count(), 1, "{story}");
    assert_eq!(story.matches("<td>値8</td>").count(), 5);
    assert_eq!(story.matches("<td>値9</td>").count(), 0);
    assert!(story.contains("KJ_139998_HHS_2_20261102090000_002.csv（UTF-8 として読めません）"));
    assert!(story.contains("断られた（問題 1件）"));
    let problem =
        "KJ_139998_HHS_2_20261102090000_002.csv 3行目 項目「住所」: 文字コードが違います（F101）";
    assert!(story.contains(problem), "{story}");
}

#[test]
fn a_narrow_screen_gets_one_mode_under_the_other() {
    let html = page(&city());
    assert!(html.contains("@media(max-width:900px){.sides-2{grid-template-columns:minmax(0,1fr)}"));
}
