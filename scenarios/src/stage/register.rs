//! 台帳の保険者: who takes part in a world, and where the portal's mails to them go.

use tekigo_simulator::InsurerShape;

use super::failure::{Performed, StepFailure};
use crate::ledger::Insurer;
use crate::town::{UnionTown, municipalities, unions};

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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{everybody, party};

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
}
