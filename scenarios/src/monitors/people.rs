//! Whose records are sent, and whether they follow the interface.

use std::collections::BTreeMap;

use serde_json::Value;

use super::facts::{Facts, text};
use super::observation::Watch;
use crate::witness::Exchange;

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

/// Codes that say a record or request does not fit the profile.
const FORM_CODES: &[&str] = &[
    "E001", "E002", "E003", "E004", "E005", "E007", "E008", "E009", "S400", "S404", "S405", "S413",
    "S415", "B001", "B002", "B003", "B004",
];

/// FORM-01: follows the chosen interface profile.
pub(super) fn follows_the_profile(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "連携仕様（プロファイル）の項目・型・桁・符号・文字に従う";
    let by_themselves = |exchange: &&Exchange| !facts.struck.contains(&exchange.request.id);
    for exchange in facts.traffic.exchanges.iter().filter(by_themselves) {
        let wrong: Vec<String> = exchange
            .error_codes()
            .into_iter()
            .filter(|code| FORM_CODES.contains(code))
            .map(|code| {
                format!(
                    "{} {} が {code}",
                    exchange.request.method, exchange.request.path
                )
            })
            .chain(refused_items(exchange, FORM_CODES))
            .collect();
        if wrong.is_empty() {
            if exchange.reply.is_some() {
                watch.held(exchange.n, expected);
            }
        } else {
            watch.violated(exchange.n, expected, wrong.join("、"));
        }
    }
    sets_follow_the_profile(facts, watch, expected);
    refused_in_results(facts, watch, expected, FORM_CODES);
}

/// Files follow the profile as long as PMH takes the set that they make.
fn sets_follow_the_profile(facts: &Facts<'_>, watch: &mut Watch, expected: &str) {
    for upload in facts.sound_uploads() {
        let problems = upload.answer.problems.iter();
        let of_form = |code: &str| code.starts_with('F') || FORM_CODES.contains(&code);
        let wrong: Vec<String> = problems
            .filter(|problem| of_form(&problem.code))
            .map(|problem| {
                let file = problem.file.as_deref().unwrap_or("組の全体");
                format!("{file} が {}（{}）", problem.code, problem.message)
            })
            .collect();
        if !wrong.is_empty() {
            watch.violated(upload.n, expected, wrong.join("、"));
        } else if upload.is_accepted() {
            watch.held(upload.n, expected);
        }
    }
}

/// Records refused with one of these codes, as the result files say it.
fn refused_in_results(facts: &Facts<'_>, watch: &mut Watch, expected: &str, codes: &[&str]) {
    for (n, row) in &facts.refusals {
        let code = text(row, "resultCode");
        if codes.contains(&code.as_str()) {
            let actual = format!(
                "項目「{}」が {code}（{}）",
                text(row, "item"),
                text(row, "message")
            );
            watch.violated(*n, expected, actual);
        }
    }
}

/// FORM-02: insurer numbers and 個人番号 have right check digits.
pub(super) fn check_digits_hold(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "保険者番号と個人番号は検査数字が正しい";
    for exchange in &facts.traffic.exchanges {
        let wrong: Vec<String> = refused_items(exchange, &["E006"]).collect();
        for actual in wrong {
            watch.violated(exchange.n, expected, actual);
        }
    }
    refused_in_results(facts, watch, expected, &["E006"]);
    for sent in facts.sent.iter().filter(|sent| sent.kind == "person") {
        watch.held(sent.n, expected);
    }
}

/// The refused items of a task's result, as far as their code is one of these.
fn refused_items<'a>(
    exchange: &'a Exchange,
    codes: &'a [&'a str],
) -> impl Iterator<Item = String> + 'a {
    exchange
        .reply
        .iter()
        .filter_map(|reply| reply.body.get("results")?.as_array())
        .flatten()
        .filter_map(|result| result.get("errors")?.as_array())
        .flatten()
        .filter(|error| codes.contains(&text(error, "code").as_str()))
        .map(|error| {
            format!(
                "項目「{}」が {}（{}）",
                text(error, "item"),
                text(error, "code"),
                text(error, "message")
            )
        })
}
