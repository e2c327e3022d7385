//! FAULT-01: what a line or PMH in trouble leaves behind is whole: nothing lost, nothing twice.

use std::collections::BTreeMap;

use serde_json::Value;
use tekigo_simulator::kernel::LinkAction;

use super::course::{Course, Sending};
use super::seen::{Seen, Wrong};
use crate::auditor::ExpectedKey;

/// The item that numbers the rows of one person and kind.
const HISTORY_KEY: &str = "historyKey";

/// What the law saw in one course; nothing where no request was struck, or the product never came to
/// rest since.
pub(super) fn recovered_whole(course: &Course) -> Option<Seen> {
    let expected =
        "応答なし・切断・一時的な拒否の後の連携が終われば、送った記録は欠けず、二重にもならない";
    let struck = course.sendings.iter().enumerate();
    let struck: Vec<(usize, &Sending)> = struck
        .filter(|(_, sending)| sending.struck.as_ref().is_some_and(is_temporary))
        .collect();
    let last_struck = struck.iter().map(|(_, sending)| sending.n).max()?;
    let rest = course.last_rest().filter(|rest| *rest > last_struck)?;
    let mut wrong = Wrong::default();
    for (place, sending) in &struck {
        let person = &sending.key.insured_number;
        let arrived = course
            .sendings
            .iter()
            .skip(*place)
            .any(|later| is_same_row(later, sending) && is_taken(later));
        // Whoever was changed since may not have to be sent any more.
        if !arrived && !course.has_business(person, sending.n, rest) {
            let told = format!(
                "被保険者番号 {person} の人の記録（{}）が、途中の不調の後に届いていません",
                sending.word
            );
            wrong.add(sending.n, told);
        }
    }
    twice(course, last_struck, &mut wrong);
    let held = format!(
        "不調にあった記録{}件が、欠けも重なりもなく届きました",
        struck.len()
    );
    Some(wrong.seen(expected, rest, held))
}

/// What a scenario lets happen to the line and passes by itself.
fn is_temporary(action: &LinkAction) -> bool {
    match action {
        LinkAction::CutBefore
        | LinkAction::CutWithin
        | LinkAction::CutAfter
        | LinkAction::Unavailable { .. }
        | LinkAction::Hold
        | LinkAction::NoAnswer
        | LinkAction::Slow
        | LinkAction::LineDown => true,
        LinkAction::BusinessError { .. } | LinkAction::RevokeKeys => false,
    }
}

fn is_taken(sending: &Sending) -> bool {
    sending.carrier.is_some()
}

fn is_same_row(one: &Sending, other: &Sending) -> bool {
    one.insurer == other.insurer && one.key == other.key
}

/// Rows that have come since under another number, with what another row of the person holds.
fn twice(course: &Course, since: u64, wrong: &mut Wrong) {
    let mut rows: BTreeMap<(&str, &ExpectedKey), (u64, &Sending)> = BTreeMap::new();
    for change in &course.changes {
        if let Some(sending) = course.sendings.get(change.sending) {
            rows.insert((&sending.insurer, &sending.key), (change.n, sending));
        }
    }
    let mut contents: BTreeMap<(&str, &str, &str, String), u64> = BTreeMap::new();
    for ((insurer, key), (n, sending)) in rows {
        if key.row.is_empty() || crate::witness::is_deleted(&sending.record) {
            continue;
        }
        let content = (insurer, key.kind.as_str(), key.insured_number.as_str());
        let content = (
            content.0,
            content.1,
            content.2,
            without_number(&sending.record),
        );
        let Some(known) = contents.insert(content, n) else {
            continue;
        };
        let last = known.max(n);
        // Whoever issues the same thing twice has two rows of it.
        if last > since && rows_made(course, key) < 2 {
            let told = format!(
                "被保険者番号 {} の人の記録（{}）が、番号だけを変えて二重になりました",
                key.insured_number, sending.word
            );
            wrong.add(last, told);
        }
    }
}

/// How often staff made a row of this kind for the person.
fn rows_made(course: &Course, key: &ExpectedKey) -> usize {
    let makes = |operation: &str| match key.kind.as_str() {
        "insuranceCard" => operation == "issue_card",
        "burdenRatioCard" => operation == "issue_burden_ratio",
        "reductionCard" => operation == "issue_reduction",
        "homeModificationUse" => operation == "record_home_modification",
        "equipmentPurchaseUse" => operation == "record_equipment_purchase",
        _ => false,
    };
    let made = course.business.iter().filter(|business| {
        let person = business.person.as_deref();
        makes(&business.operation) && person == Some(key.insured_number.as_str())
    });
    made.count()
}

fn without_number(record: &Value) -> String {
    let mut record = record.clone();
    if let Some(members) = record.as_object_mut() {
        members.remove(HISTORY_KEY);
    }
    record.to_string()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use tekigo_simulator::kernel::LinkAction;

    use super::super::sample::Product;
    use super::recovered_whole;

    fn trouble() -> impl Strategy<Value = LinkAction> {
        prop::sample::select(vec![
            LinkAction::CutBefore,
            LinkAction::CutWithin,
            LinkAction::CutAfter,
            LinkAction::NoAnswer,
            LinkAction::Slow,
            LinkAction::LineDown,
            LinkAction::Unavailable { retry_after: 60 },
        ])
    }

    proptest! {
        #[test]
        fn a_product_that_sends_again_what_was_not_answered_keeps_the_law(
            struck in vec(trouble(), 1..6),
        ) {
            let mut product = Product::set_up();
            for action in struck {
                product.moves();
                product.transfer_struck_by(&action);
            }
            product.transfer();
            product.rests();
            let seen = recovered_whole(&product.course).expect("requests were struck");
            prop_assert!(seen.holds, "{} {:#?}", seen.actual, product.course);
        }

        #[test]
        fn one_that_gives_up_what_was_refused_for_a_while_breaks_it(action in trouble()) {
            let mut product = Product::set_up();
            product.moves();
            product.transfer_struck_by(&action);
            product.gives_up();
            product.rests();
            let seen = recovered_whole(&product.course).expect("requests were struck");
            let has_arrived = !matches!(
                action,
                LinkAction::CutBefore | LinkAction::LineDown | LinkAction::Unavailable { .. }
            );
            prop_assert_eq!(seen.holds, has_arrived, "{:#?}", product.course);
        }

        #[test]
        fn one_that_numbers_what_it_sends_again_anew_breaks_it(action in trouble()) {
            let mut product = Product::set_up();
            product.moves();
            product.transfer();
            product.transfer_struck_by(&action);
            product.sends_a_row_under_two_numbers();
            product.rests();
            let seen = recovered_whole(&product.course);
            prop_assert!(seen.is_some_and(|seen| !seen.holds), "{:#?}", product.course);
        }
    }
}
