use std::collections::BTreeMap;

use crate::domain::InsurerNumber;
use crate::kernel::Moment;
use crate::profile::{Profile, Who};
use crate::systems::LogIns;
use crate::systems::viewing::{Admission, Sessions, Viewer};
use crate::viewer::Denial;

/// A member: the municipality, and the number that its materials use.
pub type MemberKey = (InsurerNumber, String);

/// What is remembered of the boards.
#[derive(Debug, Clone, Default)]
pub struct Board {
    /// Password tokens.
    members: BTreeMap<MemberKey, String>,
    sessions: Sessions<MemberKey>,
    log_ins: LogIns<(String, String)>,
}

impl Board {
    /// Notes a member.
    pub fn note_member(&mut self, member: MemberKey, password: &str) {
        self.members.insert(member, password.to_owned());
    }

    /// The log-ins.
    pub fn sessions_mut(&mut self) -> &mut Sessions<MemberKey> {
        &mut self.sessions
    }

    /// Who logs in, as a municipality and a member are written. Too many failures in a row lock what was
    /// written for a while, as at PMH (assumed), whether it is anybody's or not.
    ///
    /// # Errors
    /// No such member, or another password, which are not told apart; locked.
    pub fn log_in(
        &mut self,
        (profile, now): (&Profile, Moment),
        (insurer, member): (&str, &str),
        password: &str,
    ) -> Result<MemberKey, Denial> {
        let number = insurer.parse().ok();
        let key: Option<MemberKey> = number.map(|insurer| (insurer, member.to_owned()));
        let key = key.filter(|key| self.members.get(key).is_some_and(|held| held == password));
        let written = (insurer.to_owned(), member.to_owned());
        let pages = profile.pages();
        self.log_ins.attempt(&written, key.is_some(), pages, now)?;
        key.ok_or(Denial::LogInFailed)
    }

    /// Admits a member who is logged in.
    ///
    /// # Errors
    /// Not logged in, or not any more.
    pub fn admit<'p>(
        &self,
        profile: &'p Profile,
        session: Option<u64>,
        now: Moment,
    ) -> Result<Admission<'p>, Denial> {
        let (insurer, number) = self.sessions.holder(session, now)?;
        let viewer = Viewer::Member {
            insurer: *insurer,
            number: number.clone(),
        };
        Ok(Admission::new(
            viewer,
            profile.access().role(Who::BoardMember),
        ))
    }
}
