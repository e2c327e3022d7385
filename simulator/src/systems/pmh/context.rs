use crate::kernel::Moment;
use crate::profile::Profile;

/// What PMH works in the light of.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The interface profile.
    pub profile: &'a Profile,
    /// The run's time.
    pub now: Moment,
}
