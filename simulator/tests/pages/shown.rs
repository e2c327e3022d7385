//! Foreign text on pages: shown as it is, never as HTML.

use super::file_set::{first_set, person, row, with};
use super::office::{INSURER, Office};

const NASTY: &str = "<script>alert(1)</script>";

#[tokio::test]
async fn names_of_files_are_shown_as_text() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    for name in [
        NASTY,
        "' onmouseover='alert(1)",
        "..\\..\\journal.jsonl",
        "../../etc/passwd",
        "&lt;b&gt;.csv",
        "月見\u{202e}vsc.csv",
    ] {
        let page = staff.upload(&[(name.to_owned(), b"1".to_vec())]).await;
        assert_eq!(page.status, 422, "{name}");
        assert!(page.texts("#problems tbody td")[0] == name, "{name}");
        for page in [page, staff.get("/sent").await] {
            assert!(!page.text().contains("<script"), "{}", page.text());
            let handlers = page.texts("[onmouseover], script, b");
            assert!(handlers.is_empty(), "{handlers:?}");
        }
    }
}

#[tokio::test]
async fn records_are_shown_as_text() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    let people = vec![
        with(person("0000000001", "123456789018"), "insuredNumber", NASTY),
        with(
            person("0000000002", "123456789018"),
            "deletionReason",
            NASTY,
        ),
    ];
    let answer = staff.upload(&first_set("20261102100000", people)).await;
    let path = answer.location().to_owned();
    let page = staff.get(&path).await;
    assert!(
        page.texts("main td").iter().any(|cell| cell == NASTY),
        "{}",
        page.text()
    );
    assert!(page.texts("script").is_empty());
    assert!(!page.text().contains("<script"));
}

#[tokio::test]
async fn what_was_typed_comes_back_as_text() {
    let office = Office::in_mode("api").await;
    let mut stranger = office.browser();
    let nasty = "\"><script>alert(1)</script>";
    let login = [("login_id", nasty), ("password", "x")];
    let page = stranger.submit("/login", &login).await;
    assert_eq!(page.status, 422);
    assert!(page.texts("script").is_empty());
    let mut staff = office.at_work(INSURER).await;
    let addresses = [
        ("processing_result", nasty),
        ("board_reading", "a@b.example"),
    ];
    let page = staff.submit("/addresses", &addresses).await;
    assert_eq!(page.status, 422);
    assert!(page.texts("script").is_empty());
    assert!(page.problems().contains(nasty), "{}", page.problems());
}

#[tokio::test]
async fn a_number_of_a_person_never_reaches_the_record() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    let files = first_set(
        "20261102100000",
        vec![
            person("0000000001", "123456789018"),
            row([
                ("insurerNumber", INSURER),
                ("insuredNumber", "123456789018"),
            ]),
        ],
    );
    staff.upload(&files).await.location();
    staff
        .upload(&[("123456789018.csv".to_owned(), b"1".to_vec())])
        .await;
    let typed = [
        ("processing_result", "123456789018@tsukimi.example"),
        ("board_reading", "123456789018"),
    ];
    staff.submit("/addresses", &typed).await;
    staff.get("/files/123456789018.csv").await;
    let login = [("login_id", "123456789018"), ("password", "123456789018")];
    office.browser().submit("/login", &login).await;
    assert!(!office.journal().contains("123456789018"));
    for path in ["/sent", "/sent/20261102100000", "/addresses"] {
        assert!(
            !staff.get(path).await.text().contains("123456789018"),
            "{path}"
        );
    }
}
