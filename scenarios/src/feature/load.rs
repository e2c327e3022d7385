//! Loading: from text to a suite, collecting every fault of every file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::bundled::BUNDLED;
use super::fault::{Fault, LintError};
use super::model::{FeatureFile, Scenario, ScenarioId, Step};
use super::scan::{Found, scan};
use super::tag::{Meaning, interpret};
use super::written::{Place, Script, WrittenTag};
use super::{reading, rule};
use crate::requirement::{Catalogue, RequirementId};

/// The suite that the program carries.
///
/// # Errors
/// Every fault of every file. The tests keep the bundled suite free of them.
pub fn load_bundled(catalogue: &Catalogue) -> Result<Vec<FeatureFile>, Vec<LintError>> {
    load_texts(BUNDLED.iter().copied(), catalogue)
}

/// The feature files below a folder, in the order of paths.
///
/// # Errors
/// Every fault of every file; a folder without feature files is one.
pub fn load_dir(folder: &Path, catalogue: &Catalogue) -> Result<Vec<FeatureFile>, Vec<LintError>> {
    let unreadable = |path: &Path, reason: String| {
        error(
            &path.display().to_string(),
            START,
            Fault::Unreadable { reason },
        )
    };
    let mut paths = Vec::new();
    collect(folder, &mut paths).map_err(|found| vec![unreadable(folder, found.to_string())])?;
    paths.sort();
    if paths.is_empty() {
        return Err(vec![error(
            &folder.display().to_string(),
            START,
            Fault::NothingFound,
        )]);
    }
    let mut texts = Vec::new();
    let mut errors = Vec::new();
    for path in paths {
        match std::fs::read_to_string(&path) {
            Ok(text) => texts.push((path.display().to_string(), text)),
            Err(found) => errors.push(unreadable(&path, found.to_string())),
        }
    }
    let loaded = load_texts(
        texts
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
        catalogue,
    );
    match loaded {
        Ok(files) if errors.is_empty() => Ok(files),
        Ok(_) => Err(errors),
        Err(more) => Err(errors.into_iter().chain(more).collect()),
    }
}

/// Reads a suite from (path, text) pairs.
///
/// # Errors
/// Every fault of every file, in the order given and within a file from top to bottom.
pub fn load_texts<'a>(
    texts: impl IntoIterator<Item = (&'a str, &'a str)>,
    catalogue: &Catalogue,
) -> Result<Vec<FeatureFile>, Vec<LintError>> {
    let mut errors = Vec::new();
    let mut files = Vec::new();
    for (path, text) in texts {
        match load(path, text, catalogue) {
            Ok(file) => files.push(file),
            Err(mut found) => {
                found.sort_by_key(|(place, _)| (place.line, place.column));
                errors.extend(
                    found
                        .into_iter()
                        .map(|(place, fault)| error(path, place, fault)),
                );
            }
        }
    }
    errors.extend(check_suite(&files));
    if errors.is_empty() {
        Ok(files)
    } else {
        Err(errors)
    }
}

/// Reads one file that is no part of the suite, such as a history that was found and kept: written by the same
/// rules, but as long as it likes.
///
/// # Errors
/// Every fault of the file.
pub fn load_own(
    path: &str,
    text: &str,
    catalogue: &Catalogue,
) -> Result<FeatureFile, Vec<LintError>> {
    let is_length = |(_, fault): &Found| matches!(fault, Fault::TooManySteps { .. });
    let file = load_but(path, text, catalogue, is_length).map_err(|found| {
        let found = found.into_iter();
        let errors = found.map(|(place, fault)| error(path, place, fault));
        errors.collect::<Vec<_>>()
    })?;
    let errors = check_suite(std::slice::from_ref(&file));
    if errors.is_empty() {
        Ok(file)
    } else {
        Err(errors)
    }
}

const START: Place = Place { line: 1, column: 1 };

fn error(path: &str, place: Place, fault: Fault) -> LintError {
    LintError {
        path: path.to_owned(),
        line: place.line,
        column: place.column,
        fault,
    }
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "feature")
        {
            paths.push(path);
        }
    }
    Ok(())
}

fn load(path: &str, text: &str, catalogue: &Catalogue) -> Result<FeatureFile, Vec<Found>> {
    load_but(path, text, catalogue, |_| false)
}

/// Reads a file; some faults may be none to whoever asks.
fn load_but(
    path: &str,
    text: &str,
    catalogue: &Catalogue,
    is_allowed: impl Fn(&Found) -> bool,
) -> Result<FeatureFile, Vec<Found>> {
    let (script, mut found) = scan(text);
    found.extend(rule::check(&script));
    found.retain(|fault| !is_allowed(fault));
    let meanings = interpret_all(&script, catalogue);
    let meanings = match meanings {
        Ok(meanings) if found.is_empty() => meanings,
        Ok(_) => return Err(found),
        Err(more) => {
            found.extend(more);
            return Err(found);
        }
    };
    let gherkin = reading::parse(path, text, &script)?;
    let scenarios = scenarios(path, &script, &meanings, &gherkin);
    let title = script
        .feature
        .map(|heading| heading.title)
        .unwrap_or_default();
    Ok(FeatureFile {
        path: path.to_owned(),
        title,
        text: text.to_owned(),
        gherkin,
        scenarios,
    })
}

fn interpret_all(script: &Script, catalogue: &Catalogue) -> Result<Vec<Meaning>, Vec<Found>> {
    let mut meanings = Vec::new();
    let mut found: Vec<Found> = Vec::new();
    for block in &script.scenarios {
        let tags: Vec<&WrittenTag> = feature_tags(script).iter().chain(&block.tags).collect();
        match interpret(&tags, block.place, catalogue) {
            Ok(meaning) => meanings.push(meaning),
            // A fault of the feature's own tags would be repeated for every scenario.
            Err(more) => {
                for fault in more {
                    if !found.contains(&fault) {
                        found.push(fault);
                    }
                }
            }
        }
    }
    if found.is_empty() {
        Ok(meanings)
    } else {
        Err(found)
    }
}

fn feature_tags(script: &Script) -> &[WrittenTag] {
    script.feature.as_ref().map_or(&[], |heading| &heading.tags)
}

fn scenarios(
    path: &str,
    script: &Script,
    meanings: &[Meaning],
    gherkin: &gherkin::Feature,
) -> Vec<Scenario> {
    let mut numbers: BTreeMap<&RequirementId, u16> = BTreeMap::new();
    let mut parsed = gherkin.scenarios.iter();
    let mut scenarios = Vec::new();
    let background = script.background.iter().flat_map(|block| block.expand());
    let background: Vec<Step> = background.flat_map(|block| steps(&block.steps)).collect();
    for (block, meaning) in script.scenarios.iter().zip(meanings) {
        let number = numbers.entry(&meaning.requirement).or_default();
        *number += 1;
        let tags = feature_tags(script).iter().chain(&block.tags);
        let tags: BTreeSet<String> = tags.map(|tag| tag.name.clone()).collect();
        for expanded in block.expand() {
            let line = parsed
                .next()
                .map_or(expanded.line, |scenario| scenario.position.line);
            scenarios.push(Scenario {
                id: ScenarioId {
                    requirement: meaning.requirement.clone(),
                    number: *number,
                    row: expanded.row,
                },
                title: expanded.title.clone(),
                feature_path: path.to_owned(),
                line,
                requirement: meaning.requirement.clone(),
                case: meaning.case,
                tags: tags.clone(),
                modes: meaning.modes.clone(),
                steps: background
                    .iter()
                    .cloned()
                    .chain(steps(&expanded.steps))
                    .collect(),
            });
        }
    }
    scenarios
}

fn steps(written: &[(super::line::StepKeyword, String, usize)]) -> Vec<Step> {
    let steps = written.iter();
    steps
        .map(|(keyword, text, line)| Step {
            keyword: keyword.word(),
            text: text.clone(),
            line: *line,
        })
        .collect()
}

/// The rules that need the whole suite: names and ids that must not occur twice.
fn check_suite(files: &[FeatureFile]) -> Vec<LintError> {
    let mut errors = Vec::new();
    let mut titles: BTreeMap<&str, &Scenario> = BTreeMap::new();
    let mut homes: BTreeMap<&RequirementId, &Scenario> = BTreeMap::new();
    for scenario in files.iter().flat_map(|file| &file.scenarios) {
        let place = Place {
            line: scenario.line,
            column: 1,
        };
        if let Some(first) = titles.get(scenario.title.as_str()) {
            let first = format!("{}:{}", first.feature_path, first.line);
            errors.push(error(
                &scenario.feature_path,
                place,
                Fault::DuplicateScenario { first },
            ));
        } else {
            titles.insert(&scenario.title, scenario);
        }
        let home = homes.entry(&scenario.requirement).or_insert(scenario);
        if home.feature_path != scenario.feature_path {
            let requirement = scenario.requirement.clone();
            let first = format!("{}:{}", home.feature_path, home.line);
            let fault = Fault::ScatteredRequirement { requirement, first };
            errors.push(error(&scenario.feature_path, place, fault));
        }
    }
    errors
}
