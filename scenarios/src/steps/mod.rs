//! 手順: the sentences of the features, each turned into one thing the stage does.
//!
//! What a sentence means is written in `features/README.md`. A step takes its words, calls the
//! stage, and nothing else.

mod given;
mod portal;
mod then;
mod when;
mod words;

use cucumber::World as _;
use cucumber::step::Collection;

use crate::feature::Scenario;
use crate::stage::Stage;

/// The definitions of every step.
#[must_use]
pub fn collection() -> Collection<Stage> {
    // Naming one step of each module keeps the linker from leaving a module's steps out.
    let _linked = (given::LINKED, when::LINKED, then::LINKED, portal::LINKED);
    Stage::collection()
}

/// The sentences of planned scenarios that no definition understands, or more than one does, as
/// `file:line: sentence`.
#[must_use]
pub fn not_understood(
    features: &[crate::feature::FeatureFile],
    planned: &[Scenario],
) -> Vec<String> {
    let steps = collection();
    let mut found = Vec::new();
    for feature in features {
        for scenario in &feature.gherkin.scenarios {
            let is_planned = planned.iter().any(|planned| {
                planned.feature_path == feature.path && planned.line == scenario.position.line
            });
            if !is_planned {
                continue;
            }
            for step in &scenario.steps {
                if !matches!(steps.find(step), Ok(Some(_))) {
                    found.push(format!(
                        "{}:{}: {}",
                        feature.path, step.position.line, step.value
                    ));
                }
            }
        }
    }
    found
}
