use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::domain::{InsuredKey, InsurerNumber};
use crate::profile::{KindId, KindLayout, Record};
use crate::systems::intermediate::Identifier;

use super::Reception;

/// What the platform remembers.
#[derive(Debug, Clone, Default)]
pub struct Platform {
    pub(super) people: BTreeMap<InsuredKey, Holdings>,
    pub(super) completed: BTreeMap<InsurerNumber, Date>,
    pub(super) reception: Reception,
    pub(super) awaited: BTreeSet<InsurerNumber>,
}

/// What is held of one person, in the order of kind and row.
#[derive(Debug, Clone)]
pub struct Holdings {
    pub(super) identifier: Identifier,
    pub(super) records: Vec<Record>,
}

/// What storing a record did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// A new row.
    Created,
    /// A row with other content.
    Updated,
    /// A row marked deleted.
    Deleted,
    /// Nothing.
    Unchanged,
}

impl Platform {
    /// What is held of a person.
    #[must_use]
    pub fn holdings(&self, person: InsuredKey) -> Option<&Holdings> {
        self.people.get(&person)
    }

    /// How many people there are.
    #[must_use]
    pub fn people(&self) -> usize {
        self.people.len()
    }

    /// The day an insurer's initial set-up was completed.
    #[must_use]
    pub fn completed_on(&self, insurer: InsurerNumber) -> Option<Date> {
        self.completed.get(&insurer).copied()
    }
}

impl Holdings {
    /// The person's identifier.
    #[must_use]
    pub fn identifier(&self) -> Identifier {
        self.identifier
    }

    /// How many records there are, of all kinds and whatever their state.
    #[must_use]
    pub fn records(&self) -> usize {
        self.records.len()
    }

    /// The records of one kind.
    pub fn of_kind(&self, kind: KindId) -> impl Iterator<Item = &Record> {
        self.records
            .iter()
            .filter(move |record| record.kind() == kind)
    }

    pub(super) fn store(&mut self, layout: &KindLayout, record: Record) -> Change {
        let sought = (record.kind(), layout.row_key(&record));
        let found = self.records.binary_search_by(|held| {
            held.kind()
                .cmp(&sought.0)
                .then_with(|| layout.row_key(held).cmp(sought.1))
        });
        match found {
            Ok(at) if self.records[at] == record => Change::Unchanged,
            Ok(at) => {
                let change = if layout.is_deletion(&record) {
                    Change::Deleted
                } else {
                    Change::Updated
                };
                self.records[at] = record;
                change
            }
            Err(at) => {
                let change = if layout.is_deletion(&record) {
                    Change::Deleted
                } else {
                    Change::Created
                };
                // As much room as is held, and no more: a town has many people.
                self.records.reserve_exact(1);
                self.records.insert(at, record);
                change
            }
        }
    }
}
