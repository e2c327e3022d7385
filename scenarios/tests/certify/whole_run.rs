//! The whole suite against the reference vendor, run once for all tests that look at it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use tekigo::verdict::{Mode, Note, Plan, PlannedScenario, RequirementFacts, Verify, read_journal};

use super::program::{Desk, Ran};

/// The run, with two scenarios side by side.
pub(super) fn whole_run() -> &'static Ran {
    static RUN: OnceLock<Ran> = OnceLock::new();
    RUN.get_or_init(|| Desk::lasting("whole-run").certify(&[]))
}

/// Catalogue and plan as the run's own journal has them.
fn noted(run: &Ran) -> (Vec<RequirementFacts>, Plan) {
    let path = run.report.join("journal/run.jsonl");
    let text = std::fs::read_to_string(path).expect("the run's journal");
    let (mut catalogue, mut plan) = (None, None);
    for line in read_journal(&text).expect("lines") {
        match serde_json::from_value(line.body).expect("a note") {
            Note::Catalogue { requirements } => catalogue = Some(requirements),
            Note::Plan(noted) => plan = Some(noted),
            Note::Declaration(_)
            | Note::Scenario(_)
            | Note::Step(_)
            | Note::Claim(_)
            | Note::Monitor(_)
            | Note::End(_)
            | Note::Remark { .. } => {}
        }
    }
    (catalogue.expect("a catalogue"), plan.expect("a plan"))
}

#[test]
fn the_reference_vendor_is_green() {
    let run = whole_run();
    assert_eq!(run.code, Some(0), "{}\n{}", run.stdout, run.stderr);
    let bad = [
        "failed",
        "advisory",
        "undecided",
        "not_run",
        "misconfigured",
        "inherited",
    ];
    for verdict in bad {
        assert_eq!(run.with_verdict(verdict), Vec::<String>::new(), "{verdict}");
    }
    assert_eq!(run.violated(), Vec::<String>::new());
}

#[test]
fn its_table_is_what_a_vendor_reads() {
    insta::assert_snapshot!(whole_run().stdout);
}

#[test]
fn written_planned_and_ended_are_the_same_scenarios() {
    let run = whole_run();
    let (features, _) = tekigo::certify::features_and_catalogue().expect("the suite");
    let written: BTreeSet<String> = features
        .iter()
        .flat_map(|file| &file.scenarios)
        .filter(|scenario| scenario.modes.contains(&Mode::Api))
        .map(|scenario| scenario.id.to_string())
        .collect();
    let (_, plan) = noted(run);
    let of_plan = |planned: &PlannedScenario| planned.id.clone();
    let planned: BTreeSet<String> = plan.scenarios.iter().map(of_plan).collect();
    let document = run.document();
    let ended: BTreeSet<String> = document["scenarios"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|scenario| scenario["verdict"] == "passed" && scenario["run"].is_object())
        .map(|scenario| scenario["id"].as_str().expect("an id").to_owned())
        .collect();
    assert_eq!(written, planned);
    assert_eq!(planned, ended);
    assert_eq!(plan.scenarios.len(), ended.len(), "no number is used twice");
    assert_eq!(run.journals().len(), ended.len());
}

#[test]
fn every_way_of_trying_every_rule_is_accounted_for() {
    let run = whole_run();
    let (catalogue, plan) = noted(run);
    let cells = run.cells();
    let verdict = |id: &str| cells.iter().find(|(of, _, _)| of == id).map(|cell| &cell.1);
    let mut open = Vec::new();
    for facts in &catalogue {
        for verify in &facts.verify {
            let is_later = facts.planned.iter().any(|later| later.verify == *verify);
            let mut scenarios = plan.scenarios.iter();
            let mut watches = plan.watches.iter();
            let accounted = match verify {
                _ if is_later => true,
                Verify::Scenario => scenarios.any(|planned| planned.requirement == facts.id),
                Verify::Monitor => watches.any(|planned| planned.requirement == facts.id),
                Verify::Law => false,
                Verify::Attestation => {
                    verdict(&facts.id).is_some_and(|word| word == "needs_review")
                }
                Verify::Untestable => verdict(&facts.id).is_some_and(|word| word == "untestable"),
            };
            if !accounted {
                open.push(format!("{} {verify:?}", facts.id));
            }
        }
    }
    assert_eq!(open, Vec::<String>::new());
}
