//! Attacks on forms and addresses: each is answered with a Japanese page and changes nothing.

use reqwest::Method;

use super::browser::{Answer, form_body};
use super::office::{INSURER, Office};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const ISSUE: [(&str, &str); 1] = [("action", "issue")];

fn must_be_a_page(answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert!(answer.text().contains("本物のPMHではありません"));
    assert!(!answer.problems().is_empty());
}

#[tokio::test]
async fn a_form_without_its_own_token_is_not_taken() {
    let office = Office::in_mode("api").await;
    let mut staff = office.ready(INSURER).await;
    let mut attacker = office.browser();
    let foreign = attacker.get("/login").await.token();
    let before = office.events();
    for token in ["", "0", &foreign, &"0".repeat(64), "あ"] {
        must_be_a_page(&staff.post("/keys", token, &ISSUE).await, 403);
        let files = [("a.csv".to_owned(), b"1".to_vec())];
        must_be_a_page(&staff.upload_with(token, &files).await, 403);
        must_be_a_page(&staff.post("/logout", token, &[]).await, 403);
    }
    let bare = b"action=issue".to_vec();
    let answer = staff.request(Method::POST, "/keys", &[FORM], bare).await;
    must_be_a_page(&answer, 403);
    let login = [("login_id", INSURER), ("password", "x")];
    must_be_a_page(&attacker.post("/login", "", &login).await, 403);
    assert_eq!(staff.get("/keys").await.status, 200, "still logged in");
    assert_eq!(office.events(), before);
}

#[tokio::test]
async fn a_form_of_another_site_is_not_taken_even_with_the_token() {
    let office = Office::in_mode("api").await;
    let mut staff = office.ready(INSURER).await;
    let token = staff.get("/keys").await.token();
    let own = format!("http://{}", staff.address);
    let elsewhere = format!("http://127.0.0.1:{}", staff.address.port() ^ 1);
    let before = office.events();
    for foreign in [
        vec![("origin", "https://attacker.example")],
        vec![("origin", "null")],
        vec![("origin", elsewhere.as_str())],
        vec![("origin", "http://127.0.0.1")],
        vec![("sec-fetch-site", "cross-site")],
        vec![("sec-fetch-site", "same-site")],
        vec![("sec-fetch-site", "none")],
        vec![("sec-fetch-site", "cross-site"), ("origin", own.as_str())],
        vec![
            ("sec-fetch-site", "same-origin"),
            ("origin", "https://attacker.example"),
        ],
    ] {
        let headers: Vec<_> = foreign.iter().copied().chain([FORM]).collect();
        let body = form_body(&token, &ISSUE);
        let answer = staff.request(Method::POST, "/keys", &headers, body).await;
        must_be_a_page(&answer, 403);
    }
    assert_eq!(office.events(), before);
    for own in [
        vec![("origin", own.as_str())],
        vec![("sec-fetch-site", "same-origin"), ("origin", "null")],
        vec![("sec-fetch-site", "same-origin"), ("origin", own.as_str())],
        vec![],
    ] {
        let headers: Vec<_> = own.iter().copied().chain([FORM]).collect();
        let body = form_body(&token, &ISSUE);
        let answer = staff.request(Method::POST, "/keys", &headers, body).await;
        assert_eq!(answer.location(), "/keys", "{own:?}");
    }
}

#[tokio::test]
async fn another_host_is_not_served() {
    let office = Office::in_mode("api").await;
    let mut staff = office.ready(INSURER).await;
    let token = staff.get("/keys").await.token();
    let port = staff.address.port();
    let before = office.events();
    for host in [
        "attacker.example".to_owned(),
        format!("attacker.example:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1:{}", port ^ 1),
        format!("127.0.0.1.attacker.example:{port}"),
        format!("[::1]:{port}"),
    ] {
        let headers = [("host", host.as_str())];
        let answer = staff.request(Method::GET, "/", &headers, Vec::new()).await;
        must_be_a_page(&answer, 421);
        let headers = [("host", host.as_str()), FORM];
        let body = form_body(&token, &ISSUE);
        let answer = staff.request(Method::POST, "/keys", &headers, body).await;
        must_be_a_page(&answer, 421);
    }
    let two = format!(
        "GET /login HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: x\r\nConnection: close\r\n\r\n"
    );
    let answer = staff.raw(two.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 421"), "{answer}");
    let none = b"GET /login HTTP/1.0\r\n\r\n";
    let answer = staff.raw(none).await;
    assert!(answer.starts_with("HTTP/1.0 421"), "{answer}");
    let absolute = format!(
        "GET http://attacker.example/login HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    );
    let answer = staff.raw(absolute.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 421"), "{answer}");
    assert_eq!(office.events(), before);
    let host = format!("localhost:{port}");
    let headers = [("host", host.as_str())];
    let answer = staff
        .request(Method::GET, "/login", &headers, Vec::new())
        .await;
    assert_ne!(answer.status, 421);
}

#[tokio::test]
async fn no_address_leads_out_of_the_pages() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    let before = office.events();
    for path in [
        "/files/..%2f..%2f..%2fetc%2fpasswd",
        "/files/%2e%2e%2fjournal.jsonl",
        "/files/..%5c..%5cjournal.jsonl",
        "/files/%00",
        "/files/a%00.csv",
        "/files/%ff%fe",
        "/files/C:%5cWindows",
        "/files/%E6%9C%88.csv",
        "/files/a/b",
        "/files/",
        "/sent/..%2f",
        "/sent/1",
        "/sent/99999999999999",
        "/sent/%ff",
        "/nowhere",
    ] {
        must_be_a_page(&staff.get(path).await, 404);
    }
    assert_eq!(
        office.events(),
        before,
        "no such name can exist, so nobody was asked"
    );
    let dots = "GET /files/../../etc/passwd HTTP/1.1\r\n";
    let head = format!(
        "{dots}Host: {}\r\nCookie: {}\r\nConnection: close\r\n\r\n",
        staff.address,
        staff.cookie.clone().expect("a cookie")
    );
    let answer = staff.raw(head.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");

    let made_up = "/files/KJ_139998_CTL_2_20261102100000_000.csv";
    let memory = || {
        office
            .simulator
            .shell()
            .look(|world| format!("{:?}", world.pmh()))
    };
    let before = memory();
    must_be_a_page(&staff.get(made_up).await, 404);
    assert_eq!(memory(), before);
}

#[tokio::test]
async fn methods_and_bodies_that_no_page_has_are_refused() {
    let office = Office::in_mode("api").await;
    let mut staff = office.ready(INSURER).await;
    let token = staff.get("/keys").await.token();
    let before = office.events();
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        let answer = staff
            .request(method.clone(), "/keys", &[], Vec::new())
            .await;
        must_be_a_page(&answer, 405);
        assert_eq!(answer.header("allow"), "GET,HEAD,POST");
    }
    let fetched = staff
        .request(Method::HEAD, "/files/a.csv", &[], Vec::new())
        .await;
    assert_eq!(fetched.status, 405, "asking is not fetching");
    must_be_a_page(&staff.post("/", &token, &[]).await, 405);
    must_be_a_page(&staff.get("/logout").await, 405);
    for (media, status) in [
        ("application/json", 415),
        ("text/plain", 415),
        ("multipart/form-data; boundary=b", 415),
        ("application/x-www-form-urlencoded; charset=utf-8", 303),
    ] {
        let headers = [("content-type", media)];
        let body = form_body(&token, &ISSUE);
        let answer = staff.request(Method::POST, "/keys", &headers, body).await;
        assert_eq!(answer.status, status, "{media}");
    }
    let before = (before.0 + 2, office.events().1);
    let form = form_body(&token, &ISSUE);
    for (more, status) in [
        (&b"&action=renew"[..], 400),
        (b"&other=1", 400),
        (b"&a=%00", 400),
        (b"&a=%ff", 400),
        (b"&a=x%0d%0aSet-Cookie:%20a=b", 400),
    ] {
        let body = [&form[..], more].concat();
        let answer = staff.request(Method::POST, "/keys", &[FORM], body).await;
        must_be_a_page(&answer, status);
    }
    must_be_a_page(
        &staff.post("/keys", &token, &[("action", "すべて")]).await,
        400,
    );
    let long = "x".repeat(5_000_000);
    must_be_a_page(
        &staff.post("/keys", &token, &[("action", &long)]).await,
        413,
    );
    assert_eq!(office.events(), before);
}

#[tokio::test]
async fn broken_transfers_are_answered_or_cut() {
    let office = Office::in_mode("api").await;
    let mut staff = office.ready(INSURER).await;
    let token = staff.get("/keys").await.token();
    let before = office.events();
    let head = |rest: &str| {
        format!(
            "POST /keys HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nContent-Type: {}\r\n{rest}",
            staff.address,
            staff.cookie.clone().expect("a cookie"),
            FORM.1
        )
    };
    for rest in [
        "Transfer-Encoding: chunked\r\n\r\nzz\r\ngarbage".to_owned(),
        "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n".to_owned(),
        format!("Transfer-Encoding: chunked\r\n\r\n5\r\ncsrf={token}\r\n0\r\n\r\n"),
    ] {
        let answer = staff.raw(head(&rest).as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 4"), "{rest}: {answer}");
    }
    let many: String = (0..200).map(|at| format!("X-{at}: 1\r\n")).collect();
    let answer = staff.raw(head(&format!("{many}\r\n")).as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    let long = format!("X-Long: {}\r\n\r\n", "a".repeat(200_000));
    let answer = staff.raw(head(&long).as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    let answer = staff
        .raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
        .await;
    assert!(!answer.contains("200"), "{answer}");
    assert_eq!(office.events(), before);
}

#[tokio::test]
async fn a_form_that_never_comes_is_not_waited_for() {
    let office = Office::in_mode("api").await;
    let staff = office.ready(INSURER).await;
    let before = office.events();
    let slow = format!(
        "POST /keys HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nContent-Type: {}\r\nContent-Length: 100\r\n\r\ncsrf=",
        staff.address,
        staff.cookie.clone().expect("a cookie"),
        FORM.1
    );
    let answer = staff.raw(slow.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert_eq!(office.events(), before);
}
