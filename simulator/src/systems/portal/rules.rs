//! What the portal does with what it is told.

use crate::domain::{InsurerNumber, ServiceStartDate, SetupCompletionDate};
use crate::portal::{PortalAnswer, PortalInput, PublicStatus, Refusal, StageChange};
use crate::systems::Outgoing;

use super::account::Secrets;
use super::context::PortalContext;
use super::state::Portal;
use super::{account, answers, confirmation, inquiry, letters, notice, status, subsidy};

/// What follows from an input or a message.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Acted {
    /// What the portal answers.
    pub answer: PortalAnswer,
    /// What everybody can read anew.
    pub published: Vec<PublicStatus>,
    /// What the portal sends.
    pub outgoing: Vec<Outgoing>,
}

impl Acted {
    pub(super) fn send(&mut self, outgoing: Outgoing) {
        self.outgoing.push(outgoing);
    }

    pub(super) fn change(&mut self, change: StageChange) {
        self.answer.changes.push(change);
    }
}

/// Takes an input and returns the answer with what follows. A refusal changes nothing but the count of failed
/// log-ins.
pub fn act(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    secrets: Secrets<'_>,
    input: &PortalInput,
) -> Acted {
    match step(portal, context, secrets, input) {
        Ok(mut acted) => {
            acted.answer.done = true;
            acted
        }
        Err(refusal) => Acted {
            answer: PortalAnswer {
                refusal: Some(refusal),
                ..PortalAnswer::default()
            },
            ..Acted::default()
        },
    }
}

fn step(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    secrets: Secrets<'_>,
    input: &PortalInput,
) -> Result<Acted, Refusal> {
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
        PortalInput::LogIn { login_id, password } => {
            account::log_in(portal, context, login_id, password)
        }
        PortalInput::ChangePassword {
            login_id,
            current,
            password,
            length,
        } => {
            let new = (password.as_str(), *length);
            account::change_password(portal, context, login_id, current, new)
        }
        PortalInput::Inquire(form) => inquiry::inquire(portal, context, form),
        PortalInput::AnswerInquiry { inquiry, text } => {
            inquiry::answer(portal, context, *inquiry, text)
        }
        PortalInput::RegisterUser {
            number,
            name,
            address,
            password,
            length,
        } => {
            let new = (password.as_str(), *length);
            account::register_user(portal, context, number, name, address, new)
        }
        PortalInput::ApplyAsOffice(application) => {
            subsidy::apply_as_office(portal, context, application)
        }
        PortalInput::ApplyAsInstitution(application) => {
            subsidy::apply_as_institution(portal, context, application)
        }
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
    let address = portal.address(insurer);
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
