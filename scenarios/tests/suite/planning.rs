//! A plan holds exactly what was asked for, and is never empty.

use tekigo::feature::{FeatureFile, Plan, PlanError, ScenarioId, load_bundled, plan};
use tekigo::requirement::{Catalogue, Mode};

fn suite() -> (Catalogue, Vec<FeatureFile>) {
    let catalogue = Catalogue::bundled().expect("the catalogue is sound");
    let files = load_bundled(&catalogue).expect("the suite is sound");
    (catalogue, files)
}

fn planned(mode: Mode, expression: Option<&str>) -> Result<Plan, PlanError> {
    let (catalogue, files) = suite();
    plan(&files, &catalogue, mode, expression)
}

#[test]
fn without_an_expression_every_scenario_of_the_mode_is_planned() {
    let (_, files) = suite();
    let all = files.iter().flat_map(|file| &file.scenarios).count();
    for mode in Mode::ALL {
        let plan = planned(mode, None).expect("there are scenarios");
        assert_eq!(plan.scenarios.len() + plan.other_mode.len(), all);
        assert!(!plan.other_mode.is_empty());
    }
}

#[test]
fn an_expression_chooses_by_rule_and_case() {
    let plan =
        planned(Mode::Api, Some("@SETUP-05 or (@SETUP-04 and not @正常系)")).expect("some match");
    let ids: Vec<String> = plan
        .scenarios
        .iter()
        .map(|scenario| scenario.id.to_string())
        .collect();
    assert_eq!(
        ids,
        [
            "SETUP-05/01",
            "SETUP-05/02",
            "SETUP-04/01-1",
            "SETUP-04/01-2",
            "SETUP-04/01-3",
            "SETUP-04/02",
            "SETUP-04/03"
        ]
    );
}

#[test]
fn an_expression_that_leaves_nothing_or_names_no_tag_is_refused() {
    let messages: Vec<String> = [
        (Mode::Api, "@SETUP-05 and @正常系"),
        (Mode::File, "@CONN-06"),
        (Mode::Api, "not @CONN-99"),
        (Mode::Api, "@SETUP-05 @SETUP-04"),
        (Mode::Api, ""),
    ]
    .into_iter()
    .map(|(mode, expression)| {
        planned(mode, Some(expression))
            .expect_err("nothing is planned")
            .to_string()
    })
    .collect();
    insta::assert_snapshot!("refused_expressions", messages.join("\n"));
}

#[test]
fn a_scenario_id_is_read_back_as_it_is_printed() {
    for text in ["SETUP-01/02", "SETUP-01/02-3", "CONN-10/12"] {
        let id: ScenarioId = text.parse().expect("it is well formed");
        assert_eq!(id.to_string(), text);
    }
    for text in [
        "SETUP-01",
        "SETUP-01/2",
        "SETUP-1/02",
        "SETUP-01/02-",
        "setup-01/02",
        "SETUP-01/02-03",
    ] {
        let error = text.parse::<ScenarioId>().expect_err("it is not");
        assert_eq!(error.found, text);
    }
}
