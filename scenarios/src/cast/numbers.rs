//! 個人番号 that belong to nobody.

use sha2::{Digest, Sha256};

use crate::ledger::Ledger;
use crate::town::my_number_is_valid;

/// Eleven digits and the check digit.
const BODIES: u64 = 100_000_000_000;

/// A well-formed 個人番号 that nobody in these books has and that is none of `others`. The same books and
/// the same `purpose` give the same number.
pub(crate) fn unused_my_number(ledger: &Ledger, purpose: &str, others: &[&str]) -> String {
    let insured = ledger.people.iter().map(|person| &person.my_number);
    let residents = ledger
        .not_insured
        .iter()
        .map(|resident| &resident.my_number);
    let taken: Vec<&str> = insured
        .chain(residents)
        .map(String::as_str)
        .chain(others.iter().copied())
        .collect();
    (0_u64..)
        .map(|attempt| body(purpose, attempt))
        .flat_map(|body| (0..10).map(move |check| format!("{body:011}{check}")))
        .find(|number| my_number_is_valid(number) && !taken.contains(&number.as_str()))
        .unwrap_or_default()
}

fn body(purpose: &str, attempt: u64) -> u64 {
    let digest = Sha256::digest(format!("{purpose}/{attempt}"));
    let number = digest
        .iter()
        .take(8)
        .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    number % BODIES
}
