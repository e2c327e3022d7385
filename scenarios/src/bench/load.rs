//! The records of a town, kind by kind, as set-up sends them.

use serde_json::{Map, Value};
use tekigo_simulator::profile::{KindId, Profile};

use crate::auditor::{Auditor, ExpectedRow};
use crate::ledger::Ledger;
use crate::town::{Town, TownError, TownSettings};

/// Everything that set-up sends of a town.
pub(super) struct Load {
    /// 保険者番号.
    pub(super) insurer: String,
    /// The 個人番号 of all its people.
    pub(super) my_numbers: Vec<u64>,
    /// Records in the order of set-up.
    pub(super) kinds: Vec<(KindId, Vec<Map<String, Value>>)>,
}

impl Load {
    /// The records that the auditor expects of a town.
    pub(super) fn of(settings: TownSettings, profile: &Profile) -> Result<Self, TownError> {
        let as_of = settings.as_of;
        let town = Town::new(settings)?;
        let mut load = Self {
            insurer: town.insurer().number.clone(),
            my_numbers: Vec::new(),
            kinds: profile
                .kinds()
                .iter()
                .map(|layout| (layout.kind(), Vec::new()))
                .collect(),
        };
        for person in town.people() {
            load.my_numbers.extend(person.my_number.parse::<u64>().ok());
            let ledger = Ledger {
                insurer: town.insurer().clone(),
                people: vec![person],
                not_insured: Vec::new(),
            };
            let expected = Auditor::new(&ledger, as_of).expected_of_set_up(&str::to_owned);
            for (key, row) in expected {
                let ExpectedRow::Present(record) = row else {
                    continue;
                };
                if let Some(kind) = profile.kind(&key.kind) {
                    load.kinds[kind.index()].1.push(record);
                }
            }
        }
        load.kinds.retain(|(_, records)| !records.is_empty());
        Ok(load)
    }

    /// How many records there are.
    pub(super) fn records(&self) -> usize {
        self.kinds.iter().map(|(_, records)| records.len()).sum()
    }
}
