//! Who is meant by a word of 語: 人.

use crate::ledger::{Ledger, Person};

use super::error::CastError;
use super::role::{Place, Role};

/// 人: somebody a scenario speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// 被保険者 in the books.
    Insured {
        /// 被保険者番号.
        insured_number: String,
    },
    /// 被保険者でない者 in the books.
    NotInsured {
        /// 仮番号 or H番号.
        provisional_number: String,
        /// 個人番号.
        my_number: String,
    },
    /// Somebody who is not in the books yet; see [`newcomer`](super::newcomer).
    Newcomer,
}

/// The person a word means in the books that a scenario began with. Ask the books as they were made by
/// [`scenario_town`](super::scenario_town), not as they stand now: the word keeps meaning the same person.
///
/// # Errors
/// The word is not on the list, or nobody fits it.
pub fn subject(ledger: &Ledger, word: &str) -> Result<Subject, CastError> {
    let role: Role = word.parse()?;
    let nobody = CastError::NobodyFits { word: role.word() };
    match role.place() {
        Place::Nowhere => Ok(Subject::Newcomer),
        Place::NotInsured(reason) => {
            let resident = ledger.not_insured_because(reason).ok_or(nobody)?;
            Ok(Subject::NotInsured {
                provisional_number: resident.provisional_number.clone(),
                my_number: resident.my_number.clone(),
            })
        }
        Place::People => {
            let chosen = choose(ledger.people.iter());
            let found = chosen.iter().find(|(chosen, _)| *chosen == role);
            let (_, person) = found.ok_or(nobody)?;
            Ok(Subject::Insured {
                insured_number: person.insured_number.clone(),
            })
        }
    }
}

/// Gives every word its person, the rare words first: the first one in the order of insured numbers who fits
/// and whom no other word has. Words that nobody fits are left out.
pub(super) fn choose<'a>(people: impl Iterator<Item = &'a Person>) -> Vec<(Role, &'a Person)> {
    let mut people: Vec<&Person> = people.collect();
    people.sort_by(|one, other| one.insured_number.cmp(&other.insured_number));
    let mut chosen: Vec<(Role, &Person)> = Vec::with_capacity(Role::CHOOSING.len());
    for role in Role::CHOOSING {
        let is_taken = |person: &Person| {
            chosen
                .iter()
                .any(|(_, taken)| taken.insured_number == person.insured_number)
        };
        let found = people
            .iter()
            .find(|person| role.fits(person) && !is_taken(person));
        if let Some(person) = found {
            chosen.push((role, person));
        }
    }
    chosen
}
