//! Builds are started, watched, killed, started again and ended.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use tekigo::control::Operation;
use tekigo::drivers::{
    Consequence, DriverFault, Ending, Slot, StartError, VendorFile, VendorProcess,
};
use wiremock::MockServer;

use super::{sham, stub};

/// Loads a vendor.toml with the text, from a folder that stays: its command runs there.
pub(super) fn vendor_file(text: &str) -> VendorFile {
    static FILES: AtomicUsize = AtomicUsize::new(0);
    let number = FILES.fetch_add(1, Ordering::Relaxed);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("vendor-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("vendor.toml");
    std::fs::write(&path, text).expect("the file is written");
    VendorFile::load(&path).expect("the file is good")
}

fn slot() -> Slot {
    Slot::temporary(0).expect("a slot")
}

async fn start(text: &str) -> Result<VendorProcess, StartError> {
    VendorProcess::start(&vendor_file(text), slot()).await
}

async fn start_sham(fault: &str) -> VendorProcess {
    start(&sham::vendor_toml(fault))
        .await
        .expect("the sham starts")
}

/// The message with what differs from run to run left out.
fn message(error: &StartError) -> String {
    let replaced = [
        (r"/[^\s「」（）]*/vendor\.toml", "vendor.toml"),
        (r"「/[^\s「」（）]*/\./", "「FOLDER/./"),
        (r"127\.0\.0\.1:\d+", "127.0.0.1:PORT"),
    ];
    replaced
        .iter()
        .fold(error.to_string(), |text, (pattern, with)| {
            let pattern = regex::Regex::new(pattern).expect("a pattern");
            pattern.replace_all(&text, *with).into_owned()
        })
}

async fn start_fault(command: &str) -> String {
    let error = start(&sham::file(command, 1))
        .await
        .expect_err("it does not start");
    message(&error)
}

#[tokio::test]
async fn what_does_not_start_is_named() {
    let script = tempfile::Builder::new()
        .suffix(".sh")
        .tempfile()
        .expect("a file");
    std::fs::write(script.path(), "exit 0\n").expect("the file is written");
    let script = script.path().display().to_string();
    let cases = [
        (
            "missing command",
            r#"["no-such-command", "{address}"]"#.to_owned(),
        ),
        (
            "missing relative command",
            r#"["./bin/no-such-command", "{address}"]"#.to_owned(),
        ),
        ("not executable", json!([script, "{address}"]).to_string()),
        (
            "exits early",
            r#"["/bin/sh", "-c", "echo 起動中; echo 設定がありません >&2; exit 3", "{address}"]"#
                .to_owned(),
        ),
        (
            "exits early without a word",
            r#"["/bin/sh", "-c", "exit 3", "{address}"]"#.to_owned(),
        ),
        (
            "ended by a signal",
            r#"["/bin/sh", "-c", "kill -9 $$", "{address}"]"#.to_owned(),
        ),
        (
            "never answers",
            r#"["/bin/sh", "-c", "echo 待っています; exec /bin/cat", "{address}"]"#.to_owned(),
        ),
    ];
    let mut shown = String::new();
    for (name, command) in cases {
        let text = start_fault(&command).await.replace(&script, "SCRIPT");
        shown.push_str(&format!("# {name}\n{text}\n\n"));
    }
    insta::assert_snapshot!(shown);
}

#[tokio::test]
async fn a_build_answers_and_ends_by_itself() {
    let mut process = start_sham("none").await;
    assert!(process.is_ours() && process.is_running());
    assert_eq!(process.declared().data()["product"], "試験用介護保険");
    let answer = process.call(Operation::ViewPeople, &json!({})).await;
    assert_eq!(answer.expect("it answers").data()["count"], 1);
    assert_eq!(process.stop().await, Ending::Shutdown);
}

#[tokio::test]
async fn a_build_that_does_not_know_shutdown_is_terminated() {
    assert_eq!(
        start_sham("ignores-shutdown").await.stop().await,
        Ending::Terminated
    );
}

#[tokio::test]
async fn a_build_that_obeys_nothing_is_killed() {
    let process = start_sham("ignores-everything").await;
    let begin = Instant::now();
    assert_eq!(process.stop().await, Ending::Killed);
    assert!(
        begin.elapsed() < Duration::from_secs(10),
        "every wait is bounded"
    );
}

#[tokio::test]
async fn a_killed_build_starts_again_at_its_address_with_its_data() {
    let mut process = start_sham("none").await;
    let address = process.reached();
    process.kill().await.expect("it is ours");
    assert!(!process.is_running());
    let error = process
        .call(Operation::ViewPeople, &json!({}))
        .await
        .expect_err("it is dead");
    assert_eq!(error.consequence(), Consequence::Undecided);
    process.restart().await.expect("it starts again");
    assert_eq!(process.reached(), address);
    let answer = process.call(Operation::ViewPeople, &json!({})).await;
    assert_eq!(answer.expect("it answers").data()["count"], 2);
    process.stop().await;
}

#[tokio::test]
async fn a_build_that_dies_in_the_middle_says_how() {
    let mut process = start_sham("none").await;
    let error = process
        .call(Operation::ViewLink, &json!({}))
        .await
        .expect_err("it dies");
    let DriverFault::Unreachable {
        ended: Some(end), ..
    } = &error.fault
    else {
        panic!("unexpected {error:?}");
    };
    assert_eq!(end.code, Some(7));
    let text = error.to_string();
    assert!(
        text.contains("致命的な誤り: 個人番号 〔12桁の番号〕 の処理"),
        "{text}"
    );
    assert!(
        text.contains("製品は終了コード 7 で終了しています"),
        "{text}"
    );
}

#[tokio::test]
async fn a_port_that_was_snatched_away_is_replaced() {
    let mut process = start_sham("port-taken-once").await;
    let answer = process.call(Operation::ViewPeople, &json!({})).await;
    assert_eq!(answer.expect("it answers").data()["count"], 2);
    process.stop().await;
}

#[tokio::test]
async fn what_a_build_started_ends_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let slot = Slot::kept_in(folder.path(), 0).expect("a slot");
    let note = slot.folder().join("child");
    let command =
        r#"["/bin/sh", "-c", "sleep 300 & echo $! > $1/child; wait", "{address}", "{data}"]"#;
    let file = vendor_file(&sham::file(command, 1));
    let error = VendorProcess::start(&file, slot)
        .await
        .expect_err("it never answers");
    assert!(matches!(error, StartError::NeverAnswered { .. }), "{error}");
    let child = std::fs::read_to_string(note).expect("the child was started");
    let begin = Instant::now();
    while is_alive(child.trim()) {
        assert!(
            begin.elapsed() < Duration::from_secs(5),
            "the child outlives the build"
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Whether the process is there and more than a remainder that nobody has asked after.
fn is_alive(id: &str) -> bool {
    let status = std::fs::read_to_string(Path::new("/proc").join(id).join("stat"));
    status.is_ok_and(|text| !text.contains(") Z "))
}

#[tokio::test]
async fn a_build_found_at_an_address_is_left_alone() {
    let server = MockServer::start().await;
    drop(server);
    let operation = Operation::Declare;
    let answer = wiremock::ResponseTemplate::new(200).set_body_json(stub::done(operation));
    let server = stub::answering(operation, answer).await;
    let text =
        sham::file("[]", 1).replace("command = []", &format!("address = \"{}\"", server.uri()));
    let mut process = start(&text).await.expect("it is there");
    assert!(!process.is_ours() && process.is_running());
    assert!(process.kill().await.is_err());
    let error = process.restart().await.expect_err("it is not ours");
    assert!(
        error.to_string().contains("判定側が起動したものではない"),
        "{error}"
    );
    assert_eq!(process.stop().await, Ending::LeftRunning);
}

#[tokio::test]
async fn nobody_at_the_address_is_named() {
    let text = sham::file("[]", 1).replace("command = []", "address = \"http://127.0.0.1:9\"");
    let error = start(&text).await.expect_err("nobody is there");
    insta::assert_snapshot!(message(&error));
}
