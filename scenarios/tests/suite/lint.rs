//! Every mistake that the parser would let pass in silence ends with a message.
//!
//! The snapshot shows, for each case, what the parser alone makes of it, and then our messages.

use std::sync::LazyLock;

use gherkin::GherkinEnv;
use proptest::prelude::{ProptestConfig, any, proptest};
use tekigo::feature::{BUNDLED, Fault, load_dir, load_texts};
use tekigo::requirement::Catalogue;

use super::mistakes::{CASES, SOUND};

fn catalogue() -> Catalogue {
    Catalogue::bundled().expect("the catalogue is sound")
}

fn messages(text: &str) -> Vec<String> {
    match load_texts([("features/case.feature", text)], &catalogue()) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.iter().map(ToString::to_string).collect(),
    }
}

/// What the parser makes of the text without us.
fn parser_alone(text: &str) -> String {
    let env = GherkinEnv::new("ja").expect("the language is known");
    match gherkin::Feature::parse(text, env) {
        Ok(feature) => {
            let steps = feature
                .scenarios
                .iter()
                .map(|scenario| scenario.steps.len());
            let steps: Vec<String> = steps.map(|count| count.to_string()).collect();
            format!(
                "accepted, {} scenarios, steps [{}]",
                steps.len(),
                steps.join(" ")
            )
        }
        Err(_) => "refused".to_owned(),
    }
}

#[test]
fn the_sound_file_has_no_fault() {
    assert_eq!(messages(SOUND), Vec::<String>::new());
}

#[test]
fn every_mistake_has_its_message() {
    let mut report = String::new();
    for (name, from, to) in CASES {
        assert!(
            SOUND.contains(from),
            "{name}: the text to replace is not there"
        );
        let text = SOUND.replacen(from, to, 1);
        let found = messages(&text);
        assert!(!found.is_empty(), "{name} passes in silence");
        report.push_str(&format!("{name} (parser alone: {})\n", parser_alone(&text)));
        for message in found {
            report.push_str(&format!("  {message}\n"));
        }
    }
    insta::assert_snapshot!("mistakes", report);
}

#[test]
fn a_feature_without_scenarios_is_refused() {
    let text = "# language: ja\n機能: 空\n";
    assert_eq!(
        messages(text),
        [
            "features/case.feature:1:1: シナリオが1つもありません。シナリオを書くか、ファイルを消してください"
        ]
    );
}

#[test]
fn a_folder_without_features_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let errors = load_dir(folder.path(), &catalogue()).expect_err("it is empty");
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].fault, Fault::NothingFound);
}

#[test]
fn a_file_that_is_not_utf8_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(
        folder.path().join("a.feature"),
        b"# language: ja\n\x8b@\x94\\: x\n",
    )
    .expect("written");
    let errors = load_dir(folder.path(), &catalogue()).expect_err("it cannot be read");
    assert!(
        matches!(errors[0].fault, Fault::Unreadable { .. }),
        "{}",
        errors[0]
    );
}

#[test]
fn a_requirement_in_two_files_and_a_title_used_twice_are_refused() {
    let pair = [("features/a.feature", SOUND), ("features/b.feature", SOUND)];
    let errors = load_texts(pair, &catalogue()).expect_err("everything is there twice");
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!("twice", lines.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is done to a file, it is refused, or every scenario that is written is read.
    #[test]
    fn no_scenario_vanishes_from_a_damaged_file(
        file in any::<proptest::sample::Index>(),
        place in any::<proptest::sample::Index>(),
        damage in proptest::sample::select(vec![
            " ", "\u{3000}", "\t", "#", "@", "|", ":", "：", "\n", "\r", "<", ">", "(", "もし ", "例:",
            "シナリオ: ", "ルール:", "\"\"\"", "前提", "* ", "\u{feff}", "",
        ]),
    ) {
        static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(catalogue);
        let (_, original) = BUNDLED[file.index(BUNDLED.len())];
        let mut characters: Vec<char> = original.chars().collect();
        let at = place.index(characters.len());
        if damage.is_empty() {
            characters.remove(at);
        } else {
            characters.splice(at..at, damage.chars());
        }
        let text: String = characters.into_iter().collect();
        if let Ok(files) = load_texts([("features/case.feature", text.as_str())], &CATALOGUE) {
            let written = text.lines().map(str::trim_start).filter(|line| line.starts_with("シナリオ")).count();
            let read = files[0].scenarios.iter().map(|scenario| (&scenario.requirement, scenario.id.number));
            let read: std::collections::BTreeSet<_> = read.collect();
            assert_eq!(written, read.len());
            assert!(files[0].scenarios.iter().all(|scenario| scenario.steps.len() > 1));
        }
    }
}
