//! Named streams of chance: one for each purpose and person.
//!
//! A stream is ChaCha8 with the purpose in its key and the person in its stream number, so that a draw
//! added to one purpose shifts nothing in another, and no person depends on the people before.

use jiff::ToSpan;
use jiff::civil::Date;
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// What is drawn. Adding one leaves the streams of the others as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Birth,
    Name,
    Address,
    Identity,
    Loss,
    Course,
    Papers,
    Progress,
    Cards,
    BurdenRatios,
    Reductions,
    HomeModifications,
    EquipmentPurchases,
    Consent,
    Stranger,
}

impl Purpose {
    const ALL: [(Self, &'static str); 15] = [
        (Self::Birth, "birth"),
        (Self::Name, "name"),
        (Self::Address, "address"),
        (Self::Identity, "identity"),
        (Self::Loss, "loss"),
        (Self::Course, "course"),
        (Self::Papers, "papers"),
        (Self::Progress, "progress"),
        (Self::Cards, "cards"),
        (Self::BurdenRatios, "burden ratios"),
        (Self::Reductions, "reductions"),
        (Self::HomeModifications, "home modifications"),
        (Self::EquipmentPurchases, "equipment purchases"),
        (Self::Consent, "consent"),
        (Self::Stranger, "stranger"),
    ];
}

/// The streams of one seed.
pub(super) struct Streams {
    keys: [[u8; 32]; Purpose::ALL.len()],
}

impl Streams {
    pub(super) fn of(seed: u64) -> Self {
        let keys = Purpose::ALL.map(|(_, name)| {
            let mut hash = Sha256::new();
            hash.update(seed.to_le_bytes());
            hash.update(name.as_bytes());
            hash.finalize().into()
        });
        Self { keys }
    }

    pub(super) fn draw(&self, purpose: Purpose, index: u32) -> Draw {
        let mut chance = ChaCha8Rng::from_seed(self.keys[purpose as usize]);
        chance.set_stream(u64::from(index));
        Draw { chance }
    }

    /// A number of the seed itself, the same for every person.
    pub(super) fn constant(&self, purpose: Purpose) -> u64 {
        self.draw(purpose, u32::MAX).chance.next_u64()
    }
}

/// One stream.
pub(crate) struct Draw {
    chance: ChaCha8Rng,
}

impl Draw {
    /// A stream of its own for something that is no part of a town.
    pub(crate) fn named(seed: u64, name: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(seed.to_le_bytes());
        hash.update(name.as_bytes());
        Self {
            chance: ChaCha8Rng::from_seed(hash.finalize().into()),
        }
    }

    /// A number from 0 to `limit` - 1; 0 if `limit` is 0.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        let product = u128::from(self.chance.next_u64()) * u128::from(limit);
        u64::try_from(product >> 64).unwrap_or(0)
    }

    /// A number from `from` to `to`, both included.
    pub(crate) fn between(&mut self, from: u32, to: u32) -> u32 {
        let span = u64::from(to.saturating_sub(from)) + 1;
        from + u32::try_from(self.below(span)).unwrap_or(0)
    }

    /// Days, for date arithmetic.
    pub(crate) fn days(&mut self, from: u32, to: u32) -> i64 {
        i64::from(self.between(from, to))
    }

    pub(crate) fn per_mille(&mut self, rate: u64) -> bool {
        self.below(1000) < rate
    }

    pub(crate) fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        let index = self.below(u64::try_from(items.len()).unwrap_or(0));
        &items[usize::try_from(index).unwrap_or(0)]
    }

    /// One item, by weight; the last if the weights are all 0.
    pub(crate) fn weighted<'a, T>(&mut self, items: &'a [T], weight: impl Fn(&T) -> u64) -> &'a T {
        let mut left = self.below(items.iter().map(&weight).sum());
        items
            .iter()
            .find(|item| {
                let weight = weight(item);
                let found = left < weight;
                left = left.saturating_sub(weight);
                found
            })
            .unwrap_or(&items[items.len() - 1])
    }

    /// A day from `from` to `to`, both included; `to` if the span is empty.
    pub(crate) fn day_between(&mut self, from: Date, to: Date) -> Date {
        let span = u32::try_from(days_between(from, to)).unwrap_or(0);
        plus_days(to, -self.days(0, span))
    }
}

/// Days from one day to another; negative if the second is earlier.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    (to - from).get_days().into()
}

/// A day so many days later.
pub(super) fn plus_days(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}

/// A day so many months later; the end of the month if there is no such day.
pub(super) fn plus_months(day: Date, months: i64) -> Date {
    day.saturating_add(months.months())
}
