//! 「日程の確認」: an insurer accepts proposed dates, or asks for others.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;

use super::service::{ByMember, ByVisitor, InPages, Pages, Visit, problems};
use crate::domain::InsurerNumber;
use crate::domain::calendar::wareki;
use crate::portal::{PortalInput, Reply, ScheduleDates, ScheduleReply};
use crate::serve::desk::{Answer, InForm};
use crate::serve::web::{Form, Frame, Problem};
use crate::systems::portal::{ScheduleStage, Wish};

pub(super) const PATH: &str = "/schedule";
pub(super) const TITLE: &str = "日程の確認";

#[derive(Template)]
#[template(path = "portal/schedule.html")]
struct SchedulePage {
    frame: Frame,
    stage: &'static str,
    dates: Option<Shown>,
    is_reply_awaited: bool,
    grounds: Vec<String>,
    wish: Option<Wished>,
    setup_date: String,
    start_date: String,
    reason: String,
}

/// Other dates asked for, in words.
struct Wished {
    setup: String,
    start: String,
    reason: String,
}

impl Wished {
    fn of(wish: &Wish) -> Self {
        let day = |day: Option<Date>| day.map_or_else(String::new, wareki::day_and_weekday);
        Self {
            setup: day(wish.setup),
            start: day(wish.start),
            reason: wish.reason.clone(),
        }
    }
}

/// Dates in words.
struct Shown {
    setup: String,
    completion: String,
    start: String,
    is_start_asked_for: bool,
}

impl Shown {
    fn of(dates: ScheduleDates) -> Self {
        Self {
            setup: wareki::day_and_weekday(dates.setup),
            completion: wareki::day_and_weekday(dates.completion),
            start: wareki::day_and_weekday(dates.start),
            is_start_asked_for: dates.is_start_asked_for,
        }
    }
}

/// Shows the dates, and the forms if a reply is awaited.
pub(super) async fn show(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    member: ByMember,
) -> Answer {
    let visit = pages.visit(&visitor, member)?;
    let insurer = pages.insurer(&visit)?;
    Ok(form(&pages, &visit, insurer, &Form::default(), Vec::new()))
}

/// Sends the reply.
pub(super) async fn submit(
    State(pages): InPages,
    Extension(visitor): ByVisitor,
    member: ByMember,
    Extension(sent): InForm,
) -> Answer {
    let visit = pages.visit(&visitor, member)?;
    let insurer = pages.insurer(&visit)?;
    if !sent.has_only(&["reply", "setup_date", "start_date", "reason"]) {
        return Ok(pages.strange_form());
    }
    let reply = match sent.text("reply") {
        "accept" => Reply::Accept,
        "ask_for_change" => match wish(&pages, &sent) {
            Ok(wish) => wish,
            Err(problems) => return Ok(form(&pages, &visit, insurer, &sent, problems)),
        },
        _ => return Ok(pages.strange_form()),
    };
    let is_acceptance = reply == Reply::Accept;
    let answer = pages.act(PortalInput::Reply(ScheduleReply {
        insurer: insurer.to_string(),
        reply,
    }))?;
    if !answer.done {
        let fields = [
            ("no_date_wished", "setup_date"),
            ("before_law", "setup_date"),
            ("in_the_past", "setup_date"),
            ("start_before_completion", "start_date"),
            ("no_reason", "reason"),
        ];
        let problems = problems(&answer, &fields);
        return Ok(form(&pages, &visit, insurer, &sent, problems));
    }
    let mut text = if is_acceptance {
        "承諾を送りました。事業者が公開します".to_owned()
    } else {
        "変更の希望を送りました。日程を作り直して、あらためて通知します".to_owned()
    };
    for advice in &answer.advice {
        text.push('。');
        text.push_str(advice);
    }
    Ok(pages.lead_to(&visit.visitor.cookie, PATH, &text))
}

/// The wish for other dates that a form holds.
fn wish(pages: &Pages, sent: &Form) -> Result<Reply, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut day = |field: &'static str, label: &str| -> Option<Date> {
        let text = sent.text(field).trim();
        if text.is_empty() {
            return None;
        }
        let read = text.parse::<Date>();
        if read.is_err() {
            let text = format!("{label}は「2026-11-02」の形の日付で入力してください");
            problems.push(Problem::at(field, text));
        }
        read.ok()
    };
    let setup_date = day("setup_date", "希望する初期セットアップ日");
    let start_date = day("start_date", "希望する利用開始日");
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Reply::AskForChange {
        setup_date,
        start_date,
        reason: pages.typed(sent, "reason"),
    })
}

fn form(
    pages: &Pages,
    visit: &Visit,
    insurer: InsurerNumber,
    sent: &Form,
    problems: Vec<Problem>,
) -> Response {
    let days = pages
        .shell
        .profile()
        .calendar()
        .service_start_days_after_completion
        .value;
    let (stage, completed) = pages.shell.look(|world| {
        let register = world.portal().register(insurer);
        let completed = register.and_then(|register| register.completed());
        (world.portal().stage(insurer).clone(), completed)
    });
    let dates = stage
        .proposal()
        .map(|proposal| proposal.dates(completed.unwrap_or(proposal.completion), days));
    let mut frame = pages.frame(visit, TITLE, PATH);
    let is_refused = !problems.is_empty();
    frame.problems = problems;
    let template = SchedulePage {
        frame,
        stage: stage.japanese(),
        dates: dates.map(Shown::of),
        is_reply_awaited: matches!(stage, ScheduleStage::Notified(_)),
        grounds: match &stage {
            ScheduleStage::Recheck(grounds) => grounds.iter().map(ToString::to_string).collect(),
            ScheduleStage::Unanswered
            | ScheduleStage::Answered
            | ScheduleStage::Notified(_)
            | ScheduleStage::ChangeAsked(..)
            | ScheduleStage::Confirmed(_)
            | ScheduleStage::Published(_) => Vec::new(),
        },
        wish: match &stage {
            ScheduleStage::ChangeAsked(_, wish) => Some(Wished::of(wish)),
            ScheduleStage::Unanswered
            | ScheduleStage::Answered
            | ScheduleStage::Recheck(_)
            | ScheduleStage::Notified(_)
            | ScheduleStage::Confirmed(_)
            | ScheduleStage::Published(_) => None,
        },
        setup_date: sent.text("setup_date").to_owned(),
        start_date: sent.text("start_date").to_owned(),
        reason: sent.text("reason").to_owned(),
    };
    pages.page(visit, &template, is_refused)
}
