//! マイナポータル in a browser.

use tekigo_simulator::profile::Profile;

use super::accessible::must_be_usable_in;
use super::visitors::Visitors;
use crate::viewing::scene::Scene;

const HANAS_DATA: &str = "/data/139998/0000000001";

#[tokio::test]
async fn the_person_sees_the_own_data_and_nothing_else() {
    let visitors = Visitors::new().await;
    let mut hana = visitors.hana().await;
    let home = hana.get("/").await;
    assert_eq!(home.heading(), "あなたの介護情報");
    let shown = home.texts("main li a");
    assert_eq!(
        shown,
        [
            "被保険者証",
            "住宅改修費利用情報",
            "福祉用具購入費利用情報",
            "認定審査進捗",
            "ケアプラン情報",
            "LIFE情報"
        ]
    );
    let card = hana.get(&format!("{HANAS_DATA}/insuranceCard")).await;
    assert_eq!(card.status, 200);
    assert!(card.text().contains("月見 花"));
    let plan = hana.get(&format!("{HANAS_DATA}/carePlan")).await;
    assert!(plan.text().contains("登録されている情報はありません"));
    let sheet = hana.get(&format!("{HANAS_DATA}/surveySheet")).await;
    assert_eq!(sheet.status, 403);
    assert!(sheet.problems().contains("この情報は表示できません"));
    let other = hana.get("/data/139998/0000000002/insuranceCard").await;
    assert!(other.problems().contains("該当する利用者が見つかりません"));
}

#[tokio::test]
async fn before_the_municipality_is_set_up_only_the_card_shows() {
    let mut scene = Scene::started(Profile::bundled(), "2026-11-02T09:00:00");
    scene.link_hana();
    let visitors = Visitors::of(scene).await;
    let mut hana = visitors.hana().await;
    assert_eq!(
        hana.get(&format!("{HANAS_DATA}/insuranceCard"))
            .await
            .status,
        200
    );
    let home = hana.get("/").await.text();
    assert!(home.contains("まだ情報の登録を終えていません"), "{home}");
    let progress = hana
        .get(&format!("{HANAS_DATA}/certificationProgress"))
        .await;
    assert!(
        progress
            .problems()
            .contains("この保険者の情報は、まだ利用できません")
    );
}

#[tokio::test]
async fn a_visit_ends_by_itself_and_by_leaving() {
    let visitors = Visitors::new().await;
    let mut hana = visitors.hana().await;
    let page = hana.get("/").await;
    let left = hana.post("/logout", &page.token(), &[]).await;
    assert_eq!(left.location(), "/login?logged_out");
    let mut hana = visitors.hana().await;
    visitors.wait(1_800);
    let over = hana.get(&format!("{HANAS_DATA}/insuranceCard")).await;
    assert_eq!(over.location(), "/login?over");
    let mut nobody = visitors.mynaportal();
    let refused = nobody.submit("/login", &[("card", "a00000000000")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.problems().contains("このカードでは確認できません"));
}

#[tokio::test]
async fn what_was_seen_and_noted_is_there_after_a_new_start() {
    let visitors = Visitors::new().await;
    let mut hana = visitors.hana().await;
    let card = format!("{HANAS_DATA}/insuranceCard");
    assert_eq!(hana.get(&card).await.status, 200);
    let before = visitors.journal();
    let visitors = visitors.started_again().await;
    assert_eq!(visitors.journal(), before);
    let mut hana = visitors.hana().await;
    assert_eq!(hana.get(&card).await.status, 200);
}

#[tokio::test]
async fn every_page_can_be_used_without_mouse_script_or_good_eyes() {
    let visitors = Visitors::new().await;
    let words = [
        "適合（tekigo）のマイナポータルシミュレータ",
        "令和8年11月2日",
    ];
    let mut nobody = visitors.mynaportal();
    must_be_usable_in(&words, "/login", &nobody.get("/login").await);
    let mut hana = visitors.hana().await;
    let card = format!("{HANAS_DATA}/insuranceCard");
    let sheet = format!("{HANAS_DATA}/surveySheet");
    for path in ["/", &card, &sheet, "/elsewhere"] {
        must_be_usable_in(&words, path, &hana.get(path).await);
    }
}
