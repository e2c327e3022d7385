//! A real browser does at the pages what requests do; a run that has none says so.

use std::process::Command;

use tekigo::operator::{Chromium, NoBrowser, Terminal};

use super::office::{FIRST, INSURER, OWN, Office, done, start_of_setup, stopped};

/// Whether a check that cannot run must fail.
fn is_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| value == "true")
}

#[tokio::test]
async fn a_real_browser_has_the_same_errands() {
    let chromium = match Chromium::start() {
        Ok(chromium) => chromium,
        Err(missing @ NoBrowser::Missing { .. }) if !is_ci() => {
            assert!(missing.to_string().contains("chromium-driver"), "{missing}");
            return;
        }
        Err(error) => panic!("{error}"),
    };
    let mut office = Office::open("file").await;
    let address = office.simulator.pages("verification").expect("pages");
    office.terminal = Terminal::in_browser(&chromium, address)
        .await
        .expect("a browser opens");
    let page = done(office.terminal.log_in(INSURER, FIRST).await);
    assert_eq!(page.title, "パスワードの変更");
    let set = start_of_setup("20261102090000");
    assert_eq!(stopped(office.terminal.send(&set).await).page, page.title);
    done(office.terminal.change_password(FIRST, OWN).await);
    let addresses = ("kekka@tsukimi.example", "shinsakai@tsukimi.example");
    done(
        office
            .terminal
            .register_addresses(addresses.0, addresses.1)
            .await,
    );
    done(office.terminal.begin_to_send(&set).await);
    let half = stopped(office.terminal.send(&set[1..]).await);
    assert_eq!(half.page, "ファイルを送る");
    done(office.terminal.send(&set).await);
    let listed = done(office.terminal.sent_sets().await);
    let nothing = std::collections::BTreeSet::new();
    let files = office.terminal.fetch_results(&listed[0], &nothing).await;
    let files = files.expect("the pages are as described");
    assert_eq!(files.len(), 3);
    assert!(
        files
            .iter()
            .all(|file| file.bytes.starts_with(b"\xef\xbb\xbf"))
    );
    let uploads = office.deeds();
    let uploads = uploads.iter().filter(|deed| *deed == "upload").count();
    assert_eq!(uploads, 2, "the broken line has left none");
    office.terminal.leave().await.expect("it closes");
}

#[test]
fn a_run_without_the_browser_it_asks_for_says_what_to_install() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = Command::new(env!("CARGO_BIN_EXE_tekigo"))
        .args(["certify", "--browser", "--only", "SETUP-01/02"])
        .current_dir(folder.path())
        .env("PATH", "")
        .output()
        .expect("the program starts");
    let said = String::from_utf8(ran.stderr).expect("UTF-8");
    assert_eq!(ran.status.code(), Some(3), "{said}");
    assert!(said.contains("【設定不備】"), "{said}");
    assert!(said.contains("「chromium」が見つかりません"), "{said}");
    assert!(said.contains("chromium-driver"), "{said}");
    assert!(!folder.path().join("tekigo-report").exists());
}
