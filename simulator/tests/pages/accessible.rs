//! What every page must have so that it can be used without a mouse, a script or good eyes.

use scraper::{ElementRef, Html, Selector};
use serde_json::json;

use super::browser::{Answer, Browser, text_of};
use super::file_set::{first_set, person, with};
use super::office::{INSURER, Office};

fn all<'h>(html: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    let selector = Selector::parse(selector).expect("a selector");
    html.select(&selector).collect()
}

fn has(html: &Html, selector: &str) -> bool {
    !all(html, selector).is_empty()
}

/// What stands above every one of PMH's pages.
const PMH_BANNER: [&str; 3] = [
    "適合（tekigo）のPMHシミュレータ。本物のPMHではありません",
    "検証環境",
    "令和8年11月2日",
];

/// Everything that is wrong with a page whose banner must say all this.
pub(super) fn faults(html: &Html, banner_says: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut must = |holds: bool, what: &str| {
        if !holds {
            faults.push(what.to_owned());
        }
    };
    must(has(html, "html[lang=ja]"), "its language");
    must(has(html, "meta[name=viewport]"), "a viewport");
    must(all(html, "h1").len() == 1, "one main heading");
    must(all(html, "main").len() == 1, "one main part");
    must(has(html, "body > header"), "a banner");
    must(has(html, "footer"), "a footer");
    must(
        !has(html, "script, iframe, style, [style]"),
        "nothing that the policy blocks",
    );
    let banner: String = all(html, "header").into_iter().map(text_of).collect();
    for word in banner_says {
        must(banner.contains(word), word);
    }
    let title = all(html, "title")
        .into_iter()
        .map(text_of)
        .collect::<String>();
    let heading = all(html, "h1").into_iter().map(text_of).collect::<String>();
    must(title.contains(&heading), "a title that says the heading");
    for table in all(html, "table") {
        let inside = Html::parse_fragment(&table.html());
        must(has(&inside, "caption"), "a caption of the table");
        must(!has(&inside, "th:not([scope])"), "a scope of each heading");
    }
    for field in all(html, "input:not([type=hidden]), select") {
        let id = field.value().attr("id").unwrap_or("");
        must(
            all(html, &format!("label[for='{id}']")).len() == 1,
            "a label of each field",
        );
        // Radio buttons share a name.
        let is_one_of_many = field.value().attr("type") == Some("radio");
        must(
            is_one_of_many || field.value().attr("name") == Some(id),
            "a field's name for its id",
        );
        let described = field.value().attr("aria-describedby").unwrap_or("");
        for id in described.split_whitespace() {
            must(has(html, &format!("[id='{id}']")), "what describes a field");
        }
        if field.value().attr("aria-invalid").is_some() {
            must(described.contains("-problem-1"), "a wrong field says why");
        }
    }
    for form in all(html, "form") {
        let inside = Html::parse_fragment(&form.html());
        must(has(&inside, "input[name=csrf]"), "a token in each form");
        must(has(&inside, "button[type=submit]"), "a button in each form");
    }
    for link in all(html, "a[href^='#']") {
        let id = link
            .value()
            .attr("href")
            .unwrap_or("#")
            .trim_start_matches('#');
        must(
            has(html, &format!("[id='{id}']")),
            "where a link within the page leads",
        );
    }
    let mut ids: Vec<_> = all(html, "[id]")
        .iter()
        .filter_map(|one| one.value().attr("id"))
        .collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    must(ids.len() == count, "each id once");
    faults
}

fn must_be_usable(path: &str, answer: &Answer) {
    must_be_usable_in(&PMH_BANNER, path, answer);
}

/// The same for the pages of another system, which says so above.
pub(super) fn must_be_usable_in(banner: &[&str], path: &str, answer: &Answer) {
    let missing = faults(&answer.html(), banner);
    assert!(
        missing.is_empty(),
        "{path} lacks {missing:#?}: {}",
        answer.text()
    );
}

async fn look(staff: &mut Browser, path: &str) {
    let answer = staff.get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    must_be_usable(path, &answer);
    if path != "/login" {
        let here = answer.texts("nav a[aria-current=page]");
        assert_eq!(here.len(), 1, "{path}");
    }
}

#[tokio::test]
async fn every_page_of_mode_2_can_be_used() {
    let office = Office::in_mode("file").await;
    must_be_usable("/login", &office.browser().get("/login").await);
    let mut staff = office.ready(INSURER).await;
    let people = vec![with(
        person("0000000001", "123456789018"),
        "basicFiveInfo.sex",
        "x",
    )];
    staff
        .upload(&first_set("20261102100000", people))
        .await
        .location();
    staff.upload(&[("x.csv".to_owned(), b"1".to_vec())]).await;
    office.consent_arrives(&json!({}));
    for path in [
        "/",
        "/addresses",
        "/password",
        "/send",
        "/sent",
        "/sent/20261102100000",
        "/received",
    ] {
        look(&mut staff, path).await;
    }
}

#[tokio::test]
async fn every_page_of_mode_1_can_be_used() {
    let office = Office::in_mode("api").await;
    let mut staff = office.ready(INSURER).await;
    look(&mut staff, "/keys").await;
    staff
        .submit("/keys", &[("action", "issue")])
        .await
        .location();
    for path in ["/", "/addresses", "/keys", "/password"] {
        look(&mut staff, path).await;
    }
}

#[tokio::test]
async fn a_refusal_can_be_used_too() {
    let office = Office::in_mode("file").await;
    let mut staff = office.browser();
    let page = staff.submit("/login", &[]).await;
    must_be_usable("/login", &page);
    assert!(page.texts("title")[0].starts_with("エラー: "));
    let mut staff = office.ready(INSURER).await;
    for path in ["/password", "/addresses"] {
        let page = staff.submit(path, &[]).await;
        assert_eq!(page.status, 422, "{path}");
        must_be_usable(path, &page);
    }
    let page = staff.upload(&[("x.csv".to_owned(), b"1".to_vec())]).await;
    assert_eq!(page.status, 422);
    must_be_usable("/send", &page);
    let page = staff.get("/nowhere").await;
    must_be_usable("/nowhere", &page);
}
