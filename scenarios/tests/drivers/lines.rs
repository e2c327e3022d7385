//! Builds that speak by lines on standard input and output.

use serde_json::json;
use tekigo::control::Operation;
use tekigo::drivers::{
    ConnectionStage, DriverError, DriverFault, Ending, Moment, Reached, Slot, StartError,
    VendorProcess,
};

use super::starter::vendor_file;
use super::stub;

/// A vendor.toml whose build answers `declare`, `reset` and `shutdown`, and does `fault` when people are asked for.
fn vendor_toml(fault: &str) -> String {
    let done = |operation| stub::done(operation).to_string();
    let script = format!(
        r#"echo 起動しました >&2
{first}
while IFS= read -r line; do
  id=$(printf %s "$line" | sed 's/^{{"id":\([0-9]*\).*/\1/')
  case "$line" in
    *'"operation":"declare"'*) printf '{{"id":%s,"answer":%s}}\n' "$id" '{declare}' ;;
    *'"operation":"view_people"'*) {fault} ;;
    *'"operation":"shutdown"'*) printf '{{"id":%s,"answer":%s}}\n' "$id" '{empty}'; exit 0 ;;
    *) printf '{{"id":%s,"answer":%s}}\n' "$id" '{empty}' ;;
  esac
done"#,
        first = if fault == "banner" {
            "echo ようこそ"
        } else {
            ""
        },
        declare = done(Operation::Declare),
        empty = done(Operation::Reset),
        fault = match fault {
            "banner" | "none" =>
                r#"printf '{"id":%s,"answer":{"result":"done","reason":null,"data":{"count":3}}}\n' "$id""#,
            other => other,
        },
    );
    let command = json!(["/bin/sh", "-c", script]);
    super::sham::file(&command.to_string(), 5)
        .replace("[start]\n", "[start]\ninterface = \"stdio\"\n")
}

async fn start(fault: &str) -> Result<VendorProcess, StartError> {
    let slot = Slot::temporary(0).expect("a slot");
    VendorProcess::start(&vendor_file(&vendor_toml(fault)), slot).await
}

async fn ask_people(build: &mut VendorProcess) -> Result<u64, DriverError> {
    let answer = build.call(Operation::ViewPeople, &json!({})).await?;
    Ok(answer.data()["count"].as_u64().expect("a count"))
}

#[tokio::test]
async fn a_program_answers_by_lines_and_ends_when_asked() {
    for fault in ["none", "banner"] {
        let mut build = start(fault).await.expect("it starts");
        assert_eq!(build.reached(), Reached::Stdio);
        assert_eq!(ask_people(&mut build).await, Ok(3), "{fault}");
        assert_eq!(build.stop().await, Ending::Shutdown);
    }
}

#[tokio::test]
async fn what_a_build_prints_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    for _ in 0..2 {
        let slot = Slot::temporary(4).expect("a slot");
        let slot = slot.with_log_in(folder.path());
        let build = VendorProcess::start(&vendor_file(&vendor_toml("none")), slot).await;
        build.expect("it starts").stop().await;
    }
    let log = std::fs::read_to_string(folder.path().join("build-4.log")).expect("a log");
    assert_eq!(log, "起動しました\n起動しました\n");
}

#[tokio::test]
async fn crash_silence_and_garbage_are_told_apart() {
    let crashed = r"echo 台帳が壊れています >&2; exit 7";
    let error = failure(crashed).await;
    let DriverFault::Unreachable { stage, ended } = &error.fault else {
        panic!("{error}");
    };
    assert_eq!(*stage, ConnectionStage::OutputClosed);
    let end = ended.as_ref().expect("it has ended");
    assert_eq!(end.code, Some(7));
    assert!(error.to_string().contains("台帳が壊れています"), "{error}");

    let error = failure(":").await;
    assert_eq!(error.fault, DriverFault::TimedOut { seconds: 2 });

    for (garbage, expected) in [
        ("echo 12件あります", "JSON"),
        (r#"echo '{"count": 12}'"#, r#"{"id": 番号, "answer": 回答}"#),
        (
            r#"echo '{"id": 99, "answer": {}}'"#,
            "回答の id は 2 のはずですが、99 でした",
        ),
        (
            r#"printf '{"id":%s,"answer":{"result":"ok"}}\n' "$id""#,
            "result",
        ),
    ] {
        let error = failure(garbage).await;
        assert!(
            matches!(error.fault, DriverFault::NotTheInterface { .. }),
            "{error}"
        );
        let told = error.to_string();
        assert!(told.contains(expected), "{told}");
        assert!(told.contains("標準入出力の view_people"), "{told}");
        assert!(told.contains("標準出力の1行「"), "{told}");
    }
}

/// What asking for people comes to.
async fn failure(fault: &str) -> DriverError {
    let mut build = start(fault).await.expect("it starts");
    let error = ask_people(&mut build).await.expect_err("no answer");
    assert_eq!(error.moment, Moment::AfterFirstAnswer);
    build.stop().await;
    error
}

#[tokio::test]
async fn a_late_answer_is_not_taken_for_the_next() {
    let late = r#"sleep 3; printf '{"id":%s,"answer":{"result":"refused","reason":"遅れた","data":{}}}\n' "$id""#;
    let mut build = start(late).await.expect("it starts");
    let error = ask_people(&mut build).await.expect_err("too late");
    assert_eq!(error.fault, DriverFault::TimedOut { seconds: 2 });
    let answer = build.call(Operation::Reset, &json!({})).await;
    assert!(answer.expect("an answer").is_done());
    assert_eq!(build.stop().await, Ending::Shutdown);
}

#[tokio::test]
async fn a_build_that_is_killed_starts_again_with_its_folder() {
    let mut build = start("none").await.expect("it starts");
    build.kill().await.expect("it is ours");
    assert!(!build.is_running());
    build.restart().await.expect("it starts again");
    assert_eq!(ask_people(&mut build).await, Ok(3));
}

#[tokio::test]
async fn a_program_that_says_nothing_is_no_build() {
    let mut text = vendor_toml("none").replace("timeout_seconds = 5", "timeout_seconds = 1");
    let (begin, end) = (
        text.find("command = ").expect("a command"),
        text.find("timeout_seconds").expect("a limit"),
    );
    text.replace_range(begin..end, "command = [\"/bin/cat\"]\n");
    let slot = Slot::temporary(0).expect("a slot");
    let error = VendorProcess::start(&vendor_file(&text), slot)
        .await
        .expect_err("cat repeats what it is told");
    let StartError::NeverAnswered { last, .. } = &error else {
        panic!("{error}");
    };
    assert!(last.is_some());
    assert!(error.to_string().contains("標準出力の1行"), "{error}");
}
