//! Every rule is tried or excused in writing, and nothing tries a rule that does not exist.

use std::path::Path;

use tekigo::feature::{Scenario, load_bundled};
use tekigo::laws::{SAME_IN_BOTH_MODES, TESTED, declarations};
use tekigo::requirement::{Catalogue, LawDeclaration, Mode, MonitorDeclaration, account};

const API: &[Mode] = &[Mode::Api];
const FILE: &[Mode] = &[Mode::File];

/// The monitors there are. The accounting does not depend on how they are written.
const MONITORS: &[MonitorDeclaration] = &[
    monitor("CONN-02", &Mode::ALL),
    monitor("CONN-03", API),
    monitor("CONN-04", API),
    monitor("CONN-06", API),
    monitor("CONN-07", FILE),
    monitor("CONN-09", FILE),
    monitor("SETUP-06", &Mode::ALL),
    monitor("SETUP-11", &Mode::ALL),
    monitor("SYNC-09", &Mode::ALL),
    monitor("SEC-01", &Mode::ALL),
    monitor("SEC-02", &Mode::ALL),
    monitor("FORM-01", &Mode::ALL),
    monitor("FORM-02", &Mode::ALL),
    monitor("SCHED-06", &Mode::ALL),
    monitor("SCHED-07", &Mode::ALL),
    monitor("SCHED-08", &Mode::ALL),
    monitor("CONSENT-03", &Mode::ALL),
    monitor("CONSENT-14", &Mode::ALL),
    monitor("CONSENT-15", &Mode::ALL),
];

const fn monitor(requirement: &'static str, modes: &'static [Mode]) -> MonitorDeclaration {
    MonitorDeclaration {
        id: requirement,
        requirement,
        modes,
    }
}

fn bundled_scenarios(catalogue: &Catalogue) -> Vec<Scenario> {
    let files = load_bundled(catalogue).expect("the suite is sound");
    files.into_iter().flat_map(|file| file.scenarios).collect()
}

fn faults(
    catalogue: &Catalogue,
    scenarios: &[Scenario],
    monitors: &[MonitorDeclaration],
    laws: &[LawDeclaration],
) -> Vec<String> {
    match account(catalogue, scenarios, monitors, laws) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn every_rule_of_the_bundled_catalogue_is_accounted_for() {
    let catalogue = Catalogue::bundled().expect("the catalogue is sound");
    let scenarios = bundled_scenarios(&catalogue);
    assert_eq!(
        faults(&catalogue, &scenarios, MONITORS, &declarations()),
        Vec::<String>::new()
    );
}

#[test]
fn the_table_shows_counts_and_everything_that_is_not_tried_yet() {
    let catalogue = Catalogue::bundled().expect("the catalogue is sound");
    let scenarios = bundled_scenarios(&catalogue);
    let accounting =
        account(&catalogue, &scenarios, MONITORS, &declarations()).expect("all accounted for");
    insta::assert_snapshot!("table", accounting.table(&catalogue));
}

#[test]
fn a_rule_whose_only_scenario_is_gone_is_reported() {
    let catalogue = Catalogue::bundled().expect("the catalogue is sound");
    let mut scenarios = bundled_scenarios(&catalogue);
    scenarios.retain(|scenario| scenario.requirement.as_str() != "SETUP-05");
    assert_eq!(
        faults(&catalogue, &scenarios, MONITORS, &declarations()),
        [
            "SETUP-05 方式①のシナリオ: 試すものがありません。シナリオを書くか、要件一覧に planned（題目）か untestable_in（理由）を書いてください",
            "SETUP-05 方式②のシナリオ: 試すものがありません。シナリオを書くか、要件一覧に planned（題目）か untestable_in（理由）を書いてください",
        ]
    );
}

#[test]
fn a_monitor_that_is_gone_is_reported() {
    let catalogue = Catalogue::bundled().expect("the catalogue is sound");
    let scenarios = bundled_scenarios(&catalogue);
    assert_eq!(
        faults(&catalogue, &scenarios, &MONITORS[1..], &declarations()),
        [
            "CONN-02 方式①の監視: 試すものがありません。監視を書くか、要件一覧に planned（題目）か untestable_in（理由）を書いてください",
            "CONN-02 方式②の監視: 試すものがありません。監視を書くか、要件一覧に planned（題目）か untestable_in（理由）を書いてください",
        ]
    );
}

#[test]
fn a_check_in_a_mode_that_is_excused_is_reported() {
    let catalogue = Catalogue::bundled().expect("the catalogue is sound");
    let scenarios = bundled_scenarios(&catalogue);
    let mut monitors = MONITORS.to_vec();
    monitors.push(monitor("CONN-04", FILE));
    assert_eq!(
        faults(&catalogue, &scenarios, &monitors, &declarations()),
        [
            "CONN-04 方式②の監視: この方式では試験不能とされていますが、「CONN-04」があります。要件一覧の untestable_in を消してください"
        ]
    );
}

#[test]
fn scenarios_of_one_mode_leave_the_other_mode_to_be_accounted_for() {
    let catalogue = Catalogue::bundled().expect("the catalogue is sound");
    let mut scenarios = bundled_scenarios(&catalogue);
    for scenario in &mut scenarios {
        if scenario.requirement.as_str() == "SYNC-03" {
            scenario.modes.remove(&Mode::File);
        }
    }
    assert_eq!(
        faults(&catalogue, &scenarios, MONITORS, &declarations()),
        [
            "SYNC-03 方式②のシナリオ: 試すものがありません。シナリオを書くか、要件一覧に planned（題目）か untestable_in（理由）を書いてください"
        ]
    );
}

#[test]
fn a_check_of_a_planned_unknown_or_undeclared_rule_is_reported() {
    let catalogue = Catalogue::bundled().expect("the catalogue is sound");
    let scenarios = bundled_scenarios(&catalogue);
    let mut laws = declarations();
    for (id, requirement) in [
        ("all_get_there", "ID-05"),
        ("no_such_rule", "CONN-99"),
        ("not_a_law", "CONN-01"),
    ] {
        laws.push(LawDeclaration {
            id,
            requirement,
            modes: API,
        });
    }
    assert_eq!(
        faults(&catalogue, &scenarios, MONITORS, &laws),
        [
            "「no_such_rule」の要件番号「CONN-99」は要件一覧にありません",
            "「not_a_law」はCONN-01 方式①の法則を試しますが、要件一覧の verify と modes にその組がありません",
            "ID-05 方式①の法則: 題目「laws」の予定とされていますが、「all_get_there」があります。要件一覧の planned を消してください",
        ]
    );
}

#[test]
fn every_law_that_a_test_tries_has_that_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for tested in TESTED {
        let text = std::fs::read_to_string(root.join(tested.file)).expect("the file is there");
        let head = format!("fn {}(", tested.test);
        assert!(text.contains(&head), "{}: {}", tested.file, tested.test);
    }
}

#[test]
fn a_law_that_is_gone_is_reported() {
    let catalogue = Catalogue::bundled().expect("the catalogue is sound");
    let scenarios = bundled_scenarios(&catalogue);
    let mut laws = declarations();
    laws.retain(|law| *law != SAME_IN_BOTH_MODES);
    assert_eq!(
        faults(&catalogue, &scenarios, MONITORS, &laws),
        [
            "CONN-10 方式①の法則: 試すものがありません。法則を書くか、要件一覧に planned（題目）か untestable_in（理由）を書いてください",
            "CONN-10 方式②の法則: 試すものがありません。法則を書くか、要件一覧に planned（題目）か untestable_in（理由）を書いてください",
        ]
    );
}

#[test]
fn a_scenario_of_a_planned_rule_is_reported() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/requirements/requirements.toml");
    let text = std::fs::read_to_string(path).expect("the catalogue is there");
    let planned = "id = \"FAULT-01\"\nplanned = [{ topic = \"laws\", verify = [\"scenario\"] }]\n";
    let text = text.replace("id = \"FAULT-01\"\n", planned);
    let catalogue = Catalogue::parse("requirements.toml", &text).expect("it is well formed");
    let scenarios = bundled_scenarios(&catalogue);
    assert_eq!(
        faults(&catalogue, &scenarios, MONITORS, &declarations())
            .first()
            .map(String::as_str),
        Some(
            "FAULT-01 方式①のシナリオ: 題目「laws」の予定とされていますが、「FAULT-01/01-1」があります。要件一覧の planned を消してください"
        )
    );
}
