//! Every errand a person has at the terminal, and what becomes of it when the pages say no.

use std::collections::BTreeSet;

use tekigo::operator::{Entry, Filling, TerminalError};

use super::office::{FIRST, INSURER, OWN, Office, done, start_of_setup, stopped};

#[tokio::test]
async fn a_person_prepares_the_link_and_gets_a_key() {
    let mut office = Office::open("api").await;
    let page = done(office.terminal.log_in(INSURER, FIRST).await);
    assert_eq!(page.title, "パスワードの変更");
    done(office.terminal.change_password(FIRST, OWN).await);
    let addresses = ("kekka@tsukimi.example", "shinsakai@tsukimi.example");
    done(
        office
            .terminal
            .register_addresses(addresses.0, addresses.1)
            .await,
    );
    let first = done(office.terminal.issue_key().await);
    let second = done(office.terminal.renew_key().await);
    assert!(first.starts_with("pmhk_") && second.starts_with("pmhk_"));
    assert_ne!(first, second);
    done(office.terminal.revoke_keys().await);
    assert_eq!(
        office.deeds()[3..],
        [
            "log_in",
            "change_password",
            "register_addresses",
            "issue_key",
            "renew_key",
            "revoke_keys"
        ]
    );
}

#[tokio::test]
async fn nobody_gets_past_what_must_come_first() {
    let mut office = Office::open("file").await;
    let set = start_of_setup("20261102090000");
    let stop = stopped(office.terminal.send(&set).await);
    assert_eq!(stop.page, "ログイン");
    done(office.terminal.log_in(INSURER, FIRST).await);
    let stop = stopped(office.terminal.send(&set).await);
    assert_eq!(stop.page, "パスワードの変更");
    assert!(!stop.reasons.is_empty());
    done(office.terminal.change_password(FIRST, OWN).await);
    let stop = stopped(office.terminal.send(&set).await);
    assert_eq!(stop.page, "通知先の登録");
    assert!(!stop.reasons.is_empty());
    assert_eq!(office.deeds()[3..], ["log_in", "change_password"]);
}

#[tokio::test]
async fn a_wrong_password_is_refused_on_the_page() {
    let mut office = Office::open("file").await;
    let stop = stopped(office.terminal.log_in(INSURER, "Machigai-2026").await);
    assert_eq!(stop.page, "ログイン");
    assert_eq!(stop.reasons.len(), 1, "{stop}");
}

#[tokio::test]
async fn a_set_is_sent_and_its_results_are_fetched_once() {
    let mut office = Office::ready("file").await;
    let set = start_of_setup("20261102090000");
    done(office.terminal.send(&set).await);
    let listed = done(office.terminal.sent_sets().await);
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].number, "20261102090000");
    assert!(!listed[0].is_processing());
    let nothing = BTreeSet::new();
    let files = office.terminal.fetch_results(&listed[0], &nothing).await;
    let files = files.expect("the pages are as described");
    let kinds: Vec<&str> = files.iter().map(|file| &file.name[10..13]).collect();
    assert_eq!(kinds, ["CTL", "UKE", "KEK"]);
    assert!(
        files
            .iter()
            .all(|file| file.bytes.starts_with(b"\xef\xbb\xbf"))
    );
    let taken: BTreeSet<String> = files.into_iter().map(|file| file.name).collect();
    let again = office.terminal.fetch_results(&listed[0], &taken).await;
    assert_eq!(again.expect("the pages are as described"), []);
    let inbound = done(office.terminal.fetch_inbound(&taken).await);
    assert_eq!(inbound, []);
}

#[tokio::test]
async fn a_refused_set_is_refused_with_file_and_reason() {
    let mut office = Office::ready("file").await;
    let mut set = start_of_setup("20261102090000");
    let whole = set[1].bytes.len();
    set[1].bytes.truncate(whole - 6);
    let stop = stopped(office.terminal.send(&set).await);
    assert_eq!(stop.page, "ファイルを送る");
    let reasons = stop.reasons.join("\n");
    assert!(reasons.contains(&set[1].name), "{reasons}");
}

#[tokio::test]
async fn a_broken_line_leaves_nothing_at_pmh() {
    let mut office = Office::ready("file").await;
    let set = start_of_setup("20261102090000");
    done(office.terminal.begin_to_send(&set).await);
    assert_eq!(done(office.terminal.sent_sets().await), []);
    assert!(!office.deeds().contains(&"upload".to_owned()));
    done(office.terminal.send(&set).await);
    assert_eq!(done(office.terminal.sent_sets().await).len(), 1);
}

#[tokio::test]
async fn what_is_not_on_a_page_is_named_with_what_is() {
    let mut office = Office::open("file").await;
    let page = office.terminal.open("/login").await.expect("a page");
    let error = office.terminal.press(&page, "送信", &[]).await;
    assert_eq!(
        error.expect_err("no such button").to_string(),
        "PMHの画面「ログイン」にボタン「送信」がありません。あるのは: 「ログイン」"
    );
    let entry = Entry {
        label: "利用者ID",
        filling: Filling::Text("1"),
    };
    let error = office.terminal.press(&page, "ログイン", &[entry]).await;
    assert_eq!(
        error.expect_err("no such field").to_string(),
        "PMHの画面「ログイン」に欄「利用者ID」がありません。あるのは: 「ログインID（保険者番号）」「パスワード」"
    );
    let error = office.terminal.open("/nowhere").await;
    assert!(matches!(
        error,
        Err(TerminalError::Status { status: 404, .. }) | Ok(_)
    ));
}

#[tokio::test]
async fn a_page_that_does_not_come_is_named() {
    let mut office = Office::open("file").await;
    drop(office.simulator);
    let error = office.terminal.open("/login").await;
    let error = error.expect_err("nobody is there");
    assert!(
        error
            .to_string()
            .starts_with("PMHの画面「/login」を開けません"),
        "{error}"
    );
}
