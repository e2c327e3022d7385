//! SYNC-07: changes of one person take effect in order; what is newer stays.

use std::collections::BTreeMap;

use serde_json::Value;

use super::course::{Course, Sending};
use super::seen::{Seen, Wrong};
use crate::auditor::ExpectedKey;

/// The kind of a person's own record, as the profile calls it.
const PERSON: &str = "person";
/// Going back to what was there before takes the change and another one that takes it back.
const CHANGE_AND_BACK: usize = 2;

/// Whose row it is.
type Row<'c> = (&'c str, &'c ExpectedKey);

/// What the law saw in one course; nothing where no row changed twice.
pub(super) fn newer_stays(course: &Course) -> Option<Seen> {
    let expected = "同じ人の異動は起きた順に反映され、古い内容が新しい内容を上書きしない";
    let mut rows: BTreeMap<Row<'_>, Vec<(u64, &Sending)>> = BTreeMap::new();
    for change in &course.changes {
        let sending = course.sendings.get(change.sending)?;
        let versions = rows.entry((&sending.insurer, &sending.key)).or_default();
        versions.push((change.n, sending));
    }
    let changed = rows.values().filter(|versions| versions.len() > 1);
    let last = changed.clone().filter_map(|versions| versions.last());
    let last = last.map(|(n, _)| *n).max()?;
    let mut wrong = Wrong::default();
    for versions in changed.clone() {
        come_back(course, versions, &mut wrong);
        overtaken(course, versions, &mut wrong);
    }
    let held = format!("{}件の記録が、後の内容のままでした", changed.count());
    Some(wrong.seen(expected, last, held))
}

/// A content that was replaced stands there again, and nobody has taken the change back.
fn come_back(course: &Course, versions: &[(u64, &Sending)], wrong: &mut Wrong) {
    for (place, (n, version)) in versions.iter().enumerate() {
        let earlier = versions.get(..place.saturating_sub(1)).unwrap_or_default();
        let same = earlier
            .iter()
            .rev()
            .find(|(_, earlier)| earlier.record == version.record);
        let Some((since, _)) = same else {
            continue;
        };
        let person = &version.key.insured_number;
        if course.business_about(person, *since, *n) < CHANGE_AND_BACK {
            let told = format!(
                "被保険者番号 {person} の人の記録（{}）が、前の内容に戻りました",
                version.word
            );
            wrong.add(*n, told);
        }
    }
}

/// The value of an earlier change stands where that of a later one stood already.
fn overtaken(course: &Course, versions: &[(u64, &Sending)], wrong: &mut Wrong) {
    for pair in versions.windows(2) {
        let [(first, before), (second, after)] = pair else {
            continue;
        };
        if after.key.kind != PERSON {
            continue;
        }
        let person = &after.key.insured_number;
        for (item, steps) in changes_of(course, person) {
            let newest = |record: &Value, until: u64| {
                let known = steps.iter().filter(|(n, _)| *n < until);
                known
                    .filter(|(_, value)| holds(record, value))
                    .map(|(n, _)| *n)
                    .max()
            };
            let (was, is) = (
                newest(&before.record, *first),
                newest(&after.record, *second),
            );
            if is.is_some_and(|is| Some(is) < was) {
                let told = format!(
                    "被保険者番号 {person} の人の異動（{item}）で、前の異動の内容が後の異動の内容を上書きしました"
                );
                wrong.add(*second, told);
            }
        }
    }
}

/// The values that were given to each item of a person, in order.
fn changes_of<'c>(course: &'c Course, person: &str) -> BTreeMap<&'c str, Vec<(u64, &'c str)>> {
    let mut items: BTreeMap<&str, Vec<(u64, &str)>> = BTreeMap::new();
    for business in &course.business {
        let changes = business.input.get("changes").and_then(Value::as_object);
        if business.person.as_deref() != Some(person) {
            continue;
        }
        for (item, value) in changes.into_iter().flatten() {
            if let Some(value) = value.as_str() {
                items.entry(item).or_default().push((business.n, value));
            }
        }
    }
    items
}

/// Whether a value stands anywhere in a record.
pub(super) fn holds(record: &Value, value: &str) -> bool {
    match record {
        Value::String(text) => text == value,
        Value::Object(members) => members.values().any(|member| holds(member, value)),
        Value::Array(values) => values.iter().any(|member| holds(member, value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::super::sample::Product;
    use super::newer_stays;

    proptest! {
        /// Any number of changes, transfers and answers that get lost leave the newest content.
        #[test]
        fn a_product_that_sends_what_its_books_say_keeps_the_law(steps in vec(0..3_u8, 1..40)) {
            let mut product = Product::set_up();
            for step in steps {
                match step {
                    0 => product.moves(),
                    1 => product.transfer(),
                    _ => product.transfer_whose_answer_is_lost(),
                }
            }
            let seen = newer_stays(&product.course);
            prop_assert!(seen.is_none_or(|seen| seen.holds), "{:#?}", product.course);
        }

        #[test]
        fn one_that_repeats_an_old_request_breaks_it(
            before in vec(0..2_u8, 0..20),
            after in vec(0..2_u8, 0..20),
        ) {
            let mut product = Product::set_up();
            let play = |product: &mut Product, steps: Vec<u8>| {
                for step in steps {
                    if step == 0 { product.moves() } else { product.transfer() }
                }
            };
            play(&mut product, before);
            product.moves();
            product.transfer();
            product.moves();
            product.transfer();
            product.repeats_the_request_before();
            play(&mut product, after);
            let seen = newer_stays(&product.course).expect("something changed twice");
            prop_assert!(!seen.holds, "{:#?}", product.course);
        }
    }
}
