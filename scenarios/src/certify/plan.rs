//! What will be tried, fixed before anything runs.

use std::collections::BTreeSet;

use super::going_on::worth_trying;
use super::preflight;
use super::settings::{CertifyError, CertifySettings};
use crate::control::OptionalFunction;
use crate::explore;
use crate::feature::{FeatureFile, Plan as ScenarioPlan, PlanError, Scenario, load_bundled, plan};
use crate::laws;
use crate::monitors;
use crate::requirement::{Catalogue, Mode, account};
use crate::steps;
use crate::story::Story;
use crate::verdict::{
    Plan, PlannedLaw, PlannedScenario, PlannedWatch, RequirementFacts, Selection,
};

/// The bundled features and requirements, checked against each other.
///
/// # Errors
/// A feature that is not written as it must be, or a rule that nobody accounts for.
pub fn features_and_catalogue() -> Result<(Vec<FeatureFile>, Catalogue), CertifyError> {
    let catalogue = Catalogue::bundled().map_err(|errors| CertifyError::Suite(lines(&errors)))?;
    let features =
        load_bundled(&catalogue).map_err(|errors| CertifyError::Suite(lines(&errors)))?;
    let scenarios = features.iter().flat_map(|file| &file.scenarios);
    account(
        &catalogue,
        scenarios,
        &monitors::declarations(),
        &laws::declarations(),
    )
    .map_err(|errors| CertifyError::Suite(lines(&errors)))?;
    Ok((features, catalogue))
}

/// The scenarios that a run would try, mode by mode, as far as the vendor's file does not rule them out.
///
/// # Errors
/// A suite at fault, or a choice that selects nothing.
pub fn planned(settings: &CertifySettings) -> Result<Vec<(Mode, Scenario)>, CertifyError> {
    let (suite, catalogue) = features_and_catalogue()?;
    let features = features(settings, suite)?;
    let planned = scenarios(settings, &features, &catalogue)?;
    let plan = noted(settings, &catalogue, &planned);
    let promised = preflight::promised(&settings.vendor, settings.vendor.declaration());
    Ok(worth_trying(settings, planned, &plan, &promised))
}

/// The scenarios of a run, mode by mode.
///
/// Where both modes are asked for, a choice may leave one of them without a scenario, not both.
pub(super) fn scenarios(
    settings: &CertifySettings,
    features: &[FeatureFile],
    catalogue: &Catalogue,
) -> Result<Vec<(Mode, Scenario)>, CertifyError> {
    if let Some(story) = &settings.story {
        return told(story, settings, catalogue);
    }
    let mut chosen = Vec::new();
    for mode in &settings.modes {
        let planned = plan(features, catalogue, *mode, settings.tags.as_deref());
        let scenarios = match planned {
            Ok(ScenarioPlan { scenarios, .. }) => scenarios,
            Err(PlanError::NothingSelected { .. }) => Vec::new(),
            Err(error) => return Err(CertifyError::Selection(error.to_string())),
        };
        chosen.extend(scenarios.into_iter().map(|scenario| (*mode, scenario)));
    }
    if let Some(only) = &settings.only {
        chosen.retain(|(_, scenario)| scenario.id.to_string() == *only);
    }
    if settings.sample {
        let mut known = BTreeSet::new();
        chosen.retain(|(mode, scenario)| known.insert((*mode, scenario.requirement.clone())));
    }
    if chosen.is_empty() {
        return Err(CertifyError::Selection(nothing_chosen(settings, features)));
    }
    let mut of_run: Vec<Scenario> = Vec::new();
    for (_, scenario) in &chosen {
        if !of_run.iter().any(|known| known.id == scenario.id) {
            of_run.push(scenario.clone());
        }
    }
    let unknown = steps::not_understood(features, &of_run);
    if unknown.is_empty() {
        Ok(chosen)
    } else {
        Err(CertifyError::Suite(format!(
            "次の文を引き受ける手順がないか、二つ以上あります:\n{}",
            unknown.join("\n")
        )))
    }
}

/// The one scenario that a story is, mode by mode.
fn told(
    story: &Story,
    settings: &CertifySettings,
    catalogue: &Catalogue,
) -> Result<Vec<(Mode, Scenario)>, CertifyError> {
    let suite = |error: &dyn std::fmt::Display| CertifyError::Suite(error.to_string());
    let scenario = story.scenario().map_err(|error| suite(&error))?;
    if catalogue.get(&scenario.requirement).is_none() {
        return Err(suite(&format!(
            "物語「{}」の要件番号「{}」は要件一覧にありません",
            story.name, scenario.requirement
        )));
    }
    let modes = settings.modes.iter();
    Ok(modes.map(|mode| (*mode, scenario.clone())).collect())
}

fn nothing_chosen(settings: &CertifySettings, features: &[FeatureFile]) -> String {
    let modes: Vec<&str> = settings.modes.iter().map(|mode| mode.ja()).collect();
    let modes = modes.join("と");
    let tags = settings.tags.as_deref().unwrap_or("なし");
    let Some(only) = &settings.only else {
        return format!(
            "{modes}で実行するシナリオがありません（タグの式: {tags}）。式か方式を直してください"
        );
    };
    let known = features
        .iter()
        .flat_map(|file| &file.scenarios)
        .find(|scenario| scenario.id.to_string() == *only);
    match known.and_then(|scenario| scenario.modes.first()) {
        Some(mode) if !settings.modes.contains(mode) => format!(
            "シナリオ「{only}」は{mode}だけのものです。--mode {} を指定するか、--mode を省いてください",
            mode.id()
        ),
        Some(_) => {
            format!("シナリオ「{only}」はタグの式「{tags}」に合いません。どちらかを外してください")
        }
        None => format!("シナリオ「{only}」はありません。番号は報告書か features を見てください"),
    }
}

/// Whether the whole suite is asked for, and with it the histories of a run.
fn is_whole(settings: &CertifySettings) -> bool {
    // Nobody works through random histories by hand.
    let chooses = settings.tags.is_some() || settings.sample || settings.vendor.is_manual();
    !chooses && settings.story.is_none() && settings.feature.is_none()
}

/// What a run is made of: the suite with the histories of the seed, or a file in its place.
pub(super) fn features(
    settings: &CertifySettings,
    suite: Vec<FeatureFile>,
) -> Result<Vec<FeatureFile>, CertifyError> {
    if let Some(own) = &settings.feature {
        return Ok(vec![FeatureFile::clone(own)]);
    }
    let mut features = suite;
    if is_whole(settings) {
        features.push(explore::of_run(settings.seed)?);
    }
    Ok(features)
}

/// The plan as the journal keeps it.
pub(super) fn noted(
    settings: &CertifySettings,
    catalogue: &Catalogue,
    scenarios: &[(Mode, Scenario)],
) -> Plan {
    let asked: Vec<String> = settings
        .tags
        .iter()
        .map(|tags| format!("--tags {tags}"))
        .chain(settings.only.iter().map(|only| format!("--only {only}")))
        .chain(settings.sample.then(|| "規則ごとに1つ".to_owned()))
        .chain(settings.shard.map(|shard| format!("--shard {shard}")))
        .chain(
            settings
                .feature
                .iter()
                .map(|file| format!("--feature {}", file.path)),
        )
        .chain(
            settings
                .story
                .iter()
                .map(|story| format!("--story {}", story.name)),
        )
        .collect();
    let planned = scenarios
        .iter()
        .map(|(mode, scenario)| PlannedScenario {
            id: scenario.id.to_string(),
            title: scenario.title.clone(),
            requirement: scenario.requirement.to_string(),
            mode: *mode,
            needs_functions: needed_functions(scenario),
            needs_clock: has_product(scenario)
                && scenario
                    .steps
                    .iter()
                    .any(|step| step.text.starts_with("日付が") || step.text.starts_with("今日は")),
            needs_stop: scenario
                .steps
                .iter()
                .any(|step| step.text.contains("「製品の停止」")),
        })
        .collect();
    // What is decided by histories is decided where all of them are.
    let has_all_histories = settings.only.is_none() && settings.shard.is_none();
    let of_histories = if is_whole(settings) && has_all_histories {
        laws::of_histories()
    } else {
        Vec::new()
    };
    let watches = monitors::declarations()
        .into_iter()
        .filter(|monitor| {
            let id = monitor.requirement.parse();
            id.is_ok_and(|id| catalogue.get(&id).is_some())
        })
        .flat_map(|monitor| {
            settings
                .modes
                .iter()
                .filter(move |mode| monitor.modes.contains(mode))
                .map(move |mode| PlannedWatch {
                    monitor: monitor.id.to_owned(),
                    requirement: monitor.requirement.to_owned(),
                    mode: *mode,
                })
        })
        .collect();
    Plan {
        selection: if asked.is_empty() {
            Selection::Whole
        } else {
            Selection::Part {
                asked: asked.join(" "),
            }
        },
        modes: settings.modes.clone(),
        scenarios: planned,
        watches,
        laws: laws::of_run()
            .into_iter()
            .chain(of_histories)
            .map(|law| PlannedLaw {
                law: law.id.to_owned(),
                requirement: law.requirement.to_owned(),
                modes: law.modes.to_vec(),
            })
            .collect(),
    }
}

/// Whether a town is named, whose product takes part; without one the portal is alone.
fn has_product(scenario: &Scenario) -> bool {
    let towns = ["準備を終えている", "初期セットアップを終えている"];
    let is_town = |text: &str| towns.iter().any(|town| text.ends_with(town));
    scenario.steps.iter().any(|step| is_town(&step.text))
}

/// What nobody can do without an optional function (任意機能): a part of a sentence, and the function.
const SENTENCES_OF_FUNCTIONS: [(&str, OptionalFunction); 2] = [
    (
        "の代替が示される",
        OptionalFunction::CharacterReplacementView,
    ),
    ("の審査会資料を「", OptionalFunction::BoardMaterial),
];

fn needed_functions(scenario: &Scenario) -> BTreeSet<String> {
    let says = |part: &str| scenario.steps.iter().any(|step| step.text.contains(part));
    let needed = SENTENCES_OF_FUNCTIONS.iter().filter(|(part, _)| says(part));
    needed
        .map(|(_, function)| function.word().to_owned())
        .collect()
}

/// The catalogue as far as the verdicts of these modes depend on it.
pub(super) fn facts(catalogue: &Catalogue, modes: &[Mode]) -> Vec<RequirementFacts> {
    catalogue
        .iter()
        .map(|requirement| {
            let mut facts = RequirementFacts::of(requirement, catalogue);
            facts.modes.retain(|mode| modes.contains(mode));
            facts
                .planned
                .retain(|planned| modes.contains(&planned.mode));
            facts.untestable_in.retain(|mode, _| modes.contains(mode));
            facts
        })
        .filter(|facts| !facts.modes.is_empty())
        .collect()
}

fn lines<T: std::fmt::Display>(errors: &[T]) -> String {
    errors
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_needs_the_function_without_which_it_cannot_be_worked() {
        let (features, _) = features_and_catalogue().expect("the suite is sound");
        let mut needing: Vec<(String, BTreeSet<String>)> = features
            .iter()
            .flat_map(|file| &file.scenarios)
            .map(|scenario| (scenario.id.to_string(), needed_functions(scenario)))
            .filter(|(_, needed)| !needed.is_empty())
            .collect();
        needing.sort();
        let of = |function: OptionalFunction| {
            let needing = needing
                .iter()
                .filter(|(_, needed)| needed.len() == 1 && needed.contains(function.word()));
            needing.map(|(id, _)| id.as_str()).collect::<Vec<_>>()
        };
        let board = ["BOARD-01/01", "BOARD-01/02", "BOARD-02/01", "BOARD-03/01"];
        assert_eq!(of(OptionalFunction::BoardMaterial), board);
        let of_both = of(OptionalFunction::CharacterReplacementView).len() + board.len();
        assert_eq!(needing.len(), of_both);
        assert!(of_both > board.len());
    }
}
