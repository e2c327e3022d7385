//! Judging one record by itself, the same in both modes.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{InsuredKey, InsurerNumber};
use crate::profile::{ItemError, KindLayout, Profile, Record, RecordRefusal};
use crate::systems::intermediate::{Identifier, PersonToken};

use super::state::Pmh;

/// A record that may be stored: its position, whose it is, and itself.
pub(super) type Good = (usize, Option<InsuredKey>, Record);

/// What records of one task are judged by.
struct Judge<'a> {
    profile: &'a Profile,
    layout: &'a KindLayout,
    is_notice: bool,
    is_person: bool,
    insurer: InsurerNumber,
    wrong_numbers: &'a BTreeSet<PersonToken>,
    identifiers: &'a BTreeMap<InsuredKey, Identifier>,
}

/// Judges a task's waiting records: the refused ones are noted, the good ones returned.
pub(super) fn judge_waiting(pmh: &mut Pmh, profile: &Profile, number: u64) -> Vec<Good> {
    let Pmh {
        tasks,
        wrong_numbers,
        identifiers,
        ..
    } = pmh;
    let Some(task) = tasks.get_mut(&number) else {
        return Vec::new();
    };
    let layout = profile.layout(task.kind);
    let judge = Judge {
        profile,
        layout,
        is_notice: layout.is_notice(),
        is_person: layout.id() == "person",
        insurer: task.account.0,
        wrong_numbers,
        identifiers,
    };
    // A second delivery of the same message finds nothing left to judge.
    let waiting = std::mem::take(&mut task.waiting);
    let mut good = Vec::with_capacity(waiting.len());
    for (position, record) in waiting.into_iter().enumerate() {
        let refusal = match record {
            Ok(record) => match judge.owner(&record) {
                Ok(person) => {
                    good.push((position, person, record));
                    continue;
                }
                Err(errors) => refused(judge.layout, &record, errors),
            },
            Err(refusal) => *refusal,
        };
        task.refused.insert(position, refusal);
    }
    good
}

impl Judge<'_> {
    /// Whose record it is, or why PMH cannot take it.
    fn owner(&self, record: &Record) -> Result<Option<InsuredKey>, Vec<ItemError>> {
        let layout = self.layout;
        let insurer = layout.insurer_number(record);
        if insurer.and_then(|number| number.parse().ok()) != Some(self.insurer) {
            return Err(self.error("insurerNumber", "E102"));
        }
        if self.is_notice {
            return Ok(None);
        }
        let number = layout.insured_number(record);
        let Some(number) = number.and_then(|number| number.parse().ok()) else {
            return Err(self.error("insuredNumber", "E002"));
        };
        let person = InsuredKey {
            insurer: self.insurer,
            number,
        };
        if token_of(layout, record).is_some_and(|token| self.wrong_numbers.contains(&token)) {
            return Err(self.error("myNumber", "E103"));
        }
        if !self.is_person && !self.identifiers.contains_key(&person) {
            return Err(self.error("insuredNumber", "E101"));
        }
        Ok(Some(person))
    }

    fn error(&self, item: &str, code: &'static str) -> Vec<ItemError> {
        let message = self
            .profile
            .result(code)
            .map_or("仕様にない符号です", |result| result.ja.as_str());
        vec![ItemError {
            item: item.to_owned(),
            code,
            message: message.to_owned(),
        }]
    }
}

/// The masked 個人番号 of a record, if its kind has one.
pub(super) fn token_of(layout: &KindLayout, record: &Record) -> Option<PersonToken> {
    PersonToken::from_token(layout.my_number(record)?)
}

/// The refusal of a record that its layout has accepted.
fn refused(layout: &KindLayout, record: &Record, errors: Vec<ItemError>) -> RecordRefusal {
    let text = |item: &str| Some(record.get(layout.field(item)?)?.into());
    RecordRefusal {
        insured_number: text("insuredNumber"),
        history_key: text("historyKey").or_else(|| text("applicationNumber")),
        errors,
    }
}
