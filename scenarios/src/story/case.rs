//! 認定の一件: an application on its way from the counter to the card.

use std::collections::VecDeque;

use jiff::ToSpan;
use jiff::civil::Date;
use tekigo_simulator::domain::calendar::{is_business_day, next_business_day};

use crate::cast::{paper, rows};
use crate::ledger::{
    AcceptApplication, Application, ApplicationType, BurdenRatio, BusinessEvent, Card, CareLevel,
    ConsentBox, Decision, Insurer, IssueRow, Person,
};
use crate::town::{Draw, limit_units};

/// Shares of the levels among the certified, in tenths of a percent [domain 5.3, WAM NET], and of 非該当.
const LEVELS: [(CareLevel, u64); 8] = [
    (CareLevel::Support1, 140),
    (CareLevel::Support2, 141),
    (CareLevel::Care1, 205),
    (CareLevel::Care2, 171),
    (CareLevel::Care3, 132),
    (CareLevel::Care4, 124),
    (CareLevel::Care5, 87),
    (CareLevel::NotEligible, 25),
];
/// Months for which a first decision holds, and a later one.
const FIRST_MONTHS: [i8; 2] = [6, 12];
const LATER_MONTHS: [i8; 4] = [12, 24, 36, 48];

/// A step of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Accept,
    Survey,
    AskForOpinion,
    Opinion,
    FixBoard,
    Decide,
    IssueCard,
}

/// One case.
#[derive(Debug, Clone)]
pub(super) struct Case {
    kind: ApplicationType,
    consent_box: ConsentBox,
    level: CareLevel,
    months: i8,
    /// 審査会の日.
    board_on: Date,
    /// From when a renewal counts: the day after the last period.
    renews_from: Option<Date>,
    due: VecDeque<(Date, Stage)>,
}

impl Case {
    /// A case that begins today.
    pub(super) fn new(
        draw: &mut Draw,
        person: &Person,
        kind: ApplicationType,
        today: Date,
    ) -> Self {
        let day = |days: i64| open_day(today.saturating_add(days.days()));
        let survey = draw.days(4, 12);
        let opinion = draw.days(9, 20);
        let board = opinion.max(survey) + draw.days(5, 12);
        let stages = if kind == ApplicationType::TransferIn {
            // What the last municipality decided holds on: nothing is examined again.
            VecDeque::from([
                (today, Stage::Accept),
                (today, Stage::Decide),
                (day(1), Stage::IssueCard),
            ])
        } else {
            VecDeque::from([
                (today, Stage::Accept),
                (today, Stage::AskForOpinion),
                (day(survey.min(opinion)), Stage::Survey),
                (day(opinion), Stage::Opinion),
                (day(opinion.max(survey)), Stage::FixBoard),
                (day(board), Stage::Decide),
                (day(board + draw.days(1, 3)), Stage::IssueCard),
            ])
        };
        let boxes = [
            (ConsentBox::Given, 70),
            (ConsentBox::Refused, 8),
            (ConsentBox::Blank, 22),
        ];
        let later = matches!(kind, ApplicationType::Renewal | ApplicationType::Change);
        Self {
            kind,
            consent_box: draw.weighted(&boxes, |(_, weight)| *weight).0,
            level: level(draw, person, kind),
            months: *draw.pick(if later { &LATER_MONTHS } else { &FIRST_MONTHS }),
            board_on: day(board),
            renews_from: (kind == ApplicationType::Renewal)
                .then(|| person.cards.last()?.certified_to?.tomorrow().ok())
                .flatten(),
            due: stages,
        }
    }

    /// A case that the books already hold, taken up where it stands.
    pub(super) fn resumed(
        draw: &mut Draw,
        person: &Person,
        application: &Application,
        today: Date,
    ) -> Self {
        let mut case = Self::new(draw, person, application.kind, today);
        case.board_on = application.board_date.unwrap_or(case.board_on).max(today);
        case.board_on = open_day(case.board_on);
        let board_on = case.board_on;
        case.due.retain(|(_, stage)| match stage {
            Stage::Accept => false,
            Stage::Survey => application.survey.is_none(),
            Stage::AskForOpinion => application.opinion_requested_on.is_none(),
            Stage::Opinion => application.opinion.is_none(),
            Stage::FixBoard => application.board_date.is_none(),
            Stage::Decide | Stage::IssueCard => true,
        });
        for (day, stage) in &mut case.due {
            if matches!(stage, Stage::Survey | Stage::Opinion | Stage::FixBoard) {
                *day = (*day).min(board_on);
            } else if *stage == Stage::Decide {
                *day = board_on;
            }
        }
        case
    }

    /// Whether nothing is left to be done.
    pub(super) fn is_closed(&self) -> bool {
        self.due.is_empty()
    }

    /// What is to be done today, in order.
    pub(super) fn work(
        &mut self,
        insurer: &Insurer,
        person: &Person,
        today: Date,
    ) -> Vec<BusinessEvent> {
        let mut events = Vec::new();
        while let Some((_, stage)) = self.due.front().copied().filter(|(day, _)| *day <= today) {
            self.due.pop_front();
            events.extend(self.events(stage, insurer, person, today));
        }
        events
    }

    /// The events of one stage. The vendor gives the number of the application.
    fn events(
        &self,
        stage: Stage,
        insurer: &Insurer,
        person: &Person,
        today: Date,
    ) -> Vec<BusinessEvent> {
        let open = String::new();
        match stage {
            Stage::Accept => vec![BusinessEvent::AcceptApplication(AcceptApplication {
                insured_number: person.insured_number.clone(),
                application_number: None,
                date: today,
                kind: self.kind,
                form: paper::form_on(today),
                consent_box: self.consent_box,
            })],
            Stage::Survey => vec![paper::survey(&open, today)],
            Stage::AskForOpinion => vec![paper::request_opinion(&open, today)],
            Stage::Opinion => vec![paper::opinion(&open, today)],
            Stage::FixBoard => vec![paper::board(&open, self.board_on)],
            Stage::Decide => vec![paper::decision(&open, self.decision(person, today))],
            Stage::IssueCard => self.cards(insurer, person, today),
        }
    }

    fn decision(&self, person: &Person, today: Date) -> Decision {
        let applied_on = person.applications.last().map_or(today, |of| of.date);
        let from = self.renews_from.unwrap_or(applied_on);
        let is_certified = self.level.is_certified();
        Decision {
            decided_on: today,
            care_level: self.level,
            valid_from: is_certified.then_some(from),
            valid_to: is_certified.then(|| end_of_period(from, self.months)),
            first_judgement: Some(self.level),
            board_opinion: None,
        }
    }

    /// The card that shows the decision, and a 負担割合証 for whoever has none.
    fn cards(&self, insurer: &Insurer, person: &Person, today: Date) -> Vec<BusinessEvent> {
        let decisions = person.applications.iter().rev();
        let decision = decisions.filter_map(|of| of.decision.as_ref()).next();
        let Some(decision) = decision.filter(|decision| decision.care_level.is_certified()) else {
            return Vec::new();
        };
        let number = insurer.number.clone();
        let card = match person.cards.last() {
            Some(last) => rows::card_again(last, today),
            None => rows::first_card(number, today),
        };
        let insured_number = &person.insured_number;
        let mut events = vec![BusinessEvent::IssueCard(issue(
            insured_number,
            Card {
                care_level: Some(decision.care_level),
                certified_on: Some(decision.decided_on),
                certified_from: decision.valid_from,
                certified_to: decision.valid_to,
                limit_units: limit_units(decision.care_level),
                ..card
            },
        ))];
        if person.burden_ratios.is_empty() {
            let row = rows::burden_ratio(person, BurdenRatio::Ten, today);
            events.push(BusinessEvent::IssueBurdenRatio(issue(insured_number, row)));
        }
        events
    }
}

/// A new row at the end of its table.
pub(super) fn issue<Row>(insured_number: &str, row: Row) -> IssueRow<Row> {
    IssueRow {
        insured_number: insured_number.to_owned(),
        row,
        insert_before: None,
    }
}

/// The day itself if the town hall is open, the next business day otherwise.
pub(super) fn open_day(day: Date) -> Date {
    if is_business_day(day) {
        day
    } else {
        next_business_day(day)
    }
}

/// Whole months from a day on, with the rest of its month on top.
fn end_of_period(from: Date, months: i8) -> Date {
    let rest = i8::from(from.day() != 1);
    let after = from
        .first_of_month()
        .saturating_add((months + rest).months());
    after.yesterday().unwrap_or(from)
}

/// The level that the board will find: near the last one, if there is one.
fn level(draw: &mut Draw, person: &Person, kind: ApplicationType) -> CareLevel {
    let last = person.care_level().filter(|level| level.is_certified());
    let place = last.and_then(|last| LEVELS.iter().position(|(level, _)| *level == last));
    let (Some(place), ApplicationType::Renewal | ApplicationType::Change) = (place, kind) else {
        return draw.weighted(&LEVELS, |(_, weight)| *weight).0;
    };
    let highest = LEVELS.len() - 2;
    let higher = (place + 1).min(highest);
    let moves = if kind == ApplicationType::Change {
        [(higher, 90), (place, 10), (place.saturating_sub(1), 0)]
    } else {
        [(higher, 25), (place, 60), (place.saturating_sub(1), 15)]
    };
    LEVELS[draw.weighted(&moves, |(_, weight)| *weight).0].0
}
