//! 段階: how far a certification case has got.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::Value;

use super::CastError;
use crate::ledger::{
    AcceptApplication, ApplicationForm, ApplicationType, BusinessEvent, CareLevel, ConsentBox,
    Decision, Opinion, Person, RegisterDecision, RegisterOpinion, RegisterSurvey, RequestOpinion,
    ScheduleBoard, Survey, SurveyPlace,
};

/// The stages in their order, with the item of 認定審査進捗 that shows each.
const STAGES: [(&str, &str); 5] = [
    ("申請の受付", "applicationDate"),
    ("訪問調査", "surveyDate"),
    ("主治医意見書", "opinionReceivedDate"),
    ("審査会の日程", "boardDate"),
    ("認定の決定", "decidedDate"),
];

fn position(stage: &str) -> Result<usize, CastError> {
    STAGES
        .iter()
        .position(|(word, _)| *word == stage)
        .ok_or_else(|| CastError::UnknownWord {
            list: "段階",
            word: stage.to_owned(),
        })
}

/// Whether a progress record shows a stage as the furthest.
#[must_use]
pub fn progress_shows(stage: &str, record: &Value) -> bool {
    let Ok(furthest) = position(stage) else {
        return false;
    };
    let is_filled = |item: &str| record.get(item).and_then(Value::as_str).is_some();
    is_filled(STAGES[furthest].1)
        && STAGES[furthest + 1..]
            .iter()
            .all(|(_, item)| !is_filled(item))
}

/// What is missing up to a stage, each operation with its business day.
///
/// The application is numbered by the vendor; the operations after its acceptance carry
/// `application`, or an empty number that the caller fills in.
///
/// # Errors
/// The word is not on the list, or a date cannot be computed.
pub fn stage_events(
    stage: &str,
    person: &Person,
    application: Option<&str>,
    done: Option<&str>,
    today: Date,
) -> Result<Vec<(Date, BusinessEvent)>, CastError> {
    let first = match done {
        Some(done) => position(done)? + 1,
        None => 0,
    };
    let last = position(stage)?;
    let application = application.unwrap_or_default();
    let board = match person.applications.last().and_then(|case| case.board_date) {
        Some(board) if done.is_some() => board,
        _ => today.checked_add(7.days())?,
    };
    let mut events = Vec::new();
    for step in first..=last {
        match step {
            0 => events.push((today, accept(person, today))),
            1 => events.push((today, survey(application, today))),
            2 => {
                events.push((today, request(application, today)));
                events.push((today, opinion(application, today)));
            }
            3 => events.push((today, schedule(application, board))),
            _ => {
                let decision = decision(CareLevel::Care2, board)?;
                events.push((board, decide(application, decision)));
            }
        }
    }
    Ok(events)
}

/// A whole case up to a decision, all on one day.
pub(super) fn whole_case(
    person: &Person,
    care_level: CareLevel,
    valid_from: Option<Date>,
    today: Date,
) -> Result<Vec<BusinessEvent>, CastError> {
    let mut decided = decision(care_level, today)?;
    if let Some(from) = valid_from {
        decided.valid_from = Some(from);
        decided.valid_to = Some(from.checked_add(12.months())?.yesterday()?);
    }
    let number = "";
    Ok(vec![
        accept(person, today),
        survey(number, today),
        request(number, today),
        opinion(number, today),
        schedule(number, today),
        decide(number, decided),
    ])
}

fn accept(person: &Person, today: Date) -> BusinessEvent {
    BusinessEvent::AcceptApplication(AcceptApplication {
        insured_number: person.insured_number.clone(),
        application_number: None,
        date: today,
        kind: ApplicationType::New,
        form: ApplicationForm::From2026,
        consent_box: ConsentBox::Given,
    })
}

fn survey(application: &str, today: Date) -> BusinessEvent {
    BusinessEvent::RegisterSurvey(RegisterSurvey {
        application_number: application.to_owned(),
        survey: Survey {
            date: today,
            place: SurveyPlace::Home,
            organization: "つきみ市調査係".to_owned(),
            basic_items: "1".repeat(74),
            remarks: Some("歩行は手すりにつかまればできる。".to_owned()),
        },
    })
}

fn request(application: &str, today: Date) -> BusinessEvent {
    BusinessEvent::RequestOpinion(RequestOpinion {
        application_number: application.to_owned(),
        date: today,
    })
}

fn opinion(application: &str, today: Date) -> BusinessEvent {
    BusinessEvent::RegisterOpinion(RegisterOpinion {
        application_number: application.to_owned(),
        opinion: Opinion {
            written_on: today,
            institution_code: "1319999991".to_owned(),
            institution_name: "つきみ中央医院".to_owned(),
            physician_name: "兎田　医師".to_owned(),
            diagnosis: "変形性膝関節症。症状は安定している。".to_owned(),
            state: Some("屋内の移動は自立している。".to_owned()),
            remarks: None,
        },
    })
}

fn schedule(application: &str, board: Date) -> BusinessEvent {
    BusinessEvent::ScheduleBoard(ScheduleBoard {
        application_number: application.to_owned(),
        date: board,
    })
}

fn decide(application: &str, decision: Decision) -> BusinessEvent {
    BusinessEvent::RegisterDecision(RegisterDecision {
        application_number: application.to_owned(),
        decision,
    })
}

pub(super) fn decision(care_level: CareLevel, on: Date) -> Result<Decision, CastError> {
    let is_certified = care_level.is_certified();
    let to = on.checked_add(12.months())?.yesterday()?;
    Ok(Decision {
        decided_on: on,
        care_level,
        valid_from: is_certified.then_some(on),
        valid_to: is_certified.then_some(to),
        first_judgement: Some(care_level),
        board_opinion: None,
    })
}
