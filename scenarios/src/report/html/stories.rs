//! 人ごとの経過: one story for each person of each scenario with viewers, told once where both modes
//! say the same and side by side where they do not.

use std::collections::BTreeMap;

use super::page::Source;
use crate::report::story::{Entry, Outcome, Story, stories};
use crate::verdict::{Mode, ScenarioRow};

/// Most lines of a story; looks, refusals and breaches are never left out.
const LINES_MAX: usize = 60;

/// The stories of one rule.
pub(super) struct RuleStories {
    pub(super) id: String,
    pub(super) anchor: String,
    pub(super) rule: String,
    pub(super) people: Vec<PersonView>,
}

/// The story of one person in one scenario.
pub(super) struct PersonView {
    pub(super) anchor: String,
    pub(super) scenario: String,
    /// Where the scenario stands.
    pub(super) scenario_anchor: String,
    pub(super) title: String,
    pub(super) name: String,
    pub(super) numbers: Vec<String>,
    pub(super) words: Vec<String>,
    /// What there is in it, in a few words.
    pub(super) sum: String,
    pub(super) is_broken: bool,
    pub(super) sides: Vec<SideView>,
}

/// The story as one mode, or both, tell it.
pub(super) struct SideView {
    pub(super) mode: String,
    pub(super) lines: Vec<LineView>,
    pub(super) left_out: usize,
}

/// One line.
pub(super) struct LineView {
    pub(super) at: String,
    pub(super) who: String,
    pub(super) deed: String,
    pub(super) class: &'static str,
    /// 示された, 断られた, できた; empty where the deed says it all.
    pub(super) word: &'static str,
    pub(super) detail: String,
    pub(super) breach: Option<BreachView>,
}

/// A breach in its place.
pub(super) struct BreachView {
    pub(super) rule: Option<String>,
    pub(super) actual: String,
    pub(super) expected: String,
}

/// Every story, by the id of its scenario.
pub(super) struct Book(BTreeMap<String, Vec<PersonView>>);

impl Book {
    /// Tells every story of a run.
    pub(super) fn of(source: &Source<'_>) -> Self {
        let mut by_scenario: BTreeMap<String, Vec<&ScenarioRow>> = BTreeMap::new();
        for row in source
            .table
            .scenarios
            .iter()
            .filter(|row| row.record.is_some())
        {
            by_scenario.entry(row.id.clone()).or_default().push(row);
        }
        let told = by_scenario.into_iter().filter_map(|(id, mut rows)| {
            rows.sort_by_key(|row| row.mode);
            let people = people(&rows, source);
            (!people.is_empty()).then_some((id, people))
        });
        Self(told.collect())
    }

    /// Where the stories of a scenario stand, and whose they are.
    pub(super) fn links(&self, scenario: &str) -> Vec<(String, String)> {
        let people = self.0.get(scenario).into_iter().flatten();
        people
            .map(|one| (one.anchor.clone(), one.name.clone()))
            .collect()
    }

    /// The rules that have stories, by id.
    pub(super) fn anchor_of_rule(&self, rule: &str) -> String {
        let of_rule = |scenario: &&String| rule_of(scenario) == rule;
        let found = self.0.keys().find(of_rule);
        found.map_or_else(String::new, |_| format!("stories-{rule}"))
    }

    /// The stories rule by rule, in the order of the table.
    pub(super) fn by_rule(mut self, source: &Source<'_>) -> Vec<RuleStories> {
        let rules = source.table.rows.iter().map(|row| {
            let facts = &row.facts;
            let own = |scenario: &&String| rule_of(scenario) == facts.id;
            let ids: Vec<String> = self.0.keys().filter(own).cloned().collect();
            let people = ids.iter().filter_map(|id| self.0.remove(id)).flatten();
            RuleStories {
                id: facts.id.clone(),
                anchor: format!("stories-{}", facts.id),
                rule: facts.ja.clone(),
                people: people.collect(),
            }
        });
        rules.filter(|rule| !rule.people.is_empty()).collect()
    }
}

fn rule_of(scenario: &str) -> &str {
    scenario.split_once('/').map_or(scenario, |(rule, _)| rule)
}

fn people(rows: &[&ScenarioRow], source: &Source<'_>) -> Vec<PersonView> {
    let mut told: Vec<(Mode, Vec<Story>)> = Vec::new();
    for row in rows {
        let lines = source
            .journals
            .events(&row.id, row.mode)
            .unwrap_or_default();
        told.push((row.mode, stories(source.profile, &lines)));
    }
    // Both modes speak of the same people, unless one of them never came so far.
    let mut everybody: Vec<&Story> = Vec::new();
    for story in told.iter().flat_map(|(_, stories)| stories) {
        if !everybody.iter().any(|known| known.numbers == story.numbers) {
            everybody.push(story);
        }
    }
    let Some(first) = rows.first() else {
        return Vec::new();
    };
    let views = everybody.iter().enumerate().map(|(place, one)| {
        let told = told.iter().filter_map(|(mode, stories)| {
            let story = stories.iter().find(|story| story.numbers == one.numbers)?;
            Some((*mode, story))
        });
        person(first, place, &told.collect::<Vec<_>>())
    });
    views.collect()
}

fn person(row: &ScenarioRow, place: usize, told: &[(Mode, &Story)]) -> PersonView {
    let stories = || told.iter().map(|(_, story)| *story);
    let words = stories()
        .map(|story| &story.words)
        .find(|words| !words.is_empty());
    let name = stories().find_map(|story| story.name.clone());
    let numbers = stories().next().map(|story| story.numbers.as_slice());
    let longest = stories().max_by_key(|story| story.entries.len());
    let breaches = stories()
        .map(|story| count(story, is_broken))
        .max()
        .unwrap_or_default();
    PersonView {
        anchor: format!("story-{}-{}", row.id.replace('/', "-"), place + 1),
        scenario: row.id.clone(),
        scenario_anchor: super::scenario::anchor(&row.id, row.mode),
        title: row.title.clone(),
        name: name.unwrap_or_else(|| "氏名の届いていない人".to_owned()),
        numbers: numbers
            .unwrap_or_default()
            .iter()
            .map(|(insurer, insured)| format!("{insurer} 被保険者番号 {insured}"))
            .collect(),
        words: words.cloned().unwrap_or_default(),
        sum: longest
            .map(|story| sum(story, breaches))
            .unwrap_or_default(),
        is_broken: breaches > 0,
        sides: sides(told),
    }
}

/// One side where the modes tell the same.
fn sides(told: &[(Mode, &Story)]) -> Vec<SideView> {
    let same = |one: &Story, other: &Story| {
        let without_event = |entry: &Entry| Entry {
            event: 0,
            ..entry.clone()
        };
        let mut pairs = one.entries.iter().zip(&other.entries);
        one.entries.len() == other.entries.len()
            && pairs.all(|(one, other)| without_event(one) == without_event(other))
    };
    match told {
        [(first, one), (second, other)] if same(one, other) => {
            let mode = format!("{}・{}（同じ経過）", first.ja(), second.ja());
            vec![side(mode, one)]
        }
        sides => {
            let side = |(mode, story): &(Mode, &Story)| side(mode.long_ja().to_owned(), story);
            sides.iter().map(side).collect()
        }
    }
}

fn side(mode: String, story: &Story) -> SideView {
    let mut spare = story.entries.len().saturating_sub(LINES_MAX);
    let mut left_out = 0;
    let mut lines: Vec<LineView> = Vec::new();
    for entry in &story.entries {
        if spare > 0 && entry.outcome == Outcome::Fact {
            spare -= 1;
            left_out += 1;
        } else {
            lines.push(line(entry));
        }
    }
    SideView {
        mode,
        lines,
        left_out,
    }
}

fn line(entry: &Entry) -> LineView {
    let (class, word, detail, breach) = match &entry.outcome {
        Outcome::Fact => ("fact", "", String::new(), None),
        Outcome::Done(more) => ("done", "できた", more.clone(), None),
        Outcome::Shown { rows, why } => ("shown", "示された", format!("{rows}件。{why}"), None),
        Outcome::Refused { reason, told } => {
            let told = told
                .as_deref()
                .map(|told| format!("。画面の案内「{told}」"));
            (
                "refused",
                "断られた",
                format!("{reason}{}", told.unwrap_or_default()),
                None,
            )
        }
        Outcome::Broken {
            rule,
            expected,
            actual,
        } => {
            let breach = BreachView {
                rule: rule.clone(),
                actual: actual.clone(),
                expected: expected.clone(),
            };
            ("broken", "", String::new(), Some(breach))
        }
    };
    LineView {
        at: entry.at.clone(),
        who: entry.who.clone(),
        deed: entry.deed.clone(),
        class,
        word,
        detail,
        breach,
    }
}

fn count(story: &Story, is: fn(&Outcome) -> bool) -> usize {
    let entries = story.entries.iter();
    entries.filter(|entry| is(&entry.outcome)).count()
}

fn is_broken(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Broken { rule: Some(_), .. })
}

fn sum(story: &Story, breaches: usize) -> String {
    let counts = [
        (
            "示された",
            count(story, |one| matches!(one, Outcome::Shown { .. })),
            "回",
        ),
        (
            "断られた",
            count(story, |one| matches!(one, Outcome::Refused { .. })),
            "回",
        ),
        ("規則に反する", breaches, "件"),
    ];
    let counts = counts.into_iter().filter(|(_, count, _)| *count > 0);
    let counts = counts.map(|(word, count, unit)| format!("{word} {count}{unit}"));
    counts.collect::<Vec<_>>().join("、")
}
