//! The documents of the page-sets (`ci/openapi/pages`) against the pages: what a browser finds by following
//! every link is what is documented, form by form.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use scraper::{ElementRef, Selector};
use serde_json::{Value, json};

use super::browser::Browser;
use super::file_set::{first_set, person};
use super::office::{INSURER, Office};
use super::portal_scene::{Portal, answered};
use super::visitors::Visitors;
use crate::viewing::scene::{HANA, HANA_BIRTH, HANA_KANA, HOSPITAL, TSUBAKI, TSUKIMI};

const URL_ENCODED: &str = "application/x-www-form-urlencoded";
/// Pages that one browser looks at, at most.
const PAGES_MAX: usize = 100;

/// Path, media type and names of the fields of a form.
type Shape = (String, String, BTreeSet<String>);
/// What nobody types: the values that a form has of its own, by field.
type Fixed = BTreeMap<String, BTreeSet<String>>;

/// The pages that can be asked for, and their forms.
#[derive(Debug, Default, PartialEq, Eq)]
struct Site {
    shown: BTreeSet<String>,
    forms: BTreeMap<Shape, Fixed>,
}

/// The document of one page-set.
struct Document(Value);

impl Document {
    fn of(page_set: &str) -> Self {
        let place = format!("{FOLDER}/{page_set}.json");
        let text = std::fs::read_to_string(&place).expect(&place);
        Self(serde_json::from_str(&text).expect("JSON"))
    }

    fn paths(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.0["paths"].as_object().expect("paths").iter()
    }

    fn site(&self) -> Site {
        let mut site = Site::default();
        for (path, operations) in self.paths() {
            if operations.get("get").is_some() {
                site.shown.insert(path.clone());
            }
            let content = operations["post"]["requestBody"]["content"].as_object();
            for (media, body) in content.into_iter().flatten() {
                let schema = &body["schema"];
                let alternatives = schema["oneOf"].as_array();
                let alternatives = alternatives.map_or(vec![schema], |all| all.iter().collect());
                for schema in alternatives {
                    let fields = schema["properties"].as_object().expect("fields");
                    let names = fields.keys().cloned().collect();
                    let fixed = fields.iter().filter_map(|(name, field)| {
                        let values = field["enum"].as_array()?.iter();
                        let values = values.map(|value| value.as_str().expect("text").to_owned());
                        Some((name.clone(), values.collect()))
                    });
                    site.note((path.clone(), media.clone(), names), fixed.collect());
                }
            }
        }
        site
    }

    /// The documented path that an address is one of, and its answers to a method.
    fn answers(&self, address: &str, method: &str) -> Option<(&String, &Value)> {
        let is_meant = |path: &str| {
            let (path, address) = (path.split('/'), address.split('/'));
            path.clone().count() == address.clone().count()
                && path
                    .zip(address)
                    .all(|(own, part)| own == part || own.starts_with('{'))
        };
        let mut meant = self.paths().filter(|(path, _)| is_meant(path));
        let found = meant.find(|(_, operations)| operations.get(method).is_some());
        found.map(|(path, operations)| (path, &operations[method]["responses"]))
    }
}

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ci/openapi/pages");

impl Site {
    fn note(&mut self, shape: Shape, fixed: Fixed) {
        let known = self.forms.entry(shape).or_default();
        for (field, values) in fixed {
            known.entry(field).or_default().extend(values);
        }
    }

    /// Looks at every page that can be reached from some, by links alone.
    async fn explore(&mut self, document: &Document, browser: &mut Browser, from: &[&str]) {
        let mut waiting: Vec<String> = from.iter().map(|path| (*path).to_owned()).collect();
        let mut seen = BTreeSet::new();
        while let Some(path) = waiting.pop() {
            if !seen.insert(path.clone()) {
                continue;
            }
            assert!(seen.len() < PAGES_MAX, "the pages have no end: {seen:?}");
            let page = browser.get(&path).await;
            let answers = document.answers(&path, "get");
            let (documented, answers) = answers.unwrap_or_else(|| panic!("{path}: not documented"));
            let status = page.status.as_str();
            assert!(answers.get(status).is_some(), "{path}: {status}");
            self.shown.insert(documented.clone());
            if !page.header("content-type").starts_with("text/html") {
                continue;
            }
            let html = page.html();
            for form in html.select(&selector("form")) {
                self.note_form(document, form);
            }
            let links = selector("a[href^='/']");
            let links = html.select(&links);
            waiting.extend(links.filter_map(|link| link.value().attr("href").map(str::to_owned)));
        }
    }

    fn note_form(&mut self, document: &Document, form: ElementRef<'_>) {
        let element = form.value();
        assert_eq!(element.attr("method"), Some("post"));
        let address = element.attr("action").expect("an address");
        let documented = document.answers(address, "post");
        let path = documented.map_or(address, |(path, _)| path.as_str());
        let media = element.attr("enctype").unwrap_or(URL_ENCODED).to_owned();
        let (mut names, mut fixed) = (BTreeSet::new(), Fixed::new());
        for field in form.select(&selector("input, select")) {
            let name = field.value().attr("name").expect("a name").to_owned();
            names.insert(name.clone());
            let kind = field.value().attr("type");
            if matches!(kind, Some("hidden" | "radio" | "checkbox")) && name != "csrf" {
                let value = field.value().attr("value").expect("a value");
                fixed.entry(name).or_default().insert(value.to_owned());
            }
        }
        self.note((path.to_owned(), media, names), fixed);
    }

    /// The pages show what is documented, and nothing else.
    fn must_be(&self, page_set: &str, document: &Document) {
        let mut documented = document.site();
        // What is chosen from a list may be documented with the list, which depends on the world.
        for (shape, fixed) in &mut documented.forms {
            let found = self.forms.get(shape);
            fixed.retain(|field, _| found.is_none_or(|found| found.contains_key(field)));
        }
        assert_eq!(*self, documented, "{page_set}");
    }
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("a selector")
}

async fn pmh(document: &Document) -> Site {
    let mut site = Site::default();
    let office = Office::in_mode("file").await;
    let mut nobody = office.browser();
    site.explore(document, &mut nobody, &["/login"]).await;
    let mut staff = office.ready(INSURER).await;
    let files = first_set("20261102100000", vec![person("0000000001", "123456789018")]);
    staff.upload(&files).await.location();
    office.consent_arrives(&json!({}));
    site.explore(document, &mut staff, &["/", "/password"])
        .await;
    let office = Office::in_mode("api").await;
    let mut staff = office.ready(INSURER).await;
    site.explore(document, &mut staff, &["/"]).await;
    staff
        .submit("/keys", &[("action", "issue")])
        .await
        .location();
    site.explore(document, &mut staff, &["/"]).await;
    site
}

async fn portal(document: &Document) -> Site {
    let mut site = Site::default();
    let portal = Portal::on(date(2026, 8, 3)).await;
    portal.declare();
    let mut office = portal.browser();
    site.explore(document, &mut office, &["/"]).await;
    office.submit("/survey", &answered("2026-11")).await;
    portal.notify(date(2026, 11, 2));
    let mut staff = portal.at_work().await;
    site.explore(document, &mut staff, &["/"]).await;
    let (number, own) = ("1371300011", "Usagi-no-mimi-2026");
    let user = [
        ("number", number),
        ("name", "うさぎ訪問介護"),
        ("address", "usagi@office.example"),
        ("new", own),
    ];
    office.submit("/register", &user).await;
    let login = [("login_id", number), ("password", own)];
    office.submit("/login", &login).await.location();
    site.explore(document, &mut office, &["/"]).await;
    site
}

async fn careweb(document: &Document) -> Site {
    let mut site = Site::default();
    let visitors = Visitors::new().await;
    let mut nobody = visitors.careweb();
    site.explore(document, &mut nobody, &["/login"]).await;
    let hana = [
        ("insurer", TSUKIMI),
        ("insured", HANA),
        ("kana", HANA_KANA),
        ("birth", HANA_BIRTH),
        ("sex", "2"),
    ];
    for mut staff in [
        visitors.aoba().await,
        visitors.office(TSUBAKI, "staff").await,
    ] {
        let page = staff.submit("/register", &hana).await;
        let page = page.location();
        site.explore(document, &mut staff, &["/"]).await;
        staff.submit(page, &[("action", "become")]).await.location();
        site.explore(document, &mut staff, &["/"]).await;
    }
    site
}

async fn mynaportal(document: &Document) -> Site {
    let mut site = Site::default();
    let visitors = Visitors::new().await;
    let mut nobody = visitors.mynaportal();
    site.explore(document, &mut nobody, &["/login"]).await;
    let mut hana = visitors.hana().await;
    site.explore(document, &mut hana, &["/"]).await;
    site
}

async fn medical(document: &Document) -> Site {
    let mut site = Site::default();
    let mut visitors = Visitors::new().await;
    visitors.happen(|scene| scene.asked_for_opinion(TSUKIMI, HOSPITAL, "A-9"));
    let mut nobody = visitors.medical();
    site.explore(document, &mut nobody, &["/login"]).await;
    let mut hospital = visitors.hospital().await;
    site.explore(document, &mut hospital, &["/"]).await;
    site
}

async fn board(document: &Document) -> Site {
    let mut site = Site::default();
    let visitors = Visitors::new().await;
    let mut nobody = visitors.board();
    site.explore(document, &mut nobody, &["/login"]).await;
    let mut member = visitors.member("M01").await;
    site.explore(document, &mut member, &["/"]).await;
    site
}

#[tokio::test]
async fn every_form_is_documented_with_its_fields() {
    let mut tried = BTreeSet::new();
    let mut must_be = |page_set: &str, site: Site| {
        site.must_be(page_set, &Document::of(page_set));
        tried.insert(format!("{page_set}.json"));
    };
    must_be("pmh", pmh(&Document::of("pmh")).await);
    must_be("portal", portal(&Document::of("portal")).await);
    must_be("careweb", careweb(&Document::of("careweb")).await);
    must_be("mynaportal", mynaportal(&Document::of("mynaportal")).await);
    must_be("medical", medical(&Document::of("medical")).await);
    must_be("board", board(&Document::of("board")).await);
    let documents = std::fs::read_dir(FOLDER).expect("the documents");
    let names = documents.map(|entry| {
        let entry = entry.expect("a document");
        entry.file_name().into_string().expect("a plain name")
    });
    assert_eq!(tried, names.collect(), "every document is tried");
}

#[test]
fn what_documents_share_they_say_alike() {
    let mut said: BTreeMap<String, Value> = BTreeMap::new();
    for page_set in ["pmh", "portal", "careweb", "mynaportal", "medical", "board"] {
        let Document(document) = Document::of(page_set);
        let responses = document["components"]["responses"].as_object();
        for (name, response) in responses.expect("answers") {
            let first = said.entry(name.clone()).or_insert_with(|| response.clone());
            assert_eq!(first, response, "{page_set}: {name}");
        }
    }
}
