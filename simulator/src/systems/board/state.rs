use std::collections::BTreeMap;

use crate::domain::InsurerNumber;
use crate::kernel::Moment;
use crate::profile::{Profile, Who};
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

    /// Who logs in.
    ///
    /// # Errors
    /// No such member, or another password, which are not told apart.
    pub fn log_in(&self, insurer: &str, member: &str, password: &str) -> Result<MemberKey, Denial> {
        let insurer = insurer.parse().map_err(|_| Denial::LogInFailed)?;
        let key = (insurer, member.to_owned());
        match self.members.get(&key) {
            Some(held) if held == password => Ok(key),
            Some(_) | None => Err(Denial::LogInFailed),
        }
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
