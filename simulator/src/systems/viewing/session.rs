use std::collections::BTreeMap;

use crate::kernel::Moment;
use crate::viewer::Denial;

/// Log-ins at one door, by number.
#[derive(Debug, Clone)]
pub struct Sessions<H> {
    last: u64,
    open: BTreeMap<u64, Session<H>>,
}

#[derive(Debug, Clone)]
struct Session<H> {
    holder: H,
    access_until: Moment,
    renewable_until: Moment,
}

/// How long a log-in lasts, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// Until the access token has ended.
    pub access: i64,
    /// Until it can no longer be renewed, from log-in.
    pub renewable: i64,
}

impl<H> Default for Sessions<H> {
    fn default() -> Self {
        Self {
            last: 0,
            open: BTreeMap::new(),
        }
    }
}

impl<H> Sessions<H> {
    /// Opens a log-in and returns its number.
    pub fn open(&mut self, now: Moment, holder: H, lifetime: Lifetime) -> u64 {
        self.last += 1;
        let session = Session {
            holder,
            access_until: now.plus_seconds(lifetime.access),
            renewable_until: now.plus_seconds(lifetime.renewable),
        };
        self.open.insert(self.last, session);
        self.last
    }

    /// Who is logged in. A token is good up to, and not at, the second its time is over.
    ///
    /// # Errors
    /// Nobody, or not any more.
    pub fn holder(&self, number: Option<u64>, now: Moment) -> Result<&H, Denial> {
        let session = self.session(number)?;
        if now < session.access_until {
            Ok(&session.holder)
        } else if now < session.renewable_until {
            Err(Denial::TokenExpired)
        } else {
            Err(Denial::SessionEnded)
        }
    }

    /// Renews the access token. One renewed just before the log-in is over lives its own time out.
    ///
    /// # Errors
    /// The log-in is over, or there is none.
    pub fn renew(
        &mut self,
        number: Option<u64>,
        now: Moment,
        lifetime: Lifetime,
    ) -> Result<(), Denial> {
        if now >= self.session(number)?.renewable_until {
            return Err(Denial::SessionEnded);
        }
        if let Some(session) = number.and_then(|number| self.open.get_mut(&number)) {
            session.access_until = now.plus_seconds(lifetime.access);
        }
        Ok(())
    }

    /// Ends a log-in.
    ///
    /// # Errors
    /// There is none.
    pub fn close(&mut self, number: Option<u64>) -> Result<(), Denial> {
        let found = number.and_then(|number| self.open.remove(&number));
        found.map(|_| ()).ok_or(Denial::NotLoggedIn)
    }

    fn session(&self, number: Option<u64>) -> Result<&Session<H>, Denial> {
        let found = number.and_then(|number| self.open.get(&number));
        found.ok_or(Denial::NotLoggedIn)
    }
}
