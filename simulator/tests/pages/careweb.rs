//! 介護WEBサービス in a browser: the whole way from the insurance card to the care plan.

use super::accessible::must_be_usable_in;
use super::visitors::Visitors;
use crate::viewing::scene::{AOBA, HANA, HANA_BIRTH, HANA_KANA, TSUBAKI, TSUKIMI, WAKAKUSA};

const HANAS_PAGE: &str = "/users/139998/0000000001";

fn four_items(kana: &str) -> [(&str, &str); 5] {
    [
        ("insurer", TSUKIMI),
        ("insured", HANA),
        ("kana", kana),
        ("birth", HANA_BIRTH),
        ("sex", "2"),
    ]
}

#[tokio::test]
async fn from_the_insurance_card_to_the_survey_sheet() {
    let mut visitors = Visitors::new().await;
    let mut aoba = visitors.aoba().await;
    assert_eq!(aoba.get("/").await.heading(), "利用者");
    assert!(aoba.get("/").await.text().contains("まだいません"));

    let refused = aoba
        .submit("/register", &four_items("ツキミ　ハナコ"))
        .await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .problems()
            .contains("該当する利用者が見つかりません")
    );
    let taken = aoba.submit("/register", &four_items(HANA_KANA)).await;
    assert_eq!(taken.location(), HANAS_PAGE);
    let page = aoba.get(HANAS_PAGE).await;
    assert!(
        page.notice().contains("本人確認ができています"),
        "{}",
        page.text()
    );

    let sheet = format!("{HANAS_PAGE}/surveySheet");
    let closed = aoba.get(&sheet).await;
    assert_eq!(closed.status, 403);
    assert!(
        closed
            .problems()
            .contains("担当事業所として登録されていません")
    );
    let done = aoba.submit(HANAS_PAGE, &[("action", "become")]).await;
    assert_eq!(done.location(), HANAS_PAGE);
    let closed = aoba.get(&sheet).await;
    assert!(closed.problems().contains("包括同意がないため"));

    visitors.happen(|scene| scene.link_consent("1", "2026-11-02"));
    let open = aoba.get(&sheet).await;
    assert_eq!(
        (open.status.as_u16(), open.heading()),
        (200, "認定調査票".to_owned())
    );
    let text = open.text();
    assert!(
        text.contains("自宅内") && text.contains("2025-12-10"),
        "codes are told in words"
    );
    assert!(!text.contains("個人番号"), "{text}");
    let card = aoba
        .get(&format!("{HANAS_PAGE}/insuranceCard"))
        .await
        .text();
    assert!(
        card.contains("月見 花") && card.contains("要介護1"),
        "{card}"
    );
}

#[tokio::test]
async fn by_card_and_with_a_consent_taken_by_the_office() {
    let visitors = Visitors::new().await;
    let mut aoba = visitors.aoba().await;
    let card = visitors.card();
    let unseen = [("card", card.as_str()), ("reader", "card_reader")];
    let refused = aoba.submit("/card", &unseen).await;
    assert!(
        refused.problems().contains("顔写真"),
        "{}",
        refused.problems()
    );
    let seen = [
        ("card", card.as_str()),
        ("reader", "smartphone"),
        ("face_compared", "yes"),
    ];
    assert_eq!(aoba.submit("/card", &seen).await.location(), HANAS_PAGE);
    aoba.submit(HANAS_PAGE, &[("action", "become")])
        .await
        .location();
    let refused = aoba.submit(HANAS_PAGE, &[("action", "consent")]).await;
    assert!(refused.problems().contains("印を付けて"));
    let consent = [("action", "consent"), ("consented", "yes")];
    aoba.submit(HANAS_PAGE, &consent).await.location();
    let again = aoba.submit(HANAS_PAGE, &consent).await;
    assert!(again.problems().contains("すでに受け付けています"));
    let sheet = aoba.get(&format!("{HANAS_PAGE}/surveySheet")).await;
    assert_eq!(sheet.status, 200);
    let journal = visitors.journal();
    assert!(journal.contains(r#""takenBy":"2","officeNumber":"1379990011""#));
}

#[tokio::test]
async fn notices_and_papers_are_filed_form_by_form() {
    let visitors = Visitors::new().await;
    let mut aoba = visitors.aoba().await;
    aoba.submit("/register", &four_items(HANA_KANA))
        .await
        .location();
    let notice = |start, assented| {
        let mut form = vec![
            ("action", "notice"),
            ("request_type", "1"),
            ("start", start),
        ];
        if assented {
            form.push(("assented", "yes"));
        }
        form
    };
    let refused = aoba.submit(HANAS_PAGE, &notice("11/10", true)).await;
    assert!(refused.problems().contains("2026-11-02 の形"));
    let refused = aoba.submit(HANAS_PAGE, &notice("2026-11-10", false)).await;
    assert!(refused.problems().contains("利用者の承諾がありません"));
    let taken = aoba.submit(HANAS_PAGE, &notice("2026-11-10", true)).await;
    assert_eq!(taken.location(), HANAS_PAGE);

    aoba.submit(HANAS_PAGE, &[("action", "become")])
        .await
        .location();
    let plan = [
        ("action", "care_plan"),
        ("plan_number", "1"),
        ("created", "2026-11-02"),
        ("plan", "歩行"),
    ];
    aoba.submit(HANAS_PAGE, &plan).await.location();
    let life = [
        ("action", "life"),
        ("measured", "2026-11-02"),
        ("state", "ADL 12点"),
    ];
    aoba.submit(HANAS_PAGE, &life).await.location();
    let ended = aoba.submit(HANAS_PAGE, &[("action", "end")]).await;
    assert_eq!(ended.location(), HANAS_PAGE);
    let refused = aoba.submit(HANAS_PAGE, &life).await;
    assert!(
        refused
            .problems()
            .contains("担当事業所として登録されていません")
    );

    let strange = aoba.submit(HANAS_PAGE, &[("action", "erase")]).await;
    assert_eq!(strange.status, 400);
    // 訪問介護 has no such forms.
    let mut wakakusa = visitors.office(WAKAKUSA, "staff").await;
    wakakusa
        .submit("/register", &four_items(HANA_KANA))
        .await
        .location();
    let page = wakakusa.get(HANAS_PAGE).await.text();
    assert!(!page.contains("届出を提出する") && !page.contains("同意を登録する"));
    let refused = wakakusa
        .submit(HANAS_PAGE, &notice("2026-11-10", true))
        .await;
    assert!(
        refused
            .problems()
            .contains("この種類の事業所ではできません")
    );
    let mut tsubaki = visitors.office(TSUBAKI, "staff").await;
    tsubaki
        .submit("/register", &four_items(HANA_KANA))
        .await
        .location();
    assert!(
        tsubaki
            .get(HANAS_PAGE)
            .await
            .text()
            .contains("意見書を電送する")
    );
}

#[tokio::test]
async fn a_token_is_renewed_unasked_until_the_log_in_is_over() {
    let visitors = Visitors::new().await;
    let mut aoba = visitors.aoba().await;
    aoba.submit("/register", &four_items(HANA_KANA))
        .await
        .location();
    aoba.submit(HANAS_PAGE, &[("action", "become")])
        .await
        .location();
    let card = format!("{HANAS_PAGE}/insuranceCard");
    visitors.wait(3_600);
    assert_eq!(aoba.get(&card).await.status, 200);
    visitors.wait(7 * 3_600);
    let over = aoba.get(&card).await;
    assert_eq!(over.location(), "/login?over");
    assert!(
        aoba.get("/login?over")
            .await
            .notice()
            .contains("有効時間が過ぎた")
    );
    assert_eq!(aoba.get("/").await.location(), "/login");
}

#[tokio::test]
async fn nobody_gets_in_without_certificate_user_and_password() {
    let visitors = Visitors::new().await;
    for (certificate, user, password, reason) in [
        (
            "office-0",
            "staff",
            "staff",
            "クライアント証明書を確認できません",
        ),
        (
            "office-1379990011",
            "nobody",
            "staff",
            "ログインIDかパスワードが違います",
        ),
        (
            "office-1379990011",
            "staff",
            "guess",
            "ログインIDかパスワードが違います",
        ),
        ("", "staff", "staff", "名義を入力してください"),
    ] {
        let mut browser = visitors.careweb();
        let login = [
            ("certificate", certificate),
            ("user", user),
            ("password", password),
        ];
        let refused = browser.submit("/login", &login).await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.problems().contains(reason),
            "{}",
            refused.problems()
        );
        assert_eq!(browser.get("/").await.location(), "/login");
    }
    assert!(
        !visitors.journal().contains("guess"),
        "passwords are masked"
    );
    let mut aoba = visitors.aoba().await;
    let page = aoba.get("/").await;
    let left = aoba.post("/logout", &page.token(), &[]).await;
    assert_eq!(left.location(), "/login?logged_out");
    assert_eq!(aoba.get("/").await.location(), "/login");
}

#[tokio::test]
async fn a_person_the_office_has_not_identified_has_no_page() {
    let visitors = Visitors::new().await;
    let mut aoba = visitors.aoba().await;
    let unknown = aoba.get("/users/139998/9999999999").await;
    let unidentified = aoba.get(HANAS_PAGE).await;
    assert_eq!(
        (unknown.status, unidentified.status),
        (unknown.status, unknown.status)
    );
    assert_eq!(unknown.status, 404);
    assert_eq!(unknown.heading(), unidentified.heading());
    let data = |answer: super::browser::Answer| (answer.status, answer.problems());
    let unknown = aoba.get("/users/139998/9999999999/insuranceCard").await;
    let unidentified = aoba.get(&format!("{HANAS_PAGE}/insuranceCard")).await;
    assert_eq!(data(unknown), data(unidentified));
}

#[tokio::test]
async fn a_form_without_its_token_or_from_elsewhere_does_nothing() {
    let visitors = Visitors::new().await;
    let mut aoba = visitors.aoba().await;
    aoba.submit("/register", &four_items(HANA_KANA))
        .await
        .location();
    let before = visitors.journal();
    let forged = aoba.post(HANAS_PAGE, "", &[("action", "become")]).await;
    assert_eq!(forged.status, 403);
    let mut other = visitors.office(AOBA, "staff").await;
    let stolen = other.get("/register").await.token();
    let after_log_in = visitors.journal();
    let forged = aoba
        .post(HANAS_PAGE, &stolen, &[("action", "become")])
        .await;
    assert_eq!(forged.status, 403);
    assert_eq!(visitors.journal(), after_log_in);
    assert!(after_log_in.starts_with(&before));
}

#[tokio::test]
async fn a_page_that_has_no_form_takes_none() {
    let visitors = Visitors::new().await;
    let mut aoba = visitors.aoba().await;
    let token = aoba.get("/register").await.token();
    let data = format!("{HANAS_PAGE}/insuranceCard");
    for path in [data.as_str(), "/"] {
        let refused = aoba.post(path, &token, &[("action", "become")]).await;
        assert_eq!(refused.status, 405, "{path}");
        let body = b"anything".to_vec();
        let refused = aoba.request(reqwest::Method::POST, path, &[], body).await;
        assert_eq!(refused.status, 405, "{path}");
    }
}

#[tokio::test]
async fn every_page_can_be_used_without_mouse_script_or_good_eyes() {
    let mut visitors = Visitors::new().await;
    visitors.happen(|scene| scene.link_consent("1", "2026-11-02"));
    let words = [
        "適合（tekigo）の介護WEBサービスシミュレータ",
        "令和8年11月2日",
    ];
    let mut nobody = visitors.careweb();
    must_be_usable_in(&words, "/login", &nobody.get("/login").await);
    let refused = nobody
        .submit(
            "/login",
            &[("certificate", ""), ("user", ""), ("password", "")],
        )
        .await;
    must_be_usable_in(&words, "/login", &refused);
    for office in [AOBA, TSUBAKI] {
        let mut staff = visitors.office(office, "staff").await;
        staff
            .submit("/register", &four_items(HANA_KANA))
            .await
            .location();
        staff
            .submit(HANAS_PAGE, &[("action", "become")])
            .await
            .location();
        let refused = staff.submit("/register", &four_items("")).await;
        must_be_usable_in(&words, "/register", &refused);
        let refused = staff
            .submit(
                HANAS_PAGE,
                &[("action", "life"), ("measured", "x"), ("state", "")],
            )
            .await;
        must_be_usable_in(&words, HANAS_PAGE, &refused);
        let card = format!("{HANAS_PAGE}/insuranceCard");
        let nothing = format!("{HANAS_PAGE}/nothing");
        for path in [
            "/",
            "/register",
            "/card",
            HANAS_PAGE,
            &card,
            &nothing,
            "/elsewhere",
        ] {
            must_be_usable_in(&words, path, &staff.get(path).await);
        }
    }
}
