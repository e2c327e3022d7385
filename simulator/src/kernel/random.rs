//! Named random streams from one seed.

use std::collections::BTreeMap;

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// One seed, one independent stream for each named purpose.
///
/// A new draw in one place must not shift what another place gets, so every purpose has its own
/// generator, seeded from the run's seed and the purpose's name.
#[derive(Debug, Clone)]
pub struct Streams {
    seed: u64,
    streams: BTreeMap<&'static str, ChaCha8Rng>,
}

impl Streams {
    /// The streams of a run.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            streams: BTreeMap::new(),
        }
    }

    /// A 32-byte value that depends on seed and purpose alone, not on earlier draws.
    #[must_use]
    pub fn derived_key(&self, purpose: &str) -> [u8; 32] {
        stream_seed(self.seed, purpose)
    }

    /// `length` characters of `A-Z a-z 0-9` without look-alikes.
    pub fn characters(&mut self, purpose: &'static str, length: usize) -> String {
        const ALPHABET: &[u8; 32] = b"ABCDEFGHJKMNPQRSTVWXYZabcdefghjk";
        (0..length)
            .map(|_| {
                let index = (self.stream(purpose).next_u32() & 31) as usize;
                char::from(ALPHABET[index])
            })
            .collect()
    }

    /// A 64-bit draw.
    pub fn number(&mut self, purpose: &'static str) -> u64 {
        self.stream(purpose).next_u64()
    }

    fn stream(&mut self, purpose: &'static str) -> &mut ChaCha8Rng {
        let seed = self.seed;
        self.streams
            .entry(purpose)
            .or_insert_with(|| ChaCha8Rng::from_seed(stream_seed(seed, purpose)))
    }
}

fn stream_seed(seed: u64, purpose: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(seed.to_be_bytes());
    hash.update(purpose.as_bytes());
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_of_one_purpose_does_not_shift_another() {
        let mut alone = Streams::new(7);
        let mut mixed = Streams::new(7);
        let _ = mixed.number("identifier");
        assert_eq!(alone.number("key"), mixed.number("key"));
        assert_ne!(Streams::new(8).number("key"), Streams::new(7).number("key"));
    }
}
