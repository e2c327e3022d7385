//! The rules that need a whole scenario or a whole file, after the lines have been told apart.

use super::fault::Fault;
use super::line::StepKeyword;
use super::scan::Found;
use super::written::{Block, Place, Script, placeholders};

const STEPS_MAX: usize = 9;
const BACKGROUND_STEPS_MAX: usize = 3;

/// Every fault of structure in a file.
pub(super) fn check(script: &Script) -> Vec<Found> {
    let mut found = Vec::new();
    let top = Place { line: 1, column: 1 };
    if script.feature.is_none() {
        found.push((top, Fault::MissingFeature));
    } else if script.scenarios.is_empty() {
        found.push((top, Fault::EmptyFeature));
    }
    if let Some(background) = &script.background {
        found.extend(check_background(background));
    }
    for scenario in &script.scenarios {
        found.extend(check_steps(scenario));
        found.extend(check_examples(scenario));
    }
    found
}

fn check_background(background: &Block) -> Vec<Found> {
    let mut found = Vec::new();
    let count = background.steps.len();
    if count == 0 {
        found.push((background.place, Fault::WithoutSteps));
    }
    if count > BACKGROUND_STEPS_MAX {
        found.push((background.place, Fault::LongBackground { count }));
    }
    for step in &background.steps {
        if !matches!(step.keyword, StepKeyword::Given | StepKeyword::And) {
            let keyword = step.keyword.word().to_owned();
            found.push((step.place, Fault::BackgroundKeyword { keyword }));
        }
    }
    found.extend(continuation_first(background));
    found
}

fn continuation_first(block: &Block) -> Option<Found> {
    let first = block.steps.first()?;
    let keyword = first.keyword.word().to_owned();
    match first.keyword {
        StepKeyword::And | StepKeyword::But => {
            Some((first.place, Fault::ContinuationFirst { keyword }))
        }
        StepKeyword::Given | StepKeyword::When | StepKeyword::Then => None,
    }
}

fn check_steps(scenario: &Block) -> Vec<Found> {
    let count = scenario.steps.len();
    if count == 0 {
        return vec![(scenario.place, Fault::WithoutSteps)];
    }
    let mut found: Vec<Found> = continuation_first(scenario).into_iter().collect();
    if count > STEPS_MAX {
        found.push((scenario.place, Fault::TooManySteps { count }));
    }
    let mut last_when = None;
    let mut answered = true;
    let mut asked = false;
    let mut claimed = false;
    for step in &scenario.steps {
        match step.keyword {
            StepKeyword::Given if asked || claimed => found.push((step.place, Fault::LateGiven)),
            StepKeyword::Given | StepKeyword::And | StepKeyword::But => {}
            StepKeyword::When => {
                asked = true;
                answered = false;
                last_when = Some(step.place);
            }
            StepKeyword::Then => {
                claimed = true;
                answered = true;
            }
        }
    }
    if !asked {
        found.push((scenario.place, Fault::WithoutWhen));
    }
    match last_when {
        _ if !claimed => found.push((scenario.place, Fault::WithoutThen)),
        Some(place) if !answered => found.push((place, Fault::UnansweredWhen)),
        Some(_) | None => {}
    }
    found
}

fn check_examples(scenario: &Block) -> Vec<Found> {
    let mut found = Vec::new();
    if !scenario.outline {
        for (place, text) in texts(scenario) {
            for name in placeholders(text) {
                found.push((
                    place,
                    Fault::UnknownPlaceholder {
                        name: name.to_owned(),
                    },
                ));
            }
        }
        return found;
    }
    if scenario.examples.is_empty() {
        found.push((scenario.place, Fault::OutlineWithoutExamples));
    }
    for examples in &scenario.examples {
        let Some((head, [_, ..])) = examples.rows.split_first() else {
            found.push((examples.place, Fault::ExamplesWithoutRows));
            continue;
        };
        for column in &head.cells {
            let used =
                texts(scenario).any(|(_, text)| placeholders(text).contains(&column.as_str()));
            if !used {
                found.push((
                    head.place,
                    Fault::UnusedColumn {
                        column: column.clone(),
                    },
                ));
            }
        }
        for (place, text) in texts(scenario) {
            for name in placeholders(text) {
                if !head.cells.iter().any(|column| column == name) {
                    found.push((
                        place,
                        Fault::UnknownPlaceholder {
                            name: name.to_owned(),
                        },
                    ));
                }
            }
        }
    }
    found
}

/// Title, steps and cells of a scenario: everywhere a placeholder may stand.
fn texts(scenario: &Block) -> impl Iterator<Item = (Place, &str)> {
    let title = std::iter::once((scenario.place, scenario.title.as_str()));
    let steps = scenario.steps.iter().flat_map(|step| {
        let cells = step
            .table
            .iter()
            .flat_map(|row| row.cells.iter().map(|cell| (row.place, cell.as_str())));
        std::iter::once((step.place, step.text.as_str())).chain(cells)
    });
    title.chain(steps)
}
