//! 確認 and 公開: an insurer's reply, and the publication that follows acceptance.

use crate::domain::{
    InsurerNumber, ServiceStartDate, ServiceStartWish, SetupCompletionDate, StartGap,
};
use crate::portal::{Refusal, Reply, ScheduleReply};
use crate::systems::{Message, Outgoing, SystemId};

use super::context::PortalContext;
use super::rules::Acted;
use super::schedule::{Proposal, ScheduleStage, Wish, change};
use super::state::Portal;
use super::{letters, refusal, status};

/// Takes an insurer's reply (確認).
pub(super) fn reply(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    reply: &ScheduleReply,
) -> Result<Acted, Refusal> {
    let number = refusal::insurer_number(&reply.insurer)?;
    let insurer = context.connected(number)?;
    let ScheduleStage::Notified(proposal) = *portal.stage(number) else {
        let stage = portal.stage(number);
        return Err(refusal::nothing_to_reply_to(&insurer.name, stage));
    };
    let mut acted = Acted::default();
    let wish = match &reply.reply {
        Reply::Accept => None,
        Reply::AskForChange {
            setup_date,
            start_date,
            reason,
        } => {
            let wish = Wish {
                setup: *setup_date,
                start: *start_date,
                reason: reason.trim().to_owned(),
            };
            check_wish(context, &insurer.name, &proposal, &wish)?;
            acted
                .answer
                .advice
                .extend(too_far(context, &proposal, &wish));
            Some(wish)
        }
    };
    let address = portal.address(number);
    let register = portal.registers.entry(number).or_default();
    let before = register.stage().clone();
    let moved = match wish {
        None => register.schedule.accept(context.now).map(|_| ()),
        Some(wish) => register.schedule.ask_for_change(wish),
    };
    if moved.is_err() {
        return Err(refusal::nothing_to_reply_to(&insurer.name, &before));
    }
    register.replies.push((context.now, reply.reply.clone()));
    let mut change = change(number, &before, register.stage());
    if matches!(reply.reply, Reply::Accept) {
        let dates = proposal.dates(proposal.completion, context.start_days());
        change.dates = Some(dates);
        acted
            .outgoing
            .extend(address.map(|to| letters::accepted(&to, &insurer.name, &dates)));
        fix_if_all_accepted(portal, context, number, &mut acted);
    } else {
        let letter = address.map(|to| letters::change_asked(&to, &insurer.name));
        acted.outgoing.extend(letter);
    }
    acted.change(change);
    Ok(acted)
}

fn check_wish(
    context: &PortalContext<'_>,
    name: &str,
    proposal: &Proposal,
    wish: &Wish,
) -> Result<(), Refusal> {
    if wish.setup.is_none() && wish.start.is_none() {
        return Err(refusal::no_date_wished(name));
    }
    if wish.reason.is_empty() {
        return Err(refusal::no_reason(name));
    }
    if let Some(setup) = wish.setup {
        let law = context.law_in_force();
        if setup < law {
            return Err(refusal::before_law(name, law, setup));
        }
        if setup < context.today() {
            return Err(refusal::in_the_past(name, context.today(), setup));
        }
    }
    let earliest = wish.setup.unwrap_or(proposal.completion.0);
    match wish.start {
        Some(start) if start < earliest => {
            Err(refusal::start_before_completion(name, earliest, start))
        }
        Some(_) | None => Ok(()),
    }
}

/// What is said about a service start further from completion than the baseline [SCHED-06].
fn too_far(context: &PortalContext<'_>, proposal: &Proposal, wish: &Wish) -> Option<String> {
    let completion = SetupCompletionDate(wish.setup.unwrap_or(proposal.completion.0));
    let days = context.start_days();
    match ServiceStartDate::gap(wish.start?, completion, days) {
        StartGap::Before | StartGap::Near => None,
        StartGap::Far => Some(format!(
            "利用開始日を完了日から{days}日より長く離すことは推奨されません。完了日からは情報が見えるためです"
        )),
    }
}

/// When everybody who sets up together has accepted, PMH learns the dates, and the platform whom to tell of
/// completion.
fn fix_if_all_accepted(
    portal: &Portal,
    context: &PortalContext<'_>,
    number: InsurerNumber,
    acted: &mut Acted,
) {
    let together = context.scheduled_together(number);
    let accepted: Vec<(InsurerNumber, Proposal)> = together
        .iter()
        .filter_map(|number| {
            let acceptance = portal.stage(*number).acceptance()?;
            Some((*number, *acceptance.proposal()))
        })
        .collect();
    if accepted.len() < together.len() {
        return;
    }
    for (insurer, proposal) in accepted {
        let setup_date = proposal.setup;
        let start = match proposal.start {
            ServiceStartWish::On(day) => Some(day),
            ServiceStartWish::Usual => None,
        };
        acted.outgoing.push(Outgoing {
            to: SystemId::Pmh,
            message: Message::ScheduleConfirmed {
                insurer,
                setup_date,
            },
        });
        acted.outgoing.push(Outgoing {
            to: SystemId::Platform,
            message: Message::AwaitCompletion { insurer, start },
        });
    }
}

/// Publishes accepted dates (公開).
pub(super) fn publish(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    insurer: &str,
) -> Result<Acted, Refusal> {
    let number = refusal::insurer_number(insurer)?;
    let insurer = context.connected(number)?;
    if !matches!(portal.stage(number), ScheduleStage::Confirmed(_)) {
        return Err(refusal::not_accepted(&insurer.name, portal.stage(number)));
    }
    let late: Vec<String> = context
        .scheduled_together(number)
        .into_iter()
        .filter(|other| portal.stage(*other).acceptance().is_none())
        .map(|other| context.insurers.name_of(other))
        .collect();
    if !late.is_empty() {
        return Err(refusal::others_not_accepted(&late));
    }
    let address = portal.address(number);
    let register = portal.registers.entry(number).or_default();
    let before = register.stage().clone();
    let Ok(acceptance) = register.schedule.publish() else {
        return Err(refusal::not_accepted(&insurer.name, &before));
    };
    let completion = register.completed;
    let proposal = acceptance.proposal();
    let dates = proposal.dates(
        completion.unwrap_or(proposal.completion),
        context.start_days(),
    );
    let mut change = change(number, &before, register.stage());
    change.dates = Some(dates);
    let mut acted = Acted::default();
    acted.change(change);
    acted
        .outgoing
        .extend(address.map(|to| letters::published(&to, &insurer.name, &dates)));
    acted.published = status::shown_for(portal, context, number);
    Ok(acted)
}
