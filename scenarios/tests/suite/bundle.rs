//! The features inside the program are the features on disk, and all of them pass.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tekigo::feature::{BUNDLED, load_bundled, load_dir};
use tekigo::requirement::{Catalogue, Mode};

pub(super) fn features_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../features")
}

fn feature_paths(folder: &Path, paths: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            feature_paths(&path, paths);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "feature")
        {
            let path = path
                .strip_prefix(features_folder())
                .expect("the path is below features");
            paths.insert(format!("features/{}", path.display()));
        }
    }
}

#[test]
fn the_program_carries_every_feature_file_on_disk() {
    let mut on_disk = BTreeSet::new();
    feature_paths(&features_folder(), &mut on_disk);
    let bundled: Vec<&str> = BUNDLED.iter().map(|(path, _)| *path).collect();
    let expected: Vec<&str> = on_disk.iter().map(String::as_str).collect();
    assert_eq!(
        bundled, expected,
        "list every file in scenarios/src/feature/bundled.rs, in order"
    );
}

#[test]
fn every_bundled_feature_passes_every_check() {
    let catalogue = Catalogue::bundled().expect("the catalogue is sound");
    let files = load_bundled(&catalogue).unwrap_or_else(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"));
    });
    assert_eq!(files.len(), BUNDLED.len());
    assert!(files.iter().all(|file| !file.scenarios.is_empty()));
}

#[test]
fn the_folder_and_the_program_give_the_same_scenarios() {
    let catalogue = Catalogue::bundled().expect("the catalogue is sound");
    let bundled = load_bundled(&catalogue).expect("the suite is sound");
    let folder = load_dir(&features_folder(), &catalogue).expect("the suite is sound");
    let ids = |files: &[tekigo::feature::FeatureFile]| -> Vec<String> {
        files
            .iter()
            .flat_map(|file| &file.scenarios)
            .map(|scenario| scenario.id.to_string())
            .collect()
    };
    assert_eq!(ids(&bundled), ids(&folder));
}

#[test]
fn every_scenario_is_found_again_by_the_line_the_runner_knows() {
    let catalogue = Catalogue::bundled().expect("the catalogue is sound");
    for file in load_bundled(&catalogue).expect("the suite is sound") {
        let lines: BTreeSet<usize> = file
            .scenarios
            .iter()
            .map(|scenario| scenario.line)
            .collect();
        assert_eq!(lines.len(), file.scenarios.len(), "{}", file.path);
        for parsed in &file.gherkin.scenarios {
            let scenario = file
                .scenario_at(parsed.position.line)
                .expect("the line is known");
            assert_eq!(scenario.title, parsed.name);
        }
        let text: Vec<&str> = file.text.lines().collect();
        for scenario in &file.scenarios {
            let written = text[scenario.line - 1].trim_start();
            let expected = if scenario.id.row.is_some() {
                "|"
            } else {
                "シナリオ:"
            };
            assert!(
                written.starts_with(expected),
                "{}:{}",
                file.path,
                scenario.line
            );
        }
    }
}

#[test]
fn only_rules_of_the_second_mode_are_tried_in_it_alone() {
    let catalogue = Catalogue::bundled().expect("the catalogue is sound");
    for file in load_bundled(&catalogue).expect("the suite is sound") {
        for scenario in &file.scenarios {
            let rule = catalogue
                .get(&scenario.requirement)
                .expect("the rule is there");
            let is_of_second_mode = !rule.modes.contains(&Mode::Api);
            assert_eq!(
                scenario.modes.contains(&Mode::Api),
                !is_of_second_mode,
                "{}",
                scenario.id
            );
        }
    }
}
