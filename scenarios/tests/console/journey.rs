//! A whole run by hand ends in the verdicts that the same product gets by its own adapter.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::officer::{NAME, Officer, pairs, sheet};
use super::opened::{Console, vendor_toml};

const LISTEN: [&str; 2] = ["--listen", "127.0.0.1:0"];

/// The verdicts of a report: by rule and mode.
fn verdicts(report: &Path) -> Vec<(String, String, String)> {
    let text = std::fs::read_to_string(report.join("report.json")).expect("a report");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let mut found = Vec::new();
    for scenario in document["scenarios"].as_array().expect("scenarios") {
        let text = |member: &str| scenario[member].as_str().unwrap_or_default().to_owned();
        found.push((text("id"), text("mode"), text("verdict")));
    }
    found.sort();
    found
}

/// What `certify` says of the bundled product.
fn certified(folder: &Path, mode: &str, tags: &str) -> Vec<(String, String, String)> {
    let ran = Command::new(env!("CARGO_BIN_EXE_tekigo"))
        .args([
            "certify",
            "--mode",
            mode,
            "--tags",
            tags,
            "--jobs",
            "1",
            "--report",
            "certified",
        ])
        .current_dir(folder)
        .output()
        .expect("the program starts");
    assert!(
        ran.stderr.is_empty() || ran.status.code().is_some(),
        "{ran:?}"
    );
    verdicts(&folder.join("certified"))
}

/// What the report says of an attestation.
const ATTESTED: &str = "自己申告: 特定個人情報保護評価（PIA）の実施（2026-03-01、介護保険課長 月見、根拠 評価書 第3号）";

/// A named person says that the privacy assessment is made.
fn attest(officer: &mut Officer) {
    let page = officer.browser.get("/attest").expect("the console");
    let mut form = sheet(&page, "/attest").fields;
    for (name, value) in [
        ("what", "pia"),
        ("on", "2026-03-01"),
        ("person", "介護保険課長 月見"),
        ("reason", "評価書 第3号"),
    ] {
        form.insert(name.to_owned(), value.to_owned());
    }
    let reply = officer.browser.post("/attest", &pairs(&form));
    assert_eq!(reply.expect("the console").status, 303);
}

/// Works through the scenarios of some tags by hand.
fn worked_through(mode: &str, tags: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(
        folder.path().join("vendor.toml"),
        vendor_toml("\"api\", \"file\""),
    )
    .expect("written");
    let arguments = [
        "--vendor",
        "vendor.toml",
        "--mode",
        mode,
        "--tags",
        tags,
        "--folder",
        "by-hand",
    ];
    let console = Console::open(folder.path(), &[&arguments[..], &LISTEN].concat());
    let mut officer = Officer::at(&console.address);
    attest(&mut officer);
    let over = officer.work();
    assert_eq!(over["state"], "over", "{over}");
    let by_hand = folder.path().join("by-hand");
    let expected = certified(folder.path(), mode, tags);
    assert!(!expected.is_empty());
    assert_eq!(verdicts(&by_hand), expected);
    assert!(
        expected.iter().any(|(_, _, verdict)| verdict == "passed"),
        "{expected:?}"
    );

    let page = officer.browser.get("/").expect("the console").text();
    assert!(page.contains("/report/report.html"), "{page}");
    let report = officer
        .browser
        .get("/report/report.html")
        .expect("the console");
    let there = std::fs::read(by_hand.join("report.html")).expect("a report");
    assert_eq!((report.status, report.body == there), (200, true));
    assert!(
        report.text().contains(ATTESTED),
        "no word of the attestation"
    );
    let log = officer.browser.get("/log").expect("the console").text();
    assert_eq!(
        log.matches(NAME).count(),
        officer.answered.len() + 1,
        "{log}"
    );
    let code = over["exit"]
        .as_i64()
        .and_then(|code| i32::try_from(code).ok());
    assert_eq!(console.stop(), code);
}

#[test]
fn connection_set_up_and_consent_by_files_get_the_verdicts_of_the_adapter() {
    worked_through(
        "file",
        "@CONN-09 and @正常系 or @SETUP-06 or @CONSENT-06 and @正常系",
    );
}

#[test]
fn connection_set_up_and_consent_over_the_line_get_the_verdicts_of_the_adapter() {
    worked_through(
        "api",
        "@CONN-03 or @SETUP-06 and @正常系 or @CONSENT-06 and @正常系",
    );
}
