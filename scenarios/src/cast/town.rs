//! 町: the standard town, small and yet with everybody that the words need.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::CastError;
use super::people::{ROLES, cast};
use crate::ledger::{Ledger, NotInsuredReason, Person};
use crate::town::{TownSettings, generate};

/// People among whom the town's are chosen: the first pool that has everybody.
const POOLS: [u32; 4] = [2_000, 4_000, 8_000, 16_000];

/// つきみ市 with so many people, as its books stand on a day: everybody whom a word means, filled
/// up with their neighbours, in the order of insured numbers.
///
/// # Errors
/// Even the largest pool lacks somebody, whom another seed may have.
pub fn scenario_town(seed: u64, size: u32, as_of: Date) -> Result<Ledger, CastError> {
    let mut lacking = None;
    for pool in POOLS {
        if pool < size.saturating_mul(2) {
            continue;
        }
        let mut settings = TownSettings::new(pool, seed);
        settings.as_of = as_of;
        let mut ledger = generate(&settings)?;
        ledger
            .people
            .sort_by(|one, other| one.insured_number.cmp(&other.insured_number));
        match chosen_from(ledger, size, as_of) {
            Err(CastError::Nobody { word }) => lacking = Some(word),
            other => return other,
        }
    }
    Err(CastError::Nobody {
        word: lacking.unwrap_or("町の人数に見合う人"),
    })
}

/// Somebody for each of the five tables, whoever plays the parts.
fn holders_of_every_table(ledger: &Ledger) -> impl Iterator<Item = usize> + '_ {
    let has_rows: [fn(&Person) -> bool; 4] = [
        |person| !person.burden_ratios.is_empty(),
        |person| !person.reductions.is_empty(),
        |person| !person.home_modifications.is_empty(),
        |person| !person.equipment_purchases.is_empty(),
    ];
    has_rows.into_iter().filter_map(|has| {
        ledger
            .people
            .iter()
            .position(|person| person.lost.is_none() && person.consent.is_some() && has(person))
    })
}

fn chosen_from(mut ledger: Ledger, size: u32, as_of: Date) -> Result<Ledger, CastError> {
    let chosen = cast(&ledger.people);
    for role in ROLES {
        if role.is_needed(as_of) && !chosen.iter().any(|(word, _)| *word == role.word) {
            return Err(CastError::Nobody { word: role.word });
        }
    }
    let mut kept: BTreeSet<usize> = chosen.iter().map(|(_, index)| *index).collect();
    kept.extend(holders_of_every_table(&ledger));
    let wanted = usize::try_from(size).unwrap_or(usize::MAX).max(kept.len());
    // Neighbours must not play a part before those who were chosen for it.
    let others = (0..ledger.people.len())
        .filter(|index| !kept.contains(index))
        .collect::<Vec<_>>();
    let neighbours = others.into_iter().filter(|index| {
        let person = &ledger.people[*index];
        !chosen.iter().any(|(word, taken)| {
            taken > index
                && ROLES
                    .iter()
                    .any(|role| role.word == *word && role.is_played_by(person))
        })
    });
    let missing = wanted - kept.len();
    kept.extend(neighbours.take(missing).collect::<Vec<_>>());
    let mut index = 0;
    ledger.people.retain(|_| {
        index += 1;
        kept.contains(&(index - 1))
    });
    let mut reasons = Vec::new();
    ledger.not_insured.retain(|person| {
        let is_first = !reasons.contains(&person.reason);
        reasons.push(person.reason);
        is_first
    });
    if NotInsuredReason::ALL
        .iter()
        .any(|reason| !reasons.contains(reason))
    {
        return Err(CastError::Nobody {
            word: "被保険者でない人",
        });
    }
    Ok(ledger)
}
