//! A medical institution's terminal in a browser.

use super::accessible::must_be_usable_in;
use super::visitors::Visitors;
use crate::viewing::scene::{HOSPITAL, TSUKIMI};

const HANAS_PAGE: &str = "/patients/139998/0000000001";

fn opinion<'f>(application: &'f str, written: &'f str) -> [(&'f str, &'f str); 6] {
    [
        ("action", "opinion"),
        ("application", application),
        ("written", written),
        ("physician", "月見 医師"),
        ("diagnosis", "歩行に見守りが要る"),
        ("remarks", ""),
    ]
}

#[tokio::test]
async fn an_opinion_that_was_asked_for_is_sent_once() {
    let mut visitors = Visitors::new().await;
    let mut hospital = visitors.hospital().await;
    assert!(hospital.get("/").await.text().contains("まだいません"));
    assert_eq!(hospital.get(HANAS_PAGE).await.status, 404);

    visitors.happen(|scene| scene.asked_for_opinion(TSUKIMI, HOSPITAL, "A-9"));
    let home = hospital.get("/").await;
    assert!(home.text().contains("申請番号 A-9（未電送）"));
    let page = hospital.submit(HANAS_PAGE, &opinion("A-9", "きょう")).await;
    assert_eq!(page.status, 422);
    assert!(page.problems().contains("2026-11-02 の形"));
    let page = hospital
        .submit(HANAS_PAGE, &opinion("A-7", "2026-11-02"))
        .await;
    assert!(page.problems().contains("該当する利用者が見つかりません"));
    let sent = hospital
        .submit(HANAS_PAGE, &opinion("A-9", "2026-11-02"))
        .await;
    assert_eq!(sent.location(), HANAS_PAGE);
    let page = hospital.get(HANAS_PAGE).await;
    assert!(page.notice().contains("電送しました"));
    assert!(page.text().contains("電送済み"));
    let again = hospital
        .submit(HANAS_PAGE, &opinion("A-9", "2026-11-02"))
        .await;
    assert!(again.problems().contains("すでに受け付けています"));
    let strange = hospital.submit(HANAS_PAGE, &[("action", "erase")]).await;
    assert_eq!(strange.status, 400);
    assert!(visitors.journal().contains("月見 医師"));
}

#[tokio::test]
async fn past_opinions_show_with_a_check_and_the_consent() {
    let mut visitors = Visitors::new().await;
    let mut hospital = visitors.hospital().await;
    let past = format!("{HANAS_PAGE}/physicianOpinion");
    let unseen = hospital.get(&past).await;
    assert!(unseen.problems().contains("該当する利用者が見つかりません"));
    let card = visitors.card();
    let reading = [("card", card.as_str()), ("reader", "card_reader")];
    let refused = hospital.submit("/card", &reading).await;
    assert!(refused.problems().contains("顔写真"));
    let reading = [reading[0], reading[1], ("face_compared", "yes")];
    assert_eq!(hospital.submit("/card", &reading).await.location(), "/");
    assert!(hospital.get("/").await.text().contains("ツキミ　ハナ"));

    let closed = hospital.get(&past).await;
    assert_eq!(closed.status, 403);
    assert!(closed.problems().contains("包括同意がないため"));
    visitors.happen(|scene| scene.link_consent("1", "2026-11-02"));
    let open = hospital.get(&past).await;
    assert_eq!(
        (open.status.as_u16(), open.heading().as_str()),
        (200, "主治医意見書")
    );
    let never = hospital.get(&format!("{HANAS_PAGE}/surveySheet")).await;
    assert!(never.problems().contains("この情報は表示できません"));
}

#[tokio::test]
async fn only_the_own_line_is_let_in() {
    let visitors = Visitors::new().await;
    let right = format!("line-{HOSPITAL}");
    for (institution, certificate) in [
        (HOSPITAL, "line-1310000002"),
        (HOSPITAL, ""),
        ("1310000002", right.as_str()),
        ("", right.as_str()),
        ("病院", right.as_str()),
    ] {
        let mut browser = visitors.medical();
        let line = [("institution", institution), ("certificate", certificate)];
        let refused = browser.submit("/login", &line).await;
        assert_eq!(refused.status, 422);
        assert!(refused.problems().contains("証明書を確認できません"));
        assert_eq!(browser.get("/").await.location(), "/login");
    }
    let mut hospital = visitors.hospital().await;
    let token = hospital.get("/").await.token();
    let left = hospital.post("/logout", &token, &[]).await;
    assert_eq!(left.location(), "/login?logged_out");
    assert_eq!(hospital.get("/").await.location(), "/login");
}

#[tokio::test]
async fn a_form_without_its_token_or_from_elsewhere_does_nothing() {
    let mut visitors = Visitors::new().await;
    visitors.happen(|scene| scene.asked_for_opinion(TSUKIMI, HOSPITAL, "A-9"));
    let mut hospital = visitors.hospital().await;
    let stolen = visitors.hospital().await.get("/card").await.token();
    let before = visitors.journal();
    for token in ["", stolen.as_str()] {
        let forged = hospital
            .post(HANAS_PAGE, token, &opinion("A-9", "2026-11-02"))
            .await;
        assert_eq!(forged.status, 403);
        let card = visitors.card();
        let forged = hospital.post("/card", token, &[("card", &card)]).await;
        assert_eq!(forged.status, 403);
        assert_eq!(hospital.post("/logout", token, &[]).await.status, 403);
    }
    assert_eq!(visitors.journal(), before);
}

#[tokio::test]
async fn a_session_of_other_pages_is_worth_nothing() {
    let visitors = Visitors::new().await;
    let aoba = visitors.aoba().await;
    let mut hospital = visitors.medical();
    let value = aoba
        .cookie
        .as_deref()
        .and_then(|cookie| cookie.split_once('='));
    let (_, value) = value.expect("a cookie");
    hospital.cookie = Some(format!("medical-{}={value}", hospital.address.port()));
    assert_eq!(hospital.get("/").await.location(), "/login");
}

#[tokio::test]
async fn every_page_can_be_used_without_mouse_script_or_good_eyes() {
    let mut visitors = Visitors::new().await;
    visitors.happen(|scene| scene.asked_for_opinion(TSUKIMI, HOSPITAL, "A-9"));
    let words = [
        "適合（tekigo）のオンライン資格確認シミュレータ",
        "令和8年11月2日",
    ];
    let mut nobody = visitors.medical();
    must_be_usable_in(&words, "/login", &nobody.get("/login").await);
    must_be_usable_in(&words, "/login", &nobody.submit("/login", &[]).await);
    let mut hospital = visitors.hospital().await;
    let refused = hospital.submit(HANAS_PAGE, &opinion("A-9", "x")).await;
    must_be_usable_in(&words, HANAS_PAGE, &refused);
    let past = format!("{HANAS_PAGE}/physicianOpinion");
    let nothing = format!("{HANAS_PAGE}/nothing");
    for path in ["/", "/card", HANAS_PAGE, &past, &nothing, "/elsewhere"] {
        must_be_usable_in(&words, path, &hospital.get(path).await);
    }
}
