//! FAULT-03: after partial acceptance only what was refused is dealt with again.

use std::collections::{BTreeMap, BTreeSet};

use super::course::{Course, Sending, Told};
use super::seen::{Seen, Wrong};

/// What the law saw in one course; nothing where no request or file was accepted in part.
pub(super) fn only_refused_again(course: &Course) -> Option<Seen> {
    let expected = "一部だけ受け付けられたら、受け付けられた記録は、異動のない限り送り直さない";
    let mut told: BTreeMap<&str, BTreeSet<bool>> = BTreeMap::new();
    for sending in &course.sendings {
        if let (Some(carrier), Some(what)) = (&sending.carrier, sending.told) {
            told.entry(carrier).or_default().insert(what.is_refused);
        }
    }
    let is_partial = |sending: &&Sending| {
        let carrier = sending.carrier.as_deref();
        carrier.is_some_and(|carrier| told.get(carrier).is_some_and(|told| told.len() > 1))
    };
    let accepted: Vec<(&Sending, Told)> = course
        .sendings
        .iter()
        .filter(is_partial)
        .filter_map(|sending| Some((sending, sending.told.filter(|told| !told.is_refused)?)))
        .collect();
    let last = accepted.iter().map(|(_, told)| told.n).max()?;
    let mut rows: BTreeMap<_, Vec<&Sending>> = BTreeMap::new();
    for sending in &course.sendings {
        let row = (&sending.insurer, &sending.key);
        rows.entry(row).or_default().push(sending);
    }
    let mut wrong = Wrong::default();
    for (sending, told) in &accepted {
        let of_row = rows.get(&(&sending.insurer, &sending.key));
        let again = of_row.into_iter().flatten().find(|later| {
            later.n > told.n && later.record == sending.record && !is_due(course, sending, later)
        });
        if let Some(again) = again {
            let told = format!(
                "受け付けられた、被保険者番号 {} の人の記録（{}）を送り直しました",
                sending.key.insured_number, sending.word
            );
            wrong.add(again.n, told);
        }
    }
    let held = format!(
        "受け付けられた記録{}件は、送り直されませんでした",
        accepted.len()
    );
    Some(wrong.seen(expected, last, held))
}

/// Whether there was a reason to send it once more: business about the person, or another set-up.
fn is_due(course: &Course, sending: &Sending, later: &Sending) -> bool {
    let mut set_ups = course.set_ups.iter();
    course.has_business(&sending.key.insured_number, sending.n, later.n)
        || set_ups.any(|one| sending.n < one.began && one.began < later.n)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::Product;
    use super::only_refused_again;

    proptest! {
        #[test]
        fn a_product_that_sends_the_refused_alone_keeps_the_law(
            people in 2..6_usize,
            refused in 0..6_usize,
            transfers in 1..4_u8,
        ) {
            let mut product = Product::set_up();
            product.transfer_of(people, |person| person == refused % people);
            for _ in 0..transfers {
                product.transfer_of(people, |_| false);
            }
            let seen = only_refused_again(&product.course).expect("a part was refused");
            prop_assert!(seen.holds, "{} {:#?}", seen.actual, product.course);
        }

        #[test]
        fn one_that_sends_the_whole_request_again_breaks_it(
            people in 2..6_usize,
            refused in 0..6_usize,
        ) {
            let mut product = Product::set_up();
            product.transfer_of(people, |person| person == refused % people);
            product.repeats_everything();
            let seen = only_refused_again(&product.course).expect("a part was refused");
            prop_assert!(!seen.holds, "{:#?}", product.course);
        }

        /// Nothing is accepted in part where all is, or nothing.
        #[test]
        fn what_is_accepted_or_refused_whole_says_nothing(people in 1..6_usize, all in any::<bool>()) {
            let mut product = Product::set_up();
            product.transfer_of(people, |_| all);
            prop_assert_eq!(only_refused_again(&product.course), None);
        }
    }
}
