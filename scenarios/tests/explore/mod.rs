//! Exploring a product: what is found, kept, and run again.

use crate::certify::program::{Desk, turn};

fn explore(desk: &Desk, more: &[&str]) -> crate::certify::program::Ran {
    let _turn = turn();
    let explore = ["explore", "--jobs", "2", "--out", "kept", "--mode", "api"];
    desk.run(&[&explore[..], more].concat())
}

#[test]
fn what_breaks_a_rule_is_shrunk_to_a_scenario_that_fails_again_and_is_run_first() {
    let desk = Desk::new();
    let ran = explore(&desk, &["--fault", "omits_deletions", "--cases", "3"]);
    assert_eq!(ran.code, Some(1), "{}\n{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("1. SYNC-06 方式①"), "{}", ran.stdout);
    let kept: Vec<_> = std::fs::read_dir(desk.path().join("kept"))
        .expect("a folder")
        .map(|entry| entry.expect("a file").file_name())
        .collect();
    let name = kept
        .iter()
        .filter_map(|name| name.to_str())
        .find(|name| name.starts_with("SYNC-06-"))
        .unwrap_or_else(|| panic!("{kept:?}"));
    let path = format!("kept/{name}");
    let text = std::fs::read_to_string(desk.path().join(&path)).expect("a feature file");
    let steps: Vec<&str> = text
        .lines()
        .skip_while(|line| !line.contains("シナリオ:"))
        .skip(1)
        .map(str::trim)
        .collect();
    // Nothing can be taken away: somebody is gone, and it has had the time to be told.
    let [town, deed, transfer, claim] = steps.as_slice() else {
        panic!("{text}");
    };
    assert_eq!(*town, "前提 「つきみ市」が初期セットアップを終えている");
    assert!(
        deed.starts_with("もし 職員が「認定を受けた人」の「"),
        "{text}"
    );
    assert_eq!(*transfer, "かつ 職員が連携を実行する");
    assert_eq!(*claim, "ならば 基盤の記録が規則ごとに台帳と一致する");

    let again = ["--feature", &path, "--mode", "api", "--strict"];
    let with = desk.certify(&[&["--fault", "omits_deletions"], &again[..]].concat());
    assert_eq!(with.code, Some(1), "{}", with.stdout);
    assert!(with.stdout.contains("SYNC-06"), "{}", with.stdout);
    let without = desk.certify(&again);
    assert_eq!(without.code, Some(0), "{}", without.stdout);

    let next = explore(&desk, &["--cases", "1"]);
    assert_eq!(next.code, Some(0), "{}", next.stdout);
    assert!(
        next.stdout.contains(&format!("○ {path}: 直っています")),
        "{}",
        next.stdout
    );
}

#[test]
fn a_file_that_is_no_scenario_is_refused_with_its_line() {
    let desk = Desk::new();
    desk.write(
        "wrong.feature",
        "# language: ja\n機能: なにか\n\n  シナリオ: 要件がない\n    もし 職員が連携を実行する\n",
    );
    let ran = desk.certify(&["--feature", "wrong.feature"]);
    assert_eq!(ran.code, Some(2), "{}\n{}", ran.stdout, ran.stderr);
    for told in ["--feature のファイルを直してください", "wrong.feature:4"] {
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    }
    let ran = desk.certify(&["--feature", "nowhere.feature"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert!(ran.stderr.contains("nowhere.feature"), "{}", ran.stderr);
}
