//! The catalogue is read strictly: what could be read in two ways is refused with file and line.

use tekigo::requirement::{Catalogue, Later, Mode, Verify};

const HEAD: &str = r#"[[topic]]
id = "later"
ja = "今後"
plan = "これから書く"

[[requirement]]
id = "CONN-01"
level = "must"
standing = "stated"
party = "vendor"
modes = ["api", "file"]
verify = ["scenario", "law"]
ja = "規則"
en = "A rule."
source = "briefing: x"
untestable_in = { file = "外から見えない" }
planned = [{ topic = "later", verify = ["law"] }]
"#;

fn messages(text: &str) -> Vec<String> {
    let errors = Catalogue::parse("requirements.toml", text).expect_err("it must be refused");
    errors.iter().map(ToString::to_string).collect()
}

#[test]
fn the_bundled_catalogue_is_read() {
    let catalogue = Catalogue::bundled().unwrap_or_else(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"));
    });
    assert_eq!(catalogue.len(), 108);
}

#[test]
fn every_rule_names_its_document_or_the_rule_it_follows_from() {
    let catalogue = Catalogue::bundled().expect("the catalogue is sound");
    for rule in catalogue.iter() {
        match rule.source.strip_prefix("follows from ") {
            Some(ids) => {
                for id in ids.split(", ") {
                    let id = id.parse().expect("an id follows");
                    assert!(
                        catalogue.get(&id).is_some_and(|found| found.id != rule.id),
                        "{}",
                        rule.id
                    );
                }
            }
            None => {
                let document = rule.source.split(':').next();
                assert!(
                    matches!(document, Some("briefing" | "hitachi" | "domain")),
                    "{}",
                    rule.id
                );
            }
        }
    }
}

#[test]
fn a_planned_way_of_trying_is_kept_with_its_topic() {
    let catalogue = Catalogue::parse("requirements.toml", HEAD).expect("it is well formed");
    let rule = catalogue
        .get(&"CONN-01".parse().unwrap())
        .expect("it is there");
    let planned: Vec<_> = rule.planned.iter().collect();
    let later = Later {
        topic: "later".to_owned(),
        besides: false,
    };
    assert_eq!(planned, [(&(Mode::Api, Verify::Law), &later)]);
    assert_eq!(rule.line, 6);
}

#[test]
fn a_way_of_trying_can_be_planned_for_one_mode() {
    let text = HEAD
        .replace("untestable_in = { file = \"外から見えない\" }\n", "")
        .replace("verify = [\"law\"] }", "modes = [\"file\"] }");
    let catalogue = Catalogue::parse("requirements.toml", &text).expect("it is well formed");
    let rule = catalogue
        .get(&"CONN-01".parse().unwrap())
        .expect("it is there");
    let planned: Vec<(Mode, Verify)> = rule.planned.keys().copied().collect();
    assert_eq!(
        planned,
        [(Mode::File, Verify::Scenario), (Mode::File, Verify::Law)]
    );
}

#[test]
fn every_mistake_is_named_with_its_line() {
    let cases = [
        ("level = \"must\"", "level = \"shall\""),
        ("party = \"vendor\"\n", ""),
        ("ja = \"規則\"", "ja = \"規則\"\ncolour = \"red\""),
        ("id = \"CONN-01\"", "id = \"CONN-1\""),
        (
            "\"scenario\", \"law\"]",
            "\"scenario\", \"scenario\", \"law\"]",
        ),
        ("[\"api\", \"file\"]", "[]"),
        ("ja = \"規則\"", "ja = \" \""),
        (
            "\"scenario\", \"law\"]",
            "\"scenario\", \"law\", \"monitor\"]",
        ),
        (
            "source = \"briefing: x\"",
            "source = \"briefing: x\"\nuntestable = \"外から見えない\"",
        ),
        (
            "{ topic = \"later\", verify = [\"law\"] }",
            "{ topic = \"sometime\", verify = [\"monitor\"] }",
        ),
        ("planned = [{ topic = \"later\", verify = [\"law\"] }]", ""),
        (
            "verify = [\"law\"] }",
            "verify = [\"law\"], modes = [\"file\"] }",
        ),
        ("verify = [\"law\"] }", "verify = [], modes = [] }"),
        (
            "verify = [\"law\"] }]",
            "verify = [\"law\"] }, { topic = \"later\", modes = [\"api\"] }]",
        ),
        ("{ file = \"外から見えない\" }", "{ file = \"\" }"),
        ("{ file = \"外から見えない\" }", "{ paper = \"ない\" }"),
        (
            "{ file = \"外から見えない\" }",
            "{ api = \"見えない\", file = \"見えない\" }",
        ),
        ("[\"api\", \"file\"]", "[\"api\"]"),
    ];
    let mut report = String::new();
    for (from, to) in cases {
        let text = HEAD.replacen(from, to, 1);
        assert_ne!(text, HEAD, "{from} is not in the text");
        report.push_str(&format!("{from} -> {to}\n"));
        for message in messages(&text) {
            report.push_str(&format!("  {message}\n"));
        }
    }
    let twice = format!("{HEAD}{}", &HEAD[HEAD.find("\n[[requirement]]").unwrap()..]);
    report.push_str("the same entry twice\n");
    for message in messages(&twice) {
        report.push_str(&format!("  {message}\n"));
    }
    insta::assert_snapshot!("catalogue_mistakes", report);
}
