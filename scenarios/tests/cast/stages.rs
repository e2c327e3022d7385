//! 語: 段階: each stage brings what is missing, and the progress shows it.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;
use tekigo::auditor::{Auditor, ExpectedRow};
use tekigo::cast::{CaseStage, Subject, progress_shows, scenario_town, stage_events, subject};
use tekigo::ledger::{Assigned, BusinessEvent, Ledger, Person};

use super::TODAY;

fn books() -> (Ledger, Person) {
    let ledger = scenario_town(1, 40, TODAY).expect("every word has its person");
    let Ok(Subject::Insured { insured_number }) = subject(&ledger, "認定を受けていない人")
    else {
        panic!("an insured person");
    };
    let person = ledger
        .person(&insured_number)
        .expect("in the books")
        .clone();
    (ledger, person)
}

fn missing(
    stage: CaseStage,
    person: &Person,
    number: Option<&str>,
    done: Option<CaseStage>,
    today: Date,
) -> Vec<(Date, BusinessEvent)> {
    let done = done.map(CaseStage::word);
    let days = stage_events(stage.word(), person, number, done, today);
    days.unwrap_or_else(|error| panic!("{error}"))
}

fn progress(auditor: &Auditor, number: &str) -> Value {
    let expected = auditor.expected_of(number, &|number| number.to_owned());
    let mut records = expected.into_iter().filter_map(|(key, row)| match row {
        ExpectedRow::Present(record) if key.kind == "certificationProgress" => Some(record),
        ExpectedRow::Present(_) | ExpectedRow::Deleted => None,
    });
    Value::Object(records.next().expect("an application"))
}

fn shown(record: &Value) -> Vec<CaseStage> {
    let stages = CaseStage::ALL.iter().copied();
    stages
        .filter(|stage| progress_shows(stage.word(), record))
        .collect()
}

#[test]
fn each_stage_is_reached_at_once_and_shown_as_the_furthest() {
    let (ledger, person) = books();
    for stage in CaseStage::ALL {
        let mut auditor = Auditor::new(&ledger, TODAY);
        let days = missing(*stage, &person, None, None, TODAY);
        assert!(days.is_sorted_by_key(|(day, _)| *day));
        for (day, event) in &days {
            let is_decision = matches!(event, BusinessEvent::RegisterDecision(_));
            let expected = if is_decision {
                TODAY.saturating_add(7.days())
            } else {
                TODAY
            };
            assert_eq!(*day, expected, "{event:?}");
            auditor
                .apply(event)
                .unwrap_or_else(|error| panic!("{error}"));
        }
        assert_eq!(shown(&progress(&auditor, &person.insured_number)), [*stage]);
    }
}

#[test]
fn the_next_stage_goes_on_with_the_same_application() {
    let (ledger, person) = books();
    let mut auditor = Auditor::new(&ledger, TODAY);
    let given = Assigned {
        insured_number: None,
        application_number: Some("V-1".to_owned()),
    };
    let mut done = None;
    let mut today = TODAY;
    let mut count = 0;
    for stage in CaseStage::ALL {
        let now = auditor
            .person(&person.insured_number)
            .expect("in the books")
            .clone();
        let number = done.map(|_| "V-1");
        for (day, event) in missing(*stage, &now, number, done, today) {
            let event = event.with_application_number("V-1").with_assigned(&given);
            auditor
                .apply(&event)
                .unwrap_or_else(|error| panic!("{error}"));
            today = today.max(day);
            count += 1;
        }
        done = Some(*stage);
        assert_eq!(shown(&progress(&auditor, &person.insured_number)), [*stage]);
        let now = auditor
            .person(&person.insured_number)
            .expect("in the books")
            .clone();
        assert!(
            missing(*stage, &now, Some("V-1"), None, today).is_empty(),
            "{stage}"
        );
    }
    assert_eq!(count, 6);
    let decided = auditor
        .person(&person.insured_number)
        .expect("in the books");
    let decision = decided.applications[0].decision.as_ref().expect("decided");
    assert_eq!(decision.valid_from, Some(TODAY));
    assert_eq!(decision.decided_on, TODAY.saturating_add(7.days()));
}

#[test]
fn what_the_caller_did_is_not_done_again() {
    let (_, person) = books();
    let days = missing(
        CaseStage::Surveyed,
        &person,
        Some("V-1"),
        Some(CaseStage::Accepted),
        TODAY,
    );
    assert!(matches!(
        &days[..],
        [(TODAY, BusinessEvent::RegisterSurvey(_))]
    ));
}

#[test]
fn a_record_without_days_shows_no_stage() {
    assert_eq!(shown(&serde_json::json!({})), []);
    let empty =
        serde_json::json!({ "applicationDate": "2026-11-02", "surveyDate": null, "boardDate": "" });
    assert_eq!(shown(&empty), [CaseStage::Accepted]);
    assert!(!progress_shows("どこか", &empty));
}
