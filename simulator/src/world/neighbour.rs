//! A neighbouring insurer whose own system has linked its residents.

use std::sync::Arc;

use crate::domain::{InsuredKey, InsurerNumber};
use crate::profile::{KindLayout, Record};
use crate::systems::intermediate::PersonToken;
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
        for record in records {
            self.store_elsewhere(insurer, record)?;
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

    fn store_elsewhere(&mut self, insurer: InsurerNumber, record: Record) -> Result<(), String> {
        let profile = Arc::clone(&self.profile);
        let layout = profile.layout(record.kind());
        let person = owner(layout, insurer, &record)?;
        let token = layout.my_number(&record).and_then(PersonToken::from_token);
        let identifier = match token {
            Some(token) => {
                let people = [(0, person, token)];
                let (outgoing, _) = intermediate::receive(
                    &mut self.intermediate,
                    &mut self.random,
                    NO_TASK,
                    &people,
                );
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
            None => {
                let held = self.platform.holdings(person);
                held.map(platform::Holdings::identifier)
            }
        };
        let item = StoreItem {
            position: 0,
            person,
            identifier: identifier.ok_or("先に本人の記録が要ります")?,
            record,
        };
        let kind = layout.kind();
        platform::receive_records(&mut self.platform, &profile, NO_TASK, kind, vec![item]);
        Ok(())
    }
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
