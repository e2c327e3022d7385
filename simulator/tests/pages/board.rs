//! A review board's member in a browser.

use super::accessible::must_be_usable_in;
use super::visitors::Visitors;
use crate::viewing::scene::{HANA, HOSHIAI, TSUKIMI, material};

const HANAS_MATERIAL: &str = "/materials/139998/0000000001";

#[tokio::test]
async fn a_member_reads_the_own_meetings_materials_and_the_city_learns_of_it() {
    let visitors = Visitors::new().await;
    let mut member = visitors.member("M01").await;
    let home = member.get("/").await;
    assert_eq!(home.heading(), "審査会資料");
    assert!(home.text().contains("未参照"), "{}", home.text());
    let shown = member.get(HANAS_MATERIAL).await;
    assert_eq!(shown.status, 200);
    assert!(shown.text().contains("資料の内容"));
    assert!(member.get("/").await.text().contains("参照済み"));
    assert!(visitors.journal().contains("boardReadingStatus"));

    let mut other = visitors.member("M02").await;
    let home = other.get("/").await;
    assert!(home.text().contains("資料はまだありません"));
    let refused = other.get(HANAS_MATERIAL).await;
    assert_eq!(refused.status, 403);
    let nobody = other.get("/materials/139998/9999999999").await;
    assert_eq!(refused.problems(), nobody.problems());
}

#[tokio::test]
async fn a_material_of_another_meeting_is_not_listed() {
    let mut visitors = Visitors::new().await;
    visitors.happen(|scene| {
        let mut other = material("A-2", "G-8", "M02");
        other["insuredNumber"] = HANA.into();
        scene.link(TSUKIMI, "boardMaterial", other);
    });
    let mut member = visitors.member("M01").await;
    let home = member.get("/").await.text();
    assert!(!home.contains("G-8"), "{home}");
    let mut other = visitors.member("M02").await;
    let home = other.get("/").await.text();
    assert!(home.contains("G-8") && !home.contains("G-7"), "{home}");
}

#[tokio::test]
async fn nobody_gets_in_without_number_and_password() {
    let visitors = Visitors::new().await;
    for (insurer, member, password) in [
        (TSUKIMI, "M01", "guess"),
        (TSUKIMI, "M09", "M09"),
        (HOSHIAI, "M02", "M02"),
        ("", "M01", "M01"),
    ] {
        let mut browser = visitors.board();
        let login = [
            ("insurer", insurer),
            ("member", member),
            ("password", password),
        ];
        let refused = browser.submit("/login", &login).await;
        assert_eq!(refused.status, 422);
        let why = "ログインIDかパスワードが違います";
        assert!(refused.problems().contains(why));
        assert_eq!(browser.get("/").await.location(), "/login");
    }
    assert!(
        !visitors.journal().contains("guess"),
        "passwords are masked"
    );
}

#[tokio::test]
async fn a_log_in_is_renewed_unasked_until_it_is_over() {
    let visitors = Visitors::new().await;
    let mut member = visitors.member("M01").await;
    visitors.wait(3_600);
    assert_eq!(member.get(HANAS_MATERIAL).await.status, 200);
    visitors.wait(7 * 3_600);
    let over = member.get(HANAS_MATERIAL).await;
    assert_eq!(over.location(), "/login?over");
}

#[tokio::test]
async fn a_form_without_its_token_does_nothing() {
    let visitors = Visitors::new().await;
    let mut member = visitors.member("M01").await;
    let before = visitors.journal();
    assert_eq!(member.post("/logout", "", &[]).await.status, 403);
    let login = [("insurer", TSUKIMI), ("member", "M01"), ("password", "M01")];
    let mut nobody = visitors.board();
    assert_eq!(nobody.post("/login", "", &login).await.status, 403);
    assert_eq!(visitors.journal(), before);
}

#[tokio::test]
async fn every_page_can_be_used_without_mouse_script_or_good_eyes() {
    let visitors = Visitors::new().await;
    let words = ["適合（tekigo）の認定審査会シミュレータ", "令和8年11月2日"];
    let mut nobody = visitors.board();
    must_be_usable_in(&words, "/login", &nobody.get("/login").await);
    must_be_usable_in(&words, "/login", &nobody.submit("/login", &[]).await);
    let mut member = visitors.member("M01").await;
    let nobodys = "/materials/139998/9999999999";
    for path in ["/", HANAS_MATERIAL, nobodys, "/elsewhere"] {
        must_be_usable_in(&words, path, &member.get(path).await);
    }
}
