//! What the portal's pages do not take: foreign forms, old cookies, dates that nobody accepted.

use jiff::civil::date;
use tekigo_simulator::{ClockMove, Effect, Input, PortalInput};

use super::portal_scene::{CITY, Portal, answered};

const DAY: jiff::civil::Date = date(2026, 11, 2);

/// A portal that awaits the city's reply.
async fn awaiting_a_reply() -> Portal {
    let portal = Portal::on(date(2026, 8, 3)).await;
    portal.declare();
    portal
        .browser()
        .submit("/survey", &answered("2026-11"))
        .await;
    portal.notify(DAY);
    portal
}

#[tokio::test]
async fn a_form_without_its_own_token_changes_nothing() {
    let portal = awaiting_a_reply().await;
    let mut staff = portal.at_work().await;
    let mut attacker = portal.browser();
    let foreign = attacker.get("/survey").await.token();
    let before = portal.journal();
    for token in ["", "0", foreign.as_str(), &"0".repeat(64)] {
        for (path, fields) in [
            ("/schedule", vec![("reply", "accept")]),
            ("/survey", answered("2026-12").to_vec()),
            (
                "/password",
                vec![("current", "a"), ("new", "b"), ("again", "b")],
            ),
            ("/inquiry/input", vec![("name", "月見")]),
            ("/logout", Vec::new()),
        ] {
            let answer = staff.post(path, token, &fields).await;
            assert_eq!(answer.status, 403, "{path}: {}", answer.text());
            assert!(!answer.problems().is_empty());
        }
    }
    let login = [("login_id", "H139998"), ("password", "x")];
    assert_eq!(attacker.post("/login", "", &login).await.status, 403);
    assert_eq!(portal.journal(), before);
    assert_eq!(staff.get("/schedule").await.status, 200, "still logged in");
}

#[tokio::test]
async fn a_log_in_begins_a_session_of_its_own() {
    let portal = awaiting_a_reply().await;
    let first = portal.mailed_password();
    let mut staff = portal.browser();
    staff.get("/login").await;
    let known_before = staff.cookie.clone();
    let login = [("login_id", "H139998"), ("password", first.as_str())];
    staff.submit("/login", &login).await.location();
    assert_ne!(staff.cookie, known_before);
    let mut attacker = portal.browser();
    attacker.cookie = known_before;
    assert_eq!(attacker.get("/schedule").await.location(), "/login");

    let with_first_password = staff.cookie.clone();
    let own = "Tsukimi-no-yoru-2026";
    let change = [("current", first.as_str()), ("new", own), ("again", own)];
    staff.submit("/password", &change).await.location();
    attacker.cookie = with_first_password;
    assert_eq!(attacker.get("/schedule").await.location(), "/login");
    let left = staff.submit("/schedule", &[("reply", "accept")]).await;
    assert_eq!(left.location(), "/schedule");
    let token = staff.get("/schedule").await.token();
    let cookie = staff.cookie.clone();
    staff.post("/logout", &token, &[]).await.location();
    staff.cookie = cookie;
    assert_eq!(staff.get("/schedule").await.location(), "/login");
}

#[tokio::test]
async fn a_wrong_password_does_not_say_what_was_wrong() {
    let portal = awaiting_a_reply().await;
    portal.mailed_password();
    let mut staff = portal.browser();
    let mut said = Vec::new();
    for login_id in ["H139998", "H139980", "9999999999"] {
        let login = [("login_id", login_id), ("password", "Machigai-2026")];
        let refused = staff.submit("/login", &login).await;
        assert_eq!(refused.status, 422);
        assert!(!refused.text().contains("Machigai-2026"));
        said.push(refused.problems().replace(login_id, ""));
    }
    said.dedup();
    assert_eq!(said.len(), 1, "{said:?}");
}

#[tokio::test]
async fn five_wrong_passwords_lock_a_log_in_whether_anybody_has_it_or_not() {
    let portal = awaiting_a_reply().await;
    let first = portal.mailed_password();
    let mut said = Vec::new();
    for login_id in ["H139998", "H139980", "9999999999"] {
        let mut staff = portal.browser();
        let mut answers = Vec::new();
        for password in ["1", "2", "3", "4", "5", first.as_str()] {
            let login = [("login_id", login_id), ("password", password)];
            let refused = staff.submit("/login", &login).await;
            assert_eq!(refused.status, 422);
            answers.push(refused.problems());
        }
        assert!(answers[3].contains("違うログインIDかパスワード"));
        assert!(answers[4].contains("2026-08-03 09:30"), "{}", answers[4]);
        assert_eq!(answers[4], answers[5], "not even with the right one");
        said.push(answers);
    }
    said.dedup();
    assert_eq!(said.len(), 1, "{said:?}");
    let shell = portal.simulator.shell();
    let to = shell.now().plus_seconds(30 * 60);
    let moved = shell.submit(&Input::Clock(ClockMove { to }));
    moved.expect("journaled");
    let mut staff = portal.browser();
    let login = [("login_id", "H139998"), ("password", first.as_str())];
    assert_eq!(staff.submit("/login", &login).await.location(), "/password");
}

#[tokio::test]
async fn nothing_is_published_without_acceptance() {
    let portal = awaiting_a_reply().await;
    let publish = || {
        let input = PortalInput::Publish {
            insurer: CITY.to_owned(),
        };
        let shell = portal.simulator.shell();
        let effects = shell.submit(&Input::Portal(input)).expect("journaled");
        effects.into_iter().find_map(|dated| {
            let Effect::PortalAnswer(answer) = dated.effect else {
                return None;
            };
            Some(answer)
        })
    };
    let mut anybody = portal.browser();
    let mut staff = portal.at_work().await;
    let ask = [
        ("reply", "ask_for_change"),
        ("setup_date", "2026-11-16"),
        ("start_date", ""),
        ("reason", "庁内の行事と重なるため"),
    ];
    let refused = publish().expect("an answer");
    assert!(!refused.done && refused.refusal.is_some(), "{refused:?}");
    assert_eq!(
        staff.submit("/schedule", &ask).await.location(),
        "/schedule"
    );
    assert!(
        !publish().expect("an answer").done,
        "a wish is no acceptance"
    );
    let again = staff.get("/schedule").await;
    assert_eq!(again.texts("input[name=reply]").len(), 0, "no reply is due");
    let wish = again.texts("#wish").join("");
    assert!(
        wish.contains("令和8年11月16日（月）") && wish.contains("庁内の行事"),
        "{wish}"
    );
    let token = again.token();
    let early = staff
        .post("/schedule", &token, &[("reply", "accept")])
        .await;
    assert_eq!(early.status, 422, "{}", early.text());
    assert!(!publish().expect("an answer").done);
    let listed = anybody.get("/status").await;
    assert!(listed.texts("svg").is_empty() && !listed.text().contains("令和8年11月16日"));

    portal.notify(date(2026, 11, 16));
    staff.submit("/schedule", &[("reply", "accept")]).await;
    assert!(
        !anybody
            .get("/status")
            .await
            .text()
            .contains("令和8年11月16日")
    );
    assert!(publish().expect("an answer").done);
    assert!(
        anybody
            .get("/status")
            .await
            .text()
            .contains("令和8年11月16日")
    );
}

#[tokio::test]
async fn an_answer_can_be_given_again_until_dates_are_proposed() {
    let portal = Portal::on(date(2026, 8, 3)).await;
    portal.declare();
    portal
        .browser()
        .submit("/survey", &answered("2026-08"))
        .await;
    let mut staff = portal.at_work().await;
    let home = staff.get("/").await;
    assert!(
        home.text().contains("確かめていただきたい点"),
        "{}",
        home.text()
    );
    let grounds = staff.get("/schedule").await.texts("#grounds li");
    assert_eq!(grounds.len(), 1, "{grounds:?}");
    let form = staff.get("/survey").await.text();
    assert!(
        form.contains("kaigo@tsukimi.example"),
        "what was answered last"
    );
    let mut strangers_form = portal.browser();
    let form = strangers_form.get("/survey").await.text();
    assert!(
        !form.contains("kaigo@tsukimi.example"),
        "and to nobody else"
    );
    let sent = staff.submit("/survey", &answered("2026-11")).await;
    assert!(sent.texts("#grounds li").is_empty(), "{}", sent.text());
    portal.notify(DAY);
    let late = staff.submit("/survey", &answered("2026-12")).await;
    assert_eq!(late.status, 422, "{}", late.text());
}
