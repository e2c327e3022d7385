use crate::kernel::Moment;
use crate::profile::{Profile, Who};
use crate::systems::intermediate::Identifier;
use crate::systems::viewing::{Admission, Lifetime, Sessions, Viewer};
use crate::viewer::Denial;

/// What マイナポータル remembers.
#[derive(Debug, Clone, Default)]
pub struct MynaPortal {
    sessions: Sessions<Identifier>,
}

/// How long a visit lasts; it is not renewed.
#[must_use]
pub fn portal_lifetime(profile: &Profile) -> Lifetime {
    let seconds = i64::from(profile.access().limits.portal_minutes.value) * 60;
    Lifetime {
        access: seconds,
        renewable: seconds,
    }
}

impl MynaPortal {
    /// The visits.
    pub fn sessions_mut(&mut self) -> &mut Sessions<Identifier> {
        &mut self.sessions
    }

    /// Admits the person of a visit.
    ///
    /// # Errors
    /// Not logged in, or not any more.
    pub fn admit<'p>(
        &self,
        profile: &'p Profile,
        session: Option<u64>,
        now: Moment,
    ) -> Result<Admission<'p>, Denial> {
        let person = *self.sessions.holder(session, now)?;
        let role = profile.access().role(Who::Person);
        Ok(Admission::new(Viewer::Person(person), role))
    }
}
