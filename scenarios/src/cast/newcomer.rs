//! 新しい被保険者.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::ledger::{Category, Ledger, Person, Sex};

use super::changes;
use super::numbers::unused_my_number;
use super::rows::first_card;

/// An invented person who reaches 65 today (in law on the day before the birthday) and so enters the books:
/// without 被保険者番号, which the vendor assigns, with a 個人番号 that nobody else has, the first card, and no
/// application. The same books and the same day give the same person.
#[must_use]
pub fn newcomer(ledger: &Ledger, today: Date) -> Person {
    let birthday = today.tomorrow().unwrap_or(today);
    let mut card = first_card(ledger.insurer.number.clone(), today);
    card.history_number = 1;
    Person {
        insured_number: String::new(),
        resident_key: unused_resident_key(ledger),
        my_number: unused_my_number(ledger, "新しい被保険者", &[]),
        name: "朔　あゆみ".to_owned(),
        kana: "サク　アユミ".to_owned(),
        address: changes::address(&ledger.insurer, "", 0),
        birth: birthday.saturating_sub(65.years()),
        sex: Sex::Female,
        category: Category::First,
        not_disclosed: false,
        card_holder: true,
        acquired_on: today,
        lost: None,
        previous_numbers: Vec::new(),
        consent: None,
        cards: vec![card],
        burden_ratios: Vec::new(),
        reductions: Vec::new(),
        home_modifications: Vec::new(),
        equipment_purchases: Vec::new(),
        applications: Vec::new(),
    }
}

fn unused_resident_key(ledger: &Ledger) -> String {
    let keys = (0..=99_999_999_u32).rev().map(|key| format!("R{key:08}"));
    let mut unused = keys.filter(|key| {
        let mut people = ledger.people.iter();
        people.all(|person| person.resident_key != *key)
    });
    unused.next().unwrap_or_default()
}
