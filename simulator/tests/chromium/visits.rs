//! The paths of those who want to see what a municipality has linked: an office, the person, a
//! hospital and a board's member.

use super::terminal::Terminal;
use super::viewing::scene::{AOBA, HANA, HANA_BIRTH, HANA_KANA, HOSPITAL, TSUKIMI};
use super::visitors::Visitors;

/// From the printed card to the survey sheet and, after the withdrawal, away from it.
pub(crate) async fn walk(terminal: &Terminal) {
    let mut visitors = Visitors::new().await;
    visitors.happen(|scene| scene.asked_for_opinion(TSUKIMI, HOSPITAL, "A-9"));
    office_sees(&visitors, terminal).await;
    person_sees(&visitors, terminal).await;
    visitors.happen(|scene| scene.link_consent("3", "2026-11-02"));
    office_is_refused(&visitors, terminal).await;
    hospital_writes(&visitors, terminal).await;
    member_reads(&visitors, terminal).await;
}

async fn office_sees(visitors: &Visitors, terminal: &Terminal) {
    let address = visitors.simulator.careweb().expect("pages");
    terminal.go(&format!("http://{address}/")).await;
    assert_eq!(terminal.heading().await, "ログイン");
    terminal.must_look_right("careweb-1-login").await;
    let certificate = format!("office-{AOBA}");
    terminal
        .fill("クライアント証明書の名義", &certificate)
        .await;
    terminal.fill("ログインID", "care_manager").await;
    terminal.fill("パスワード", "care_manager").await;
    terminal.enter("ログイン").await;
    assert_eq!(terminal.heading().await, "利用者");
    terminal.must_look_right("careweb-2-nobody").await;
    terminal.enter("利用者の登録（被保険者証）").await;
    terminal.must_look_right("careweb-3-register").await;
    type_card(terminal, "ツキミ　ハナコ").await;
    terminal.enter("登録する").await;
    terminal.must_look_right("careweb-3-register-wrong").await;
    terminal.go(&format!("http://{address}/register")).await;
    type_card(terminal, HANA_KANA).await;
    terminal.enter("登録する").await;
    assert!(
        terminal
            .text("#notice")
            .await
            .contains("本人確認ができています")
    );
    terminal.must_look_right("careweb-4-person").await;
    terminal.enter("担当事業所として登録する").await;
    terminal.enter("認定調査票").await;
    assert!(
        terminal
            .text("#problems")
            .await
            .contains("包括同意がないため")
    );
    terminal.must_look_right("careweb-5-refused").await;
    terminal.client.back().await.expect("the page before");
    terminal
        .mark("利用者から、情報の共有についての包括同意を得ました")
        .await;
    terminal.enter("同意を登録する").await;
    terminal.must_look_right("careweb-6-consented").await;
    terminal.enter("認定調査票").await;
    assert_eq!(terminal.heading().await, "認定調査票");
    assert!(terminal.text("main").await.contains("自宅内"));
    terminal.must_look_right("careweb-7-sheet").await;
    terminal.print("careweb-7-sheet").await;
    terminal.enter("マイナンバーカードの読み取り").await;
    terminal.must_look_right("careweb-8-card").await;
}

async fn type_card(terminal: &Terminal, kana: &str) {
    terminal.fill("介護保険者番号", TSUKIMI).await;
    terminal.fill("介護被保険者番号", HANA).await;
    terminal.fill("カナ氏名", kana).await;
    terminal.fill("生年月日", HANA_BIRTH).await;
    terminal.choose_from("性別", "女").await;
}

async fn person_sees(visitors: &Visitors, terminal: &Terminal) {
    let address = visitors.simulator.mynaportal().expect("pages");
    terminal.go(&format!("http://{address}/")).await;
    terminal.must_look_right("mynaportal-1-login").await;
    terminal.enter("ログイン").await;
    assert_eq!(terminal.heading().await, "あなたの介護情報");
    terminal.must_look_right("mynaportal-2-home").await;
    let closed = terminal.text(".closed").await;
    assert!(closed.contains("認定調査票"), "{closed}");
    let links = terminal
        .run("return [...document.querySelectorAll('main a')].map(link => link.innerText)")
        .await;
    assert!(!links.to_string().contains("認定調査票"), "{links}");
    terminal.enter("被保険者証").await;
    assert!(terminal.text("main").await.contains("要介護1"));
    terminal.must_look_right("mynaportal-3-card").await;
}

async fn office_is_refused(visitors: &Visitors, terminal: &Terminal) {
    let address = visitors.simulator.careweb().expect("pages");
    let sheet = format!("http://{address}/users/{TSUKIMI}/{HANA}/surveySheet");
    terminal.go(&sheet).await;
    assert!(
        terminal
            .text("#problems")
            .await
            .contains("包括同意がないため")
    );
    terminal.must_look_right("careweb-9-withdrawn").await;
    terminal.enter("ログアウト").await;
    assert_eq!(terminal.path().await, "/login");
}

async fn hospital_writes(visitors: &Visitors, terminal: &Terminal) {
    let address = visitors.simulator.medical().expect("pages");
    terminal.go(&format!("http://{address}/")).await;
    terminal.must_look_right("medical-1-login").await;
    terminal.fill("医療機関コード", HOSPITAL).await;
    let certificate = format!("line-{HOSPITAL}");
    terminal.fill("回線の証明書の名義", &certificate).await;
    terminal.enter("ログイン").await;
    terminal.must_look_right("medical-2-patients").await;
    terminal.enter(HANA).await;
    terminal.must_look_right("medical-3-patient").await;
    terminal.fill("申請番号", "A-9").await;
    terminal.fill("記入年月日", "2026-11-02").await;
    terminal.fill("医師氏名", "月見 医師").await;
    terminal
        .fill("傷病に関する意見", "歩行に見守りが要る")
        .await;
    terminal.enter("意見書を電送する").await;
    assert!(terminal.text("#notice").await.contains("電送しました"));
    terminal.must_look_right("medical-4-sent").await;
}

async fn member_reads(visitors: &Visitors, terminal: &Terminal) {
    let address = visitors.simulator.board().expect("pages");
    terminal.go(&format!("http://{address}/")).await;
    terminal.must_look_right("board-1-login").await;
    terminal.fill("審査会の保険者番号", TSUKIMI).await;
    terminal.fill("ログインID（委員の番号）", "M01").await;
    terminal.fill("パスワード", "M01").await;
    terminal.enter("ログイン").await;
    assert!(terminal.text("main").await.contains("未参照"));
    terminal.must_look_right("board-2-materials").await;
    terminal.enter(HANA).await;
    terminal.must_look_right("board-3-material").await;
}
