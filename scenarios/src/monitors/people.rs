//! Whose records are sent, and whether they follow the interface.

use std::collections::BTreeMap;

use serde_json::Value;

use super::facts::{Facts, text};
use super::observation::Watch;

/// SETUP-06: one identifier a person, never the same for two.
pub(super) fn one_identifier_a_person(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "同じ人には同じ識別子、別の人には別の識別子が採番される";
    let mut by_person: BTreeMap<&str, &str> = BTreeMap::new();
    let mut by_identifier: BTreeMap<&str, &str> = BTreeMap::new();
    for (n, identified) in &facts.identified {
        for (person, identifier) in &identified.people {
            let known = *by_person.entry(person).or_insert(identifier);
            let owner = *by_identifier.entry(identifier).or_insert(person);
            if known == identifier && owner == person {
                watch.held(*n, expected);
            } else {
                watch.violated(
                    *n,
                    expected,
                    format!("識別子 {identifier} が食い違いました"),
                );
            }
        }
    }
}

/// SETUP-11: people who are not insured, and provisional numbers, never leave.
pub(super) fn insured_people_only(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "被保険者でない人と仮の番号の人は送らない";
    let numbers = facts.noted_people("not_insured_numbers");
    let tokens = facts.noted_people("not_insured_my_numbers");
    for sent in facts.sent.iter().filter(|sent| sent.kind == "person") {
        let number = text(&sent.record, "insuredNumber");
        let token = text(&sent.record, "myNumber");
        let is_provisional = !number.bytes().all(|byte| byte.is_ascii_digit());
        if numbers.contains(&number) || is_provisional {
            let actual = format!("被保険者でない番号「{number}」の人を送りました");
            watch.violated(sent.n, expected, actual);
        } else if tokens.contains(&token) {
            let actual = format!("被保険者でない人を番号「{number}」で送りました");
            watch.violated(sent.n, expected, actual);
        } else {
            watch.held(sent.n, expected);
        }
    }
}

/// SYNC-09: a person not to be disclosed is marked so in every record of the person.
pub(super) fn not_disclosed_is_said(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "不開示とした人の記録には不開示の印を付ける";
    let mut hidden: BTreeMap<String, bool> = facts
        .noted_people("not_disclosed")
        .into_iter()
        .map(|number| (number, true))
        .collect();
    let mut changes = facts
        .asked
        .iter()
        .filter(|asked| asked.operation == "change_person")
        .filter_map(|asked| {
            let value = asked
                .input
                .get("changes")?
                .get("not_disclosed")?
                .as_bool()?;
            let done = asked
                .answer
                .as_ref()
                .is_some_and(|answer| text(answer, "result") == "done");
            done.then(|| (asked.n, text(&asked.input, "insured_number"), value))
        })
        .peekable();
    for sent in facts.sent.iter().filter(|sent| sent.kind == "person") {
        while let Some((_, number, value)) = changes.next_if(|(n, _, _)| *n < sent.n) {
            hidden.insert(number, value);
        }
        let number = text(&sent.record, "insuredNumber");
        if !hidden.get(&number).copied().unwrap_or(false) {
            continue;
        }
        if sent.record.get("isNotDisclosed") == Some(&Value::Bool(true)) {
            watch.held(sent.n, expected);
        } else {
            let actual = format!("不開示の人（被保険者番号 {number}）を印なしで送りました");
            watch.violated(sent.n, expected, actual);
        }
    }
}
