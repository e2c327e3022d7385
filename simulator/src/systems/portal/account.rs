//! The insurers' accounts at the portal.

use crate::kernel::{Mask, Streams};
use crate::portal::PortalRefusal;

use super::context::PortalContext;
use super::rules::Acted;
use super::state::Portal;
use super::{letters, refusal};

/// Characters of a first password.
const PASSWORD_CHARACTERS: usize = 16;

/// Where passwords come from and how they are remembered.
#[derive(Debug)]
pub struct Secrets<'a> {
    /// The mask.
    pub mask: &'a Mask,
    /// The random streams.
    pub random: &'a mut Streams,
}

/// An account at the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalAccount {
    pub(super) login_id: String,
    pub(super) password: String,
}

impl PortalAccount {
    /// The log-in id.
    #[must_use]
    pub fn login_id(&self) -> &str {
        &self.login_id
    }
}

/// Issues log-in id and first password, and mails them to the address of the survey
/// [briefing: 3-2 保険者へのアカウント発行の周知, published; the form of the id: assumed].
pub(super) fn issue(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    secrets: Secrets<'_>,
    insurer: &str,
) -> Result<Acted, PortalRefusal> {
    let number = refusal::insurer_number(insurer)?;
    let insurer = context.connected(number)?;
    let register = portal.register(number);
    if let Some(account) = register.and_then(|register| register.account.as_ref()) {
        return Err(refusal::account_exists(&insurer.name, &account.login_id));
    }
    let address = portal.address(context, number);
    let (Some(address), Some(register)) = (address, portal.registers.get_mut(&number)) else {
        return Err(refusal::no_address(&insurer.name));
    };
    let password = secrets
        .random
        .characters("portal password", PASSWORD_CHARACTERS);
    let account = PortalAccount {
        login_id: format!("H{number}"),
        password: secrets.mask.password_token(&password),
    };
    let letter = letters::account(&address, &insurer.name, &account, &password);
    let login_id = account.login_id.clone();
    register.account = Some(account);
    let mut acted = Acted {
        login_id: Some(login_id),
        ..Acted::default()
    };
    acted.send(letter);
    Ok(acted)
}
