//! 語: 段階: how far an application has come.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;

use crate::ledger::{Application, BusinessEvent, CareLevel, ConsentBox, Person};

use super::error::CastError;
use super::paper;
use super::words::words;

words! {
    /// 語: 段階, in the order of the work.
    CaseStage of "段階" {
        /// The application is there.
        Accepted = "申請の受付";
        /// The survey is there.
        Surveyed = "訪問調査";
        /// The opinion was asked for and came.
        OpinionReceived = "主治医意見書";
        /// The board has a day.
        BoardScheduled = "審査会の日程";
        /// Decided.
        Decided = "認定の決定";
    }
}

/// Days until the board meets.
const BOARD_DAYS: i64 = 7;

impl CaseStage {
    /// The item of 認定審査進捗 that says the stage was reached.
    const fn item(self) -> &'static str {
        match self {
            Self::Accepted => "applicationDate",
            Self::Surveyed => "surveyDate",
            Self::OpinionReceived => "opinionReceivedDate",
            Self::BoardScheduled => "boardDate",
            Self::Decided => "decidedDate",
        }
    }

    /// The stage up to which nothing is missing.
    fn of(application: &Application) -> Self {
        let reached = [
            (Self::Surveyed, application.survey.is_some()),
            (Self::OpinionReceived, application.opinion.is_some()),
            (Self::BoardScheduled, application.board_date.is_some()),
            (Self::Decided, application.decision.is_some()),
        ];
        reached
            .into_iter()
            .take_while(|(_, is_there)| *is_there)
            .last()
            .map_or(Self::Accepted, |(stage, _)| stage)
    }
}

/// What is missing up to a stage of 語: 段階, each with its business day: today, but the decision comes on the
/// day of the board, a week after the day was fixed.
///
/// Without `application_number` a new application is accepted, under a number that the vendor may replace (then
/// [`BusinessEvent::with_application_number`] on the events after it). What is done already is seen from the person's books;
/// `done_up_to` counts where they do not show it.
///
/// # Errors
/// A word that is no stage, or a person who has no 被保険者番号 or has left.
pub fn stage_events(
    stage: &str,
    person: &Person,
    application_number: Option<&str>,
    done_up_to: Option<&str>,
    today: Date,
) -> Result<Vec<(Date, BusinessEvent)>, CastError> {
    let wanted: CaseStage = stage.parse()?;
    let told: Option<CaseStage> = done_up_to.map(str::parse).transpose()?;
    let not_possible = |reason| CastError::NotPossible {
        word: wanted.word(),
        insured_number: person.insured_number.clone(),
        reason,
    };
    if person.lost.is_some() {
        return Err(not_possible("すでに資格を喪失しています"));
    }
    if person.insured_number.is_empty() {
        return Err(not_possible("まだ被保険者番号がありません"));
    }
    let application = application_number.and_then(|number| {
        let mut applications = person.applications.iter();
        applications.find(|application| application.application_number == number)
    });
    let done = application
        .map(CaseStage::of)
        .max(told.filter(|_| application_number.is_some()));
    let number =
        application_number.map_or_else(|| paper::application_number(person, today), str::to_owned);
    let applied_on = application.map_or(today, |application| application.date);
    let board_on = application
        .and_then(|application| application.board_date)
        .unwrap_or_else(|| today.saturating_add(BOARD_DAYS.days()));
    let decided_on = board_on.max(today);
    let missing = CaseStage::ALL
        .iter()
        .filter(|stage| **stage <= wanted && Some(**stage) > done);
    Ok(missing
        .flat_map(|stage| match stage {
            CaseStage::Accepted => vec![(
                today,
                paper::accept(person, &number, today, ConsentBox::Given),
            )],
            CaseStage::Surveyed => vec![(today, paper::survey(&number, today))],
            CaseStage::OpinionReceived => vec![
                (today, paper::request_opinion(&number, today)),
                (today, paper::opinion(&number, today)),
            ],
            CaseStage::BoardScheduled => vec![(today, paper::board(&number, board_on))],
            CaseStage::Decided => {
                let result = paper::result(CareLevel::Care2, decided_on, applied_on);
                vec![(decided_on, paper::decision(&number, result))]
            }
        })
        .collect())
}

/// Whether a record of 認定審査進捗 shows this stage as the furthest one: its day is filled in, and that of no
/// later stage. False for a word that is no stage.
#[must_use]
pub fn progress_shows(stage: &str, record: &Value) -> bool {
    let Ok(wanted) = stage.parse::<CaseStage>() else {
        return false;
    };
    let has_day = |stage: &CaseStage| {
        let day = record.get(stage.item()).and_then(Value::as_str);
        day.is_some_and(|day| !day.is_empty())
    };
    CaseStage::ALL.iter().rfind(|stage| has_day(stage)) == Some(&wanted)
}
