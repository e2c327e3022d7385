//! Verdicts come from the journals and from nothing else: folding them again gives the same table.

use std::sync::Arc;

use tekigo::certify::{Certified, CertifySettings, Progress, certify};
use tekigo::drivers::VendorFile;
use tekigo::laws;
use tekigo::verdict::{
    Declaration, Mode, Note, Options, Plan, RequirementFacts, ScenarioRecord, VerdictTable, fold,
    judge, read_journal,
};
use tekigo_simulator::kernel::Moment;
use tekigo_simulator::profile::Profile;

use super::program::turn;

/// A run with one violation and some passes, in this process.
fn certified(folder: &std::path::Path) -> Certified {
    let settings = CertifySettings {
        vendor: VendorFile::bundled_reference_with(&["--fault", "calls_platform_directly"]),
        modes: Mode::ALL.to_vec(),
        profile: Profile::bundled(),
        feature: None,
        tags: Some("@SCHED-08 or @CONN-03".to_owned()),
        only: None,
        sample: false,
        story: None,
        shard: None,
        seed: 20_260_401,
        start: Moment::default_start(),
        jobs: 2,
        browser: false,
        goes_on: false,
        strict: false,
        report: folder.to_owned(),
        executed_at: "2026-11-02 09:00:00 +09:00".to_owned(),
        command: "tekigo certify".to_owned(),
        program: Some(env!("CARGO_BIN_EXE_tekigo").into()),
    };
    let progress: Progress = Arc::new(|_| {});
    let _turn = turn();
    certify(&settings, &progress).expect("a table")
}

/// What the journal of the run says.
struct Noted {
    catalogue: Vec<RequirementFacts>,
    plan: Plan,
    declaration: Declaration,
}

fn noted(folder: &std::path::Path) -> Noted {
    let text = std::fs::read_to_string(folder.join("journal/run.jsonl")).expect("a journal");
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

/// The table that the files of a report folder give, in whatever order they are read.
fn judged_again(folder: &std::path::Path) -> VerdictTable {
    let noted = noted(folder);
    let path = |id: &str, mode: Mode| {
        let name = id.replace('/', "-");
        folder.join(format!("journal/{name}.{}.jsonl", mode.id()))
    };
    let planned = noted.plan.scenarios.iter();
    let declared = planned.filter(|planned| noted.declaration.modes.contains(&planned.mode));
    let mut records: Vec<ScenarioRecord> = declared
        .map(|planned| {
            let path = path(&planned.id, planned.mode);
            tekigo_simulator::kernel::read_journal(&path).expect("an unbroken chain");
            let text = std::fs::read_to_string(path).expect("a journal");
            fold(&read_journal(&text).expect("lines")).expect("a scenario")
        })
        .collect();
    laws::observe(&Profile::bundled(), &mut records, |id, mode| {
        tekigo_simulator::kernel::read_journal(&path(id, mode)).ok()
    });
    let options = Options {
        strict: false,
        profile_assumed: true,
    };
    judge(
        &noted.plan,
        &records,
        &noted.catalogue,
        Some(&noted.declaration),
        options,
    )
}

/// The rows, and what each scenario came to, without the order in which journals were read.
fn rows(table: &VerdictTable) -> String {
    let mut scenarios: Vec<String> = table
        .scenarios
        .iter()
        .map(|row| format!("{} {:?} {:?}", row.id, row.mode, row.outcome))
        .collect();
    scenarios.sort();
    let cells: Vec<String> = table
        .rows
        .iter()
        .flat_map(|row| {
            row.cells.iter().map(|(mode, cell)| {
                format!(
                    "{} {mode:?} {} {:?}",
                    row.facts.id,
                    cell.label(),
                    cell.observed()
                )
            })
        })
        .collect();
    format!("{cells:#?}\n{scenarios:#?}\n{:?}", table.problems)
}

#[test]
fn the_report_folder_gives_the_same_table_again_and_no_changed_byte_is_believed() {
    let folder = tempfile::tempdir().expect("a folder");
    let certified = certified(folder.path());
    let again = judged_again(folder.path());
    assert_eq!(rows(&again), rows(&certified.table));
    assert!(!again.rows.is_empty());

    let journal = folder.path().join("journal/SCHED-08-02.api.jsonl");
    let bytes = std::fs::read(&journal).expect("a journal");
    let steps = bytes.len() / 150;
    for position in (0..bytes.len() - 1).step_by(steps.max(1)) {
        let mut changed = bytes.clone();
        changed[position] ^= 1;
        std::fs::write(&journal, &changed).expect("changed");
        let read = tekigo_simulator::kernel::read_journal(&journal);
        let error = read.expect_err("one byte is another");
        assert!(
            error.to_string().contains("書かれたときのものと違います"),
            "{error}"
        );
    }
    // A journal that is cut off at a line is a good chain, and no pass.
    let lines = bytes
        .split_inclusive(|byte| *byte == b'\n')
        .collect::<Vec<_>>();
    std::fs::write(&journal, lines[..lines.len() - 1].concat()).expect("cut off");
    let cut = judged_again(folder.path());
    assert_ne!(rows(&cut), rows(&certified.table));
}
