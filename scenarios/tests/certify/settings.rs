//! What is wrong with the settings is said before or instead of a verdict, with who must do what.

use std::net::TcpListener;
use std::path::Path;

use super::program::{Desk, Ran, null_vendor, reference_vendor};

/// What the program said, with what differs from machine to machine left out.
fn said(desk: &Desk, ran: &Ran) -> String {
    let replaced = [
        (r"127\.0\.0\.1:\d+", "127.0.0.1:PORT"),
        (r"(?m)^ベンダー製品を起動し、申告を確かめています…\n", ""),
        // Faults are added; that they are listed is what counts.
        (r"使える名前: none, \w+, .*", "使える名前: none, …"),
    ];
    let text = ran
        .stderr
        .replace(&desk.path().display().to_string(), "FOLDER");
    let text = text.replace(env!("CARGO_BIN_EXE_tekigo"), "TEKIGO");
    let text = replaced.iter().fold(text, |text, (pattern, with)| {
        let pattern = regex::Regex::new(pattern).expect("a pattern");
        pattern.replace_all(&text, *with).into_owned()
    });
    let code = ran
        .code
        .map_or_else(|| "なし".to_owned(), |code| code.to_string());
    format!("終了コード {code}\n{}\n", text.trim_end())
}

/// A run with this vendor.toml.
fn with_vendor(text: &str) -> String {
    let desk = Desk::new();
    desk.write("vendor.toml", text);
    let ran = desk.certify(&["--vendor", "vendor.toml", "--only", "SCHED-08/01"]);
    said(&desk, &ran)
}

/// A run of the reference vendor with these arguments.
fn with_arguments(arguments: &[&str]) -> String {
    let desk = Desk::new();
    let ran = desk.certify(arguments);
    said(&desk, &ran)
}

#[test]
fn what_is_wrong_with_the_vendor_is_named() {
    let good = null_vendor("always_done", "");
    let command = good.lines().find(|line| line.starts_with("command"));
    let command = command.expect("a command");
    let quick = good.replace("timeout_seconds = 10", "timeout_seconds = 1");
    let cases = [
        (
            "wrong command",
            good.replace("\"{tekigo}\"", "\"./no-such-program\""),
        ),
        (
            "unknown behaviour of the command",
            good.replace("always_done", "sleeps"),
        ),
        (
            "another product, version and clock",
            good.replace("version = \"0.1.0\"", "version = \"0.2.0\"")
                .replace("何もしないベンダー\"", "よく働くベンダー\"")
                .replace("\"follows\"", "\"machine\""),
        ),
        (
            "nobody at the address",
            quick.replace(command, "address = \"http://127.0.0.1:9\""),
        ),
        ("a page of HTML", quick.replace("always_done", "nonsense")),
    ];
    let shown: String = cases
        .iter()
        .map(|(name, text)| format!("# {name}\n{}\n", with_vendor(text)))
        .collect();
    insta::assert_snapshot!(shown);
}

#[test]
fn what_is_wrong_with_the_command_line_is_named() {
    let cases: [(&str, &[&str]); 13] = [
        ("no such vendor file", &["--vendor", "nowhere.toml"]),
        ("unknown mode", &["--mode", "ftp"]),
        ("no mode", &["--mode"]),
        ("a seed that is no number", &["--seed", "abc"]),
        ("unknown option", &["--sead", "7"]),
        ("unknown tag", &["--tags", "@NOPE-99"]),
        (
            "tags that choose nothing",
            &["--tags", "@SETUP-01 and @SYNC-01"],
        ),
        ("no such scenario", &["--only", "SETUP-01/99"]),
        (
            "a scenario of the other mode",
            &["--mode", "file", "--only", "CONN-03/01"],
        ),
        (
            "a scenario that the tags leave out",
            &["--tags", "@SYNC-01", "--only", "CONN-03/01"],
        ),
        (
            "unknown fault",
            &["--fault", "sleeps", "--only", "SCHED-08/01"],
        ),
        (
            "unknown variant",
            &["--variant", "sleeps", "--only", "SCHED-08/01"],
        ),
        (
            "a fault and a variant together",
            &["--fault", "never_acknowledges", "--variant", "spaces_json"],
        ),
    ];
    let shown: String = cases
        .iter()
        .map(|(name, arguments)| format!("# {name}\n{}\n", with_arguments(arguments)))
        .collect();
    insta::assert_snapshot!(shown);
}

#[test]
fn the_help_is_in_one_language() {
    let desk = Desk::new();
    for arguments in [
        vec!["--help"],
        vec!["certify", "--help"],
        vec!["serve", "--help"],
        vec!["town", "--help"],
        vec!["bench", "--help"],
    ] {
        let ran = desk.run(&arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}");
        assert!(
            ran.stdout.len() > 200 && ran.stdout.is_ascii(),
            "{}",
            ran.stdout
        );
    }
}

#[test]
fn a_profile_with_an_unknown_member_is_named_with_file_and_line() {
    let desk = Desk::new();
    let bundled = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/profiles/if-2.0-assumed");
    copy(&bundled, &desk.path().join("profile"));
    let kind = desk.path().join("profile/kinds/person.toml");
    let text = std::fs::read_to_string(&kind).expect("a kind");
    std::fs::write(&kind, format!("colour = \"red\"\n{text}")).expect("changed");
    let ran = desk.certify(&["--profile", "profile"]);
    insta::assert_snapshot!(said(&desk, &ran));
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

#[test]
fn a_report_folder_that_cannot_be_written_is_named() {
    let desk = Desk::new();
    desk.write("report", "");
    let ran = desk.certify(&["--only", "SCHED-08/01"]);
    insta::assert_snapshot!(said(&desk, &ran));
}

#[test]
fn a_port_in_use_is_named() {
    let desk = Desk::new();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("it is bound").port().to_string();
    let ran = desk.run(&["serve", "--port", &port, "--dir", "serve"]);
    insta::assert_snapshot!(said(&desk, &ran).replace(&port, "PORT"));
}

#[test]
fn a_known_gap_that_is_none_is_named() {
    let desk = Desk::new();
    let stale = with_gap(&desk, "SCHED-08");
    assert_eq!(stale.code, Some(3), "{}", stale.stdout);
    let problem = &stale.document()["problems"][0];
    assert_eq!(problem["kind"], "stale_gap");
    insta::assert_snapshot!("stale_gap", problem["text"].as_str().expect("a sentence"));

    let desk = Desk::new();
    let unknown = with_gap(&desk, "CONN-99");
    insta::assert_snapshot!("unknown_gap", said(&desk, &unknown));
}

#[test]
fn a_known_gap_of_a_rule_that_was_not_asked_for_is_left_alone() {
    let desk = Desk::new();
    let other = with_gap(&desk, "SETUP-01");
    assert_eq!(other.code, Some(0), "{}", other.stdout);
}

fn with_gap(desk: &Desk, requirement: &str) -> Ran {
    let gap = format!(
        "[[known_gap]]\nrequirement = \"{requirement}\"\nmode = \"api\"\nreason = \"次の版で対応する\"\naccepted_by = \"佐藤\"\nuntil = \"2099-12-31\"\n"
    );
    desk.write("vendor.toml", &reference_vendor(&gap));
    desk.certify(&["--vendor", "vendor.toml", "--only", "SCHED-08/01"])
}

#[test]
fn a_folder_of_somebody_else_is_not_emptied_for_the_report() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path().join("report/journal")).expect("a folder");
    desk.write("report/journal/diary.txt", "私の日記");
    let ran = desk.certify(&["--only", "SCHED-08/01"]);
    assert!(desk.path().join("report/journal/diary.txt").exists());
    insta::assert_snapshot!(said(&desk, &ran));
}
