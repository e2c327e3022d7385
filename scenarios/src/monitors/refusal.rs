//! Records that PMH refused, as its results say it in either mode.

use std::collections::BTreeSet;

use serde_json::Value;

use super::facts::{Facts, text};
use crate::witness::{item_name, kind_name};

/// One item of one refused record.
pub(super) struct Refused {
    /// The line of the journal with the result.
    pub(super) n: u64,
    /// The kind, in Japanese.
    pub(super) kind: String,
    pub(super) insured_number: String,
    /// The item, in Japanese.
    pub(super) item: String,
    pub(super) code: String,
    pub(super) message: String,
}

/// The refused items with one of these codes. A result that was fetched again counts once.
pub(super) fn refused(facts: &Facts<'_>, codes: &[&str]) -> Vec<Refused> {
    let mut seen = BTreeSet::new();
    let rows = in_replies(facts).into_iter().chain(in_files(facts));
    rows.filter(|(_, row)| codes.contains(&row.code.as_str()))
        .filter(|(place, row)| seen.insert((place.clone(), row.item.clone(), row.code.clone())))
        .map(|(_, row)| row)
        .collect()
}

/// Task and position of a record, which tell it from every other.
type Place = (String, String);

fn in_replies(facts: &Facts<'_>) -> Vec<(Place, Refused)> {
    let mut found = Vec::new();
    for exchange in &facts.traffic.exchanges {
        let Some(reply) = &exchange.reply else {
            continue;
        };
        let results = reply.body.get("results").and_then(Value::as_array);
        for result in results.into_iter().flatten() {
            let position = result.get("recordIndex").unwrap_or(&Value::Null);
            let place = (text(&reply.body, "taskId"), position.to_string());
            let errors = result.get("errors").and_then(Value::as_array);
            found.extend(errors.into_iter().flatten().map(|error| {
                let kind = text(&reply.body, "kind");
                let refused = Refused {
                    n: exchange.n,
                    item: item_name(facts.profile, &kind, &text(error, "item")),
                    kind: kind_name(facts.profile, &kind),
                    insured_number: text(result, "insuredNumber"),
                    code: text(error, "code"),
                    message: text(error, "message"),
                };
                (place.clone(), refused)
            }));
        }
    }
    found
}

fn in_files(facts: &Facts<'_>) -> impl Iterator<Item = (Place, Refused)> {
    facts.refusals.iter().map(|(n, row)| {
        let kind = text(row, "kind");
        let position = row.get("recordIndex").unwrap_or(&Value::Null);
        let refused = Refused {
            n: *n,
            item: item_name(facts.profile, &kind, &text(row, "item")),
            kind: kind_name(facts.profile, &kind),
            insured_number: text(row, "insuredNumber"),
            code: text(row, "resultCode"),
            message: text(row, "message"),
        };
        ((text(row, "taskId"), position.to_string()), refused)
    })
}
