//! CONN-10: the same business leaves the same behind in both modes, as the journals show it.

use serde_json::{Value, json};
use tekigo::laws;
use tekigo::verdict::{
    Finding, Mode, Observed, ObservedBy, PlannedLaw, ScenarioOutcome, ScenarioRecord, Verdict,
    VerdictTable, exit_code,
};
use tekigo_simulator::profile::Profile;

use super::builder::{Journal, STEPS, journal};
use super::city::Run;

use Mode::{Api, File};

const PERSON: &str = "0000012345";

/// What a vendor handed over in one mode.
#[derive(Clone)]
pub(super) struct Handed {
    records: Vec<(&'static str, Value)>,
    identifiers: Vec<(&'static str, &'static str)>,
    mails: Vec<(&'static str, &'static str)>,
}

impl Handed {
    pub(super) fn usual() -> Self {
        Self {
            records: vec![
                (
                    "person",
                    json!({"insurerNumber": "139998", "insuredNumber": PERSON, "modificationSeg": "1",
                        "basicFiveInfo": {"name": "月見　花子", "address": "つきみ市望月1-1"}}),
                ),
                ("insuranceCard", card("1", "2024-04-01")),
                ("insuranceCard", card("2", "2026-04-01")),
            ],
            identifiers: vec![("bea8eb450d91", "b58df5ce7adeb19c")],
            mails: vec![(
                "【PMH】初期セットアップ完了のお知らせ",
                "つきみ市 の初期セットアップが 2026-11-02 に完了しました（被保険者 1 人）。",
            )],
        }
    }
}

fn card(history: &str, issued: &str) -> Value {
    json!({"insurerNumber": "139998", "insuredNumber": PERSON, "historyKey": history,
        "issueDate": issued, "isDeleted": false})
}

/// The journal of a scenario that does business, hands records over, and ends well.
pub(super) fn handed_over(mode: Mode, handed: &Handed) -> Journal {
    let done = json!({"result": "done", "reason": null, "data": {}});
    let link = if mode == Api {
        "run_transfer"
    } else {
        "export"
    };
    let mut journal = journal("SYNC-01/01", mode, &STEPS)
        .passed(0)
        .operation("issue_card", &json!({"insured_number": PERSON}), &done)
        .operation(link, &json!({}), &done);
    for (number, kind) in (1..).zip(["person", "insuranceCard", "setupCompletion"]) {
        let records: Vec<&Value> = handed
            .records
            .iter()
            .filter(|(of, _)| *of == kind)
            .map(|(_, record)| record)
            .collect();
        let task = format!("T-{number:08}");
        journal = match mode {
            Api => by_request(journal, number, kind, &records, &task),
            File => by_file(journal, number, kind, &records, &task),
        };
        let last = records.len().saturating_sub(1);
        let created = format!("0-{last}");
        journal = journal.event("platform", "platform.stored", &json!({"task": task, "kind": kind,
            "created": if records.is_empty() { "" } else { &created }, "updated": "", "unchanged": "", "deleted": ""}));
    }
    let people: Vec<Value> = handed.identifiers.iter().map(|pair| json!(pair)).collect();
    journal = journal.event(
        "intermediate",
        "identifier.issued",
        &json!({"task": "T-00000001", "issued": people.len(), "known": 0, "people": people}),
    );
    for (subject, text) in &handed.mails {
        journal = journal.event(
            "mail",
            "mail",
            &json!({"to": "kekka@tsukimi.example", "subject": subject, "text": text}),
        );
    }
    journal.passed(1).claim(true).passed(2).end("passed")
}

fn by_request(journal: Journal, id: u64, kind: &str, records: &[&Value], task: &str) -> Journal {
    let profile = Profile::bundled();
    let layout = profile.layout(profile.kind(kind).expect("a kind"));
    let path = format!("/kaigo/v2/{}", layout.path().expect("a path"));
    journal
        .event(
            "vendor",
            "link.request",
            &json!({"id": id, "environment": "verification", "method": "POST", "path": path,
                "query": "linkSegment=1", "certificate": null, "key": null, "body": records}),
        )
        .event(
            "pmh",
            "link.reply",
            &json!({"id": id, "status": 202, "body": {"taskId": task}, "travel": "whole"}),
        )
}

fn by_file(journal: Journal, number: u64, kind: &str, records: &[&Value], task: &str) -> Journal {
    let profile = Profile::bundled();
    let layout = profile.layout(profile.kind(kind).expect("a kind"));
    let set = format!("2026110209{number:04}");
    let name = format!("KJ_139998_{}_1_{set}_001.csv", layout.file_code());
    let heads: Vec<String> = layout
        .fields()
        .iter()
        .map(|field| format!("\"{}\"", field.csv()))
        .collect();
    let mut text = format!("\u{feff}{}\r\n", heads.join(","));
    for record in records {
        let cells = layout.fields().iter().map(|field| {
            let pointer = format!("/{}", field.json().replace('.', "/"));
            match record.pointer(&pointer) {
                Some(Value::String(text)) => format!("\"{text}\""),
                Some(Value::Bool(flag)) => format!("\"{}\"", u8::from(*flag)),
                Some(other) => format!("\"{other}\""),
                None => "\"\"".to_owned(),
            }
        });
        text += &format!("{}\r\n", cells.collect::<Vec<_>>().join(","));
    }
    journal
        .event(
            "operator",
            "operator",
            &json!({"insurer": "139998", "environment": "verification", "action": "upload",
                "files": [{"name": name, "bytes": text.len(), "text": text}]}),
        )
        .event(
            "pmh",
            "operator.result",
            &json!({"done": true, "set": {"number": set, "segment": "1", "files":
                [{"name": name, "kind": kind, "records": records.len(), "task": task}]}}),
        )
}

/// A run of one scenario in both modes, with the law in its plan.
pub(super) fn run(api: Journal, file: Journal) -> Run {
    let mut run = Run::of(&[("SYNC-01", Api), ("SYNC-01", File)]);
    let mut conn_10 = run.catalogue[0].clone();
    conn_10.id = "CONN-10".to_owned();
    conn_10.modes = Mode::ALL.to_vec();
    run.catalogue.push(conn_10);
    run.plan.laws.push(PlannedLaw {
        law: laws::SAME_IN_BOTH_MODES.id.to_owned(),
        requirement: "CONN-10".to_owned(),
        modes: Mode::ALL.to_vec(),
    });
    run.ran(api).ran(file)
}

/// The records with what the law saw of them.
fn observed(run: &Run) -> Vec<ScenarioRecord> {
    let mut records = run.records();
    let folder = tempfile::tempdir().expect("a folder");
    laws::observe(&Profile::bundled(), &mut records, |id, mode| {
        let known = |(of, at, _): &&(String, Mode, Journal)| of == id && *at == mode;
        let (_, _, journal) = run.journals.iter().find(known)?;
        let path = folder.path().join("journal.jsonl");
        std::fs::write(&path, journal.text()).expect("a journal");
        tekigo_simulator::kernel::read_journal(&path).ok()
    });
    records
}

fn judged(run: &Run) -> VerdictTable {
    run.judged_on(&observed(run))
}

/// What the law said where the two modes handed these over; `None` where it said nothing.
fn said(api: &Handed, file: &Handed) -> Option<(bool, String)> {
    let run = run(handed_over(Api, api), handed_over(File, file));
    let records = observed(&run);
    let of_law = |record: &ScenarioRecord| {
        let mut seen = record.observations.iter();
        let seen = seen.find(|seen| matches!(seen.by, ObservedBy::Law(_)))?;
        Some((seen.holds, seen.actual.clone()))
    };
    let told: Vec<_> = records.iter().map(of_law).collect();
    assert_eq!(told[0], told[1], "both modes are told the same");
    told[0].clone()
}

#[test]
fn the_same_records_by_requests_and_by_files_are_the_same() {
    let handed = Handed::usual();
    let run = run(handed_over(Api, &handed), handed_over(File, &handed));
    let table = judged(&run);
    for mode in Mode::ALL {
        let cell = table.cell("CONN-10", mode).expect("a cell");
        assert_eq!(cell.verdict(), Verdict::Passed, "{:?}", cell.findings());
        let Some(Finding::Held(held)) = cell.findings().first() else {
            panic!("{:?}", cell.findings());
        };
        assert_eq!(
            held.evidence().first().actual,
            "基盤の記録3件、識別子1人分、お知らせ1件が同じでした"
        );
    }
    assert_eq!(exit_code(&table, true).code(), 0);
}

#[test]
fn a_different_item_is_named_with_the_person_and_both_values() {
    let api = Handed::usual();
    let mut file = api.clone();
    file.records[0].1["basicFiveInfo"]["address"] = json!("つきみ市望月2-3");
    let expected = "1か所で違います: 月見　花子さん（被保険者番号 0000012345）の被保険者の住所: \
        方式① 「つきみ市望月1-1」、方式② 「つきみ市望月2-3」";
    assert_eq!(said(&api, &file), Some((false, expected.to_owned())));
}

#[test]
fn a_missing_row_a_deletion_and_a_consent_are_differences() {
    let api = Handed::usual();
    let mut file = api.clone();
    file.records.remove(2);
    let (holds, actual) = said(&api, &file).expect("compared");
    assert!(!holds);
    assert!(
        actual.contains("被保険者証（履歴番号 2）の記録: 方式① あり、方式② なし"),
        "{actual}"
    );
    let mut file = api.clone();
    file.records[1].1["isDeleted"] = json!(true);
    let (holds, actual) = said(&api, &file).expect("compared");
    assert!(!holds);
    assert!(
        actual.contains("被保険者証（履歴番号 1）の削除"),
        "{actual}"
    );
}

#[test]
fn rows_that_a_vendor_numbers_otherwise_in_each_mode_are_the_same_rows() {
    let api = Handed::usual();
    let mut file = api.clone();
    file.records[1].1["historyKey"] = json!("A-1");
    file.records[2].1["historyKey"] = json!("A-2");
    assert_eq!(said(&api, &file).map(|(holds, _)| holds), Some(true));
    // The same numbers on other rows are another order of history.
    let mut file = api.clone();
    file.records[1].1["historyKey"] = json!("2");
    file.records[2].1["historyKey"] = json!("1");
    assert_eq!(said(&api, &file).map(|(holds, _)| holds), Some(false));
}

#[test]
fn identifiers_are_compared_by_who_has_one_and_not_by_value() {
    let api = Handed::usual();
    let mut file = api.clone();
    file.identifiers = vec![("bea8eb450d91", "ffffffffffffffff")];
    assert_eq!(said(&api, &file).map(|(holds, _)| holds), Some(true));
    file.identifiers.push(("c15c79f3322d", "ffffffffffffffff"));
    let (holds, actual) = said(&api, &file).expect("compared");
    assert!(!holds);
    assert!(
        actual.contains("識別子を採番された人: 方式① 1人"),
        "{actual}"
    );
    assert!(
        actual.contains("二人に一つの識別子: 方式① 0件、方式② 1件"),
        "{actual}"
    );
}

#[test]
fn a_notice_is_compared_by_its_fact_and_not_by_numbers_of_tasks_and_sets() {
    let mut api = Handed::usual();
    let mut file = api.clone();
    api.mails
        .push(("【PMH】処理結果のお知らせ（受付番号 T-1）", "1件"));
    let (holds, actual) = said(&api, &file).expect("compared");
    assert!(!holds);
    assert!(
        actual.contains("お知らせ「【PMH】処理結果のお知らせ」: 方式① 届いた、方式② 届いていない"),
        "{actual}"
    );
    file.mails.push((
        "【PMH】処理結果のお知らせ（組の番号 20261102090000）",
        "2件",
    ));
    assert_eq!(said(&api, &file).map(|(holds, _)| holds), Some(true));
}

#[test]
fn a_difference_counts_in_both_modes_and_shows_on_the_scenario() {
    let api = Handed::usual();
    let mut file = api.clone();
    file.records.remove(1);
    let table = judged(&run(handed_over(Api, &api), handed_over(File, &file)));
    for mode in Mode::ALL {
        let cell = table.cell("CONN-10", mode).expect("a cell");
        assert_eq!(cell.observed(), Observed::Violated);
        assert_eq!(
            table.cell("SYNC-01", mode).expect("a cell").verdict(),
            Verdict::Passed
        );
    }
    let overridden = ScenarioOutcome::Overridden(vec!["CONN-10".to_owned()]);
    assert!(table.scenarios.iter().all(|row| row.outcome == overridden));
}

/// Nothing that is no whole end is compared, and nothing compared is no pass.
#[test]
fn what_cannot_be_compared_is_never_a_pass() {
    let handed = Handed::usual();
    let done = json!({"result": "done", "reason": null, "data": {}});
    let whole = || handed_over(Api, &handed);
    let stopped = journal("SYNC-01/01", File, &STEPS)
        .heard()
        .passed(0)
        .failed(1, "harness", "模擬側が応答を作れませんでした")
        .not_run(2)
        .end("failed");
    let more_business = handed_over(File, &handed)
        .operation(
            "issue_card",
            &json!({"insured_number": "0000054321"}),
            &done,
        )
        .operation("export", &json!({}), &done);
    let not_sent = handed_over(File, &handed).operation(
        "issue_card",
        &json!({"insured_number": PERSON}),
        &done,
    );
    for (name, file) in [
        ("stopped", stopped),
        ("another history", more_business),
        ("not sent", not_sent),
    ] {
        let table = judged(&run(whole(), file));
        for mode in Mode::ALL {
            let cell = table.cell("CONN-10", mode).expect("a cell");
            assert_eq!(cell.verdict(), Verdict::NotRun, "{name}");
        }
        assert_ne!(exit_code(&table, false).code(), 0, "{name}");
    }
}

#[test]
fn one_mode_alone_says_nothing_about_both() {
    let handed = Handed::usual();
    let mut alone = run(handed_over(Api, &handed), handed_over(File, &handed));
    alone.journals.retain(|(_, mode, _)| *mode == Api);
    alone.plan.scenarios.retain(|planned| planned.mode == Api);
    alone.plan.modes = vec![Api];
    for rule in &mut alone.catalogue {
        rule.modes.retain(|mode| *mode == Api);
    }
    let table = judged(&alone);
    let word = |table: &VerdictTable| table.cell("CONN-10", Api).expect("a cell").verdict();
    assert_eq!(word(&table), Verdict::Untestable);
    assert_eq!(table.problems, []);
    assert_eq!(exit_code(&table, true).code(), 0);
    if let Some(declaration) = &mut alone.declaration {
        declaration.modes.remove(&File);
    }
    assert_eq!(word(&judged(&alone)), Verdict::NotApplicable);
}
