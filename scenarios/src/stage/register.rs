//! 台帳の保険者: who takes part in a world, and where the portal's mails to them go.

use tekigo_simulator::InsurerShape;

use super::failure::{Performed, StepFailure};
use crate::ledger::Insurer;
use crate::town::{TownSettings, UnionTown, municipalities, unions};

/// The standard town.
pub(super) const STANDARD_TOWN: &str = "つきみ市";

/// The union of 語: 保険者 whose name another one with the same members has too.
const LEFT_OUT: &str = "せせらぎ広域組合";

/// An insurer or union, as the portal's survey has it.
#[derive(Debug, Clone)]
pub(super) struct Party {
    /// 保険者番号.
    pub(super) number: String,
    /// The number of its union.
    pub(super) union: Option<String>,
}

impl Party {
    /// The mail address that it answers the survey with.
    pub(super) fn address(&self) -> String {
        format!("kaigo-{}@hokensha.example", self.number)
    }
}

/// The party of a word of 語: 保険者.
pub(super) fn party(word: &str) -> Performed<Party> {
    let found = everybody()
        .into_iter()
        .find(|(insurer, _)| insurer.name == word);
    let (insurer, shape) =
        found.ok_or_else(|| StepFailure::harness(format!("保険者「{word}」はいません")))?;
    let union = match shape {
        InsurerShape::Member { union } => Some(union),
        InsurerShape::Municipality { .. }
        | InsurerShape::InsurerUnion
        | InsurerShape::CertificationUnion { .. } => None,
    };
    Ok(Party {
        number: insurer.number,
        union,
    })
}

/// Everybody whom a world without a town opens with: the standard town, and a union of each shape.
pub(super) fn everybody() -> Vec<(Insurer, InsurerShape)> {
    let city = municipalities().into_iter().take(1);
    let city = city.map(|insurer| (insurer, InsurerShape::default()));
    let unions = unions();
    let unions = unions.iter().filter(|town| town.union.name != LEFT_OUT);
    city.chain(unions.flat_map(UnionTown::shapes)).collect()
}

/// What the books of a town of 語: 町 are made from. A union that only runs certification has none of its own;
/// those that stand for it are its members'.
pub(super) fn town_settings(word: &str, size: u32, seed: u64) -> Performed<TownSettings> {
    let plain = TownSettings::new(size, seed);
    if word == STANDARD_TOWN {
        return Ok(plain);
    }
    let unions = unions();
    let of_union = unions.iter().find(|town| town.union.name == word);
    let (insurer, card_insurers) = match of_union {
        Some(town) => (town.union.clone(), town.members.clone()),
        None => {
            let members = unions.iter().flat_map(|town| &town.members);
            let member = members.into_iter().find(|member| member.name == word);
            let member =
                member.ok_or_else(|| StepFailure::harness(format!("町「{word}」はありません")))?;
            (member.clone(), Vec::new())
        }
    };
    Ok(TownSettings {
        insurer: Some(insurer),
        card_insurers,
        ..plain
    })
}

/// Whether an insurer or union has a connection to PMH at all.
pub(super) fn connects(number: &str) -> bool {
    let found = everybody().into_iter().find(|(it, _)| it.number == number);
    !matches!(found, Some((_, InsurerShape::CertificationUnion { .. })))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{connects, everybody, party, town_settings};

    #[test]
    fn nobody_is_there_twice_and_a_member_knows_its_union() {
        let everybody = everybody();
        let numbers: BTreeSet<_> = everybody.iter().map(|(it, _)| &it.number).collect();
        let names: BTreeSet<_> = everybody.iter().map(|(it, _)| &it.name).collect();
        assert_eq!(
            (numbers.len(), names.len()),
            (everybody.len(), everybody.len())
        );
        let union = party("うしお認定組合").expect("a union").number;
        let member = party("しおさい市").expect("a member");
        assert_eq!(member.union, Some(union));
        assert_eq!(party("つきみ市").expect("a city").union, None);
        assert!(party("どこか市").is_err());
    }

    #[test]
    fn a_union_has_its_members_on_the_cards_and_only_one_with_the_insurer_function_connects() {
        let books = |word| town_settings(word, 40, 1).expect("a town");
        let union = books("あさぎり広域連合");
        let number = union.insurer.expect("the union").number;
        assert!(connects(&number));
        assert!(union.card_insurers.len() == 2 && union.card_insurers[0].number != number);
        assert!(!connects(&party("うしお認定組合").expect("a union").number));
        assert!(connects(&party("しおさい市").expect("a member").number));
        assert!(books("しおさい市").card_insurers.is_empty());
        assert!(books("つきみ市").insurer.is_none());
        assert!(town_settings("どこか市", 40, 1).is_err());
    }
}
