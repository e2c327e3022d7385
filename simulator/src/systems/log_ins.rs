//! Wrong passwords in a row: too many lock a log-in id for a while.

use std::collections::BTreeMap;

use crate::kernel::Moment;
use crate::profile::PageSettings;
use crate::viewer::Denial;

/// Log-in ids of which failures are remembered at once. The one that failed longest ago makes room, and one that is
/// locked only where all are: trying many ids unlocks none.
const REMEMBERED_MAX: usize = 1_024;

/// The failed log-ins at one system, by log-in id. An id that nobody has is counted and locked like any
/// other: whoever tries passwords learns nothing about which ids there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogIns<I> {
    failed: BTreeMap<I, Failed>,
}

impl<I> Default for LogIns<I> {
    fn default() -> Self {
        Self {
            failed: BTreeMap::new(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Failed {
    in_a_row: u32,
    last: Moment,
    locked_until: Option<Moment>,
}

/// Why somebody is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogInFault {
    /// Id or password is wrong; which, is not said.
    Wrong,
    /// Too many were wrong; even the right one does not help before this.
    LockedUntil(Moment),
}

impl From<LogInFault> for Denial {
    fn from(fault: LogInFault) -> Self {
        match fault {
            LogInFault::Wrong => Self::LogInFailed,
            LogInFault::LockedUntil(_) => Self::LogInLocked,
        }
    }
}

impl<I: Ord + Clone> LogIns<I> {
    /// Takes an attempt to log in. A right password forgets the wrong ones.
    ///
    /// # Errors
    /// The password is wrong, or the id is locked.
    pub fn attempt(
        &mut self,
        id: &I,
        is_right: bool,
        pages: &PageSettings,
        now: Moment,
    ) -> Result<(), LogInFault> {
        let known = self.failed.get(id).copied();
        if let Some(until) = known.and_then(|failed| failed.locked_until)
            && now < until
        {
            return Err(LogInFault::LockedUntil(until));
        }
        if is_right {
            self.failed.remove(id);
            return Ok(());
        }
        let in_a_row = known.map_or(0, |failed| failed.in_a_row) + 1;
        let is_locked = in_a_row >= pages.log_in_failures_max.value;
        let lock_seconds = i64::from(pages.lock_minutes.value) * 60;
        let failed = Failed {
            in_a_row: if is_locked { 0 } else { in_a_row },
            last: now,
            locked_until: is_locked.then(|| now.plus_seconds(lock_seconds)),
        };
        self.note(id, failed);
        let locked = failed.locked_until.map(LogInFault::LockedUntil);
        Err(locked.unwrap_or(LogInFault::Wrong))
    }

    fn note(&mut self, id: &I, failed: Failed) {
        if self.failed.len() >= REMEMBERED_MAX && !self.failed.contains_key(id) {
            let now = failed.last;
            let is_locked = |failed: &Failed| failed.locked_until.is_some_and(|until| now < until);
            let weight = |(_, failed): &(&I, &Failed)| (is_locked(failed), failed.last);
            let oldest = self.failed.iter().min_by_key(weight);
            if let Some(oldest) = oldest.map(|(id, _)| id.clone()) {
                self.failed.remove(&oldest);
            }
        }
        self.failed.insert(id.clone(), failed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    const WRONG: Result<(), LogInFault> = Err(LogInFault::Wrong);

    #[test]
    fn five_wrong_passwords_lock_an_id_for_half_an_hour() {
        let profile = Profile::bundled();
        let now = Moment::default_start();
        let mut log_ins = LogIns::default();
        let mut attempt = |is_right, now| log_ins.attempt(&"a", is_right, profile.pages(), now);
        for _ in 0..4 {
            assert_eq!(attempt(false, now), WRONG);
        }
        let free = now.plus_seconds(1800);
        let locked = Err(LogInFault::LockedUntil(free));
        assert_eq!(attempt(false, now), locked);
        assert_eq!(attempt(true, now.plus_seconds(1799)), locked);
        assert_eq!(attempt(false, free), WRONG, "counted from the beginning");
        assert_eq!(attempt(true, free), Ok(()));
    }

    #[test]
    fn a_right_password_forgets_the_wrong_ones() {
        let profile = Profile::bundled();
        let now = Moment::default_start();
        let mut log_ins = LogIns::default();
        for _ in 0..3 {
            for _ in 0..4 {
                let wrong = log_ins.attempt(&"a", false, profile.pages(), now);
                assert_eq!(wrong, WRONG);
            }
            let right = log_ins.attempt(&"a", true, profile.pages(), now);
            assert_eq!(right, Ok(()));
        }
    }

    #[test]
    fn ids_are_counted_apart_and_no_more_than_can_be_remembered() {
        let profile = Profile::bundled();
        let mut log_ins = LogIns::default();
        let mut now = Moment::default_start();
        for id in 0..2 * REMEMBERED_MAX {
            now = now.plus_seconds(1);
            assert_eq!(log_ins.attempt(&id, false, profile.pages(), now), WRONG);
        }
        assert_eq!(log_ins.failed.len(), REMEMBERED_MAX);
        assert_eq!(log_ins.failed.keys().next(), Some(&REMEMBERED_MAX));
    }

    #[test]
    fn trying_many_ids_unlocks_none() {
        let profile = Profile::bundled();
        let now = Moment::default_start();
        let mut log_ins = LogIns::default();
        for _ in 0..pages_max(&profile) {
            let _ = log_ins.attempt(&0, false, profile.pages(), now);
        }
        for id in 1..=2 * REMEMBERED_MAX {
            let later = now.plus_seconds(1);
            assert_eq!(log_ins.attempt(&id, false, profile.pages(), later), WRONG);
        }
        let again = log_ins.attempt(&0, true, profile.pages(), now.plus_seconds(2));
        assert!(
            matches!(again, Err(LogInFault::LockedUntil(_))),
            "{again:?}"
        );
    }

    fn pages_max(profile: &Profile) -> u32 {
        profile.pages().log_in_failures_max.value
    }
}
