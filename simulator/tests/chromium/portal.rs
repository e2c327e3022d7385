//! A municipality's staff at the portal: from the survey to the public list.

use jiff::civil::date;
use tekigo_simulator::PortalInput;

use super::portal_scene::{CITY, Portal};
use super::terminal::Terminal;

const OFFICE: &str = "1371300011";
const OWN: &str = "Tsukimi-no-yoru-2026";

/// From the survey to the published date, and an inquiry.
pub(crate) async fn walk(terminal: &Terminal) {
    let portal = Portal::on(date(2026, 8, 3)).await;
    portal.declare();
    let address = portal.simulator.portal().expect("pages");
    terminal.go(&format!("http://{address}/")).await;
    terminal.must_look_right("portal-1-home").await;
    answer_survey(terminal).await;
    portal.notify(date(2026, 11, 2));
    log_in_first(&portal, terminal).await;
    terminal.enter("日程の確認").await;
    assert!(
        terminal
            .text("#dates")
            .await
            .contains("令和8年11月9日（月）")
    );
    terminal.must_look_right("portal-5-schedule").await;
    terminal.fill("理由", "庁内の行事と重なるため").await;
    terminal.enter("変更の希望を送る").await;
    assert!(
        !terminal.text("#problems").await.is_empty(),
        "no day is wished for"
    );
    terminal.must_look_right("portal-5-schedule-wrong").await;
    terminal.enter("承諾する").await;
    terminal.must_look_right("portal-6-accepted").await;
    let insurer = CITY.to_owned();
    portal.operate(PortalInput::Publish { insurer });
    terminal.enter("対応状況").await;
    assert!(terminal.text("tbody").await.contains("令和8年11月9日"));
    terminal.must_look_right("portal-7-status").await;
    terminal.print("portal-7-status").await;
    inquire(terminal).await;
    terminal.enter("ログアウト").await;
    apply(terminal).await;
}

async fn inquire(terminal: &Terminal) {
    terminal.enter("お問い合わせ").await;
    terminal.must_look_right("portal-8-inquiry").await;
    terminal.fill("氏名", "月見 花子").await;
    terminal
        .fill("メールアドレス", "hanako@tsukimi.example")
        .await;
    let subject = "件".repeat(41);
    terminal.fill("お問い合わせ件名", &subject).await;
    terminal
        .fill("お問い合わせ内容", "開始日はいつですか")
        .await;
    terminal.enter("送信する").await;
    assert!(terminal.text("#problems").await.contains("40文字"));
    terminal.must_look_right("portal-8-inquiry-wrong").await;
}

/// An office asks for the costs of its card reader, too late.
async fn apply(terminal: &Terminal) {
    terminal.enter("ユーザ登録").await;
    terminal.must_look_right("portal-9-register").await;
    terminal.fill("事業所番号・医療機関コード", OFFICE).await;
    terminal.fill("名称", "うさぎ訪問介護").await;
    terminal
        .fill("メールアドレス", "usagi@office.example")
        .await;
    terminal.fill("パスワード", OWN).await;
    terminal.enter("登録する").await;
    terminal.enter("ログイン").await;
    terminal.fill("ログインID", OFFICE).await;
    terminal.fill("パスワード", OWN).await;
    terminal.enter_here().await;
    terminal.enter("助成金（カードリーダー）").await;
    terminal.must_look_right("portal-9-readers").await;
    terminal.fill("サービス種類コード", "11").await;
    terminal.fill("カードリーダーの台数", "1").await;
    terminal.fill("添付する書類", "領収書").await;
    terminal.enter("申請する").await;
    assert!(terminal.text("#problems").await.contains("令和8年3月13日"));
    terminal.must_look_right("portal-9-readers-late").await;
}

async fn answer_survey(terminal: &Terminal) {
    terminal.enter("アンケート").await;
    terminal.must_look_right("portal-2-survey").await;
    terminal.fill("保険者番号", CITY).await;
    terminal.enter("回答する").await;
    terminal.must_look_right("portal-2-survey-wrong").await;
    terminal.enter("アンケート").await;
    terminal.fill("保険者番号", CITY).await;
    let contact = "kaigo@tsukimi.example";
    terminal.fill("連絡先メールアドレス", contact).await;
    terminal
        .fill("介護保険システムのベンダ", "ひまわり情報")
        .await;
    terminal.mark("方式①（API連携・バッチ処理）").await;
    terminal.tab_to("初期セットアップの希望年月").await;
    // Whether the year or the month is typed first depends on the machine's language.
    let set = "document.activeElement.value = '2026-11'";
    terminal.run(set).await;
    terminal.enter("回答する").await;
    assert!(
        terminal
            .text("#notice")
            .await
            .contains("回答を受け付けました")
    );
    terminal.must_look_right("portal-3-answered").await;
}

async fn log_in_first(portal: &Portal, terminal: &Terminal) {
    let first = portal.mailed_password();
    terminal.enter("ログイン").await;
    terminal.must_look_right("portal-4-login").await;
    terminal.fill("ログインID", "H139998").await;
    terminal.fill("パスワード", &first).await;
    terminal.enter_here().await;
    assert_eq!(terminal.heading().await, "パスワードの変更");
    terminal.must_look_right("portal-4-password").await;
    terminal.fill("今のパスワード", &first).await;
    terminal.fill("新しいパスワード", OWN).await;
    terminal.fill("新しいパスワード（確認）", OWN).await;
    terminal.enter("変更する").await;
    assert_eq!(terminal.heading().await, "お知らせ");
    terminal.must_look_right("portal-4-home").await;
}
