//! A person's path through the pages.

use fantoccini::Locator;
use serde_json::json;

use super::file_set::{RawFile, first_set, person, with};
use super::office::{ENVIRONMENT, FIRST, INSURER, OWN, Office};
use super::terminal::Terminal;

/// From the first log-in to the log-out, in one mode.
pub(crate) async fn walk(terminal: &Terminal, mode: &str) {
    let office = &Office::in_mode(mode).await;
    let address = office.simulator.pages(ENVIRONMENT).expect("pages");
    terminal.go(&format!("http://{address}/")).await;
    log_in_first(terminal, mode).await;
    register_addresses(terminal, mode).await;
    if mode == "api" {
        work_with_keys(terminal).await;
    } else {
        send(terminal).await;
        send_a_wrong_set(terminal).await;
        receive(terminal, office).await;
    }
    terminal.enter("お知らせ").await;
    terminal.must_look_right(&format!("{mode}-9-home")).await;
    terminal.enter("ログアウト").await;
    assert_eq!(terminal.path().await, "/login");
    assert_eq!(terminal.text("#notice").await, "ログアウトしました");
    terminal.go(&format!("http://{address}/keys")).await;
    assert_eq!(terminal.path().await, "/login");
}

async fn log_in_first(terminal: &Terminal, mode: &str) {
    assert_eq!(terminal.heading().await, "ログイン");
    terminal.must_look_right(&format!("{mode}-1-login")).await;
    terminal.fill("ログインID（保険者番号）", INSURER).await;
    terminal.fill("パスワード", "Machigai-2026").await;
    terminal.enter_here().await;
    assert!(
        terminal
            .text("#problems")
            .await
            .contains("ログインIDまたはパスワードが違います")
    );
    terminal
        .must_look_right(&format!("{mode}-1-login-wrong"))
        .await;
    terminal.enter_the_problem().await;
    terminal.fill("パスワード", FIRST).await;
    terminal.enter("ログイン").await;
    assert_eq!(terminal.heading().await, "パスワードの変更");
    terminal
        .must_look_right(&format!("{mode}-2-password"))
        .await;
    terminal.fill("今のパスワード", FIRST).await;
    terminal.fill("新しいパスワード", OWN).await;
    terminal.fill("新しいパスワード（確認）", "Chigau").await;
    terminal.enter("変更する").await;
    terminal
        .must_look_right(&format!("{mode}-2-password-wrong"))
        .await;
    terminal.fill("今のパスワード", FIRST).await;
    terminal.fill("新しいパスワード", OWN).await;
    terminal.fill("新しいパスワード（確認）", OWN).await;
    terminal.enter("変更する").await;
    assert_eq!(terminal.heading().await, "お知らせ");
    terminal.must_look_right(&format!("{mode}-3-home")).await;
}

async fn register_addresses(terminal: &Terminal, mode: &str) {
    let next = if mode == "api" {
        "認証キー"
    } else {
        "ファイルを送る"
    };
    terminal.enter(next).await;
    assert_eq!(terminal.heading().await, "通知先の登録");
    terminal
        .must_look_right(&format!("{mode}-4-addresses"))
        .await;
    terminal
        .fill("処理結果の通知先", "kekka@tsukimi.example")
        .await;
    terminal.fill("審査会資料参照状況の通知先", "tsukimi").await;
    terminal.enter("登録する").await;
    assert!(terminal.text("#problems").await.contains("「tsukimi」"));
    terminal
        .must_look_right(&format!("{mode}-4-addresses-wrong"))
        .await;
    terminal
        .fill("審査会資料参照状況の通知先", "shinsakai@tsukimi.example")
        .await;
    terminal.enter("登録する").await;
    assert_eq!(terminal.text("#notice").await, "通知先を登録しました");
}

async fn work_with_keys(terminal: &Terminal) {
    terminal.enter("認証キー").await;
    terminal.must_look_right("api-5-keys-none").await;
    terminal.enter("発行する").await;
    let first = terminal.text("#new-key").await;
    assert!(first.starts_with("pmhk_"), "{first}");
    terminal.must_look_right("api-5-keys-new").await;
    terminal.client.refresh().await.expect("the page again");
    let shown = terminal.client.find_all(Locator::Id("new-key")).await;
    assert!(shown.expect("a page").is_empty(), "a key is shown once");
    terminal.enter("更新する").await;
    assert_ne!(terminal.text("#new-key").await, first);
    terminal.enter("失効させる").await;
    assert!(terminal.text("table").await.contains("失効"));
    terminal.must_look_right("api-5-keys-revoked").await;
}

const SET: &str = "20261102100000";

async fn send(terminal: &Terminal) {
    terminal.enter("ファイルを送る").await;
    terminal.must_look_right("file-5-send").await;
    let people = vec![
        person("0000000001", "123456789018"),
        with(
            person("0000000002", "123456789018"),
            "basicFiveInfo.sex",
            "9x",
        ),
        with(
            person("0000000003", "123456789018"),
            "basicFiveInfo.name",
            "",
        ),
        person("0000000004", "123456789018"),
    ];
    choose_and_send(terminal, &first_set(SET, people)).await;
    assert_eq!(terminal.heading().await, format!("組 {SET} の処理結果"));
    terminal.must_look_right("file-6-set").await;
    terminal.print("file-6-set").await;
    let links = terminal.client.find_all(Locator::Css("a[download]")).await;
    for link in links.expect("a page") {
        let name = link.text().await.expect("a name");
        link.click().await.expect("followed");
        let bytes = terminal.downloaded(&name).await;
        assert_eq!(bytes[..3], *b"\xef\xbb\xbf", "{name}");
    }
    terminal.enter("送ったファイルの処理状況").await;
    assert!(terminal.text("table").await.contains("処理が終わりました"));
}

async fn send_a_wrong_set(terminal: &Terminal) {
    terminal.enter("ファイルを送る").await;
    terminal.enter("送る").await;
    assert!(
        terminal
            .text("#problems")
            .await
            .contains("送るファイルを選んでください")
    );
    terminal.must_look_right("file-7-send-nothing").await;
    let wrong = first_set(SET, vec![person("0000000001", "123456789018")]);
    choose_and_send(terminal, &wrong).await;
    assert!(terminal.text("#problems").await.contains("受付済み"));
    let mut wrong = first_set("20261102110000", vec![person("0000000001", "123456789018")]);
    wrong[1].1 = b"\x83\x41".to_vec();
    wrong[2].1.truncate(60);
    choose_and_send(terminal, &wrong).await;
    terminal.must_look_right("file-7-send-wrong").await;
    terminal.enter("送ったファイルの処理状況").await;
    terminal.must_look_right("file-7-sent").await;
    terminal.open_reasons().await;
    terminal.must_look_right("file-7-sent-reasons").await;
    terminal.print("file-7-sent").await;
}

async fn choose_and_send(terminal: &Terminal, files: &[RawFile]) {
    let folder = tempfile::tempdir().expect("a folder");
    let chosen: Vec<String> = files
        .iter()
        .map(|(name, bytes)| {
            let place = folder.path().join(name);
            std::fs::write(&place, bytes).expect("a file");
            place.to_str().expect("UTF-8").to_owned()
        })
        .collect();
    terminal
        .choose("送るファイル（1つの組のすべて）", &chosen)
        .await;
    terminal.enter("送る").await;
}

async fn receive(terminal: &Terminal, office: &Office) {
    terminal.enter("受け取る情報").await;
    terminal.must_look_right("file-8-received-nothing").await;
    office.consent_arrives(&json!({
        "insurerNumber": INSURER,
        "insuredNumber": "0000000001",
        "consentStatus": "1",
        "consentDate": "2026-11-01",
        "historyKey": "1",
        "isDeleted": false,
    }));
    terminal.enter("受け取る情報").await;
    terminal.must_look_right("file-8-received-waiting").await;
    terminal.enter("受け取り用のファイルを作る").await;
    terminal.must_look_right("file-8-received-made").await;
    let link = terminal.client.find(Locator::Css("a[download]")).await;
    let link = link.expect("a file to fetch");
    let name = link.text().await.expect("a name");
    terminal.tab_to(&name).await;
    terminal.press_enter().await;
    assert!(!terminal.downloaded(&name).await.is_empty());
    terminal.enter("受け取る情報").await;
    assert!(terminal.text("main").await.contains("受け取り済み"));
}
