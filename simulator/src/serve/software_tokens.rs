//! Tokens of care software (介護ソフト): what stands for a log-in on the line. The world keeps the time.

use std::collections::BTreeMap;

use super::web::random_text;

/// Log-ins that are remembered at once; the oldest makes room.
const VISITS_MAX: usize = 256;

/// A log-in of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visit {
    /// The world's number of it.
    pub(super) session: u64,
    /// The name in the certificate under which it was opened.
    pub(super) certificate: String,
}

/// The tokens that are out.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    open: BTreeMap<u64, Open>,
}

#[derive(Debug)]
struct Open {
    certificate: String,
    access: String,
    refresh: String,
}

impl Tokens {
    /// The access token and the refresh token of a new log-in.
    pub(super) fn open(&mut self, visit: Visit) -> (String, String) {
        while self.open.len() >= VISITS_MAX {
            self.open.pop_first();
        }
        let open = Open {
            certificate: visit.certificate,
            access: random_text(),
            refresh: random_text(),
        };
        let tokens = (open.access.clone(), open.refresh.clone());
        self.open.insert(visit.session, open);
        tokens
    }

    /// The log-in of an access token that comes under its own certificate.
    pub(super) fn of_access(&self, token: &str, certificate: Option<String>) -> Option<u64> {
        self.find(certificate, |open| open.access == token)
    }

    /// The log-in of a refresh token that comes under its own certificate.
    pub(super) fn of_refresh(&self, token: &str, certificate: Option<String>) -> Option<u64> {
        self.find(certificate, |open| open.refresh == token)
    }

    fn find(&self, certificate: Option<String>, is_meant: impl Fn(&Open) -> bool) -> Option<u64> {
        let certificate = certificate?;
        let mut open = self.open.iter();
        let found = open.find(|(_, open)| open.certificate == certificate && is_meant(open));
        found.map(|(session, _)| *session)
    }

    /// A new access token; the one before is worth nothing any more.
    pub(super) fn renew(&mut self, session: u64) -> Option<String> {
        let open = self.open.get_mut(&session)?;
        open.access = random_text();
        Some(open.access.clone())
    }

    /// Forgets a log-in.
    pub(super) fn close(&mut self, session: u64) {
        self.open.remove(&session);
    }
}
