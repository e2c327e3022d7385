//! What a town is made from.

use jiff::civil::{Date, date};

use crate::ledger::Insurer;

use super::words::Words;

/// Largest town: the size of the largest insurers [domain 5.3].
pub const SIZE_MAX: u32 = 1_000_000;

/// Settings of a town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownSettings {
    /// Number of insured people, lost ones included: 1 to [`SIZE_MAX`].
    pub size: u32,
    /// Seed: same seed and size, same bytes.
    pub seed: u64,
    /// 保険者; without it the first invented municipality (つきみ市).
    pub insurer: Option<Insurer>,
    /// 証記載保険者: members or wards in which people live and whose numbers their cards show; without them, the
    /// insurer itself [domain 6.1].
    pub card_insurers: Vec<Insurer>,
    /// The day on which the books stand.
    pub as_of: Date,
}

impl TownSettings {
    /// A town of つきみ市 as of the usual start of a run (2026-11-02).
    #[must_use]
    pub const fn new(size: u32, seed: u64) -> Self {
        Self {
            size,
            seed,
            insurer: None,
            card_insurers: Vec::new(),
            as_of: date(2026, 11, 2),
        }
    }

    /// Refuses sizes that no town can have and insurer numbers that cannot be one.
    pub(super) fn check(&self) -> Result<(), TownError> {
        if self.size == 0 {
            return Err(TownError::Empty);
        }
        if self.size > SIZE_MAX {
            return Err(TownError::TooLarge { size: self.size });
        }
        let mut insurers = self.insurer.iter().chain(&self.card_insurers);
        let wrong = insurers.find(|insurer| !super::insurer_number_is_valid(&insurer.number));
        if let Some(insurer) = wrong {
            return Err(TownError::InsurerNumber {
                number: insurer.number.clone(),
            });
        }
        if self.as_of < date(2020, 1, 1) || self.as_of > date(2099, 12, 31) {
            return Err(TownError::AsOf { as_of: self.as_of });
        }
        Ok(())
    }
}

/// Why a town could not be made.
#[derive(Debug, thiserror::Error)]
pub enum TownError {
    /// Size 0.
    #[error("町の人数は1人以上です。受け取った値は0です")]
    Empty,
    /// Size beyond [`SIZE_MAX`].
    #[error("町の人数は1,000,000人以下です。受け取った値は{size}です")]
    TooLarge {
        /// The size asked for.
        size: u32,
    },
    /// The insurer's number is not 6 digits with their check digit.
    #[error("保険者番号「{number}」は、半角数字5桁と検査数字1桁になっていません")]
    InsurerNumber {
        /// The number given.
        number: String,
    },
    /// A day outside the years that the words and rules of the town cover.
    #[error("台帳の基準日は2020-01-01から2099-12-31までです。受け取った値は{as_of}です")]
    AsOf {
        /// The day given.
        as_of: Date,
    },
    /// The place to write to refused.
    #[error("町を書き出せませんでした: {0}")]
    Write(#[from] std::io::Error),
    /// A person could not be written as JSON.
    #[error("町をJSONにできませんでした: {0}")]
    Json(#[from] serde_json::Error),
}

/// The invented municipalities, for runs with several insurers.
#[must_use]
pub fn municipalities() -> Vec<Insurer> {
    Words::bundled()
        .municipalities
        .iter()
        .map(super::words::Municipality::insurer)
        .collect()
}

/// 町名: the quarters of one of the invented municipalities or wards; none for the number of another insurer.
#[must_use]
pub fn quarters(insurer_number: &str) -> &'static [String] {
    let place = Words::bundled().place(insurer_number);
    place.map_or(&[], |place| &place.quarters)
}
