//! FAULT-05: results and inbound records that come twice, late or out of order leave the right state.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::course::{Business, Course, Sending, Shown, Told};
use super::seen::{Seen, Wrong};
use crate::auditor::ExpectedKey;

/// The kind of a person's own record, as the profile calls it.
const PERSON: &str = "person";
const CONSENT: &str = "consent";
/// The item of a consent that says when the person answered.
const ANSWERED_ON: &str = "takenDate";

/// What the law saw in one course; nothing where everything came in order, or nothing has settled since.
pub(super) fn right_whenever_it_comes(course: &Course) -> Option<Seen> {
    let expected = "処理結果や受信情報が二重に、遅れて、または順序を違えて届いても、台帳の内容が届き、誤りは正しく示される";
    let irregular = irregular(course);
    let since = irregular.last().copied()?;
    let rest = course.last_rest().filter(|rest| *rest > since)?;
    let mut wrong = Wrong::default();
    swallowed(course, rest, &mut wrong);
    taken_back(course, &mut wrong);
    if let Some(shown) = course.shown.last() {
        shown_wrongly(course, shown, &mut wrong);
    }
    let held = format!(
        "{}件の遅れ・重複・入れ替わりの後も、正しい状態でした",
        irregular.len()
    );
    Some(wrong.seen(expected, rest, held))
}

/// The lines at which something was late, twice or out of order.
fn irregular(course: &Course) -> BTreeSet<u64> {
    let mut irregular: BTreeSet<u64> = course.irregular.iter().copied().collect();
    let mut newest_told = 0;
    for sending in &course.sendings {
        let Some(told) = sending.told else { continue };
        let is_late = course.has_business(&sending.key.insured_number, sending.n, told.n);
        if is_late || told.n < newest_told {
            irregular.insert(told.n);
        }
        newest_told = newest_told.max(told.n);
    }
    irregular
}

/// A change in the books that was never sent. What changes during a set-up is followed up for its own sake
/// (SETUP-03): that it was not tells nothing of lateness.
fn swallowed(course: &Course, rest: u64, wrong: &mut Wrong) {
    let of_people = course.sendings.iter().filter(|one| one.key.kind == PERSON);
    let mut people: BTreeMap<&str, Vec<&Sending>> = BTreeMap::new();
    for sending in of_people {
        let person = sending.key.insured_number.as_str();
        people.entry(person).or_default().push(sending);
    }
    let is_looked_at = |one: &&Business| one.n < rest && !course.is_being_set_up(one.n);
    for business in course.business.iter().filter(is_looked_at) {
        let Some(person) = business.person.as_deref() else {
            continue;
        };
        let sendings = people.get(person).map_or(&[][..], Vec::as_slice);
        let before = sendings.iter().rev().find(|one| one.n < business.n);
        let Some(before) = before else { continue };
        let is_sent = sendings
            .iter()
            .any(|one| business.n < one.n && one.n < rest);
        let is_refused = sendings
            .last()
            .and_then(|last| last.told)
            .is_some_and(|told| told.is_refused);
        if !is_sent && !is_refused && says_something_new(business, &before.record) {
            let told =
                format!("被保険者番号 {person} の人の異動が、連携が済んでも送られていません");
            wrong.add(business.n, told);
        }
    }
}

/// Whether a change gives an item a value that was not sent.
fn says_something_new(business: &Business, sent: &Value) -> bool {
    let changes = business.input.get("changes").and_then(Value::as_object);
    let mut values = changes
        .into_iter()
        .flatten()
        .filter_map(|(_, value)| value.as_str());
    values.any(|value| !super::order::holds(sent, value))
}

/// An older answer about consent was sent after a newer one, and nobody had said so.
fn taken_back(course: &Course, wrong: &mut Wrong) {
    let mut people: BTreeMap<(&str, &str), &Sending> = BTreeMap::new();
    for sending in course.sendings.iter().filter(|one| one.key.kind == CONSENT) {
        let person = sending.key.insured_number.as_str();
        let before = people.insert((&sending.insurer, person), sending);
        let Some(before) = before else { continue };
        let day = |sending: &Sending| {
            let day = sending.record.get(ANSWERED_ON).and_then(Value::as_str);
            day.unwrap_or_default().to_owned()
        };
        if day(sending) < day(before) && !course.has_business(person, before.n, sending.n) {
            let told = format!("被保険者番号 {person} の人の、前の同意の答えを後から送りました");
            wrong.add(sending.n, told);
        }
    }
}

/// What staff were shown last is not what the last results say.
fn shown_wrongly(course: &Course, shown: &Shown, wrong: &mut Wrong) {
    let mut last: BTreeMap<(&str, &ExpectedKey), (&Sending, Told)> = BTreeMap::new();
    for sending in &course.sendings {
        if let Some(told) = sending.told.filter(|told| told.n < shown.n) {
            last.insert((&sending.insurer, &sending.key), (sending, told));
        }
    }
    let mut people: BTreeMap<&str, Vec<(&Sending, Told)>> = BTreeMap::new();
    for (sending, told) in last.into_values() {
        let person = sending.key.insured_number.as_str();
        people.entry(person).or_default().push((sending, told));
    }
    for (person, told) in people {
        let sent = told.iter().map(|(sending, _)| sending.n).max();
        let is_settled = !course.has_business(person, sent.unwrap_or_default(), shown.n);
        let is_refused = told.iter().any(|(_, told)| told.is_refused);
        let was_refused = course.sendings.iter().any(|sending| {
            let is_refusal = sending.told.is_some_and(|told| told.is_refused);
            is_refusal && sending.key.insured_number == person
        });
        let is_shown = shown.people.contains(person);
        if is_settled && is_refused && !is_shown {
            let told =
                format!("被保険者番号 {person} の人の受け付けられなかった記録が、示されていません");
            wrong.add(shown.n, told);
        } else if is_settled && was_refused && !is_refused && is_shown {
            let told = format!(
                "被保険者番号 {person} の人の、後で受け付けられた記録の誤りが、示されたままです"
            );
            wrong.add(shown.n, told);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::super::sample::Product;
    use super::right_whenever_it_comes;

    proptest! {
        #[test]
        fn a_product_that_keeps_what_its_books_say_keeps_the_law(
            steps in vec((any::<bool>(), any::<bool>()), 1..12),
        ) {
            let mut product = Product::set_up();
            for (is_late, moves_again) in steps {
                product.moves();
                product.sends();
                if moves_again || is_late {
                    product.moves();
                }
                product.is_told(is_late);
                product.transfer();
            }
            product.something_came_twice();
            product.transfer();
            product.rests();
            let seen = right_whenever_it_comes(&product.course).expect("something came late");
            prop_assert!(seen.holds, "{} {:#?}", seen.actual, product.course);
        }

        /// A late result settles what the books have changed since; during a set-up that is another law's.
        #[test]
        fn one_that_takes_a_late_result_for_the_newest_breaks_it(
            before in 0..5_u8,
            is_being_set_up in any::<bool>(),
        ) {
            let mut product = Product::set_up();
            if is_being_set_up {
                product.begins_a_set_up();
            }
            for _ in 0..before {
                product.moves();
                product.transfer();
            }
            product.moves();
            product.sends();
            product.moves();
            product.is_told(false);
            product.gives_up();
            product.rests();
            let seen = right_whenever_it_comes(&product.course).expect("a result was late");
            prop_assert_eq!(seen.holds, is_being_set_up, "{:#?}", product.course);
        }

        /// A consent that comes again is sent again, after the withdrawal.
        #[test]
        fn one_that_lets_an_old_consent_win_breaks_it(days in 1..200_i16) {
            let mut product = Product::set_up();
            product.links_a_consent_of(0);
            product.links_a_consent_of(days);
            product.something_came_twice();
            product.links_a_consent_of(0);
            product.rests();
            let seen = right_whenever_it_comes(&product.course).expect("something came twice");
            prop_assert!(!seen.holds, "{:#?}", product.course);
        }

        /// A refusal that was put right is still shown.
        #[test]
        fn one_that_goes_on_showing_an_old_refusal_breaks_it(is_shown in any::<bool>()) {
            let mut product = Product::set_up();
            product.moves();
            product.sends();
            product.is_told(true);
            product.moves();
            product.transfer();
            product.something_came_twice();
            product.shows(is_shown);
            product.rests();
            let seen = right_whenever_it_comes(&product.course).expect("something came twice");
            prop_assert_eq!(seen.holds, !is_shown, "{} {:#?}", seen.actual, product.course);
        }
    }
}
