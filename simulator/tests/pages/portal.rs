//! The portal's pages: from the survey to the public list, inquiries and subsidies.

use jiff::civil::date;
use tekigo_simulator::PortalInput;

use super::portal_scene::{CITY, Portal, answered, must_be_usable};

const OFFICE: &str = "1371300011";

#[tokio::test]
async fn a_municipality_goes_its_whole_road_in_a_browser() {
    let portal = Portal::on(date(2026, 8, 3)).await;
    portal.declare();
    let mut anybody = portal.browser();
    let sent = anybody.submit("/survey", &answered("2026-11")).await;
    assert_eq!(sent.status, 200);
    assert!(
        sent.notice().contains("回答を受け付けました"),
        "{}",
        sent.text()
    );
    portal.notify(date(2026, 11, 2));
    let mut staff = portal.at_work().await;
    let home = staff.get("/").await;
    assert!(
        home.texts("dl.facts").join("").contains("返信待ち"),
        "{}",
        home.text()
    );
    let schedule = staff.get("/schedule").await;
    let facts = schedule.texts("dl.facts").join("");
    assert!(
        facts.contains("令和8年11月2日（月）") && facts.contains("令和8年11月9日（月）"),
        "{facts}"
    );
    let asked = staff
        .submit(
            "/schedule",
            &[
                ("reply", "ask_for_change"),
                ("setup_date", ""),
                ("start_date", "2026-11-20"),
                ("reason", "庁内の行事と重なるため"),
            ],
        )
        .await;
    assert_eq!(asked.location(), "/schedule");
    let told = staff.get("/schedule").await.notice();
    assert!(told.contains("推奨されません"), "{told}");
    portal.notify(date(2026, 11, 2));
    let accepted = staff.submit("/schedule", &[("reply", "accept")]).await;
    assert_eq!(accepted.location(), "/schedule");
    let listed = anybody.get("/status").await;
    assert_eq!(listed.texts("svg").len(), 0, "nothing is published yet");
    portal.operate(PortalInput::Publish {
        insurer: CITY.to_owned(),
    });
    let listed = anybody.get("/status").await;
    let rows = listed.texts("tbody tr");
    let row = rows.iter().find(|row| row.contains("つきみ市"));
    let row = row.expect("its row");
    assert!(row.contains("令和8年11月20日"), "{row}");
    assert_eq!(listed.texts("svg desc").len(), 1);
    must_be_usable("/status", &listed);
    assert!(!portal.journal().contains("Tsukimi-no-yoru-2026"));
}

#[tokio::test]
async fn a_deficient_answer_is_taken_and_told() {
    let portal = Portal::on(date(2026, 8, 3)).await;
    portal.declare();
    let mut anybody = portal.browser();
    let sent = anybody.submit("/survey", &answered("2026-08")).await;
    assert!(
        sent.texts("#grounds li")
            .join("")
            .contains("可能時期 令和8年9月から"),
        "{}",
        sent.text()
    );
    must_be_usable("/survey", &sent);
    let mut wrong = answered("2026-11");
    wrong[0].1 = "131011";
    let refused = anybody.submit("/survey", &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.problems().contains("台帳にない番号「131011」"),
        "{}",
        refused.text()
    );
    must_be_usable("/survey", &refused);
}

#[tokio::test]
async fn a_reply_that_will_not_do_is_refused_at_its_field() {
    let portal = Portal::on(date(2026, 8, 3)).await;
    portal.declare();
    portal
        .browser()
        .submit("/survey", &answered("2026-11"))
        .await;
    portal.notify(date(2026, 11, 2));
    let mut staff = portal.at_work().await;
    let wish = |setup, start, reason| {
        [
            ("reply", "ask_for_change"),
            ("setup_date", setup),
            ("start_date", start),
            ("reason", reason),
        ]
    };
    for (fields, field) in [
        (wish("", "", "理由"), "#setup_date-problem-1"),
        (wish("令和8年11月16日", "", "理由"), "#setup_date-problem-1"),
        (wish("", "2026-11-01", "理由"), "#start_date-problem-1"),
        (wish("2026-11-16", "", ""), "#reason-problem-1"),
    ] {
        let answer = staff.submit("/schedule", &fields).await;
        assert_eq!(answer.status, 422);
        assert_eq!(answer.texts(field).len(), 1, "{}", answer.text());
        must_be_usable("/schedule", &answer);
    }
}

#[tokio::test]
async fn anybody_can_inquire_and_only_users_apply() {
    let portal = Portal::on(date(2025, 12, 1)).await;
    let mut office = portal.browser();
    let inquiry = |subject| {
        [
            ("name", "月見 花子"),
            ("address", "hanako@tsukimi.example"),
            ("subject", subject),
            ("text", "ログイン方法がわかりません"),
        ]
    };
    let sent = office
        .submit("/inquiry/input", &inquiry("ログイン方法がわからない"))
        .await;
    assert!(sent.notice().contains("受付番号 1"), "{}", sent.text());
    let long = "件".repeat(41);
    let refused = office.submit("/inquiry/input", &inquiry(&long)).await;
    assert_eq!(
        refused.texts("#subject-problem-1").len(),
        1,
        "{}",
        refused.text()
    );
    assert_eq!(office.get("/subsidy/office").await.location(), "/login");
    let own = "Usagi-no-mimi-2026";
    let user = [
        ("number", OFFICE),
        ("name", "うさぎ訪問介護"),
        ("address", "usagi@office.example"),
        ("new", own),
    ];
    let registered = office.submit("/register", &user).await;
    assert!(
        registered.notice().contains(OFFICE),
        "{}",
        registered.text()
    );
    let login = [("login_id", OFFICE), ("password", own)];
    assert_eq!(office.submit("/login", &login).await.location(), "/");
    let application = [
        ("services", "11、46"),
        ("readers", "4"),
        ("readers_yen", "60000"),
        ("support_yen", "50000"),
        ("documents", "領収書"),
        ("insurer", CITY),
    ];
    let applied = office.submit("/subsidy/office", &application).await;
    assert_eq!(applied.location(), "/subsidy/office");
    let page = office.get("/subsidy/office").await;
    assert!(
        page.notice().contains("助成額 106,000円"),
        "{}",
        page.text()
    );
    assert_eq!(page.texts("form[action^='/subsidy']").len(), 0, "only once");
    let (before, token) = (portal.journal(), page.token());
    let again = office.post("/subsidy/office", &token, &application).await;
    assert!(
        again.problems().contains("1回だけの申請"),
        "{}",
        again.text()
    );
    must_be_usable("/subsidy/office", &again);
    assert_ne!(portal.journal(), before, "the refusal is written down");
    assert!(!portal.journal().contains(own));
}

#[tokio::test]
async fn every_page_of_the_portal_can_be_used_without_a_mouse() {
    let portal = Portal::on(date(2025, 12, 1)).await;
    let mut anybody = portal.browser();
    for path in [
        "/",
        "/status",
        "/survey",
        "/inquiry/input",
        "/register",
        "/login",
    ] {
        let answer = anybody.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        must_be_usable(path, &answer);
        assert_eq!(answer.texts("nav a[aria-current=page]").len(), 1, "{path}");
    }
    anybody.submit("/survey", &answered("2026-11")).await;
    let mut staff = portal.at_work().await;
    for path in ["/schedule", "/password"] {
        must_be_usable(path, &staff.get(path).await);
    }
    assert_eq!(
        staff.get("/subsidy/office").await.location(),
        "/",
        "not for insurers"
    );
    for path in [
        "/schedule",
        "/subsidy/office",
        "/subsidy/institution",
        "/password",
    ] {
        assert_eq!(anybody.get(path).await.location(), "/login", "{path}");
    }
    let strange = anybody.get("/operator").await;
    assert_eq!(
        strange.location(),
        "/login",
        "no page that is not named is reached"
    );
}

#[tokio::test]
async fn what_people_type_is_masked_before_it_is_journaled() {
    let portal = Portal::on(date(2025, 12, 1)).await;
    let mut anybody = portal.browser();
    let fields = [
        ("name", "月見 花子"),
        ("address", "hanako@tsukimi.example"),
        ("subject", "番号について"),
        ("text", "個人番号は1234-5678-9018です"),
    ];
    anybody.submit("/inquiry/input", &fields).await;
    let journal = portal.journal();
    assert!(journal.contains("番号について"));
    assert!(!journal.contains("9018"), "no number of a person");
}
