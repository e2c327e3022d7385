//! 分割: a run in several parts, on as many machines.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroUsize;
use std::str::FromStr;

use crate::feature::Scenario;
use crate::requirement::Mode;

/// Which part of a run: the nth of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    /// Which, from 1.
    nth: usize,
    /// Of how many.
    of: NonZeroUsize,
}

/// Not a part of a run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "分割は「2/4」（4つに分けた2つ目）の形で書きます。1から始まり、分ける数を超えません。書かれているのは「{0}」です"
)]
pub struct NotAShard(String);

impl Shard {
    /// A part of a run; none if there is no such part.
    #[must_use]
    pub fn new(nth: usize, of: usize) -> Option<Self> {
        let of = NonZeroUsize::new(of)?;
        (1..=of.get()).contains(&nth).then_some(Self { nth, of })
    }

    /// Which, from 1.
    #[must_use]
    pub const fn nth(self) -> usize {
        self.nth
    }

    /// Of how many.
    #[must_use]
    pub const fn of(self) -> usize {
        self.of.get()
    }

    /// What of a plan belongs to the part: scenarios by turns, each in all its modes, so that the modes can be
    /// compared.
    pub(super) fn share(self, planned: Vec<(Mode, Scenario)>) -> Vec<(Mode, Scenario)> {
        let mut turns: BTreeMap<String, usize> = BTreeMap::new();
        for (_, scenario) in &planned {
            let next = turns.len();
            turns.entry(scenario.id.to_string()).or_insert(next);
        }
        let is_ours = |scenario: &Scenario| {
            let turn = turns.get(&scenario.id.to_string());
            turn.is_some_and(|turn| *turn % self.of == self.nth - 1)
        };
        let ours = planned.into_iter();
        ours.filter(|(_, scenario)| is_ours(scenario)).collect()
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.nth, self.of)
    }
}

impl FromStr for Shard {
    type Err = NotAShard;

    fn from_str(text: &str) -> Result<Self, NotAShard> {
        let parts = text.split_once('/');
        let numbers = parts.and_then(|(nth, of)| Some((nth.parse().ok()?, of.parse().ok()?)));
        let shard = numbers.and_then(|(nth, of)| Self::new(nth, of));
        shard.ok_or_else(|| NotAShard(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_written_as_the_nth_of_so_many() {
        for text in ["1/1", "2/4", "10/12"] {
            let shard: Shard = text.parse().expect("a part");
            assert_eq!(shard.to_string(), text);
        }
        for text in ["", "2", "0/4", "5/4", "1/0", "a/b", "1/2/3", "-1/2"] {
            assert_eq!(text.parse::<Shard>(), Err(NotAShard(text.to_owned())));
        }
    }
}
