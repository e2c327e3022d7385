//! One set-up, with how long it took on this machine.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::hands::Hands;
use crate::requirement::Mode;

/// A set-up that was completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUp {
    /// The mode.
    pub mode: Mode,
    /// The people of the town, lost ones included.
    pub people: usize,
    /// The records that the platform held at its end.
    pub records: usize,
    /// Real time from the start to the completion: product, simulated side and the work at the pages,
    /// which a robot does at once.
    pub machine: Duration,
    /// What a person would have had to do.
    pub hands: Hands,
}

/// The set-ups of a run, as they come.
#[derive(Debug, Default)]
pub struct Measurements(Mutex<Vec<SetUp>>);

impl Measurements {
    /// Adds one.
    pub fn add(&self, set_up: SetUp) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(set_up);
    }

    /// All of them, mode by mode, the smallest towns first and the quickest first among equals.
    #[must_use]
    pub fn all(&self) -> Vec<SetUp> {
        let mut all = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        all.sort_by_key(|one| (one.mode, one.people, one.machine));
        all
    }
}
