use std::collections::BTreeMap;

use crate::systems::intermediate::{Identifier, PersonToken};

use super::cards::Cards;

/// What online qualification remembers.
#[derive(Debug, Clone, Default)]
pub struct OnlineQualification {
    pub(super) known: BTreeMap<PersonToken, Identifier>,
    pub(super) cards: Cards,
}

impl OnlineQualification {
    /// The identifier of the person whose card was read.
    #[must_use]
    pub fn identifier_of(&self, person: PersonToken) -> Option<Identifier> {
        self.known.get(&person).copied()
    }

    /// How many people it can answer for.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether it can answer for nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}
