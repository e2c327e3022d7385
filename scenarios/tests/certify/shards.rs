//! A run in parts, put together, is the run in one piece.

use serde_json::Value;

use super::program::{Desk, Ran, turn};

/// Business, consent and set-up in both modes, and one rule of mode 1 alone.
const PART: &str = "@SYNC-05 or @CONN-05 or @CONSENT-01 or @FAULT-02";

fn certify(desk: &Desk, report: &str, further: &[&str]) -> Ran {
    let certify = ["certify", "--jobs", "2", "--tags", PART, "--report", report];
    desk.run(&[&certify, further].concat())
}

fn merge(desk: &Desk, report: &str, parts: &[&str], further: &[&str]) -> Ran {
    let merge = ["merge", "--report", report];
    desk.run(&[&merge, parts, further].concat())
}

/// report.json without what says when and by which command it was made.
fn document(desk: &Desk, report: &str) -> Value {
    let path = desk.path().join(report).join("report.json");
    let text = std::fs::read_to_string(path).expect("report.json");
    let mut document: Value = serde_json::from_str(&text).expect("JSON");
    let run = document["run"].as_object_mut().expect("about the run");
    run.remove("executed_at").expect("when it was made");
    document
}

/// The reference vendor with a fault.
fn vendor_toml() -> String {
    format!(
        "[vendor]\nproduct = \"tekigo 基準ベンダー 介護保険システム\"\nvendor = \"tekigo\"\nversion = \"{}\"\n\
         modes = [\"api\", \"file\"]\n[start]\ncommand = [\"{{tekigo}}\", \"reference-vendor\", \"--listen\", \
         \"{{address}}\", \"--database\", \"{{data}}/vendor.sqlite\", \"--fault\", \"sends_blank_as_given\"]\n[declaration]\n\
         functions = [\"board_material\", \"character_replacement_view\", \"electronic_opinion\", \"plan_request\"]\n\
         clock = \"follows\"\n",
        env!("CARGO_PKG_VERSION"),
    )
}

#[test]
fn two_parts_put_together_are_the_whole_run() {
    let _turn = turn();
    let desk = Desk::new();
    desk.write("vendor.toml", &vendor_toml());
    let vendor = ["--vendor", "vendor.toml"];
    let whole = certify(&desk, "whole", &vendor);
    assert_eq!(whole.code, Some(1), "{}", whole.stderr);
    let mut ran = 0;
    for (nth, report) in [("1/2", "one"), ("2/2", "two")] {
        let part = certify(&desk, report, &[&vendor[..], &["--shard", nth]].concat());
        assert!(
            part.stdout.contains(&format!("--shard {nth}")),
            "{}",
            part.stdout
        );
        let scenarios = document(&desk, report)["scenarios"].clone();
        ran += scenarios.as_array().expect("scenarios").len();
    }
    let merged = merge(&desk, "merged", &["two", "one"], &vendor);
    assert_eq!(merged.code, whole.code, "{}", merged.stderr);
    let (of_whole, of_merged) = (document(&desk, "whole"), document(&desk, "merged"));
    for member in [
        "selection",
        "totals",
        "requirements",
        "scenarios",
        "problems",
        "journals",
    ] {
        assert_eq!(of_merged[member], of_whole[member], "{member}");
    }
    let scenarios = of_whole["scenarios"].as_array().expect("scenarios").len();
    assert_eq!(ran, scenarios, "each ran in one part");
    let verdicts = |text: &str| {
        let lines = text.lines().filter(|line| line.contains("方式①: "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(verdicts(&merged.stdout), verdicts(&whole.stdout));
}

#[test]
fn parts_that_do_not_make_a_whole_are_refused() {
    let _turn = turn();
    let desk = Desk::new();
    let only = [
        "certify",
        "--jobs",
        "2",
        "--tags",
        "@CONSENT-02",
        "--report",
    ];
    for (report, further) in [
        ("one", &["--shard", "1/2"][..]),
        ("two", &["--shard", "2/2"]),
        ("other", &["--shard", "2/2", "--seed", "7"]),
        ("whole", &[]),
    ] {
        let ran = desk.run(&[&only[..], &[report], further].concat());
        assert_eq!(ran.code, Some(0), "{report}: {}", ran.stderr);
    }
    let named = |text: &str| desk.write("vendor.toml", text);
    named(
        "[vendor]\nproduct = \"a\"\nvendor = \"b\"\nversion = \"c\"\nmodes = [\"api\"]\n[start]\n\
         address = \"http://127.0.0.1:9\"\n[declaration]\nfunctions = []\nclock = \"machine\"\n",
    );
    for (parts, further, told) in [
        (&["one"][..], &[][..], "2/2 の報告書がありません"),
        (&["one", "two", "two"], &[], "は同じ部分（2/2）の報告書です"),
        (&["one", "other"], &[], "「other」は合わせられません"),
        (
            &["one", "whole"],
            &[],
            "「whole」は、分割した実行（--shard）の報告書のフォルダーではありません",
        ),
        (&["one", "nowhere"], &[], "「nowhere」は、分割した実行"),
        (
            &["one", "two"],
            &["--vendor", "vendor.toml"],
            "vendor.toml の宣言が違います",
        ),
    ] {
        let ran = merge(&desk, "merged", parts, further);
        assert_eq!(ran.code, Some(3), "{parts:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(told), "{parts:?}: {}", ran.stderr);
        assert!(!desk.path().join("merged/report.html").exists());
    }
    for wrong in ["0/2", "3/2", "2"] {
        let ran = desk.run(&["certify", "--shard", wrong]);
        assert_eq!(ran.code, Some(2), "{wrong}: {}", ran.stderr);
    }
    // One line of a journal cut off is found before anything is believed.
    let journal = desk.path().join("two/journal/run.jsonl");
    let text = std::fs::read_to_string(&journal).expect("a journal");
    std::fs::write(&journal, text.replacen("judge", "nobody", 1)).expect("it is written");
    let ran = merge(&desk, "merged", &["one", "two"], &[]);
    assert_eq!(ran.code, Some(3), "{}", ran.stderr);
}
