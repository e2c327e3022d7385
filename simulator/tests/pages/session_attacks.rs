//! Attacks on sessions: none of them reaches the world.

use reqwest::Method;

use super::browser::Browser;
use super::office::{FIRST, INSURER, OTHER, OWN, Office};

const BEHIND_THE_LOG_IN: [&str; 9] = [
    "/",
    "/password",
    "/addresses",
    "/keys",
    "/send",
    "/sent",
    "/sent/20261102100000",
    "/received",
    "/files/KJ_139998_CTL_2_20261102100000_000.csv",
];

#[tokio::test]
async fn nothing_is_seen_or_done_without_a_session() {
    let office = Office::in_mode("file").await;
    let before = office.events();
    let mut stranger = office.browser();
    for path in BEHIND_THE_LOG_IN {
        assert_eq!(stranger.get(path).await.location(), "/login", "{path}");
        let token = stranger.get("/login").await.token();
        let answer = stranger.post(path, &token, &[("action", "issue")]).await;
        assert_eq!(answer.location(), "/login", "{path}");
    }
    let big = vec![b'x'; 3_000_000];
    let files = [("KJ.csv".to_owned(), big)];
    let answer = stranger.upload_with("00", &files).await;
    assert_eq!(answer.location(), "/login");
    assert_eq!(stranger.get("/nowhere").await.location(), "/login");
    assert_eq!(office.events(), before);
}

#[tokio::test]
async fn a_cookie_from_before_the_log_in_is_worth_nothing_after() {
    let office = Office::in_mode("api").await;
    let mut staff = office.browser();
    staff.get("/login").await;
    let known_before = staff.cookie.clone().expect("a cookie for the form");
    let login = [("login_id", INSURER), ("password", FIRST)];
    staff.submit("/login", &login).await.location();
    assert_ne!(staff.cookie, Some(known_before.clone()));
    let mut attacker = office.browser();
    attacker.cookie = Some(known_before);
    assert_eq!(attacker.get("/").await.location(), "/login");

    // One that the attacker made up, planted in the browser before the log-in.
    let mut staff = office.browser();
    staff.get("/login").await;
    let name = staff.cookie.clone().expect("a cookie");
    let name = name.split('=').next().expect("a name").to_owned();
    let planted = format!("{name}={}", "ab".repeat(32));
    staff.cookie = Some(planted.clone());
    staff.submit("/login", &login).await.location();
    assert_ne!(staff.cookie, Some(planted.clone()));
    attacker.cookie = Some(planted);
    assert_eq!(attacker.get("/").await.location(), "/login");
}

#[tokio::test]
async fn a_changed_password_ends_every_other_session() {
    let office = Office::in_mode("api").await;
    let mut staff = office.at_work(INSURER).await;
    let mut elsewhere = office.browser();
    let login = [("login_id", INSURER), ("password", OWN)];
    assert_eq!(elsewhere.submit("/login", &login).await.location(), "/");
    let before = staff.cookie.clone();
    let change = [
        ("current", OWN),
        ("new", "Atarashii-2026"),
        ("again", "Atarashii-2026"),
    ];
    assert_eq!(staff.submit("/password", &change).await.location(), "/");
    assert_ne!(staff.cookie, before);
    assert_eq!(staff.get("/").await.status, 200);
    assert_eq!(elsewhere.get("/").await.location(), "/login");
    let mut old = office.browser();
    old.cookie = before;
    assert_eq!(old.get("/").await.location(), "/login");
}

#[tokio::test]
async fn a_session_after_the_log_out_is_gone() {
    let office = Office::in_mode("api").await;
    let mut staff = office.at_work(INSURER).await;
    let cookie = staff.cookie.clone();
    let token = staff.get("/").await.token();
    staff.post("/logout", &token, &[]).await.location();
    staff.cookie = cookie;
    assert_eq!(staff.get("/").await.location(), "/login");
}

#[tokio::test]
async fn the_cookie_is_for_this_page_set_alone() {
    let office = Office::in_mode("api").await;
    let mut staff = office.browser();
    let page = staff.get("/login").await;
    let set = page.header("set-cookie").to_owned();
    for word in ["; HttpOnly", "; SameSite=Strict", "; Path=/"] {
        assert!(set.contains(word), "{set}");
    }
    assert!(!set.contains("Domain"), "{set}");
    let staff = office.at_work(INSURER).await;
    let mut production = Browser::new(office.simulator.pages("production").expect("pages"));
    production.cookie = staff.cookie.clone();
    assert_eq!(production.get("/").await.location(), "/login");
    let bare = staff.cookie.expect("a cookie");
    let value = bare.split_once('=').expect("a value").1;
    let port = production.address.port();
    production.cookie = Some(format!("pmh-production-{port}={value}"));
    assert_eq!(production.get("/").await.location(), "/login");
}

#[tokio::test]
async fn wrong_cookies_are_no_session_and_no_trouble() {
    let office = Office::in_mode("api").await;
    let staff = office.at_work(INSURER).await;
    let cookie = staff.cookie.clone().expect("a cookie");
    let mut other = office.browser();
    for wrong in [
        cookie.to_uppercase(),
        cookie[..cookie.len() - 1].to_owned(),
        format!("{cookie}0"),
        format!("{}=", cookie.split('=').next().expect("a name")),
        "=;=;=".to_owned(),
        "x".repeat(8000),
    ] {
        other.cookie = Some(wrong.clone());
        assert_eq!(other.get("/").await.location(), "/login", "{wrong}");
    }
    other.cookie = Some(format!("first=1; {cookie}; last=2"));
    assert_eq!(other.get("/").await.status, 200);
}

#[tokio::test]
async fn two_municipalities_never_see_each_other() {
    let office = Office::in_mode("api").await;
    let mut staff = office.ready(INSURER).await;
    staff
        .submit("/keys", &[("action", "issue")])
        .await
        .location();
    let mut others = office.at_work(OTHER).await;
    let page = others.get("/").await;
    assert!(
        page.texts(".who")
            .join("")
            .contains("ほしみ町（保険者番号 149997）")
    );
    assert!(!page.text().contains("つきみ市"));
    let token = staff.get("/keys").await.token();
    let before = office.events();
    let answer = others.post("/keys", &token, &[("action", "revoke")]).await;
    assert_eq!(answer.status, 403);
    assert_eq!(office.events(), before);
}

#[tokio::test]
async fn every_answer_keeps_to_itself() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    for path in [
        "/login",
        "/",
        "/style.css",
        "/nowhere",
        "/files/nothing.csv",
    ] {
        let answer = staff.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; style-src 'self'"),
            "{path}"
        );
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(
            answer.header("date"),
            "Mon, 02 Nov 2026 00:00:00 GMT",
            "{path}"
        );
    }
    let headers = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "no-cors"),
    ];
    let embedded = staff.request(Method::GET, "/", &headers, Vec::new()).await;
    assert_eq!(embedded.status, 403, "no other site may embed a page");
}
