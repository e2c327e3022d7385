//! `tekigo doctor` and `tekigo init`: what has to be put right is said before any verdict.

use super::program::{Desk, Ran, turn};

const GOOD: &str = r#"[vendor]
product = "tekigo 基準ベンダー 介護保険システム"
vendor = "tekigo"
version = "VERSION"
modes = ["api", "file"]
[start]
command = ["{tekigo}", "reference-vendor", "--listen", "{address}"]
[declaration]
functions = ["board_material", "character_replacement_view", "electronic_opinion", "plan_request"]
clock = "follows"
"#;

fn doctor(change: impl Fn(String) -> String) -> Ran {
    let _turn = turn();
    let desk = Desk::new();
    let good = GOOD.replace("VERSION", env!("CARGO_PKG_VERSION"));
    desk.write("vendor.toml", &change(good));
    desk.run(&["doctor", "--vendor", "vendor.toml", "--report", "report"])
}

fn lines<'a>(ran: &'a Ran, mark: &str) -> Vec<&'a str> {
    let lines = ran.stdout.lines();
    lines.filter(|line| line.starts_with(mark)).collect()
}

#[test]
fn a_build_that_is_ready_is_told_so_and_nothing_is_left_behind() {
    let ran = doctor(|good| good);
    assert_eq!(ran.code, Some(0), "{}", ran.stdout);
    assert_eq!(lines(&ran, "×"), Vec::<&str>::new());
    assert_eq!(lines(&ran, "○").len(), 12, "{}", ran.stdout);
    assert!(ran.stdout.contains("方式①の練習"), "{}", ran.stdout);
    assert!(!ran.report.exists(), "no report is begun");
}

#[test]
fn what_has_to_be_put_right_is_said_once_with_who_must_do_it() {
    let cases: [(&str, &str, &str, &str); 4] = [
        ("reference-vendor", "no-such-command", "製品の起動", "終了"),
        (
            "clock = \"follows\"",
            "clock = \"machine\"",
            "宣言",
            "ベンダーの担当者は、正しいほうに合わせてください",
        ),
        (
            "[declaration]",
            "[[known_gap]]\nrequirement = \"SYNC-99\"\nmode = \"api\"\nreason = \"次の版\"\naccepted_by = \"佐藤\"\nuntil = \"2099-12-31\"\n[declaration]",
            "既知の未対応",
            "「SYNC-99」は要件一覧にありません",
        ),
        (
            "modes = [\"api\", \"file\"]",
            "modes = [\"api\"]",
            "宣言",
            "file",
        ),
    ];
    for (from, to, what, told) in cases {
        let ran = doctor(|good| good.replacen(from, to, 1));
        assert_eq!(ran.code, Some(3), "{to}: {}", ran.stdout);
        let wrong = lines(&ran, "×");
        assert_eq!(wrong.len(), 1, "{to}: {}", ran.stdout);
        assert!(wrong[0].contains(what), "{to}: {}", wrong[0]);
        assert!(ran.stdout.contains(told), "{to}: {}", ran.stdout);
        assert!(ran.stdout.contains("直すところが1件あります"));
    }
}

#[test]
fn a_build_that_is_not_heard_at_pmh_is_no_failure_of_a_rule() {
    let ran = doctor(|good| {
        good.replace("\"reference-vendor\"", "\"null-vendor\"")
            .replace("tekigo 基準ベンダー 介護保険システム", "null")
    });
    assert_eq!(ran.code, Some(3), "{}", ran.stdout);
    for word in ["合格", "推奨未達"] {
        assert!(!ran.stdout.contains(word), "{}", ran.stdout);
    }
}

#[test]
fn a_file_to_start_from_leads_to_the_next_thing_to_do() {
    let desk = Desk::new();
    let ran = desk.run(&["init", "--driver", "stdio", "--mode", "file"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("tekigo doctor --vendor vendor.toml"));
    let again = desk.run(&["init"]);
    assert_eq!(again.code, Some(3));
    assert!(again.stderr.contains("すでにある"), "{}", again.stderr);
    let ran = desk.run(&["doctor", "--vendor", "vendor.toml", "--report", "report"]);
    assert_eq!(ran.code, Some(3), "{}", ran.stdout);
    let wrong = lines(&ran, "×");
    assert!(wrong[0].contains("run-for-tekigo"), "{}", wrong[0]);
}
