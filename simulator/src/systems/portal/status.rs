//! 対応状況: what everybody can read of every municipality.

use crate::domain::{Insurer, InsurerKind, InsurerNumber};
use crate::portal::PublicStatus;

use super::context::PortalContext;
use super::schedule::ScheduleStage;
use super::state::Portal;

/// The list of all municipalities and unions, by number. It shows dates only once they are published
/// (briefing: Q&A #8 No.2).
#[must_use]
pub fn status_list(portal: &Portal, context: &PortalContext<'_>) -> Vec<PublicStatus> {
    let all = context.insurers.iter();
    all.filter_map(|insurer| status_of(portal, context, insurer))
        .collect()
}

/// The same for one number; a union that has no set-up is not on the list.
#[must_use]
pub fn public_status(
    portal: &Portal,
    context: &PortalContext<'_>,
    insurer: InsurerNumber,
) -> Option<PublicStatus> {
    status_of(portal, context, context.insurers.get(insurer)?)
}

/// The rows of the list that show the dates of an insurer: its own, and its members' if it connects for them.
pub(super) fn shown_for(
    portal: &Portal,
    context: &PortalContext<'_>,
    insurer: InsurerNumber,
) -> Vec<PublicStatus> {
    let is_shown = |row: &PublicStatus| row.dates.is_some();
    let own = public_status(portal, context, insurer);
    let members = context
        .insurers
        .members(insurer)
        .filter_map(|member| status_of(portal, context, member));
    own.into_iter().chain(members).filter(is_shown).collect()
}

fn status_of(
    portal: &Portal,
    context: &PortalContext<'_>,
    insurer: &Insurer,
) -> Option<PublicStatus> {
    let through = match insurer.kind {
        InsurerKind::CertificationUnion { .. } => return None,
        InsurerKind::Member { union } => match context.insurers.get(union).map(|it| &it.kind) {
            Some(InsurerKind::InsurerUnion) => Some(union),
            Some(
                InsurerKind::Municipality { .. }
                | InsurerKind::CertificationUnion { .. }
                | InsurerKind::Member { .. },
            )
            | None => None,
        },
        InsurerKind::Municipality { .. } | InsurerKind::InsurerUnion => None,
    };
    let of = through.unwrap_or(insurer.number);
    let completed = portal.register(of).and_then(|register| register.completed);
    let dates = match portal.stage(of) {
        ScheduleStage::Published(acceptance) => {
            let proposal = acceptance.proposal();
            let completion = completed.unwrap_or(proposal.completion);
            Some(proposal.dates(completion, context.start_days()))
        }
        ScheduleStage::Unanswered
        | ScheduleStage::Answered
        | ScheduleStage::Recheck(_)
        | ScheduleStage::Notified(_)
        | ScheduleStage::ChangeAsked(..)
        | ScheduleStage::Confirmed(_) => None,
    };
    Some(PublicStatus {
        insurer: insurer.number.to_string(),
        name: insurer.name.clone(),
        is_complete: dates.is_some() && completed.is_some(),
        dates,
        through: through.map(|union| context.insurers.name_of(union)),
    })
}
