//! What is planted, and what is said of it.

use std::collections::BTreeSet;

use tekigo::prove::{
    Blame, Fate, FaultTrial, Ground, Grounds, Guard, Planted, Proof, Seen, VariantTrial, page,
    table, unguarded,
};
use tekigo::requirement::{Catalogue, Mode};

fn catalogue() -> Catalogue {
    Catalogue::bundled().expect("the requirements")
}

fn parse(text: &str, known: &[&str]) -> Result<Planted, Vec<String>> {
    let known: BTreeSet<String> = known.iter().map(|name| (*name).to_owned()).collect();
    Planted::parse(text, &catalogue(), &known)
}

const GOOD: &str = r#"
[[fault]]
name = "sends_no_key"
ja = "認証キーを付けずに呼ぶ"
breaks = ["CONN-06"]
modes = ["api"]
"#;

#[test]
fn the_bundled_list_holds_every_fault_of_the_reference_vendor_once() {
    let planted = Planted::bundled(&catalogue()).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    let faults: Vec<&str> = planted.faults.iter().map(|one| one.name.as_str()).collect();
    let known: Vec<&str> = tekigo_reference_vendor::Fault::ALL
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| *name != "none")
        .collect();
    assert_eq!(
        faults.iter().collect::<BTreeSet<_>>(),
        known.iter().collect()
    );
    for fault in &planted.faults {
        assert!(!fault.ja.ends_with('。'), "{}", fault.name);
    }
}

#[test]
fn a_list_that_does_not_fit_is_refused_with_what_is_wrong() {
    let planted = parse(GOOD, &["sends_no_key"]).expect("a good list");
    assert_eq!(planted.faults[0].tried_in(), planted.faults[0].breaks);
    for (text, known, wrong) in [
        (
            GOOD.to_owned(),
            vec![],
            "「sends_no_key」を、基準ベンダーは知りません",
        ),
        (
            GOOD.to_owned(),
            vec!["sends_no_key", "sleeps"],
            "「sleeps」がありません",
        ),
        (
            format!("{GOOD}{GOOD}"),
            vec!["sends_no_key"],
            "二度書かれています",
        ),
        (
            GOOD.replace("CONN-06", "CONN-99"),
            vec!["sends_no_key"],
            "「CONN-99」は要件一覧にありません",
        ),
        (
            GOOD.replace("CONN-06", "PORTAL-01"),
            vec!["sends_no_key"],
            "介護保険システムの規則ではありません",
        ),
        (
            GOOD.replace("\"api\"", "\"file\""),
            vec!["sends_no_key"],
            "この不具合の方式の規則ではありません",
        ),
        (
            GOOD.replace("\"CONN-06\"", ""),
            vec!["sends_no_key"],
            "反する規則（breaks）",
        ),
        (
            GOOD.replace("modes", "mode"),
            vec!["sends_no_key"],
            "unknown field",
        ),
    ] {
        let errors = parse(&text, &known).expect_err(wrong).join("\n");
        assert!(errors.contains(wrong), "{errors}");
        assert!(errors.contains("faults.toml"), "{errors}");
    }
}

#[test]
fn a_rule_that_no_fault_was_seen_to_break_is_named_with_its_mode() {
    let rules = unguarded(&proof().guards, &catalogue(), &[Mode::Api, Mode::File]);
    let has = |rule: &str, mode| rules.contains(&(rule.to_owned(), mode));
    assert!(!has("CONN-06", Mode::Api), "it has a guard");
    assert!(has("SETUP-01", Mode::Api) && has("SETUP-01", Mode::File));
    assert!(!has("CONN-05", Mode::File), "nobody can see it there");
    assert!(!has("PORTAL-01", Mode::Api), "not the vendor's");
    let rules = unguarded(&[], &catalogue(), &[Mode::File]);
    assert!(rules.iter().all(|(_, mode)| *mode == Mode::File) && !rules.is_empty());
}

fn blame(requirement: &str, scenario: &str, by: Seen) -> Blame {
    Blame {
        requirement: requirement.to_owned(),
        mode: Mode::Api,
        scenario: scenario.to_owned(),
        by,
        at: "2026-11-02T09:00:00+09:00".to_owned(),
        expected: "認証キーのある呼び出し".to_owned(),
        actual: "認証キーのない呼び出し".to_owned(),
    }
}

fn fault(name: &str, fate: Fate, blames: Vec<Blame>) -> FaultTrial {
    FaultTrial {
        fault: name.to_owned(),
        ja: "認証キーを付けずに呼ぶ".to_owned(),
        mode: Mode::Api,
        breaks: vec!["CONN-06".to_owned()],
        fate,
        blames,
        problem: None,
        seconds: 1.25,
    }
}

fn ground(holds: bool, held: usize) -> Ground {
    Ground {
        holds,
        held,
        blames: Vec::new(),
        open: Vec::new(),
    }
}

fn proof() -> Proof {
    let scenario = blame("CONN-06", "CONN-06/01", Seen::Scenario);
    let monitor = blame("CONN-06", "CONN-06/01", Seen::Monitor("key".to_owned()));
    let other = blame("SYNC-01", "SYNC-01/02", Seen::Scenario);
    let variant = |name: &str, blames: Vec<Blame>| VariantTrial {
        variant: name.to_owned(),
        ja: "1件ずつ送る".to_owned(),
        mode: Mode::Api,
        blames,
        open: Vec::new(),
        held: 40,
        seconds: 4.0,
    };
    Proof {
        grounds: Grounds {
            baseline: ground(true, 115),
            canary: ground(true, 0),
            control: ground(true, 60),
        },
        faults: vec![
            fault(
                "sends_no_key",
                Fate::Killed,
                vec![scenario.clone(), monitor],
            ),
            fault("sleeps", Fate::Survived, Vec::new()),
            fault("lies", Fate::Misattributed, vec![other.clone()]),
            fault("shouts", Fate::Smeared, vec![scenario, other.clone()]),
        ],
        variants: vec![
            variant("one_by_one", Vec::new()),
            variant("odd", vec![other]),
        ],
        guards: vec![Guard {
            requirement: "CONN-06".to_owned(),
            mode: Mode::Api,
            faults: 1,
            scenarios: ["CONN-06/01".to_owned()].into(),
            onlookers: BTreeSet::new(),
        }],
        unguarded: vec![("SYNC-12".to_owned(), Mode::File)],
        seed: 20_260_401,
    }
}

#[test]
fn the_table_tells_what_was_caught_and_what_was_not() {
    insta::assert_snapshot!(table(&proof()));
}

#[test]
fn without_its_grounds_the_proof_gives_no_figure() {
    let mut proof = proof();
    proof.grounds.canary = ground(false, 3);
    let text = table(&proof);
    assert!(!proof.holds());
    assert!(text.contains("× 見張り"), "{text}");
    assert!(
        text.contains("数を出しません") && !text.contains("■ 不具合"),
        "{text}"
    );
}

#[test]
fn one_wrong_word_of_the_judge_spoils_the_proof() {
    let mut proof = proof();
    assert!(!proof.holds());
    proof.faults.truncate(1);
    proof.variants.truncate(1);
    assert!(!proof.holds(), "a rule is unguarded");
    proof.unguarded.clear();
    assert!(proof.holds());
    proof.variants[0].open = vec!["SYNC-01".to_owned()];
    assert!(!proof.holds(), "a variant came to no verdict");
    proof.variants[0].open.clear();
    proof.variants[0].held = 0;
    assert!(!proof.holds(), "nothing was seen to hold");
}

#[test]
fn the_page_shows_the_same_without_scripts() {
    let html = page(&proof()).expect("a page");
    for part in [
        "見逃した",
        "ほかの規則のせいにした",
        "余計な規則",
        "sends_no_key",
        "SYNC-12 方式②",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("<script") && !html.contains("http://"));
}
