//! What a form must not take: it is refused, said why, and nothing has changed.

use super::officer::{Officer, pairs};
use super::opened::{Console, vendor_toml};

/// The beginning of a picture.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n rest";

struct Scene {
    _console: Console,
    officer: Officer,
    folder: tempfile::TempDir,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("vendor.toml"), vendor_toml("\"file\""))
            .expect("written");
        let arguments = [
            "--vendor",
            "vendor.toml",
            "--mode",
            "file",
            "--only",
            "SETUP-06/01",
            "--folder",
            "by-hand",
            "--listen",
            "127.0.0.1:0",
        ];
        let console = Console::open(folder.path(), &arguments);
        let officer = Officer::at(&console.address);
        Self {
            _console: console,
            officer,
            folder,
        }
    }

    fn record(&self) -> String {
        let path = self.folder.path().join("by-hand/console.jsonl");
        std::fs::read_to_string(path).expect("a record")
    }

    /// Sends a form; what came, with nothing changed.
    fn must_refuse(&mut self, path: &str, fields: &[(String, String)], status: u16, said: &str) {
        let before = (self.record(), self.officer.now());
        let reply = self
            .officer
            .browser
            .post(path, fields)
            .expect("the console");
        assert_eq!(reply.status, status, "{said}: {}", reply.text());
        assert!(reply.text().contains(said), "{said}: {}", reply.text());
        assert_eq!((self.record(), self.officer.now()), before, "{said}");
    }
}

fn with(fields: &[(String, String)], name: &str, value: &str) -> Vec<(String, String)> {
    let mut fields = fields.to_vec();
    fields.retain(|(known, _)| known != name);
    fields.push((name.to_owned(), value.to_owned()));
    fields
}

#[test]
fn a_preparation_that_is_not_whole_is_refused() {
    let mut scene = Scene::new();
    let form = scene.officer.form("/prepare");
    scene.must_refuse(
        "/prepare",
        &pairs(&form.fields),
        422,
        "しるしを付けてください",
    );
    let wrong = with(&pairs(&form.fields), "version", "5.2.0");
    scene.must_refuse("/prepare", &wrong, 422, "「5.2.1」と違います");
}

#[test]
fn an_answer_that_is_not_whole_is_refused() {
    let mut scene = Scene::new();
    scene.officer.prepare();
    let now = scene.officer.now();
    let done = serde_json::json!({"result": "done", "reason": null, "data": {}});
    let form = pairs(&scene.officer.filled(&now, &done));
    let form = with(&form, "result", "done");
    scene.must_refuse("/answer", &with(&form, "by", " "), 422, "操作した人の名前");
    scene.must_refuse(
        "/answer",
        &with(&form, "result", "maybe"),
        400,
        "読めません",
    );
    scene.must_refuse(
        "/answer",
        &with(&form, "result", "cannot"),
        422,
        "どうなったかを選んで",
    );
    let cannot = with(&with(&form, "result", "cannot"), "why", "refused");
    scene.must_refuse(
        "/answer",
        &with(&cannot, "reason", ""),
        422,
        "画面に出た言葉",
    );
    scene.must_refuse(
        "/answer",
        &with(&form, "to", "SETUP-06-01.file.1.9"),
        422,
        "もう回答があるか",
    );
    scene.must_refuse(
        "/answer",
        &with(&form, "csrf", &"0".repeat(64)),
        403,
        "受け付けませんでした",
    );
    scene.must_refuse(
        "/answer",
        &with(&form, "more", "data.nothing"),
        400,
        "読めません",
    );
    let long = with(&form, "reason", &"あ".repeat(2_001));
    scene.must_refuse("/answer", &long, 400, "読めません");
    let huge = with(&form, "x", &"x".repeat(1 << 20));
    scene.must_refuse("/answer", &huge, 413, "大きすぎます");
    // Whole, it is taken, and only once.
    let reply = scene
        .officer
        .browser
        .post("/answer", &form)
        .expect("the console");
    assert_eq!(reply.status, 303, "{}", reply.text());
    scene.officer.now();
    scene.must_refuse("/answer", &form, 422, "もう回答があるか");
}

#[test]
fn files_that_are_not_wanted_are_refused() {
    let mut scene = Scene::new();
    scene.officer.prepare();
    let to = scene.officer.now()["to"]
        .as_str()
        .expect("an id")
        .to_owned();
    let path = format!("/picture/{to}");
    let token = scene.officer.form(&path).fields["csrf"].clone();
    let file = |name: &str, content: &[u8]| vec![(name.to_owned(), content.to_vec())];
    let large = [PNG, &vec![0; 9 << 20]].concat();
    let before = scene.record();
    for (token, files, status, said) in [
        (
            token.as_str(),
            file("a.png", b"no picture"),
            422,
            "画像ではありません",
        ),
        (&token, file("../a.png", PNG), 422, "受け取れません"),
        (&token, file("a.png", &large), 422, "大きすぎるため"),
        (&token, Vec::new(), 422, "選んでください"),
        (
            &"0".repeat(64),
            file("a.png", PNG),
            403,
            "受け付けませんでした",
        ),
    ] {
        let reply = scene
            .officer
            .browser
            .upload(&path, token, "picture", &files);
        let reply = reply.expect("the console");
        assert_eq!(reply.status, status, "{said}: {}", reply.text());
        assert!(reply.text().contains(said), "{said}: {}", reply.text());
        assert_eq!(scene.record(), before, "{said}");
    }
    let stale = scene.officer.browser.upload(
        "/picture/SETUP-06-01.file.1.9",
        &token,
        "picture",
        &file("a.png", PNG),
    );
    assert_eq!(stale.expect("the console").status, 422);
    assert_eq!(scene.record(), before);
    let taken = scene
        .officer
        .browser
        .upload(&path, &token, "picture", &file("a.png", PNG));
    assert_eq!(taken.expect("the console").status, 303);
    assert!(scene.record().contains("\"console.brought\""));
}

#[test]
fn an_attestation_names_somebody_a_day_and_a_reason() {
    let mut scene = Scene::new();
    let page = scene.officer.browser.get("/attest").expect("the console");
    let form = pairs(&super::officer::sheet(&page, "/attest").fields);
    scene.must_refuse("/attest", &form, 422, "申告することを選んでください");
    let whole = [
        ("what", "contract"),
        ("on", "2026-04-02"),
        ("person", "介護保険課長 月見"),
        ("reason", "契約書 第12号"),
    ];
    let whole = whole
        .iter()
        .fold(form, |form, (name, value)| with(&form, name, value));
    scene.must_refuse(
        "/attest",
        &with(&whole, "on", "2999-01-01"),
        422,
        "までの日付です",
    );
    scene.must_refuse("/attest", &with(&whole, "person", ""), 422, "職と氏名");
    scene.must_refuse("/attest", &with(&whole, "reason", ""), 422, "根拠");
    scene.must_refuse(
        "/attest",
        &with(&whole, "what", "other"),
        422,
        "選んでください",
    );
    let reply = scene
        .officer
        .browser
        .post("/attest", &whole)
        .expect("the console");
    assert_eq!(reply.status, 303, "{}", reply.text());
    let page = scene
        .officer
        .browser
        .get("/attest")
        .expect("the console")
        .text();
    assert!(
        page.contains("契約書 第12号") && page.contains("全国一律"),
        "{page}"
    );
}
