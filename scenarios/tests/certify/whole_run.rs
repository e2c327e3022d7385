//! The whole suite against the reference vendor, run once for all tests that look at it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::Value;
use tekigo::laws::{TESTED, TestedLaw};
use tekigo::requirement::Standing;
use tekigo::verdict::{
    Declaration, Mode, Note, Plan, PlannedScenario, PlannedWay, RequirementFacts, Verify,
    read_journal,
};

use super::program::{Desk, Ran};

/// The run, with two scenarios side by side.
pub(super) fn whole_run() -> &'static Ran {
    static RUN: OnceLock<Ran> = OnceLock::new();
    RUN.get_or_init(|| Desk::lasting("whole-run").certify(&[]))
}

/// What the run's own journal says.
struct Noted {
    catalogue: Vec<RequirementFacts>,
    plan: Plan,
    declaration: Declaration,
}

fn noted(run: &Ran) -> Noted {
    let path = run.report.join("journal/run.jsonl");
    let text = std::fs::read_to_string(path).expect("the run's journal");
    let (mut catalogue, mut plan, mut declaration) = (None, None, None);
    for line in read_journal(&text).expect("lines") {
        match serde_json::from_value(line.body).expect("a note") {
            Note::Catalogue { requirements } => catalogue = Some(requirements),
            Note::Plan(noted) => plan = Some(noted),
            Note::Declaration(noted) => declaration = Some(noted),
            Note::Shard(_)
            | Note::Scenario(_)
            | Note::Step(_)
            | Note::Claim(_)
            | Note::Law(_)
            | Note::Monitor(_)
            | Note::Person { .. }
            | Note::End(_)
            | Note::Remark { .. } => {}
        }
    }
    Noted {
        catalogue: catalogue.expect("a catalogue"),
        plan: plan.expect("a plan"),
        declaration: declaration.expect("a declaration"),
    }
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

/// Whether a scenario went as its rule says; a rule whose sources disagree is still to be looked at.
fn is_held(scenario: &Value, ambiguous: &[&str]) -> bool {
    let id = scenario["id"].as_str().unwrap_or_default();
    let rule = id.split('/').next().unwrap_or_default();
    match ambiguous.contains(&rule) {
        true => scenario["verdict"] == "needs_review",
        false => scenario["verdict"] == "passed",
    }
}

#[test]
fn written_planned_and_ended_are_the_same_scenarios() {
    let run = whole_run();
    let (mut features, catalogue) = tekigo::certify::features_and_catalogue().expect("the suite");
    features.push(tekigo::explore::of_run(20_260_401).expect("the histories"));
    let scenarios = features.iter().flat_map(|file| &file.scenarios);
    let written: BTreeSet<(String, Mode)> = scenarios
        .flat_map(|scenario| {
            let id = scenario.id.to_string();
            scenario.modes.iter().map(move |mode| (id.clone(), *mode))
        })
        .collect();
    let noted = noted(run);
    let of_plan = |planned: &PlannedScenario| (planned.id.clone(), planned.mode);
    let planned: BTreeSet<(String, Mode)> = noted.plan.scenarios.iter().map(of_plan).collect();
    let document = run.document();
    let rows = document["scenarios"].as_array().expect("a list");
    let ambiguous: Vec<&str> = catalogue
        .iter()
        .filter(|rule| rule.standing == Standing::Ambiguous)
        .map(|rule| rule.id.as_str())
        .collect();
    let ended: BTreeSet<(String, Mode)> = rows
        .iter()
        .filter(|scenario| is_held(scenario, &ambiguous) && scenario["run"].is_object())
        .map(|scenario| {
            let id = scenario["id"].as_str().expect("an id").to_owned();
            let mode = scenario["mode"].as_str().and_then(Mode::of_word);
            (id, mode.expect("a mode"))
        })
        .collect();
    assert_eq!(written, planned);
    assert_eq!(noted.plan.scenarios.len(), planned.len(), "no number twice");
    let declared: BTreeSet<(String, Mode)> = planned
        .into_iter()
        .filter(|(_, mode)| noted.declaration.modes.contains(mode))
        .collect();
    assert_eq!(declared, ended);
    assert_eq!(run.journals().len(), ended.len());
}

#[test]
fn every_way_of_trying_every_rule_is_accounted_for() {
    let run = whole_run();
    let noted = noted(run);
    let mut open = Vec::new();
    for facts in &noted.catalogue {
        let modes = facts.modes.iter();
        for mode in modes.filter(|mode| noted.declaration.modes.contains(mode)) {
            let ways = facts.verify.iter();
            let left = ways.filter(|way| !noted.accounts_for(run, facts, *mode, **way));
            open.extend(left.map(|way| format!("{} {mode} {way}", facts.id)));
        }
    }
    assert_eq!(open, Vec::<String>::new());
}

impl Noted {
    /// Whether a way of trying a rule is planned for later, or in the plan, or said to need none.
    fn accounts_for(&self, run: &Ran, facts: &RequirementFacts, mode: Mode, way: Verify) -> bool {
        let is_later = |later: &PlannedWay| later.verify == way && later.mode == mode;
        let is = |requirement: &str, of: Mode| requirement == facts.id && of == mode;
        let verdict = || {
            let cells = run.cells();
            let found = cells
                .iter()
                .find(|(id, _, cell)| *id == facts.id && cell["mode"] == mode.id());
            found.map(|(_, verdict, _)| verdict.clone())
        };
        if facts.planned.iter().any(is_later) {
            return true;
        }
        if facts.untestable_in.contains_key(&mode) {
            return verdict().is_some_and(|word| word == "untestable");
        }
        match way {
            Verify::Scenario => {
                let mut scenarios = self.plan.scenarios.iter();
                scenarios.any(|planned| is(&planned.requirement, planned.mode))
            }
            Verify::Monitor => {
                let mut watches = self.plan.watches.iter();
                watches.any(|planned| is(&planned.requirement, planned.mode))
            }
            Verify::Law => {
                let mut laws = self.plan.laws.iter();
                laws.any(|law| law.requirement == facts.id && law.modes.contains(&mode))
                    || TESTED.iter().any(|TestedLaw { law, .. }| {
                        law.requirement == facts.id && law.modes.contains(&mode)
                    })
            }
            Verify::Attestation => verdict().is_some_and(|word| word == "needs_review"),
            Verify::Untestable => verdict().is_some_and(|word| word == "untestable"),
        }
    }
}
