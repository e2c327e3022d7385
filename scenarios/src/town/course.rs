//! 認定の経過: successive certifications with the papers of their applications.

use jiff::civil::{Date, date};

use crate::ledger::{
    Application, ApplicationForm, ApplicationType, CareLevel, ConsentBox, Decision, Opinion,
    Survey, SurveyPlace,
};

use super::draw::{Draw, days_between, plus_days, plus_months};
use super::numbers;
use super::plan::Progress;
use super::words::{Distribution, Level, Papers};

/// 新様式の始まり [domain 5.1].
pub(super) const NEW_FORM_FROM: Date = date(2026, 4, 1);

/// Days from the application to the decision, at most; the newest decision is at least this old.
const DECISION_DAYS: u32 = 34;

/// Age of the newest certification, at least: its decision and its card lie in the past.
const NEWEST_AGE_DAYS: i64 = 45;

/// Which form the newest application must have been written on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Recency {
    Any,
    NewForm,
    OldForm,
}

/// One application as it went through the year.
pub(super) struct Step {
    pub(super) application: Date,
    pub(super) kind: ApplicationType,
    pub(super) requested: Date,
    pub(super) surveyed: Date,
    pub(super) written: Date,
    pub(super) decided: Date,
    pub(super) level: CareLevel,
    /// 認定有効期間; none for 非該当.
    pub(super) period: Option<(Date, Date)>,
}

impl Step {
    fn new(draw: &mut Draw, application: Date, kind: ApplicationType, level: CareLevel) -> Self {
        Self {
            application,
            kind,
            requested: plus_days(application, draw.days(1, 4)),
            surveyed: plus_days(application, draw.days(5, 14)),
            written: plus_days(application, draw.days(8, 20)),
            decided: plus_days(application, draw.days(26, DECISION_DAYS)),
            level,
            period: None,
        }
    }

    /// A decision of 非該当 in the last years.
    pub(super) fn not_eligible(draw: &mut Draw, earliest: Date, until: Date) -> Option<Self> {
        let latest = plus_days(until, -i64::from(DECISION_DAYS));
        let from = earliest.max(plus_days(until, -700));
        (from <= latest).then(|| {
            let application = draw.day_between(from, latest);
            Self::new(
                draw,
                application,
                ApplicationType::New,
                CareLevel::NotEligible,
            )
        })
    }
}

/// The certifications of a person up to `until`, oldest first; empty if the time does not suffice for one.
pub(super) fn course(
    draw: &mut Draw,
    distribution: &Distribution,
    earliest: Date,
    until: Date,
    recency: Recency,
) -> Vec<Step> {
    if earliest > plus_days(until, -NEWEST_AGE_DAYS) {
        return Vec::new();
    }
    let mut level = draw
        .weighted(&distribution.level, |level: &Level| level.weight)
        .level;
    let (mut renewals, _) = *draw.weighted(&[(0_u8, 45), (1, 35), (2, 20)], |(_, weight)| *weight);
    if recency == Recency::OldForm {
        renewals = renewals.max(1);
    }
    let mut months = if renewals == 0 {
        12
    } else {
        renewal_months(draw, recency)
    };
    let mut from = plus_days(until, -elapsed_days(draw, until, months, recency));
    let mut to = None;
    let mut steps = Vec::with_capacity(3);
    loop {
        let kind = kind_of(draw, renewals > 0, &mut from, earliest);
        let ahead = if kind == ApplicationType::Renewal {
            draw.days(40, 58)
        } else {
            0
        };
        let mut step = Step::new(draw, plus_days(from, -ahead), kind, level);
        step.period = Some((from, to.unwrap_or_else(|| end_of_period(from, months))));
        steps.push(step);
        if kind == ApplicationType::New {
            break;
        }
        to = Some(plus_days(from, -1));
        renewals -= 1;
        months = if renewals == 0 {
            12
        } else {
            renewal_months(draw, Recency::Any)
        };
        from = plus_days(plus_months(from, -months), -draw.days(0, 27));
        level = milder(draw, level);
    }
    steps.reverse();
    steps
}

/// Whether a certification is the first, a renewal or a change, and so on which day it begins.
fn kind_of(draw: &mut Draw, follows: bool, from: &mut Date, earliest: Date) -> ApplicationType {
    let kind = if draw.per_mille(150) {
        ApplicationType::Change
    } else {
        ApplicationType::Renewal
    };
    if kind == ApplicationType::Renewal {
        *from = from.first_of_month();
    }
    // A certification so close to the entry in the books had none before it.
    if follows && *from >= plus_days(earliest, 150) {
        return kind;
    }
    *from = earliest.max(*from);
    ApplicationType::New
}

fn renewal_months(draw: &mut Draw, recency: Recency) -> i64 {
    if recency == Recency::OldForm {
        48
    } else {
        *draw.pick(&[12, 24, 24, 36, 36, 48])
    }
}

/// How long ago the newest certification began.
fn elapsed_days(draw: &mut Draw, until: Date, months: i64, recency: Recency) -> i64 {
    let on_new_form = days_between(NEW_FORM_FROM, until);
    let (least, most) = match recency {
        Recency::Any => (NEWEST_AGE_DAYS, months * 30 - 40),
        // A renewal is applied for up to 58 days ahead and begins on the first of a month.
        Recency::NewForm => (
            NEWEST_AGE_DAYS,
            (months * 30 - 40).min(on_new_form - 58 - 31),
        ),
        Recency::OldForm => (NEWEST_AGE_DAYS.max(on_new_form + 1), months * 30 - 40),
    };
    let span = u32::try_from(most - least).unwrap_or(0);
    least + draw.days(0, span)
}

/// The last day of a period of whole months; a period that begins inside a month takes its rest on top.
fn end_of_period(from: Date, months: i64) -> Date {
    let rest = i64::from(from.day() != 1);
    plus_days(plus_months(from.first_of_month(), months + rest), -1)
}

fn milder(draw: &mut Draw, level: CareLevel) -> CareLevel {
    let place = CareLevel::ALL
        .iter()
        .position(|other| *other == level)
        .unwrap_or(0);
    let before = CareLevel::ALL[place.saturating_sub(usize::from(draw.per_mille(600)))];
    if before.is_certified() { before } else { level }
}

/// The application with all its papers, as the books hold it after the decision.
pub(super) fn decided_application(
    draw: &mut Draw,
    papers: &Papers,
    step: &Step,
    application_number: String,
    consent_box: ConsentBox,
) -> Application {
    let board_opinion = draw
        .per_mille(300)
        .then(|| draw.pick(&papers.board_opinions).clone());
    Application {
        application_number,
        date: step.application,
        kind: step.kind,
        form: form_on(step.application),
        consent_box,
        survey: Some(survey(draw, papers, step.surveyed, step.level)),
        opinion_requested_on: Some(step.requested),
        opinion: Some(opinion(draw, papers, step.written)),
        board_date: Some(step.decided),
        decision: Some(Decision {
            decided_on: step.decided,
            care_level: step.level,
            valid_from: step.period.map(|(from, _)| from),
            valid_to: step.period.map(|(_, to)| to),
            first_judgement: Some(milder(draw, step.level)),
            board_opinion,
        }),
    }
}

/// An application that is still on its way on `until`.
pub(super) fn open_application(
    draw: &mut Draw,
    papers: &Papers,
    progress: Progress,
    kind: ApplicationType,
    until: Date,
) -> Application {
    let age = match progress {
        Progress::Accepted => draw.days(0, 3),
        Progress::Surveyed => draw.days(9, 12),
        Progress::OpinionAwaited => draw.days(12, 16),
        Progress::OpinionReceived => draw.days(18, 22),
        Progress::BoardScheduled => draw.days(22, 27),
    };
    let date = plus_days(until, -age);
    let surveyed = progress != Progress::Accepted;
    let requested = surveyed && progress != Progress::Surveyed;
    let received = requested && progress != Progress::OpinionAwaited;
    Application {
        application_number: String::new(),
        date,
        kind,
        form: form_on(date),
        consent_box: ConsentBox::Blank,
        survey: surveyed.then(|| survey(draw, papers, plus_days(date, 8), CareLevel::Care1)),
        opinion_requested_on: requested.then(|| plus_days(date, 10)),
        opinion: received.then(|| opinion(draw, papers, plus_days(date, 16))),
        board_date: (progress == Progress::BoardScheduled).then(|| plus_days(date, 32)),
        decision: None,
    }
}

fn form_on(date: Date) -> ApplicationForm {
    if date < NEW_FORM_FROM {
        ApplicationForm::Before2026
    } else {
        ApplicationForm::From2026
    }
}

fn survey(draw: &mut Draw, papers: &Papers, date: Date, level: CareLevel) -> Survey {
    let severity = CareLevel::ALL
        .iter()
        .position(|other| *other == level)
        .unwrap_or(0);
    let bad = 80 + 80 * u64::try_from(severity).unwrap_or(0);
    let basic_items = (0..74)
        .map(|_| {
            if draw.per_mille(bad) {
                char::from(b'2' + draw.below(3) as u8)
            } else {
                '1'
            }
        })
        .collect();
    Survey {
        date,
        place: if draw.per_mille(750) {
            SurveyPlace::Home
        } else {
            SurveyPlace::Elsewhere
        },
        organization: draw.pick(&papers.survey_organizations).clone(),
        basic_items,
        remarks: draw
            .per_mille(800)
            .then(|| draw.pick(&papers.survey_remarks).clone()),
    }
}

fn opinion(draw: &mut Draw, papers: &Papers, written_on: Date) -> Opinion {
    let place = usize::try_from(draw.below(papers.institutions.len() as u64)).unwrap_or(0);
    Opinion {
        written_on,
        institution_code: numbers::institution(place + 1),
        institution_name: papers.institutions[place].clone(),
        physician_name: draw.pick(&papers.physicians).clone(),
        diagnosis: draw.pick(&papers.diagnoses).clone(),
        state: draw
            .per_mille(900)
            .then(|| draw.pick(&papers.states).clone()),
        remarks: draw
            .per_mille(400)
            .then(|| draw.pick(&papers.opinion_remarks).clone()),
    }
}
