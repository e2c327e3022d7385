//! Answers to the survey and vendors' declarations, and whose answers they throw doubt on.

use crate::domain::calendar::Month;
use crate::domain::{Insurer, InsurerNumber, NoConnection, shown};
use crate::portal::{Refusal, SurveyAnswer};

use super::context::PortalContext;
use super::rules::Acted;
use super::schedule::{ScheduleStage, change};
use super::state::{KeptAnswer, Portal};
use super::{letters, refusal, survey};

/// Takes an answer to the survey, and checks again whose answers it touches.
pub(super) fn answer_survey(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    answer: &SurveyAnswer,
) -> Result<Acted, Refusal> {
    let number = refusal::insurer_number(&answer.insurer)?;
    let insurer = surveyed(context, number)?;
    let register = portal.registers.get(&number);
    if let Some(register) = register
        && !register.schedule.is_open()
    {
        return Err(refusal::answer_too_late(&insurer.name, register.stage()));
    }
    let register = portal.registers.entry(number).or_default();
    register.answers.push(KeptAnswer {
        at: context.now,
        answer: answer.clone(),
        reading: survey::read(context, answer),
    });
    let mut acted = Acted::default();
    for touched in context.insurers.set_up_together(number) {
        assess(portal, context, touched, touched == number, &mut acted);
    }
    Ok(acted)
}

/// Whose answers are taken: everybody's but that of a union that has no set-up to date
/// (briefing: Q&A #1-5 No.8).
fn surveyed<'a>(
    context: &PortalContext<'a>,
    number: InsurerNumber,
) -> Result<&'a Insurer, Refusal> {
    match context.insurers.connection(number) {
        Ok(insurer) => Ok(insurer),
        Err(NoConnection::MemberOfInsurerUnion { .. }) => context
            .insurers
            .get(number)
            .ok_or_else(|| refusal::no_schedule(&NoConnection::Unknown { number })),
        Err(why @ (NoConnection::CertificationUnion { .. } | NoConnection::Unknown { .. })) => {
            Err(refusal::no_schedule(&why))
        }
    }
}

/// Takes a vendor's declaration, and checks the answers that name it again.
pub(super) fn declare_readiness(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    vendor: &str,
    ready_from: &str,
) -> Result<Acted, Refusal> {
    let vendor = vendor.trim();
    if vendor.is_empty() {
        return Err(refusal::no_vendor_name());
    }
    let Ok(month) = ready_from.trim().parse::<Month>() else {
        return Err(refusal::no_vendor_month(&shown(vendor), &shown(ready_from)));
    };
    portal.vendors.insert(vendor.to_owned(), month);
    let touched: Vec<InsurerNumber> = portal
        .registers
        .keys()
        .copied()
        .filter(|number| {
            let reading = portal.last_reading(*number);
            reading.is_some_and(|reading| reading.vendor.as_deref() == Some(vendor))
        })
        .collect();
    let mut acted = Acted::default();
    for number in touched {
        assess(portal, context, number, false, &mut acted);
    }
    Ok(acted)
}

/// Finds the grounds against an insurer's last answer anew; tells it by mail if they changed, or if it has just
/// answered.
fn assess(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    number: InsurerNumber,
    has_just_answered: bool,
    acted: &mut Acted,
) {
    let grounds = survey::grounds(portal, context, number);
    let address = portal.address(number);
    let Some(register) = portal.registers.get_mut(&number) else {
        return;
    };
    let before = register.stage().clone();
    if register.answers.is_empty() || register.schedule.assess(grounds).is_err() {
        return;
    }
    let is_changed = before != *register.stage();
    if is_changed {
        acted.change(change(number, &before, register.stage()));
    }
    if let (ScheduleStage::Recheck(grounds), Some(address)) = (register.stage(), address)
        && (is_changed || has_just_answered)
    {
        let name = context.insurers.name_of(number);
        acted.send(letters::recheck(&address, &name, grounds));
    }
}
