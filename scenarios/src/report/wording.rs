//! What a cell says, in one line or in several.

use super::json::evidence;
use super::run_facts::RunFacts;
use crate::verdict::{
    Block, Cell, ExitCode, Finding, Heard, Mode, ObservedBy, Party, Row, ScenarioRecord, Scope,
    Verdict, VerdictTable,
};

/// How many of the scenarios with one reason are named.
const PLACES_MAX: usize = 3;

/// The gravest finding in one line; empty for nothing to say.
pub(super) fn summary(cell: &Cell) -> String {
    let text = match (cell.verdict(), cell.findings().first()) {
        (Verdict::NeedsReview, Some(Finding::Held(_))) => {
            let question = cell.notes().first().cloned();
            question.unwrap_or_else(|| "出典が定まっていない規則".to_owned())
        }
        (_, Some(first)) => finding(first),
        (_, None) => String::new(),
    };
    match cell.known_gap() {
        Some(reason) => format!("既知の未対応（{reason}） {text}"),
        None => text,
    }
}

/// Every reason once, the gravest first; what speaks for the rule in one line; then the notes.
pub(super) fn reasons(row: &Row, cell: &Cell) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    if let Some(reason) = cell.known_gap() {
        texts.push(format!("既知の未対応（vendor.toml の理由）: {reason}"));
    }
    texts.extend(why_this_word(row, cell));
    let notes = cell.notes().iter().cloned();
    for text in against(cell)
        .into_iter()
        .chain(in_favour(cell))
        .chain(notes)
    {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

/// What speaks against the rule. Scenarios that say the same, numbers and people aside, say it once.
fn against(cell: &Cell) -> Vec<String> {
    let mut groups: Vec<(String, String, Vec<&str>)> = Vec::new();
    let findings = cell.findings().iter();
    for one in findings.filter(|one| !matches!(one, Finding::Held(_))) {
        let text = finding(one);
        let key = gist(&text);
        match groups.iter_mut().find(|(known, _, _)| *known == key) {
            Some((_, _, scenarios)) => scenarios.extend(one.scenario()),
            None => groups.push((key, text, one.scenario().into_iter().collect())),
        }
    }
    let told = groups.into_iter().map(|(_, text, scenarios)| {
        if scenarios.len() < 2 {
            return text;
        }
        let first = scenarios.get(..PLACES_MAX).unwrap_or(&scenarios);
        let more = if scenarios.len() > PLACES_MAX {
            " など"
        } else {
            ""
        };
        format!(
            "{text}（同じ理由のシナリオ {}件: {}{more}）",
            scenarios.len(),
            first.join("、")
        )
    });
    told.collect()
}

/// A reason without its numbers and without what follows its first sentence.
fn gist(text: &str) -> String {
    let first = text.split('。').next().unwrap_or_default();
    first
        .chars()
        .filter(|letter| !letter.is_numeric())
        .collect()
}

fn in_favour(cell: &Cell) -> Option<String> {
    let mut scenarios: Vec<&str> = Vec::new();
    let mut observations = 0;
    for one in cell.findings() {
        if let Finding::Held(held) = one {
            observations += held.evidence().iter().count();
            if !scenarios.contains(&held.evidence().scenario()) {
                scenarios.push(held.evidence().scenario());
            }
        }
    }
    let mixed = cell
        .findings()
        .iter()
        .any(|one| !matches!(one, Finding::Held(_)));
    let other = if mixed { "ほかに" } else { "" };
    (!scenarios.is_empty()).then(|| {
        format!(
            "{other}{}件のシナリオで{observations}件を観測し、すべて規則どおり",
            scenarios.len()
        )
    })
}

/// Why the word is not the one a reader would expect from what was seen.
fn why_this_word(row: &Row, cell: &Cell) -> Option<String> {
    let violated = cell.mismatch().is_some();
    let standing = row.facts.standing;
    let text = match (violated, row.facts.party, cell.verdict()) {
        (true, Party::Vendor, Verdict::Advisory) => format!(
            "規則に反する動きを観測しましたが、{}・{}の規則のため推奨未達とします。{}",
            standing.ja(),
            row.facts.level.ja(),
            standing.meaning()
        ),
        (true, Party::Vendor, Verdict::NeedsReview) => format!(
            "規則と異なる動きを観測しました。根拠が「{}」のため、これだけでは判定しません。{}",
            standing.ja(),
            standing.meaning()
        ),
        (true, Party::Insurer, _) => {
            "保険者の務めと異なる動きを観測しました。保険者の担当者が確かめてください".to_owned()
        }
        (true, Party::Vendor, _) => return None,
        (true, party, _) => format!(
            "模擬側（{}）が自分の規則に反しました。製品の不具合ではありません。判定側の開発元へ知らせてください",
            party.ja()
        ),
        (false, _, Verdict::NeedsReview) if !cell.notes().is_empty() => {
            "この規則の出典は定まっていません。観測は当プログラムの読み方どおりでした".to_owned()
        }
        (false, _, _) => return None,
    };
    Some(text)
}

/// A finding in one line.
pub(super) fn finding(finding: &Finding) -> String {
    match finding {
        Finding::Held(held) => {
            let evidence = held.evidence();
            let ground = match held.contact() {
                Heard::Vendor(contact) => format!("製品からの通信 {}件", contact.messages()),
                Heard::Portal(contact) => of_portal_alone(contact.answers()),
            };
            format!(
                "{} で{}件を観測し、すべて規則どおり（{ground}）",
                evidence.scenario(),
                evidence.iter().count(),
            )
        }
        Finding::Violated(violation) => {
            let mismatch = violation.mismatch();
            format!("期待 {} ／ 実際 {}", mismatch.expected, mismatch.actual)
        }
        Finding::Inherited { cause, reason, .. } => format!("{cause} の違反による。{reason}"),
        Finding::Blocked { reason, .. }
        | Finding::Undecided(reason)
        | Finding::Misconfigured(reason)
        | Finding::NotRun(reason)
        | Finding::NotApplicable(reason)
        | Finding::Untestable(reason)
        | Finding::NeedsPerson(reason) => reason.to_string(),
    }
}

/// Who was heard in a scenario, with the number of messages or answers.
pub(super) fn heard(record: &ScenarioRecord) -> String {
    match record.heard(true) {
        Some(Heard::Portal(contact)) => of_portal_alone(contact.answers()),
        Some(Heard::Vendor(_)) | None => format!("製品からの通信 {}件", record.vendor_messages),
    }
}

fn of_portal_alone(answers: u64) -> String {
    format!("製品は使わず、模擬側のポータルの答え {answers}件を確かめた")
}

/// The command that shows a finding again; a law needs both modes for it.
pub(super) fn repeat(facts: &RunFacts, finding: &Finding, mode: Mode) -> Option<String> {
    let scenario = finding.scenario()?;
    let by_law =
        evidence(finding).is_some_and(|evidence| matches!(evidence.first().by, ObservedBy::Law(_)));
    Some(if by_law {
        facts.repeat_in_both_modes(scenario)
    } else {
        facts.repeat_scenario(scenario, mode)
    })
}

/// Who saw it.
pub(super) fn observer(by: &ObservedBy) -> String {
    match by {
        ObservedBy::Claim => "シナリオの観測".to_owned(),
        ObservedBy::Step(index) => format!("{}番目のステップ", index + 1),
        ObservedBy::Monitor(name) => format!("監視（{name}）"),
        ObservedBy::Law(name) => format!("法則（{name}）"),
    }
}

/// 参考判定 or 適合判定.
pub(super) fn title(table: &VerdictTable) -> &'static str {
    if table.reference_only {
        "参考判定"
    } else {
        "適合判定"
    }
}

/// Which modes the run says nothing about, and why.
pub(super) fn modes(table: &VerdictTable) -> Vec<String> {
    let asked: Vec<&str> = table.asked.iter().map(|mode| mode.ja()).collect();
    let undeclared = table.undeclared().into_iter().map(|mode| {
        format!(
            "{}は、vendor.toml の modes に宣言されていないため、対象外です。",
            mode.long_ja()
        )
    });
    let left_out = table.left_out().into_iter().map(|mode| {
        format!(
            "{}だけの実行です。宣言された{}は、この実行では試していません。",
            asked.join("・"),
            mode.long_ja()
        )
    });
    undeclared.chain(left_out).collect()
}

/// Whether the run tried rules of the simulated side and nothing else, and found nothing against them: it says
/// nothing about the product, and nothing is left to be cleared up.
pub(super) fn is_without_product(table: &VerdictTable, exit: ExitCode) -> bool {
    let mut tried = table.rows.iter().flat_map(|row| {
        let cells = row.cells.values();
        let of_run = cells.filter(|cell| cell.scope() == Scope::Tried);
        of_run.map(|cell| (row.block, cell.verdict()))
    });
    exit == ExitCode::Undecided
        && table.problems.is_empty()
        && table.rows.iter().any(|row| row.block == Block::Simulated)
        && tried.all(|(block, verdict)| {
            block == Block::Simulated && matches!(verdict, Verdict::Passed | Verdict::NeedsReview)
        })
}

/// How the run ended, in one sentence.
pub(super) fn ending(table: &VerdictTable, exit: ExitCode) -> &'static str {
    if is_without_product(table, exit) {
        return "試したのは模擬側の規則だけで、規則どおりでした。製品の規則は一つも試していないため、製品の合格とは言えません。";
    }
    match exit {
        ExitCode::Success => "不合格はなく、判定できずに残った規則もありません。",
        ExitCode::Failed => "不合格の規則があります。",
        ExitCode::Usage => "コマンドの書き方に誤りがあります。",
        ExitCode::Settings => "設定、または宣言に直すところがあります。",
        ExitCode::Undecided => "判定できていない規則が残っています。合格とは言えません。",
        ExitCode::Open => "推奨未達または要確認の規則が残っています（--strict）。",
    }
}

/// 出典, with the short names of the catalogue written out for a reader.
pub(super) fn source(text: &str) -> String {
    const NAMES: [(&str, &str); 3] = [
        (
            "briefing:",
            "厚生労働省 自治体説明会資料（令和7年11月21日）:",
        ),
        ("hitachi:", "日立市 介護情報基盤の説明資料:"),
        ("domain:", "公開資料の調査:"),
    ];
    let named = NAMES.iter().fold(text.to_owned(), |text, (short, long)| {
        text.replace(short, long)
    });
    named
        .replace("follows from ", "次から導出: ")
        .replace(" and ", "、")
}
