//! From small towns to a large one.

use super::trial::Trial;

/// A figure with its honest range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The middle one of what was measured.
    pub middle: f64,
    /// The lowest.
    pub low: f64,
    /// The highest.
    pub high: f64,
}

impl Range {
    /// Of some figures; `None` of none.
    #[must_use]
    pub fn of(figures: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut sorted: Vec<f64> = figures.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        Some(Self {
            middle: *sorted.get(sorted.len() / 2)?,
            low: *sorted.first()?,
            high: *sorted.last()?,
        })
    }

    fn times(self, factor: f64) -> Self {
        Self {
            middle: self.middle * factor,
            low: self.low * factor,
            high: self.high * factor,
        }
    }
}

/// What the set-up of a town takes of the machine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// CPU seconds of the simulated side.
    pub cpu_seconds: Option<Range>,
    /// Bytes of its memory.
    pub memory_bytes: Option<Range>,
    /// Bytes of the journal.
    pub journal_bytes: f64,
    /// Bytes that travel.
    pub sent_bytes: f64,
    /// Records.
    pub records: f64,
}

/// What one person takes, by the trials of one mode.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Projection {
    /// All but the memory.
    per_person: Share,
    memory: Option<Line>,
}

/// Memory grows with the people from a base that every town takes: what is being read and answered at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Line {
    base: Range,
    per_person: f64,
}

impl Line {
    /// Through the smallest and the largest towns; from nothing if there is one size only.
    fn of(trials: &[Trial]) -> Option<Self> {
        let memory = |people: u32| {
            let of_size = trials.iter().filter(move |trial| trial.people == people);
            Range::of(of_size.filter_map(|trial| Some(trial.memory_bytes? as f64)))
        };
        let sizes = || trials.iter().map(|trial| trial.people);
        let (small, large) = (sizes().min()?, sizes().max()?);
        let (at_small, at_large) = (memory(small)?, memory(large)?);
        let per_person = if small < large {
            let grown = (at_large.middle - at_small.middle).max(0.0);
            grown / f64::from(large - small)
        } else {
            at_large.middle / f64::from(large)
        };
        let base = |of: f64| (of - per_person * f64::from(large)).max(0.0);
        Some(Self {
            base: Range {
                middle: base(at_large.middle),
                low: base(at_large.low),
                high: base(at_large.high),
            },
            per_person,
        })
    }

    fn at(self, people: u32) -> Range {
        let grown = self.per_person * f64::from(people);
        Range {
            middle: self.base.middle + grown,
            low: self.base.low + grown,
            high: self.base.high + grown,
        }
    }
}

impl Projection {
    /// Of trials: the largest towns count, and the times of all of them make the range. `None` of
    /// no trial.
    #[must_use]
    pub fn of(trials: &[Trial]) -> Option<Self> {
        let largest = trials.iter().max_by_key(|trial| trial.people)?;
        let of_largest = || {
            let people = largest.people;
            trials.iter().filter(move |trial| trial.people == people)
        };
        let cpu = |trial: &Trial| Some(trial.cpu_seconds? / f64::from(trial.people));
        let cpu_seconds = Range::of(of_largest().filter_map(cpu))
            .zip(Range::of(trials.iter().filter_map(cpu)))
            .map(|(largest, all)| Range {
                middle: largest.middle,
                ..all
            });
        let each = |sum: u64| sum as f64 / f64::from(largest.people);
        Some(Self {
            per_person: Share {
                cpu_seconds,
                memory_bytes: None,
                journal_bytes: each(largest.journal_bytes),
                sent_bytes: each(largest.bytes),
                records: each(largest.records),
            },
            memory: Line::of(trials),
        })
    }

    /// What a town of so many people takes.
    #[must_use]
    pub fn town(&self, people: u32) -> Share {
        let factor = f64::from(people);
        let Share {
            cpu_seconds,
            journal_bytes,
            sent_bytes,
            records,
            ..
        } = self.per_person;
        Share {
            cpu_seconds: cpu_seconds.map(|range| range.times(factor)),
            memory_bytes: self.memory.map(|line| line.at(people)),
            journal_bytes: journal_bytes * factor,
            sent_bytes: sent_bytes * factor,
            records: records * factor,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(people: u32, seconds: f64) -> Trial {
        Trial {
            people,
            records: 5 * u64::from(people),
            bytes: 1_000 * u64::from(people),
            sendings: 5,
            cpu_seconds: Some(seconds),
            memory_bytes: Some(2_000 * u64::from(people)),
            journal_bytes: 1_500 * u64::from(people),
        }
    }

    #[test]
    fn a_town_takes_what_its_people_take() {
        let trials = [
            trial(100, 0.4),
            trial(1_000, 2.0),
            trial(1_000, 1.0),
            trial(1_000, 3.0),
        ];
        let town = Projection::of(&trials).expect("measured").town(10_000);
        let seconds = town.cpu_seconds.expect("measured");
        assert_eq!(
            (seconds.low, seconds.middle, seconds.high),
            (10.0, 20.0, 40.0)
        );
        assert_eq!(town.journal_bytes, 15_000_000.0);
        assert_eq!(town.records, 50_000.0);
        assert!(Projection::of(&[]).is_none());
    }

    #[test]
    fn what_a_town_of_any_size_takes_is_not_multiplied() {
        let with_base = |people| Trial {
            memory_bytes: Some(18_000_000 + 900 * u64::from(people)),
            ..trial(people, 1.0)
        };
        let trials = [with_base(1_000), with_base(4_000), with_base(20_000)];
        let town = Projection::of(&trials).expect("measured").town(1_000_000);
        let memory = town.memory_bytes.expect("measured");
        assert_eq!(
            (memory.low, memory.middle, memory.high),
            (918_000_000.0, 918_000_000.0, 918_000_000.0)
        );
    }

    #[test]
    fn what_the_machine_does_not_tell_stays_unknown() {
        let mut trial = trial(10, 1.0);
        trial.cpu_seconds = None;
        let town = Projection::of(&[trial]).expect("measured").town(100);
        assert_eq!(town.cpu_seconds, None);
        assert!(town.memory_bytes.is_some());
    }
}
