//! The staff's whole path in mode 1 (方式①).

use super::browser::Answer;
use super::office::{FIRST, INSURER, OWN, Office};

fn rows(page: &Answer) -> Vec<String> {
    page.texts("main tbody tr")
}

#[tokio::test]
async fn from_the_first_log_in_to_a_revoked_key() {
    let office = Office::in_mode("api").await;
    let mut staff = office.browser();

    assert_eq!(staff.get("/").await.location(), "/login");
    assert_eq!(staff.get("/login").await.heading(), "ログイン");
    let login = [("login_id", INSURER), ("password", FIRST)];
    assert_eq!(staff.submit("/login", &login).await.location(), "/password");
    for path in ["/", "/addresses", "/keys", "/send", "/sent", "/received"] {
        assert_eq!(staff.get(path).await.location(), "/password", "{path}");
    }
    let page = staff.get("/password").await;
    assert_eq!(page.heading(), "パスワードの変更");
    assert!(page.notice().contains("はじめに、パスワードを変更"));
    let change = [("current", FIRST), ("new", OWN), ("again", OWN)];
    assert_eq!(staff.submit("/password", &change).await.location(), "/");

    let home = staff.get("/").await;
    assert_eq!(home.heading(), "お知らせ");
    assert_eq!(home.notice(), "パスワードを変更しました");
    assert!(home.texts("main")[0].contains("次に行うこと 通知先を登録する"));
    assert_eq!(staff.get("/keys").await.location(), "/addresses");
    let page = staff.get("/addresses").await;
    assert_eq!(
        page.notice(),
        "認証キーを発行する前に、通知先を登録してください。"
    );
    let addresses = [
        ("processing_result", "kekka@tsukimi.example"),
        ("board_reading", "shinsakai@tsukimi.example"),
    ];
    assert_eq!(staff.submit("/addresses", &addresses).await.location(), "/");
    assert_eq!(staff.get("/").await.notice(), "通知先を登録しました");
    let text = staff.get("/addresses").await.text();
    assert!(
        text.contains(r#"value="shinsakai@tsukimi.example""#),
        "{text}"
    );

    let page = staff.get("/keys").await;
    assert_eq!(page.heading(), "認証キー");
    assert_eq!(page.texts("main button"), ["発行する"]);
    assert_eq!(
        staff
            .submit("/keys", &[("action", "issue")])
            .await
            .location(),
        "/keys"
    );
    let page = staff.get("/keys").await;
    assert_eq!(page.notice(), "認証キーを発行しました");
    let first_key = page.texts("output#new-key").join("");
    assert!(first_key.starts_with("pmhk_"), "{first_key}");
    assert_eq!(
        page.texts("main button"),
        ["発行する", "更新する", "失効させる"]
    );
    let page = staff.get("/keys").await;
    assert!(page.texts("#new-key").is_empty(), "shown once");
    assert!(!page.text().contains(&first_key));
    assert_eq!(rows(&page), ["1 2026-11-02 09:00 2027-12-02 09:00 有効"]);

    staff
        .submit("/keys", &[("action", "renew")])
        .await
        .location();
    let page = staff.get("/keys").await;
    let second_key = page.texts("output#new-key").join("");
    assert_ne!(first_key, second_key);
    let listed = rows(&page);
    assert!(
        listed[0].ends_with("失効") && listed[1].ends_with("有効"),
        "{listed:?}"
    );

    staff
        .submit("/keys", &[("action", "revoke")])
        .await
        .location();
    let page = staff.get("/keys").await;
    assert!(rows(&page).iter().all(|row| row.ends_with("失効")));
    assert!(page.texts("#new-key").is_empty());

    let left = staff.submit("/keys", &[("action", "issue")]).await;
    assert_eq!(left.location(), "/keys");
    let token = staff.get("/").await.token();
    let out = staff.post("/logout", &token, &[]).await;
    assert_eq!(out.location(), "/login?logged_out");
    assert_eq!(staff.get("/").await.location(), "/login");
    let again = [("login_id", INSURER), ("password", OWN)];
    assert_eq!(staff.submit("/login", &again).await.location(), "/");

    let cookie = staff.cookie.clone().expect("a session");
    let cookie = cookie.split_once('=').expect("a value").1.to_owned();
    let token = staff.get("/").await.token();
    let journal = office.journal();
    for secret in [FIRST, OWN, &first_key, &second_key, &cookie, &token] {
        assert!(!journal.contains(secret));
    }
}

#[tokio::test]
async fn what_is_typed_wrong_is_said_at_its_field() {
    let office = Office::in_mode("api").await;
    let mut staff = office.browser();
    let before = office.events();
    let page = staff
        .submit("/login", &[("login_id", "１３９９９８")])
        .await;
    assert_eq!(page.status, 422);
    assert!(
        page.problems().contains("半角数字6桁"),
        "{}",
        page.problems()
    );
    assert!(page.problems().contains("パスワードを入力してください"));
    assert_eq!(
        page.texts("#problems a[href='#password']"),
        ["パスワードを入力してください"]
    );
    assert!(
        page.text()
            .contains("aria-describedby=\"password-problem-1\"")
            || {
                page.text()
                    .contains("aria-describedby=\" password-problem-1\"")
            }
    );
    assert_eq!(office.events(), before);

    let mut staff = office.at_work(INSURER).await;
    let before = office.events();
    for (fields, field, said) in [
        (vec![], "current", "今のパスワードを入力してください"),
        (
            vec![
                ("current", OWN),
                ("new", "Chigau-2026-1"),
                ("again", "Chigau-2026-2"),
            ],
            "again",
            "新しいパスワードと違います",
        ),
    ] {
        let page = staff.submit("/password", &fields).await;
        assert_eq!(page.status, 422);
        let at_field = page.texts(&format!("#problems a[href='#{field}']"));
        assert!(at_field.join("").contains(said), "{at_field:?}");
    }
    assert_eq!(office.events(), before, "PMH was not asked");
    for (fields, field, said) in [
        (
            [
                ("current", "Machigai-2026"),
                ("new", "Betsu-no-2026"),
                ("again", "Betsu-no-2026"),
            ],
            "current",
            "今のパスワードが違います",
        ),
        (
            [("current", OWN), ("new", "mijikai"), ("again", "mijikai")],
            "new",
            "12文字以上",
        ),
        (
            [("current", OWN), ("new", OWN), ("again", OWN)],
            "new",
            "同じです",
        ),
    ] {
        let page = staff.submit("/password", &fields).await;
        assert_eq!(page.status, 422);
        let at_field = page.texts(&format!("#problems a[href='#{field}']"));
        assert!(at_field.join("").contains(said), "{at_field:?}");
        assert!(
            !page.text().contains(OWN),
            "a password is never written back"
        );
    }

    let wrong = [
        ("processing_result", "kekka@tsukimi.example"),
        ("board_reading", "住所ではない"),
    ];
    let page = staff.submit("/addresses", &wrong).await;
    assert_eq!(page.status, 422);
    let at_field = page.texts("#problems a[href='#board_reading']");
    assert!(
        at_field.join("").contains("「住所ではない」"),
        "{at_field:?}"
    );
    assert!(page.text().contains(r#"value="kekka@tsukimi.example""#));
    assert!(page.text().contains(r#"value="住所ではない""#));
}

#[tokio::test]
async fn an_account_locks_and_the_words_never_tell_which_was_wrong() {
    let office = Office::in_mode("api").await;
    let mut staff = office.browser();
    let unknown = [("login_id", "131016"), ("password", "Machigai-2026")];
    let wrong = [("login_id", INSURER), ("password", "Machigai-2026")];
    let said_of_unknown = staff.submit("/login", &unknown).await.problems();
    for _ in 0..4 {
        let page = staff.submit("/login", &wrong).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.problems(), said_of_unknown);
    }
    let page = staff.submit("/login", &wrong).await;
    assert!(
        page.problems().contains("2026-11-02 09:30"),
        "{}",
        page.problems()
    );
    let right = [("login_id", INSURER), ("password", FIRST)];
    let page = staff.submit("/login", &right).await;
    assert_eq!(page.status, 422, "locked for the right password too");
    assert_eq!(staff.get("/").await.location(), "/login");
}

#[tokio::test]
async fn mode_2_has_no_key_and_says_so() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    let page = staff.get("/keys").await;
    assert_eq!(page.status, 200);
    assert!(
        page.texts("main")
            .join("")
            .contains("方式②では認証キーを使わない")
    );
    assert!(page.texts("main button").is_empty());
    let token = page.token();
    let page = staff.post("/keys", &token, &[("action", "issue")]).await;
    assert_eq!(page.status, 422);
    assert!(
        page.problems()
            .contains("方式②ファイル連携では認証キーを使いません")
    );
}
