//! A neighbouring insurer whose own system has linked its residents.

use std::sync::Arc;

use crate::domain::{InsuredKey, InsurerNumber};
use crate::profile::{KindLayout, Record};
use crate::systems::intermediate::{Identifier, PersonToken};
use crate::systems::{Message, StoreItem, intermediate, platform, qualification};
use crate::viewer::{LinkedElsewhere, LinkedRecord};

use super::World;

/// A registration task that is none of the product's under test.
const NO_TASK: u64 = 0;

impl World {
    /// Puts a neighbour's records where its own system would have got them.
    ///
    /// # 実物との違い
    /// They do not come over the line and PMH does not judge them: the neighbour's system is taken
    /// to be right. What the platform and the intermediate server make of them is the same.
    pub(super) fn link_elsewhere(&mut self, fact: &LinkedElsewhere) -> Result<(), String> {
        let insurer: InsurerNumber = fact
            .insurer
            .parse()
            .map_err(|_| "保険者番号ではありません")?;
        let records: Vec<Record> = fact
            .records
            .iter()
            .map(|one| self.read_elsewhere(insurer, one))
            .collect::<Result<_, _>>()?;
        // All of it is judged before any of it is stored: what is refused changes nothing.
        let linked = self.identifiable(insurer, records)?;
        for one in linked {
            self.store_elsewhere(one);
        }
        // Nobody waits for it at the portal: the municipality was there before the run.
        let _ = platform::receive_completion(&mut self.platform, insurer, fact.completed_on);
        Ok(())
    }

    fn read_elsewhere(&self, insurer: InsurerNumber, one: &LinkedRecord) -> Result<Record, String> {
        let kind = self.profile.kind(&one.kind);
        let layout = self.profile.layout(kind.ok_or("その種別はありません")?);
        let record = layout
            .read_json(&one.record.to_string())
            .map_err(|errors| {
                let items = errors.iter().map(|error| error.item.clone());
                format!(
                    "記録が連携仕様に合いません: {}",
                    items.collect::<Vec<_>>().join("、")
                )
            })?;
        let own = layout.insurer_number(&record);
        if own.and_then(|number| number.parse().ok()) != Some(insurer) {
            return Err("別の保険者の記録です".to_owned());
        }
        Ok(record)
    }

    /// The records with their people, each registered before or at the platform already.
    fn identifiable(
        &self,
        insurer: InsurerNumber,
        records: Vec<Record>,
    ) -> Result<Vec<Linked>, String> {
        let mut linked: Vec<Linked> = Vec::new();
        for record in records {
            let layout = self.profile.layout(record.kind());
            let person = owner(layout, insurer, &record)?;
            let token = layout.my_number(&record).and_then(PersonToken::from_token);
            let is_known = token.is_some()
                || linked.iter().any(|one| one.person == person)
                || self.platform.holdings(person).is_some();
            if !is_known {
                return Err("先に本人の記録が要ります".to_owned());
            }
            linked.push(Linked {
                person,
                token,
                record,
            });
        }
        Ok(linked)
    }

    fn store_elsewhere(&mut self, linked: Linked) {
        let profile = Arc::clone(&self.profile);
        let Linked {
            person,
            token,
            record,
        } = linked;
        let identifier = match token {
            Some(token) => self.issued_elsewhere(person, token),
            None => {
                let held = self.platform.holdings(person);
                held.map(platform::Holdings::identifier)
            }
        };
        let Some(identifier) = identifier else {
            unreachable!("{person:?} is registered before anything else of it");
        };
        let kind = record.kind();
        let item = StoreItem {
            position: 0,
            person,
            identifier,
            record,
        };
        platform::receive_records(&mut self.platform, &profile, NO_TASK, kind, vec![item]);
    }

    /// The identifier that the intermediate server gives, online qualification told of it.
    fn issued_elsewhere(&mut self, person: InsuredKey, token: PersonToken) -> Option<Identifier> {
        let people = [(0, person, token)];
        let (outgoing, _) =
            intermediate::receive(&mut self.intermediate, &mut self.random, NO_TASK, &people);
        let mut identified = None;
        for sent in outgoing {
            if let Message::LearnIdentifiers { people } = &sent.message {
                qualification::receive(&mut self.qualification, people);
            }
            if let Message::IdentifiersIssued { people, .. } = sent.message {
                identified = people.first().map(|(_, _, identifier)| *identifier);
            }
        }
        identified
    }
}

/// A record of the neighbour's, with whose it is.
struct Linked {
    person: InsuredKey,
    token: Option<PersonToken>,
    record: Record,
}

fn owner(
    layout: &KindLayout,
    insurer: InsurerNumber,
    record: &Record,
) -> Result<InsuredKey, String> {
    let number = layout
        .insured_number(record)
        .and_then(|text| text.parse().ok());
    let number = number.ok_or("被保険者番号ではありません")?;
    Ok(InsuredKey { insurer, number })
}
