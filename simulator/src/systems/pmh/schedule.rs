//! What PMH knows of insurers beside their accounts: confirmed dates, and who has no account and why.

use jiff::civil::Date;

use crate::domain::{InsurerNumber, NoConnection};

use super::state::Pmh;

impl Pmh {
    /// Learns the confirmed day of an insurer's initial set-up, for all its environments.
    pub fn settle_schedule(&mut self, insurer: InsurerNumber, setup_date: Date) {
        let accounts = self.accounts.iter_mut();
        for (_, account) in accounts.filter(|((holder, _), _)| *holder == insurer) {
            account.setup_date = Some(setup_date);
        }
    }

    /// Notes that somebody is not to connect, and why.
    pub fn turn_away(
        &mut self,
        insurer: InsurerNumber,
        why: NoConnection,
        certificates: impl IntoIterator<Item = String>,
    ) {
        self.turned_away.insert(insurer, why);
        self.turned_away_certificates.extend(certificates);
    }

    /// Whether a certificate is that of somebody who is not to connect.
    pub(super) fn is_turned_away(&self, certificate: Option<&str>) -> bool {
        certificate.is_some_and(|name| self.turned_away_certificates.contains(name))
    }

    /// Why somebody is not to connect, if that is known.
    #[must_use]
    pub fn why_turned_away(&self, insurer: InsurerNumber) -> Option<&NoConnection> {
        self.turned_away.get(&insurer)
    }
}
