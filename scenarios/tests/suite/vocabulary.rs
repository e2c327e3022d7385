//! The sentences and words of the features are the closed lists of `features/README.md`.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use tekigo::feature::{Scenario, load_bundled};
use tekigo::requirement::{Catalogue, Party};

use super::bundle::features_folder;

const PHRASES_MAX: usize = 100;

/// Lists whose words are not written out on the page.
const OPEN_LISTS: [&str; 13] = [
    "文字数",
    "台数",
    "金額",
    "日付",
    "人数",
    "値",
    "いつ",
    "種別",
    "回線",
    "欄",
    "結果",
    "行き先",
    "時間",
];

struct Phrase {
    keyword: String,
    pattern: Regex,
    lists: Vec<String>,
}

struct Vocabulary {
    phrases: Vec<Phrase>,
    words: BTreeMap<String, BTreeSet<String>>,
}

fn read_page() -> Vocabulary {
    let page =
        std::fs::read_to_string(features_folder().join("README.md")).expect("the page is there");
    let mut keyword = String::new();
    let mut list = None;
    let mut vocabulary = Vocabulary {
        phrases: Vec::new(),
        words: BTreeMap::new(),
    };
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            keyword = heading.to_owned();
            list = None;
        } else if let Some(heading) = line.strip_prefix("### ") {
            list = heading.strip_prefix("語: ").map(str::to_owned);
        } else if let Some(rest) = line.strip_prefix("- `^") {
            let (pattern, lists) = rest.split_once('`').expect("the expression is closed");
            vocabulary.phrases.push(Phrase {
                keyword: keyword.clone(),
                pattern: Regex::new(&format!("^{pattern}")).expect("it is a regular expression"),
                lists: lists
                    .trim_start_matches(" — ")
                    .split('、')
                    .map(str::to_owned)
                    .collect(),
            });
            assert!(pattern.ends_with('$'), "{line}");
        } else if let (Some(list), Some(row)) = (&list, line.strip_prefix("| ")) {
            let word = row.split(" |").next().expect("a first cell");
            if word != "語" {
                vocabulary
                    .words
                    .entry(list.clone())
                    .or_default()
                    .insert(word.to_owned());
            }
        }
    }
    vocabulary
}

fn bundled_scenarios() -> Vec<Scenario> {
    let catalogue = Catalogue::bundled().expect("the catalogue is sound");
    let files = load_bundled(&catalogue).expect("the suite is sound");
    files.into_iter().flat_map(|file| file.scenarios).collect()
}

/// Every step with the keyword it stands for: かつ and しかし take that of the step before.
fn steps_with_keyword(scenario: &Scenario) -> Vec<(&'static str, &str)> {
    let mut last = "前提";
    let mut steps = Vec::new();
    for step in &scenario.steps {
        if !matches!(step.keyword, "かつ" | "しかし") {
            last = step.keyword;
        }
        steps.push((last, step.text.as_str()));
    }
    steps
}

#[test]
fn every_step_is_one_sentence_of_the_page() {
    let vocabulary = read_page();
    let mut used = BTreeSet::new();
    let histories = tekigo::explore::of_run(20_260_401).expect("the histories of a run");
    for scenario in bundled_scenarios().into_iter().chain(histories.scenarios) {
        for (keyword, text) in steps_with_keyword(&scenario) {
            let matching: Vec<usize> = vocabulary
                .phrases
                .iter()
                .enumerate()
                .filter(|(_, phrase)| phrase.pattern.is_match(text))
                .map(|(index, _)| index)
                .collect();
            assert_eq!(
                matching.len(),
                1,
                "{} {text}: {} sentences",
                scenario.id,
                matching.len()
            );
            used.insert(matching[0]);
            assert_eq!(
                vocabulary.phrases[matching[0]].keyword, keyword,
                "{} {text}",
                scenario.id
            );
        }
    }
    for (index, phrase) in vocabulary.phrases.iter().enumerate() {
        assert!(used.contains(&index), "{} is not used", phrase.pattern);
    }
    assert!(
        vocabulary.phrases.len() <= PHRASES_MAX,
        "{} sentences",
        vocabulary.phrases.len()
    );
}

#[test]
fn every_word_in_brackets_is_on_its_list() {
    let vocabulary = read_page();
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for scenario in bundled_scenarios() {
        for (_, text) in steps_with_keyword(&scenario) {
            let phrase = vocabulary
                .phrases
                .iter()
                .find(|phrase| phrase.pattern.is_match(text));
            let phrase = phrase.expect("every step is a sentence of the page");
            let captures = phrase.pattern.captures(text).expect("it matches");
            let words: Vec<&str> = captures
                .iter()
                .skip(1)
                .flatten()
                .map(|capture| capture.as_str())
                .collect();
            if words.is_empty() {
                continue;
            }
            assert_eq!(
                words.len(),
                phrase.lists.len(),
                "{} names its lists",
                phrase.pattern
            );
            for (word, list) in words.iter().zip(&phrase.lists) {
                let open = OPEN_LISTS.contains(&list.as_str()) || list == "経路";
                let known = vocabulary
                    .words
                    .get(list)
                    .is_some_and(|words| words.contains(*word));
                assert!(
                    open || known,
                    "{}: 「{word}」 is not in the list {list}",
                    scenario.id
                );
                used.entry(list.clone())
                    .or_default()
                    .insert((*word).to_owned());
            }
        }
    }
    for (list, words) in &vocabulary.words {
        let empty = BTreeSet::new();
        let unused: Vec<&String> = words.difference(used.get(list).unwrap_or(&empty)).collect();
        assert!(unused.is_empty(), "{list}: {unused:?} is never used");
    }
}

/// Whether no town is named, and so no product takes part.
fn is_of_portal_alone(steps: &[(&'static str, &str)]) -> bool {
    let towns = ["準備を終えている", "初期セットアップを終えている"];
    let is_town = |text: &str| towns.iter().any(|town| text.ends_with(town));
    let given = steps.iter().filter(|(keyword, _)| *keyword == "前提");
    !given.into_iter().any(|(_, text)| is_town(text))
}

/// What a vendor that sends nothing cannot make true.
#[test]
fn every_scenario_has_a_positive_control() {
    let controls = [
        "初期セットアップが完了する",
        "基盤の記録が台帳と一致する",
        "の記録が基盤に届いている",
    ];
    let catalogue = Catalogue::bundled().expect("the catalogue is sound");
    for scenario in bundled_scenarios() {
        let steps = steps_with_keyword(&scenario);
        let mut claims = steps.iter().filter(|(keyword, _)| *keyword == "ならば");
        if is_of_portal_alone(&steps) {
            let of_portal = [
                "」まで進んでいる",
                "と公開されている",
                "」のメールが届く",
                "円である",
            ];
            assert!(
                claims.any(|(_, text)| of_portal.iter().any(|end| text.ends_with(end))),
                "{} has no claim about something that the portal did",
                scenario.id
            );
            let rule = catalogue.get(&scenario.requirement).expect("a rule");
            assert_eq!(rule.party, Party::Portal, "{}", scenario.id);
            continue;
        }
        let control = claims.any(|(_, text)| {
            let holds_a_record =
                text.starts_with("基盤の「") && !text.ends_with("同意情報は「なし」である");
            // What somebody is shown is what the books say.
            let starts = text.starts_with("職員に「") || text.starts_with("「");
            let shows_a_record = starts && text.ends_with("」が示される");
            holds_a_record
                || shows_a_record
                || text.ends_with("の審査会資料が示される")
                || controls.iter().any(|control| text.ends_with(control))
        });
        assert!(
            control,
            "{} has no claim about records that arrived",
            scenario.id
        );
    }
}

#[test]
fn every_refused_action_leaves_the_rest_unchanged() {
    let refusals = [
        "ため始まらない",
        "ため行われない",
        "ためファイルを受け付けない",
        "ためファイルを取り込まない",
        "ため送れない",
        "の資料を読めない",
    ];
    for scenario in bundled_scenarios() {
        let steps = steps_with_keyword(&scenario);
        for (place, (_, text)) in steps.iter().enumerate() {
            if !refusals.iter().any(|refusal| text.ends_with(refusal)) {
                continue;
            }
            // What else is claimed of the same refusal may stand between.
            let mut block = steps[place + 1..]
                .iter()
                .take_while(|(keyword, _)| *keyword == "ならば");
            assert!(
                block.any(|(_, text)| {
                    *text == "基盤のほかの記録は変わらない" || text.contains("許可されたホスト")
                }),
                "{}: {text}",
                scenario.id
            );
        }
    }
}
