//! From the towns of a run to insurers of every size.

use std::collections::BTreeSet;

use tekigo_simulator::profile::Profile;

use super::hands::Hands;
use super::set_up::SetUp;
use crate::requirement::Mode;

/// Insured people: from a small town to the largest insurer [domain 5.3].
pub const SIZES: [u32; 7] = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 940_000];

/// The share of machines and of people in a set-up, in minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hours {
    /// Insured people.
    pub people: u32,
    /// The machines' share: product and simulated side.
    pub machine: f64,
    /// The same at the quickest and at the slowest that was measured in the largest town.
    pub range: (f64, f64),
    /// What people have to do.
    pub hands: Hands,
}

impl Hours {
    /// All minutes: people wait for the machines and the machines for people.
    #[must_use]
    pub fn minutes(&self) -> f64 {
        self.machine + self.hands.minutes() as f64
    }
}

/// 見込み of one mode.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// The mode.
    pub mode: Mode,
    /// Set-ups that were measured.
    pub measured: usize,
    /// The largest town among them, in people.
    pub largest: usize,
    /// Set-ups of towns of that size.
    pub of_largest: usize,
    /// Records of each person in it.
    pub records_each: f64,
    /// What people did in it.
    pub hands: Hands,
    /// Seconds that it took.
    pub seconds: f64,
    fixed: f64,
    each: f64,
    range: (f64, f64),
    bytes_each: f64,
    set_bytes_max: f64,
}

impl Outlook {
    /// By the set-ups of a run in a mode; `None` without one.
    #[must_use]
    pub fn of(mode: Mode, set_ups: &[SetUp], profile: &Profile) -> Option<Self> {
        let of_mode: Vec<&SetUp> = set_ups.iter().filter(|one| one.mode == mode).collect();
        let sizes: BTreeSet<usize> = of_mode.iter().map(|one| one.people).collect();
        let largest = *sizes.last()?;
        let of_size = |people: usize| {
            let mut seconds: Vec<f64> = of_mode
                .iter()
                .filter(|one| one.people == people)
                .map(|one| one.machine.as_secs_f64())
                .collect();
            seconds.sort_by(f64::total_cmp);
            seconds
        };
        let large = of_size(largest);
        let middle = *large.get(large.len() / 2)?;
        let people = largest.max(1) as f64;
        // Two sizes tell what every set-up takes from what each person takes.
        let smallest = sizes.first().copied().filter(|size| *size < largest);
        let each = smallest.and_then(|size| {
            let small = of_size(size);
            let small = *small.get(small.len() / 2)?;
            let slope = (middle - small) / (largest - size) as f64;
            (slope > 0.0).then_some(slope)
        });
        let each = each.unwrap_or(middle / people);
        let example = of_mode.iter().find(|one| one.people == largest)?;
        Some(Self {
            mode,
            measured: of_mode.len(),
            largest,
            of_largest: large.len(),
            records_each: example.records as f64 / people,
            hands: example.hands,
            seconds: middle,
            fixed: (middle - each * people).max(0.0),
            each,
            range: (
                large.first().copied().unwrap_or(middle) / middle,
                large.last().copied().unwrap_or(middle) / middle,
            ),
            bytes_each: example.hands.bytes as f64 / people,
            set_bytes_max: profile.file().set_bytes_max.value.max(1) as f64,
        })
    }

    /// What an insurer with so many people may expect.
    #[must_use]
    pub fn town(&self, people: u32) -> Hours {
        let machine = (self.fixed + self.each * f64::from(people)) / 60.0;
        // In 方式② a set holds only so many bytes.
        let sets = (self.bytes_each * f64::from(people) / self.set_bytes_max).ceil();
        let more = if self.mode == Mode::File && sets > 1.0 {
            sets as usize - 1
        } else {
            0
        };
        Hours {
            people,
            machine,
            range: (machine * self.range.0, machine * self.range.1),
            hands: self.hands.with_more_sets(more),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn set_up(people: usize, millis: u64) -> SetUp {
        SetUp {
            mode: Mode::File,
            people,
            records: people * 6,
            machine: Duration::from_millis(millis),
            hands: Hands {
                operations: 4,
                carryings: 3,
                log_ins: 1,
                sets: 2,
                fetched: 6,
                bytes: people as u64 * 1_000,
            },
        }
    }

    #[test]
    fn two_sizes_tell_the_fixed_share_from_that_of_each_person() {
        let profile = Profile::bundled();
        let set_ups = [set_up(40, 140), set_up(1_000, 1_100), set_up(1_000, 2_200)];
        let one = Outlook::of(Mode::File, &set_ups[..2], &profile).expect("measured");
        assert!((one.town(10_000).machine * 60.0 - 10.1).abs() < 1e-6);
        assert_eq!(one.town(1_000).hands, set_ups[1].hands);
        assert!(one.town(940_000).hands.sets > 10);
        let range = Outlook::of(Mode::File, &set_ups, &profile).expect("measured");
        assert!(range.town(1_000).range.0 < range.town(1_000).range.1);
        assert!(Outlook::of(Mode::Api, &set_ups, &profile).is_none());
    }

    #[test]
    fn one_size_alone_is_taken_in_proportion() {
        let profile = Profile::bundled();
        let outlook = Outlook::of(Mode::File, &[set_up(40, 400)], &profile).expect("measured");
        assert!((outlook.town(4_000).machine * 60.0 - 40.0).abs() < 1e-6);
        let hours = outlook.town(1_000);
        assert!(hours.minutes() > hours.machine);
    }
}
