//! 通知: proposing dates.

use jiff::civil::Date;

use crate::domain::calendar::{closed, wareki};
use crate::domain::{InsurerNumber, ServiceStartWish, SetupCompletionDate};
use crate::portal::Refusal;

use super::context::PortalContext;
use super::rules::Acted;
use super::schedule::{Proposal, ScheduleStage, Wish, change};
use super::state::Portal;
use super::{letters, refusal};

/// Proposes dates (通知) to an insurer and to those who set up together with it.
pub(super) fn notify(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    insurer: &str,
    setup: Date,
    completion: Option<Date>,
) -> Result<Acted, Refusal> {
    let number = refusal::insurer_number(insurer)?;
    context.connected(number)?;
    let together = context.scheduled_together(number);
    let completion = completion.unwrap_or(setup);
    check_notice(portal, context, &together, setup, completion)?;
    let completion = SetupCompletionDate(completion);
    let mut acted = Acted::default();
    for number in together {
        let address = portal.address(number);
        let register = portal.registers.entry(number).or_default();
        let before = register.stage().clone();
        let proposal = Proposal {
            setup,
            completion,
            start: start_for(&before, completion),
        };
        if register.schedule.notify(proposal).is_err() {
            continue;
        }
        register.notices.push((context.now, proposal));
        let mut change = change(number, &before, register.stage());
        let dates = proposal.dates(completion, context.start_days());
        change.dates = Some(dates);
        acted.change(change);
        if let Some(address) = address {
            let name = context.insurers.name_of(number);
            acted.send(letters::notice(&address, &name, &dates));
        }
    }
    acted.answer.advice.extend(closed(setup).map(|why| {
        format!(
            "初期セットアップ日の{}は閉庁日（{why}）です。作業は原則として職員の定時の範囲内です",
            wareki::day(setup)
        )
    }));
    Ok(acted)
}

/// The service start that a new proposal carries: the one asked for, as long as it can follow completion.
fn start_for(stage: &ScheduleStage, completion: SetupCompletionDate) -> ServiceStartWish {
    let asked_for = match stage {
        ScheduleStage::ChangeAsked(proposal, Wish { start: None, .. }) => match proposal.start {
            ServiceStartWish::On(day) => Some(day),
            ServiceStartWish::Usual => None,
        },
        ScheduleStage::ChangeAsked(_, Wish { start, .. }) => *start,
        ScheduleStage::Notified(proposal) => asked_before(proposal),
        ScheduleStage::Confirmed(acceptance) => asked_before(acceptance.proposal()),
        ScheduleStage::Unanswered
        | ScheduleStage::Answered
        | ScheduleStage::Recheck(_)
        | ScheduleStage::Published(_) => None,
    };
    match asked_for {
        Some(day) if day >= completion.0 => ServiceStartWish::On(day),
        Some(_) | None => ServiceStartWish::Usual,
    }
}

fn asked_before(proposal: &Proposal) -> Option<Date> {
    match proposal.start {
        ServiceStartWish::On(day) => Some(day),
        ServiceStartWish::Usual => None,
    }
}

/// The conditions on new dates, in this order: whose turn it is, the law, today, the vendors, the dates
/// themselves.
fn check_notice(
    portal: &Portal,
    context: &PortalContext<'_>,
    together: &[InsurerNumber],
    setup: Date,
    completion: Date,
) -> Result<(), Refusal> {
    let schedule = |number: &InsurerNumber| portal.registers.get(number).map(|it| &it.schedule);
    let is_wrong =
        |number: &&InsurerNumber| !schedule(number).is_some_and(|it| it.may_be_notified());
    let is_called_for = together
        .iter()
        .any(|number| schedule(number).is_some_and(|it| it.awaits_notice()));
    let wrong = together.iter().find(is_wrong);
    if let Some(&number) = wrong.or(together.first().filter(|_| !is_called_for)) {
        let name = context.insurers.name_of(number);
        return Err(refusal::not_ready_for_notice(&name, portal.stage(number)));
    }
    let law = context.law_in_force();
    if setup < law {
        return Err(refusal::before_law(refusal::OPERATOR, law, setup));
    }
    if setup < context.today() {
        let today = context.today();
        return Err(refusal::in_the_past(refusal::OPERATOR, today, setup));
    }
    for number in together {
        let reading = portal.last_reading(*number);
        let vendor = reading.and_then(|reading| reading.vendor.as_deref());
        let vendor = vendor.unwrap_or_default();
        let Some(&ready_from) = portal.vendors.get(vendor) else {
            return Err(refusal::vendor_silent(vendor));
        };
        if setup < ready_from.first_day() {
            return Err(refusal::before_vendor(vendor, ready_from, setup));
        }
    }
    if completion < setup {
        return Err(refusal::completion_before_setup(setup, completion));
    }
    Ok(())
}
