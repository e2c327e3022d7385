//! People who come into the books in the course of a story.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::cast::{self, changes, numbers};
use crate::ledger::{Ledger, Person, Sex};
use crate::town::Draw;

/// Invented names.
const SURNAMES: [(&str, &str); 6] = [
    ("朔", "サク"),
    ("宵待", "ヨイマチ"),
    ("望月野", "モチヅキノ"),
    ("月影", "ツキカゲ"),
    ("星野原", "ホシノハラ"),
    ("有明", "アリアケ"),
];
const GIVEN: [(&str, &str, Sex); 6] = [
    ("あゆみ", "アユミ", Sex::Female),
    ("しず", "シズ", Sex::Female),
    ("清子", "キヨコ", Sex::Female),
    ("辰夫", "タツオ", Sex::Male),
    ("実", "ミノル", Sex::Male),
    ("勝", "マサル", Sex::Male),
];
/// The generator's lots and those of people who move within the town end before.
const FIRST_LOT: u32 = 2_000;

/// The `nth` person who comes: somebody who reaches 65, or who moves in at an age.
pub(super) fn somebody(
    draw: &mut Draw,
    ledger: &Ledger,
    nth: u32,
    today: Date,
    moves_in: bool,
) -> Person {
    let (surname, surname_kana) = *draw.pick(&SURNAMES);
    let (given, given_kana, sex) = *draw.pick(&GIVEN);
    let person = cast::newcomer(ledger, today);
    let years = if moves_in { draw.days(2, 25) } else { 0 };
    Person {
        my_number: numbers::unused_my_number(ledger, &format!("町に加わる人 {nth}"), &[]),
        resident_key: resident_key(ledger, nth),
        name: format!("{surname}　{given}"),
        kana: format!("{surname_kana}　{given_kana}"),
        address: changes::address(&ledger.insurer, &format!("{nth:010}"), FIRST_LOT + nth),
        birth: person.birth.saturating_sub(years.years()),
        sex,
        ..person
    }
}

/// 宛名番号 from the other end of the numbers than those of the town.
fn resident_key(ledger: &Ledger, nth: u32) -> String {
    let keys = (0..=u32::MAX).map(|turn| format!("R{:08}", 89_999_999 - nth - turn * 1_000));
    let is_free = |key: &String| {
        ledger
            .people
            .iter()
            .all(|person| person.resident_key != *key)
    };
    keys.take(1_000).find(is_free).unwrap_or_default()
}
