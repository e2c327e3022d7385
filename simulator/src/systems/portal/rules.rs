//! What the portal does with what it is told.

use crate::domain::{InsurerNumber, ServiceStartDate, SetupCompletionDate};
use crate::portal::{PortalAnswer, PortalInput, PortalRefusal, PublicStatus, StageChange};
use crate::systems::Outgoing;

use super::account::Secrets;
use super::context::PortalContext;
use super::state::Portal;
use super::{account, answers, confirmation, letters, notice, status};

/// What follows from an input or a message.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Acted {
    /// What is allowed but not recommended.
    pub(super) advice: Vec<String>,
    /// Whose schedule moved.
    pub(super) changes: Vec<StageChange>,
    /// The log-in id of a new account.
    pub(super) login_id: Option<String>,
    /// What everybody can read anew.
    pub published: Vec<PublicStatus>,
    /// What the portal sends.
    pub outgoing: Vec<Outgoing>,
}

impl Acted {
    pub(super) fn send(&mut self, outgoing: Outgoing) {
        self.outgoing.push(outgoing);
    }
}

/// Takes an input and returns the answer with what follows. A refusal changes nothing.
pub fn act(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    secrets: Secrets<'_>,
    input: &PortalInput,
) -> (PortalAnswer, Acted) {
    match step(portal, context, secrets, input) {
        Ok(mut acted) => {
            let answer = PortalAnswer {
                done: true,
                refusal: None,
                advice: std::mem::take(&mut acted.advice),
                changes: std::mem::take(&mut acted.changes),
                login_id: acted.login_id.take(),
            };
            (answer, acted)
        }
        Err(refusal) => {
            let answer = PortalAnswer {
                refusal: Some(refusal),
                ..PortalAnswer::default()
            };
            (answer, Acted::default())
        }
    }
}

fn step(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    secrets: Secrets<'_>,
    input: &PortalInput,
) -> Result<Acted, PortalRefusal> {
    match input {
        PortalInput::AnswerSurvey(answer) => answers::answer_survey(portal, context, answer),
        PortalInput::DeclareReadiness { vendor, ready_from } => {
            answers::declare_readiness(portal, context, vendor, ready_from)
        }
        PortalInput::Notify {
            insurer,
            setup_date,
            completion_date,
        } => notice::notify(portal, context, insurer, *setup_date, *completion_date),
        PortalInput::Reply(reply) => confirmation::reply(portal, context, reply),
        PortalInput::Publish { insurer } => confirmation::publish(portal, context, insurer),
        PortalInput::IssueAccount { insurer } => account::issue(portal, context, secrets, insurer),
    }
}

/// Learns from the platform that an insurer's initial set-up is complete. What is published follows it: the
/// usual start lies a week after real completion, and no start before it [SCHED-04, SCHED-07].
pub fn receive_completion(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    insurer: InsurerNumber,
    on: SetupCompletionDate,
) -> Acted {
    let mut acted = Acted::default();
    let address = portal.address(context, insurer);
    let Some(register) = portal.registers.get_mut(&insurer) else {
        return acted;
    };
    let Some(acceptance) = register.stage().acceptance().copied() else {
        return acted;
    };
    if register.completed == Some(on) {
        return acted;
    }
    let proposal = acceptance.proposal();
    let days = context.start_days();
    let told = register.completed.unwrap_or(proposal.completion);
    register.completed = Some(on);
    let start = |completion| ServiceStartDate::after(completion, proposal.start, days).date();
    if let Some(address) = address
        && start(on) != start(told)
    {
        let name = context.insurers.name_of(insurer);
        let dates = proposal.dates(on, days);
        acted.send(letters::start_moved(&address, &name, &dates));
    }
    acted.published = status::shown_for(portal, context, insurer);
    acted
}
