//! The page as a whole.

use askama::Template;
use tekigo_simulator::profile::Profile;

use super::detail::{DetailView, ProofView, details, proofs};
use super::rows::{RowView, TopicView, planned, topics};
use super::side_by_side::{ScenarioView, scenarios};
use super::stories::{Book, RuleStories};
use crate::report::journals::{Journals, Kept};
use crate::report::run_facts::RunFacts;
use crate::report::wording;
use crate::verdict::{
    Block, EXIT_CODES, Family, Mode, ScenarioRecord, Selection, Standing, Totals, Verdict,
    VerdictTable, exit_code,
};

/// What the page is made from.
pub(in crate::report) struct Source<'a> {
    pub(in crate::report) table: &'a VerdictTable,
    pub(in crate::report) records: &'a [ScenarioRecord],
    pub(in crate::report) journals: &'a Journals,
    pub(in crate::report) kept: &'a [Kept],
    pub(in crate::report) facts: &'a RunFacts,
    pub(in crate::report) profile: &'a Profile,
}

/// One word with its count and its meaning.
struct WordView {
    class: &'static str,
    sign: &'static str,
    ja: &'static str,
    count: usize,
    counted: &'static str,
    meaning: &'static str,
    /// Share of the bar in tenths of a percent; 0 for words outside the denominator.
    share: usize,
}

#[derive(Template)]
#[template(path = "report/page.html")]
struct Page<'a> {
    title: &'static str,
    reference_only: bool,
    part: Option<&'a str>,
    mode_notes: Vec<String>,
    by_mode: Vec<(&'static str, String)>,
    strict: bool,
    facts: &'a RunFacts,
    profile_standing: &'static str,
    headline_class: &'static str,
    headline: &'static str,
    exit: u8,
    passed: usize,
    decided: usize,
    due: usize,
    planned_count: usize,
    totals: String,
    words: Vec<WordView>,
    problems: Vec<String>,
    modes: Vec<&'static str>,
    mode_names: Vec<&'static str>,
    vendor: Vec<TopicView>,
    insurer: Vec<TopicView>,
    simulated: Vec<TopicView>,
    planned: Vec<RowView>,
    details: Vec<DetailView>,
    proofs: Vec<ProofView>,
    planned_scenarios: usize,
    scenarios: Vec<ScenarioView>,
    stories: Vec<RuleStories>,
    standings: Vec<(&'static str, &'static str)>,
    exits: Vec<(u8, &'static str)>,
    repeat: String,
    effort: String,
    kept: &'a [Kept],
}

/// The page.
pub(in crate::report) fn page(source: &Source<'_>) -> Result<String, askama::Error> {
    let table = source.table;
    let totals = Totals::of(table);
    let exit = exit_code(table, table.strict);
    let modes = table.modes();
    let standing = source.facts.profile.standing;
    let book = Book::of(source);
    let page = Page {
        title: wording::title(table),
        reference_only: table.reference_only,
        part: match &table.selection {
            Selection::Whole => None,
            Selection::Part { asked } => Some(asked),
        },
        mode_notes: wording::modes(table),
        by_mode: by_mode(table, &modes),
        strict: table.strict,
        facts: source.facts,
        profile_standing: standing.ja(),
        headline_class: if exit.code() == 0 { "good" } else { "bad" },
        headline: wording::ending(table, exit),
        exit: exit.code(),
        passed: totals.count(Verdict::Passed),
        decided: totals.decided(),
        due: totals.due(),
        planned_count: totals.planned(),
        totals: totals.to_string(),
        words: words(&totals),
        problems: table.problems.iter().map(ToString::to_string).collect(),
        vendor: topics(table, Block::Vendor, &modes, &book),
        insurer: topics(table, Block::Insurer, &modes, &book),
        simulated: topics(table, Block::Simulated, &modes, &book),
        planned: planned(table, &modes, &book),
        mode_names: modes.iter().map(|mode| mode.long_ja()).collect(),
        modes: modes.iter().map(|mode| mode.ja()).collect(),
        details: details(source, &book),
        proofs: proofs(source, &book),
        planned_scenarios: table.scenarios.len(),
        scenarios: scenarios(source, &book),
        stories: book.by_rule(source),
        standings: standings(),
        exits: EXIT_CODES
            .iter()
            .map(|(code, meaning)| (code.code(), *meaning))
            .collect(),
        repeat: source.facts.repeat_run(),
        effort: super::effort::section(&source.facts.set_ups)?,
        kept: source.kept,
    };
    page.render()
}

/// Each mode's count with its denominator, where there is more than one mode.
fn by_mode(table: &VerdictTable, modes: &[Mode]) -> Vec<(&'static str, String)> {
    let sentence = |mode: &Mode| (mode.ja(), Totals::of_mode(table, *mode).to_string());
    let several = modes.len() > 1;
    modes.iter().filter(|_| several).map(sentence).collect()
}

fn words(totals: &Totals) -> Vec<WordView> {
    let due = totals.due().max(1);
    Verdict::ALL
        .into_iter()
        .map(|word| {
            let count = totals.count(word);
            let neutral = word.family() == Family::Neutral;
            WordView {
                class: word.id(),
                sign: word.sign(),
                ja: word.ja(),
                count,
                counted: match word.family() {
                    Family::Pass => "合格に数える",
                    Family::Violation => "判定した数に入る。合格ではない",
                    Family::Unknown => "試すはずの数に入る。合格ではない",
                    Family::Neutral => "数に入れず、理由とともに載せる",
                },
                meaning: word.meaning(),
                share: if neutral { 0 } else { count * 1000 / due },
            }
        })
        .collect()
}

fn standings() -> Vec<(&'static str, &'static str)> {
    [
        Standing::Stated,
        Standing::Inferred,
        Standing::Analog,
        Standing::Ambiguous,
        Standing::Assumed,
    ]
    .into_iter()
    .map(|standing| (standing.ja(), standing.meaning()))
    .collect()
}
