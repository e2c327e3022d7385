//! The conditions on linking and on initial set-up, the same in both modes.

use jiff::civil::Date;

use crate::profile::{KindLayout, Record};
use crate::systems::{Message, Outgoing, SystemId};

use super::account::Account;
use super::context::Context;
use super::finishing::completion_notice;
use super::state::{AccountKey, Pmh, Setup};

/// Records of one kind that somebody wants to register.
#[derive(Debug, Clone, Copy)]
pub(super) struct Registering<'r> {
    pub(super) layout: &'r KindLayout,
    /// Whether they come as part of initial set-up (連携区分 of all data).
    pub(super) is_initial: bool,
    /// The record, where there is just one and it is right.
    pub(super) only: Option<&'r Record>,
}

/// What a registration does to an insurer's initial set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Nothing,
    Start { baseline: Date },
    Complete { on: Date },
}

/// The conditions on any linking in a mode, in the order in which PMH names them.
pub(super) fn may_link(
    context: Context<'_>,
    account: &Account,
    mode: &str,
) -> Result<(), &'static str> {
    if context.now.date() < context.profile.calendar().law_in_force.value {
        return Err("B201");
    }
    if account.mode.as_deref() != Some(mode) || !account.is_environment_ready {
        return Err("B203");
    }
    if account.processing_result.is_none() {
        return Err("B205");
    }
    Ok(())
}

/// What a registration would do to initial set-up as it stands, or why it may not come now.
pub(super) fn step(
    context: Context<'_>,
    account: &Account,
    registered: usize,
    setup: Setup,
    registering: Registering<'_>,
) -> Result<Step, &'static str> {
    match (registering.layout.id(), setup) {
        ("setupStart", _) => start(context, account, setup, registering),
        ("setupCompletion", _) => complete(account, registered, setup, registering),
        (_, Setup::NotStarted) => Err("B211"),
        (_, Setup::Completed { .. }) if registering.is_initial => Err("B212"),
        (_, Setup::Started { .. } | Setup::Completed { .. }) => Ok(Step::Nothing),
    }
}

fn start(
    context: Context<'_>,
    account: &Account,
    setup: Setup,
    registering: Registering<'_>,
) -> Result<Step, &'static str> {
    let baseline = date(registering, "baselineDate").ok_or("B004")?;
    let today = context.now.date();
    if account.setup_date.is_none_or(|day| today < day) {
        return Err("B202");
    }
    match setup {
        Setup::Completed { .. } => Err("B212"),
        Setup::NotStarted | Setup::Started { .. } => Ok(Step::Start { baseline }),
    }
}

/// An insurer's report that initial set-up is complete stands if PMH's own books agree.
fn complete(
    account: &Account,
    registered: usize,
    setup: Setup,
    registering: Registering<'_>,
) -> Result<Step, &'static str> {
    match setup {
        Setup::NotStarted => return Err("B211"),
        Setup::Completed { .. } => return Err("B212"),
        Setup::Started { .. } => {}
    }
    let on = date(registering, "completionDate").ok_or("B004")?;
    if !account.outstanding.is_empty() {
        return Err("B214");
    }
    let reported = item(registering, "personCount").and_then(|count| count.parse::<usize>().ok());
    if reported != Some(registered) {
        return Err("B213");
    }
    Ok(Step::Complete { on })
}

fn item<'r>(registering: Registering<'r>, item: &str) -> Option<&'r str> {
    registering.only?.get(registering.layout.field(item)?)
}

fn date(registering: Registering<'_>, name: &str) -> Option<Date> {
    item(registering, name)?.parse().ok()
}

/// Takes a step, and tells who must know.
pub(super) fn take(pmh: &mut Pmh, account_key: &AccountKey, step: Step) -> Vec<Outgoing> {
    let insurer = account_key.0;
    let registered = pmh.registered_people(insurer);
    let Some(account) = pmh.accounts.get_mut(account_key) else {
        return Vec::new();
    };
    match step {
        Step::Nothing => Vec::new(),
        Step::Start { baseline } => {
            account.setup = Setup::Started { baseline };
            Vec::new()
        }
        Step::Complete { on } => {
            account.setup = Setup::Completed { on };
            let completed = Outgoing {
                to: SystemId::Platform,
                message: Message::SetupCompleted { insurer, on },
            };
            let notice = completion_notice(account, registered, on);
            std::iter::once(completed).chain(notice).collect()
        }
    }
}
