//! 書類: the papers of an invented application.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::ledger::{
    AcceptApplication, ApplicationForm, ApplicationType, BusinessEvent, CareLevel, ConsentBox,
    Decision, Opinion, Person, PlanOffice, RegisterDecision, RegisterOpinion, RegisterSurvey,
    RequestOpinion, ScheduleBoard, Survey,
};

/// 新様式の始まり [domain 5.1].
const NEW_FORM_FROM: Date = date(2026, 4, 1);
/// An invented 医療機関: the form of a 事業所番号, district 99.
const INSTITUTION_CODE: &str = "1319900070";

/// An invented office of 居宅介護支援 in district 99.
const PLAN_OFFICE: (&str, &str) = ("1379900028", "月の里居宅介護支援事業所");

/// The office of a 計画作成依頼届出 that came on paper.
pub(super) fn plan_office(notified_on: Date) -> PlanOffice {
    let (number, name) = PLAN_OFFICE;
    PlanOffice {
        number: number.to_owned(),
        name: name.to_owned(),
        notified_on,
    }
}

/// 申請番号 for the person's next application: S, the year, 被保険者番号 and a count. Nobody else can have it.
pub(super) fn application_number(person: &Person, today: Date) -> String {
    format!(
        "S{}{}{:02}",
        today.year(),
        person.insured_number,
        person.applications.len() + 1
    )
}

pub(crate) fn form_on(day: Date) -> ApplicationForm {
    if day < NEW_FORM_FROM {
        ApplicationForm::Before2026
    } else {
        ApplicationForm::From2026
    }
}

pub(super) fn accept(
    person: &Person,
    number: &str,
    today: Date,
    consent_box: ConsentBox,
) -> BusinessEvent {
    BusinessEvent::AcceptApplication(AcceptApplication {
        insured_number: person.insured_number.clone(),
        application_number: Some(number.to_owned()),
        date: today,
        kind: if person.is_certified() {
            ApplicationType::Renewal
        } else {
            ApplicationType::New
        },
        form: form_on(today),
        consent_box,
    })
}

pub(crate) fn survey(number: &str, today: Date) -> BusinessEvent {
    BusinessEvent::RegisterSurvey(RegisterSurvey {
        application_number: number.to_owned(),
        survey: Survey {
            date: today,
            place: crate::ledger::SurveyPlace::Home,
            organization: "介護保険課".to_owned(),
            basic_items: "12".repeat(37),
            remarks: Some("歩行に見守りが必要。".to_owned()),
        },
    })
}

pub(crate) fn request_opinion(number: &str, today: Date) -> BusinessEvent {
    BusinessEvent::RequestOpinion(RequestOpinion {
        application_number: number.to_owned(),
        date: today,
    })
}

pub(crate) fn opinion(number: &str, today: Date) -> BusinessEvent {
    BusinessEvent::RegisterOpinion(RegisterOpinion {
        application_number: number.to_owned(),
        opinion: Opinion {
            written_on: today,
            institution_code: INSTITUTION_CODE.to_owned(),
            institution_name: "月の里診療所".to_owned(),
            physician_name: "月野　澄".to_owned(),
            diagnosis: "変形性膝関節症。症状は安定している。".to_owned(),
            state: Some("屋外の歩行に介助を要する。".to_owned()),
            remarks: None,
        },
    })
}

pub(crate) fn board(number: &str, on: Date) -> BusinessEvent {
    BusinessEvent::ScheduleBoard(ScheduleBoard {
        application_number: number.to_owned(),
        date: on,
    })
}

pub(crate) fn decision(number: &str, decision: Decision) -> BusinessEvent {
    BusinessEvent::RegisterDecision(RegisterDecision {
        application_number: number.to_owned(),
        decision,
    })
}

/// 認定結果: twelve whole months from `from` on, the rest of a month on top; no period for 非該当.
pub(super) fn result(care_level: CareLevel, decided_on: Date, from: Date) -> Decision {
    let is_certified = care_level.is_certified();
    Decision {
        decided_on,
        care_level,
        valid_from: is_certified.then_some(from),
        valid_to: is_certified.then(|| end_of_period(from)),
        first_judgement: Some(care_level),
        board_opinion: None,
    }
}

fn end_of_period(from: Date) -> Date {
    let months = if from.day() == 1 { 12 } else { 13 };
    from.first_of_month()
        .saturating_add(months.months())
        .yesterday()
        .unwrap_or(from)
}
