//! The document of the forms (`ci/openapi/pages.json`) and the forms themselves.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{Html, Selector};
use serde_json::{Value, json};

use super::browser::Browser;
use super::file_set::{first_set, person};
use super::office::{INSURER, Office};

/// Path and media type of each form, with its fields.
type Forms = BTreeMap<(String, String), BTreeSet<String>>;

const URL_ENCODED: &str = "application/x-www-form-urlencoded";

fn documented() -> (Forms, BTreeSet<String>) {
    let place = concat!(env!("CARGO_MANIFEST_DIR"), "/../ci/openapi/pages.json");
    let text = std::fs::read_to_string(place).expect("the document");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    let mut forms = Forms::new();
    let mut shown = BTreeSet::new();
    for (path, operations) in paths {
        if operations.get("get").is_some() {
            shown.insert(path.clone());
        }
        let content = operations["post"]["requestBody"]["content"].as_object();
        for (media, body) in content.into_iter().flatten() {
            let fields = body["schema"]["properties"].as_object().expect("fields");
            let fields = fields.keys().cloned().collect();
            forms.insert((path.clone(), media.clone()), fields);
        }
    }
    (forms, shown)
}

fn forms_of(html: &Html) -> Forms {
    let select = |selector: &str| Selector::parse(selector).expect("a selector");
    let inputs = select("input");
    html.select(&select("form"))
        .map(|form| {
            let value = form.value();
            assert_eq!(value.attr("method"), Some("post"));
            let path = value.attr("action").expect("an address").to_owned();
            let media = value.attr("enctype").unwrap_or(URL_ENCODED).to_owned();
            let fields = form
                .select(&inputs)
                .filter_map(|field| field.value().attr("name").map(str::to_owned));
            ((path, media), fields.collect())
        })
        .collect()
}

async fn collect(browser: &mut Browser, paths: &[&str], found: &mut Forms) {
    for path in paths {
        let page = browser.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        found.extend(forms_of(&page.html()));
    }
}

#[tokio::test]
async fn every_form_is_documented_with_its_fields() {
    let mut found = Forms::new();
    let office = Office::in_mode("file").await;
    collect(&mut office.browser(), &["/login"], &mut found).await;
    let mut staff = office.ready(INSURER).await;
    let files = first_set("20261102100000", vec![person("0000000001", "123456789018")]);
    staff.upload(&files).await.location();
    office.consent_arrives(&json!({}));
    let paths = [
        "/",
        "/addresses",
        "/password",
        "/send",
        "/sent",
        "/received",
    ];
    collect(&mut staff, &paths, &mut found).await;
    let office = Office::in_mode("api").await;
    let mut staff = office.ready(INSURER).await;
    staff
        .submit("/keys", &[("action", "issue")])
        .await
        .location();
    collect(&mut staff, &["/keys"], &mut found).await;
    let (forms, _) = documented();
    assert_eq!(found, forms);
}

#[tokio::test]
async fn every_documented_page_is_there() {
    let office = Office::in_mode("file").await;
    let mut staff = office.ready(INSURER).await;
    let files = first_set("20261102100000", vec![person("0000000001", "123456789018")]);
    let set = staff.upload(&files).await.location().to_owned();
    let page = staff.get(&set).await.text();
    let file = page
        .split("/files/")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let file = format!("/files/{}", file.expect("a result file"));
    let (_, shown) = documented();
    for path in shown {
        let status = match path.as_str() {
            "/login" => office.browser().get("/login").await.status,
            "/sent/{set}" => staff.get(&set).await.status,
            "/files/{name}" => staff.get(&file).await.status,
            path => staff.get(path).await.status,
        };
        assert_eq!(status, 200, "{path}");
    }
}
