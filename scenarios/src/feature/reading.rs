//! The second reading: the parser's, compared with ours step for step.

use std::path::PathBuf;

use cucumber::feature::Ext as _;
use gherkin::GherkinEnv;

use super::fault::Fault;
use super::scan::Found;
use super::written::{Expanded, Place, Script};

/// Parses the text and compares the result with our own reading.
///
/// A file reaches the parser only after it has passed every check of ours, so an error here means
/// that the two readings differ: the parser's own text names lines that mislead.
pub(super) fn parse(
    path: &str,
    text: &str,
    script: &Script,
) -> Result<gherkin::Feature, Vec<Found>> {
    let top = Place { line: 1, column: 1 };
    let differs = |place: Place, ours: String, theirs: String| {
        (place, Fault::ReadingsDiffer { ours, theirs })
    };
    let ours: Vec<Expanded<'_>> = script
        .scenarios
        .iter()
        .flat_map(|block| block.expand())
        .collect();
    let summary = format!("シナリオ{}個", ours.len());
    let env = GherkinEnv::new("ja")
        .map_err(|error| vec![differs(top, summary.clone(), error.to_string())])?;
    let mut feature = gherkin::Feature::parse(text, env)
        .map_err(|error| vec![differs(top, summary.clone(), error.to_string())])?;
    feature.path = Some(PathBuf::from(path));
    let feature = feature
        .expand_examples()
        .map_err(|error| vec![differs(top, summary.clone(), error.to_string())])?;
    let mut found = Vec::new();
    if !feature.rules.is_empty() || feature.scenarios.len() != ours.len() {
        let theirs = format!(
            "シナリオ{}個、ルール{}個",
            feature.scenarios.len(),
            feature.rules.len()
        );
        found.push(differs(top, summary, theirs));
    }
    let background = script.background.as_ref();
    let background = background.map_or(0, |block| block.steps.len());
    let parsed_background = feature.background.as_ref();
    let parsed_background = parsed_background.map_or(0, |block| block.steps.len());
    if background != parsed_background {
        let (ours, theirs) = (
            format!("背景{background}個"),
            format!("背景{parsed_background}個"),
        );
        found.push(differs(top, ours, theirs));
    }
    for (ours, theirs) in ours.iter().zip(&feature.scenarios) {
        let (written, parsed) = (written_lines(ours), parsed_lines(theirs));
        if written != parsed {
            found.push(differs(
                ours.block.place,
                written.join(" / "),
                parsed.join(" / "),
            ));
        }
    }
    if found.is_empty() {
        Ok(feature)
    } else {
        Err(found)
    }
}

fn written_lines(scenario: &Expanded<'_>) -> Vec<String> {
    let steps = scenario
        .steps
        .iter()
        .map(|(keyword, text, _)| format!("{} {text}", keyword.word()));
    std::iter::once(scenario.title.clone())
        .chain(steps)
        .collect()
}

fn parsed_lines(scenario: &gherkin::Scenario) -> Vec<String> {
    let steps = scenario
        .steps
        .iter()
        .map(|step| format!("{} {}", step.keyword.trim(), step.value));
    std::iter::once(scenario.name.clone())
        .chain(
            scenario
                .description
                .iter()
                .map(|text| format!("説明 {text}")),
        )
        .chain(steps)
        .collect()
}
