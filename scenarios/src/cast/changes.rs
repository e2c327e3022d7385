//! 異動: another name, another address.

use crate::ledger::{Insurer, Person};
use crate::town::quarters;

/// Invented surnames after a change of name.
const SURNAMES: [(&str, &str); 4] = [
    ("月ヶ瀬", "ツキガセ"),
    ("星合", "ホシアイ"),
    ("風待", "カゼマチ"),
    ("雪代", "ユキシロ"),
];
/// The generated addresses end at lot 40: nobody lives beyond.
const FIRST_LOT: u32 = 41;

/// An address of the town where nobody else lives, different for every count.
pub(crate) fn address(insurer: &Insurer, insured_number: &str, nth: u32) -> String {
    let quarters = quarters(&insurer.number);
    let start = insured_number.parse::<usize>().unwrap_or(0);
    let count = usize::try_from(nth).unwrap_or(0);
    let place = start.wrapping_add(count).checked_rem(quarters.len());
    let quarter = place.map_or("中央", |place| quarters[place].as_str());
    let Insurer {
        prefecture, name, ..
    } = insurer;
    let lot = wide(FIRST_LOT.saturating_add(nth));
    format!("{prefecture}{name}{quarter}１丁目{lot}番１号")
}

/// 氏名 and カナ氏名 with another surname, different for every two counts in a row.
pub(crate) fn renamed(person: &Person, nth: u32) -> (String, String) {
    let first = usize::try_from(nth).unwrap_or(0) % SURNAMES.len();
    let mut surnames = SURNAMES.iter().cycle().skip(first).take(SURNAMES.len());
    let other = surnames.find(|(surname, _)| !person.name.starts_with(surname));
    let (surname, surname_kana) = other.unwrap_or(&SURNAMES[first]);
    let given = |whole: &str| {
        let after = whole.split_once('　').map(|(_, given)| given.to_owned());
        after.unwrap_or_else(|| whole.to_owned())
    };
    (
        format!("{surname}　{}", given(&person.name)),
        format!("{surname_kana}　{}", given(&person.kana)),
    )
}

/// 全角数字.
fn wide(number: u32) -> String {
    let digits = number.to_string();
    digits
        .chars()
        .map(|digit| {
            digit
                .to_digit(10)
                .and_then(|value| char::from_u32('０' as u32 + value))
                .unwrap_or(digit)
        })
        .collect()
}
