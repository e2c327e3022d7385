//! The person: reads what is asked, works the product, and fills in the form that is on the page, and no other.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use scraper::{Html, Selector};
use serde_json::Value;
use tempfile::TempDir;

use super::http::{Browser, Reply};
use super::opened::{LIMIT, PRODUCT};
use super::product::Product;

/// Who sits there.
pub(super) const NAME: &str = "介護保険課 月見 花子";
/// How often a button for more rows is pressed.
const MORE_MAX: usize = 40;

/// The fields of a form with what stands in them, and its buttons for more rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    pub(super) fields: BTreeMap<String, String>,
    more: Vec<String>,
}

/// A person with a browser, a product and a USB memory.
pub(super) struct Officer {
    pub(super) browser: Browser,
    pub(super) product: Product,
    stick: TempDir,
    uses: usize,
    /// Every instruction that was answered: which one, and the operation.
    pub(super) answered: Vec<(String, String)>,
}

impl Officer {
    pub(super) fn at(address: &str) -> Self {
        let stick = tempfile::tempdir().expect("a folder");
        Self {
            browser: Browser::new(address),
            product: Product::start(stick.path()),
            stick,
            uses: 0,
            answered: Vec::new(),
        }
    }

    /// Sits down at another console, or at the same one started again.
    pub(super) fn move_to(&mut self, address: &str) {
        self.browser = Browser::new(address);
    }

    /// What is asked now, once the run has done its own part.
    pub(super) fn now(&mut self) -> Value {
        let begun = Instant::now();
        loop {
            let reply = self.browser.get("/instruction.json").expect("the console");
            let now: Value = serde_json::from_slice(&reply.body).expect("JSON");
            if now["state"] != "busy" {
                return now;
            }
            assert!(begun.elapsed() < LIMIT, "nobody is ever needed: {now}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The form with this action on the page of the moment.
    pub(super) fn form(&mut self, action: &str) -> Sheet {
        let page = self.browser.get("/").expect("the console");
        assert_eq!(page.status, 200, "{}", page.text());
        sheet(&page, action)
    }

    /// Ticks everything and begins.
    pub(super) fn prepare(&mut self) {
        let mut form = self.form("/prepare");
        for (name, value) in &mut form.fields {
            if name.starts_with("check-") {
                "yes".clone_into(value);
            }
        }
        for (name, value) in [("product", PRODUCT.0), ("version", PRODUCT.2), ("by", NAME)] {
            let field = form.fields.get_mut(name);
            value.clone_into(field.expect("a field"));
        }
        let reply = self
            .browser
            .post("/prepare", &pairs(&form.fields))
            .expect("the console");
        assert_eq!(reply.status, 303, "{}", reply.text());
    }

    /// Works until the run is over, and how it ended.
    pub(super) fn work(&mut self) -> Value {
        loop {
            let now = self.now();
            match now["state"].as_str() {
                Some("preparing") => self.prepare(),
                Some("asking") => self.carry_out(&now),
                _ => return now,
            }
        }
    }

    /// Carries one instruction out and answers it.
    pub(super) fn carry_out(&mut self, now: &Value) {
        let answer = self.perform(now);
        let fields = self.filled(now, &answer);
        let reply = self
            .browser
            .post("/answer", &pairs(&fields))
            .expect("the console");
        let told = (now["to"].to_string(), now["operation"].to_string());
        assert_eq!(reply.status, 303, "{told:?}: {answer}\n{}", reply.text());
        self.answered.push(told);
    }

    /// What the product makes of an instruction; files go with it both ways.
    pub(super) fn perform(&mut self, now: &Value) -> Value {
        let operation = now["operation"].as_str().expect("a name");
        let mut input = now["input"].clone();
        if input.get("folder").is_none() {
            return self.product.ask(operation, &input);
        }
        let folder = self.empty_folder();
        for file in now["files"].as_array().expect("files") {
            let href = file["href"].as_str().expect("an address");
            let reply = self.browser.get(href).expect("the console");
            assert_eq!(reply.status, 200, "{href}");
            let name = file["name"].as_str().expect("a name");
            std::fs::write(folder.join(name), reply.body).expect("written");
        }
        input["folder"] = folder.to_str().expect("UTF-8").into();
        let answer = self.product.ask(operation, &input);
        if operation == "export" && answer["result"] == "done" {
            let names = answer["data"]["files"].as_array().expect("names");
            let files: Vec<(String, Vec<u8>)> = names
                .iter()
                .filter_map(Value::as_str)
                .map(|name| {
                    (
                        name.to_owned(),
                        std::fs::read(folder.join(name)).expect("there"),
                    )
                })
                .collect();
            if !files.is_empty() {
                let to = now["to"].as_str().expect("an id");
                let action = format!("/written/{to}");
                let token = self.form(&action).fields["csrf"].clone();
                let reply = self.browser.upload(&action, &token, "written", &files);
                assert_eq!(reply.expect("the console").status, 303);
            }
        }
        answer
    }

    fn empty_folder(&mut self) -> PathBuf {
        self.uses += 1;
        let folder = self.stick.path().join(self.uses.to_string());
        std::fs::create_dir(&folder).expect("a folder");
        folder
    }

    /// The form filled in with an answer of the product, and its button.
    pub(super) fn filled(&mut self, now: &Value, answer: &Value) -> BTreeMap<String, String> {
        let mut form = self.form("/answer");
        assert_eq!(form.fields["to"], now["to"].as_str().expect("an id"));
        form.fields.insert("by".to_owned(), NAME.to_owned());
        let reason = answer["reason"].as_str().unwrap_or_default().to_owned();
        let mut press = |button: &str, why: &str| {
            form.fields.insert("result".to_owned(), button.to_owned());
            form.fields.insert("why".to_owned(), why.to_owned());
            form.fields.insert("reason".to_owned(), reason.clone());
        };
        match answer["result"].as_str() {
            Some("done") => {}
            Some("unsupported") => {
                press("missing", "");
                return form.fields;
            }
            Some(why) => {
                press("cannot", why);
                return form.fields;
            }
            None => panic!("no answer: {answer}"),
        }
        let mut wanted = BTreeMap::new();
        let is_of_files = matches!(now["operation"].as_str(), Some("export" | "import"));
        for (name, value) in answer["data"].as_object().into_iter().flatten() {
            if !(is_of_files && name == "files") {
                spread(&format!("data.{name}"), value, &mut wanted);
            }
        }
        for _ in 0..MORE_MAX {
            let missing = wanted.keys().find_map(|field| {
                let is_there = form.fields.contains_key(field);
                let list = form
                    .more
                    .iter()
                    .filter(|list| field.starts_with(&format!("{list}.")));
                (!is_there)
                    .then(|| list.max_by_key(|list| list.len()).cloned())
                    .flatten()
            });
            let Some(list) = missing else { break };
            let rows = &form.fields[&format!("rows.{list}")];
            let before = rows.parse::<usize>().expect("a number");
            form.fields.insert("more".to_owned(), list.clone());
            let page = self
                .browser
                .post("/answer", &pairs(&form.fields))
                .expect("the console");
            assert_eq!(page.status, 200, "{}", page.text());
            form = sheet(&page, "/answer");
            form.fields.insert("by".to_owned(), NAME.to_owned());
            let rows = form.fields[&format!("rows.{list}")].parse::<usize>();
            if rows == Ok(before) || !wanted_more(&wanted, &form, &list) {
                // The form has no such field: a person would not be asked for it.
                wanted.retain(|field, _| {
                    form.fields.contains_key(field) || !field.starts_with(&list)
                });
            }
        }
        for (field, value) in wanted {
            if let Some(there) = form.fields.get_mut(&field) {
                *there = value;
            }
        }
        form.fields.insert("result".to_owned(), "done".to_owned());
        form.fields
    }
}

/// Whether a list still has too few rows for what is wanted of it.
fn wanted_more(wanted: &BTreeMap<String, String>, form: &Sheet, list: &str) -> bool {
    let rows: usize = form.fields[&format!("rows.{list}")]
        .parse()
        .expect("a number");
    let before = format!("{list}.");
    wanted
        .keys()
        .filter_map(|field| field.strip_prefix(&before))
        .any(|rest| {
            let row = rest
                .split('.')
                .next()
                .and_then(|row| row.parse::<usize>().ok());
            row.is_some_and(|row| row >= rows)
        })
}

/// Spreads a value over the fields in which a person would write it.
fn spread(field: &str, value: &Value, wanted: &mut BTreeMap<String, String>) {
    match value {
        Value::Null => {}
        Value::Object(members) if field.ends_with(".record") => {
            for (row, (name, value)) in members.iter().enumerate() {
                let text = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                wanted.insert(format!("{field}.{row}.item"), name.clone());
                wanted.insert(format!("{field}.{row}.content"), text);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                spread(&format!("{field}.{name}"), value, wanted);
            }
        }
        Value::Array(items) => {
            for (row, value) in items.iter().enumerate() {
                spread(&format!("{field}.{row}"), value, wanted);
            }
        }
        Value::String(text) => {
            wanted.insert(field.to_owned(), text.clone());
        }
        Value::Bool(_) | Value::Number(_) => {
            wanted.insert(field.to_owned(), value.to_string());
        }
    }
}

/// The form with this action on a page.
pub(super) fn sheet(page: &Reply, action: &str) -> Sheet {
    let html = Html::parse_document(&page.text());
    let select = |text: &str| Selector::parse(text).expect("a selector");
    let form = html
        .select(&select("form"))
        .find(|form| form.value().attr("action") == Some(action))
        .unwrap_or_else(|| panic!("no form {action}: {}", page.text()));
    let mut sheet = Sheet::default();
    for field in form.select(&select("input, select, button")) {
        let name = field.value().attr("name").unwrap_or_default().to_owned();
        let value = field.value().attr("value").unwrap_or_default().to_owned();
        match (field.value().name(), field.value().attr("type")) {
            ("button", _) if name == "more" => sheet.more.push(value),
            ("button", _) | (_, Some("file")) => {}
            ("select", _) => {
                let chosen = field.select(&select("option[selected]")).next();
                let chosen = chosen.and_then(|option| option.value().attr("value"));
                sheet
                    .fields
                    .insert(name, chosen.unwrap_or_default().to_owned());
            }
            (_, Some("checkbox")) => {
                sheet.fields.insert(name, String::new());
            }
            _ => {
                sheet.fields.insert(name, value);
            }
        }
    }
    sheet
}

pub(super) fn pairs(fields: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let fields = fields.iter();
    fields
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
