//! The page tells every person's story: who could see what, when and why.

use std::fs;

use serde_json::{Value, json};
use tekigo::verdict::Mode;

use super::builder::{Journal, journal};
use super::city::Run;
use super::folder::written;

use Mode::{Api, File};

const INSURER: &str = "139998";
const HANA: &str = "0005001612";
const AOBA: &str = "1379900028";

const SENTENCES: [(&str, &str); 3] = [
    (
        "もし",
        "職員が「認定を受けた人」の「同意欄が無記入の申請」を登録する",
    ),
    (
        "かつ",
        "「あおば居宅介護支援事業所」が「認定を受けた人」の「認定調査票」を見る",
    ),
    ("ならば", "「包括同意がない」ため示されない"),
];

fn page(run: &Run) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::read_to_string(written(run, folder.path()).html).expect("a page")
}

/// The stories of the page.
fn told(html: &str) -> Vec<&str> {
    let begins = html.find("<section id=\"stories\"").expect("the stories");
    let rest = &html[begins..];
    let section = &rest[..rest.find("</section>").expect("an end")];
    section
        .split("<details class=\"fold story\"")
        .skip(1)
        .collect()
}

/// What an office asks and is answered.
fn asks(journal: Journal, action: &str, answer: &Value) -> Journal {
    let mut asked = json!({"door": "careweb", "session": 1, "action": action,
        "insurer": INSURER, "insured": HANA});
    if action == "view" {
        asked["data"] = json!("surveySheet");
    }
    let mut answered = json!({"door": "careweb", "action": action, "by": format!("{AOBA}/care_manager"),
        "done": answer.get("refused").is_none()});
    for (member, value) in answer.as_object().expect("an object") {
        answered[member] = value.clone();
    }
    journal
        .event("office", "viewer", &asked)
        .event("platform", "viewing.answer", &answered)
}

fn refused() -> Value {
    json!({"refused": {"reason": "consent_missing", "shown": "consent",
        "text": "包括同意がないため、表示できません"}})
}

fn shown() -> Value {
    json!({"disclosure": {"role": "care_manager", "insurer": INSURER, "insured": HANA,
        "data": "surveySheet", "rows": [{}]}})
}

/// A box left blank, that a product sends as a consent.
fn blank_sent_as_given(mode: Mode) -> Journal {
    let consent = json!([{"insurerNumber": INSURER, "insuredNumber": HANA, "consentState": "1",
        "takenDate": "2026-11-02", "takenBy": "1"}]);
    let journal = journal("CONSENT-01/01", mode, &SENTENCES)
        .operation(
            "load_ledger",
            &json!({"insurer": INSURER, "people": 1, "consents": []}),
            &json!({"result": "done"}),
        )
        .operation(
            "accept_application",
            &json!({"insured_number": HANA, "date": "2026-11-02", "type": "renewal",
                "form": "from_2026", "consent_box": "blank"}),
            &json!({"result": "done", "data": {"application_number": "S1"}}),
        )
        .passed(0)
        .event(
            "outside",
            "directory",
            &json!({"fact": "office", "number": AOBA, "name": "あおば居宅介護支援事業所",
                "service": "care_management", "certificate": "office", "users": []}),
        )
        .event("run", "directory.noted", &json!({"done": true}));
    let journal = asks(journal, "become_responsible", &json!({}));
    asks(journal, "view", &refused())
        .request(1, "POST", "/kaigo/v2/consentRegistrationTasks", &consent)
        .event(
            "pmh",
            "link.reply",
            &json!({"id": 1, "status": 202, "body": {"taskId": "T-1", "kind": "consent"}}),
        )
        .event(
            "platform",
            "platform.stored",
            &json!({"task": "T-1", "kind": "consent", "created": "0", "updated": "",
                "unchanged": "", "deleted": ""}),
        )
}

fn breach(mode: Mode) -> Journal {
    asks(blank_sent_as_given(mode), "view", &shown())
        .passed(1)
        .claim_seen(
            "CONSENT-01",
            "「認定を受けた人」の「認定調査票」を見る求めに応じない（包括同意がない）",
            "「認定を受けた人」の「認定調査票」が1件、示されました",
            false,
        )
        .failed(2, "violated", "")
        .note(&json!({"note": "person", "word": "認定を受けた人", "insurer": INSURER, "insured": HANA}))
        .end("failed")
}

fn run(journals: impl IntoIterator<Item = Journal>) -> Run {
    let run = Run::of(&[("CONSENT-01", Api), ("CONSENT-01", File)]);
    journals.into_iter().fold(run, Run::ran)
}

#[test]
fn a_story_tells_who_saw_what_when_and_why_and_where_the_rule_was_broken() {
    let html = page(&run([breach(Api), breach(File)]));
    let told = told(&html);
    assert_eq!(told.len(), 1);
    insta::assert_snapshot!(told[0]);
}

#[test]
fn modes_that_differ_stand_side_by_side() {
    let quiet = asks(blank_sent_as_given(File), "view", &refused())
        .passed(1)
        .claim(true)
        .passed(2)
        .end("passed");
    let html = page(&run([breach(Api), quiet]));
    let told = told(&html);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].matches("<table class=\"tale\">").count(), 2);
    assert_eq!(told[0].matches("規則に反する</strong>").count(), 1);
    assert!(!told[0].contains("同じ経過"));
}

#[test]
fn stories_are_reached_from_the_rule_and_from_the_scenario() {
    let html = page(&run([breach(Api), breach(File)]));
    for link in [
        "href=\"#stories-CONSENT-01\"",
        "href=\"#story-CONSENT-01-01-1\"",
    ] {
        assert!(html.contains(link), "{link}");
    }
    assert!(html.contains("<h3 id=\"stories-CONSENT-01\">"));
}

#[test]
fn a_scenario_without_viewers_has_no_story() {
    assert!(told(&page(&super::city::city())).is_empty());
}
