//! A build that is only a sham, as a process of its own: this very test program, started again.
//!
//! It answers `declare`, `reset` and `view_people`; the count of `view_people` is the number of its
//! starts, kept in its `{data}` folder. Named faults make it die or hang.

use std::io::Read as _;
use std::net::TcpListener;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;
use tekigo::control::Operation;
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::stub;

/// The start of a vendor.toml whose command is the sham; `fault` is one of the words of [`act`].
pub(super) fn vendor_toml(fault: &str) -> String {
    // A signal that is ignored stays so in what the shell starts.
    let trap = if fault == "ignores-everything" {
        "trap '' TERM; exec \"$@\""
    } else {
        "exec \"$@\""
    };
    let command = json!([
        "/bin/sh",
        "-c",
        trap,
        "sh",
        "/usr/bin/env",
        "TEKIGO_SHAM_ADDRESS={address}",
        "TEKIGO_SHAM_DATA={data}",
        format!("TEKIGO_SHAM_FAULT={fault}"),
        "{tekigo}",
        "--exact",
        "drivers::sham::act",
        "--nocapture",
    ]);
    file(&command.to_string(), 20)
}

/// A vendor.toml with a command, written as a TOML array.
pub(super) fn file(command: &str, timeout_seconds: u32) -> String {
    format!(
        "[vendor]\nproduct = \"試験用介護保険\"\nvendor = \"試験ベンダー\"\nversion = \"1.0\"\n\
         modes = [\"api\"]\n[start]\ncommand = {command}\ntimeout_seconds = {timeout_seconds}\n\
         [declaration]\nfunctions = []\nclock = \"follows\"\n[operation_seconds]\nothers = 2\n"
    )
}

/// In an ordinary run of the tests nothing; in the process started as the sham, the sham.
#[tokio::test]
async fn act() {
    let Ok(address) = std::env::var("TEKIGO_SHAM_ADDRESS") else {
        return;
    };
    let data = std::env::var("TEKIGO_SHAM_DATA").expect("a folder");
    let fault = std::env::var("TEKIGO_SHAM_FAULT").expect("a word");
    let starts = count_start(Path::new(&data));
    if fault == "port-taken-once" && starts == 1 {
        eprintln!("bind: Address already in use (os error 98)");
        std::process::exit(1);
    }
    let listener = TcpListener::bind(address).expect("the address is free");
    let server = MockServer::builder().listener(listener).start().await;
    answer(&server, Operation::Declare, stub::done(Operation::Declare)).await;
    answer(&server, Operation::Reset, stub::done(Operation::Reset)).await;
    let people = json!({"result": "done", "reason": null, "data": {"count": starts}});
    answer(&server, Operation::ViewPeople, people).await;
    let dies = Mock::given(path("/tekigo/v1/view_link")).respond_with(
        |_: &wiremock::Request| -> ResponseTemplate {
            eprintln!("致命的な誤り: 個人番号 123456789018 の処理");
            std::process::exit(7)
        },
    );
    dies.mount(&server).await;
    static OVER: AtomicBool = AtomicBool::new(false);
    if fault != "ignores-shutdown" && fault != "ignores-everything" {
        Mock::given(path("/tekigo/v1/shutdown"))
            .respond_with(|_: &wiremock::Request| {
                OVER.store(true, Ordering::Relaxed);
                ResponseTemplate::new(200).set_body_json(stub::done(Operation::Shutdown))
            })
            .mount(&server)
            .await;
    }
    if fault != "ignores-everything" {
        std::thread::spawn(|| {
            let _ = std::io::stdin().read_to_end(&mut Vec::new());
            std::process::exit(0);
        });
    }
    while !OVER.load(Ordering::Relaxed) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // The answer to shutdown is on its way.
    tokio::time::sleep(Duration::from_millis(50)).await;
    std::process::exit(0);
}

async fn answer(server: &MockServer, operation: Operation, body: serde_json::Value) {
    Mock::given(path(format!("/tekigo/v1/{}", operation.name())))
        .respond_with(ResponseTemplate::new(200).set_body_json(body))
        .mount(server)
        .await;
}

fn count_start(data: &Path) -> u64 {
    let path = data.join("starts");
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    let starts = before.parse().unwrap_or(0) + 1;
    std::fs::write(&path, starts.to_string()).expect("the folder can be written");
    starts
}
