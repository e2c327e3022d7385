//! The proof as text for a terminal.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use super::grounds::Ground;
use super::matrix::{Guard, Proof};
use super::trial::{Fate, FaultTrial, VariantTrial};

/// The width of the name of a fault.
const NAME: usize = 32;

/// The whole answer.
#[must_use]
pub fn table(proof: &Proof) -> String {
    let mut text = String::from(
        "判定する側の証明: 基準ベンダーに不具合を一つずつ仕込み、その規則の不合格になるかを確かめます。\n\n■ 前提\n",
    );
    ground(
        &mut text,
        "基準",
        "不具合のない製品を全シナリオで",
        &proof.grounds.baseline,
    );
    ground(
        &mut text,
        "見張り",
        "何もしない製品を",
        &proof.grounds.canary,
    );
    ground(
        &mut text,
        "対照",
        "不具合を仕込むときと同じ起動のしかたで、仕込まずに",
        &proof.grounds.control,
    );
    if !proof.grounds.hold() {
        text.push_str("\n前提が成り立たないので、数を出しません。\n");
        return text;
    }
    faults(&mut text, &proof.faults);
    variants(&mut text, &proof.variants);
    guards(&mut text, &proof.guarded_once());
    if !proof.unguarded.is_empty() {
        text.push_str("\n■ 反する不具合を一つも見つけていない規則（見逃すかどうか分かりません）\n");
        for (rule, mode) in &proof.unguarded {
            let _ = writeln!(text, "\u{3000}× {} {mode}", padded(rule));
        }
    }
    text.push_str(if proof.holds() {
        "\nすべての不具合を、反する規則の違反として見つけ、正しい製品には違反を付けませんでした。\n"
    } else {
        "\n判定する側に、直すところがあります。\n"
    });
    text
}

fn ground(text: &mut String, name: &str, what: &str, ground: &Ground) {
    let sign = if ground.holds { '○' } else { '×' };
    let _ = write!(
        text,
        "\u{3000}{sign} {name}（{what}）: 守られた規則 {}",
        ground.held
    );
    let rules: BTreeSet<&str> = ground
        .blames
        .iter()
        .map(|blame| blame.requirement.as_str())
        .collect();
    if !rules.is_empty() {
        let _ = write!(text, "、違反 {}", joined(rules));
    }
    if !ground.holds && !ground.open.is_empty() {
        let _ = write!(
            text,
            "、判定できない {}",
            joined(ground.open.iter().map(String::as_str))
        );
    }
    text.push('\n');
}

fn faults(text: &mut String, trials: &[FaultTrial]) {
    let names: BTreeSet<&str> = trials.iter().map(|trial| trial.fault.as_str()).collect();
    let count = |fate| trials.iter().filter(|trial| trial.fate == fate).count();
    let _ = writeln!(
        text,
        "\n■ 不具合 {}種（方式ごとに数えて {}件）: 見つけた {}、見逃した {}、ほかの規則のせいにした {}、余計な規則も不合格にした {}、試せなかった {}",
        names.len(),
        trials.len(),
        count(Fate::Killed),
        count(Fate::Survived),
        count(Fate::Misattributed),
        count(Fate::Smeared),
        count(Fate::NotTried),
    );
    for trial in trials {
        let sign = if trial.fate == Fate::Killed {
            '○'
        } else {
            '×'
        };
        let _ = writeln!(
            text,
            "\u{3000}{sign} {} {} {:>5.1}秒 {}",
            padded(&trial.fault),
            trial.mode,
            trial.seconds,
            told(trial),
        );
    }
}

/// What was blamed by what; for what went wrong also what should have been.
fn told(trial: &FaultTrial) -> String {
    let seen = trial.blamed().into_iter().map(|rule| {
        let of_rule = trial
            .blames
            .iter()
            .filter(|blame| blame.requirement == rule);
        let by: BTreeSet<String> = of_rule
            .map(|blame| match blame.by.ja().as_str() {
                "シナリオ" => blame.scenario.clone(),
                onlooker => onlooker.to_owned(),
            })
            .collect();
        let first = by.iter().next().cloned().unwrap_or_default();
        match by.len() {
            1 => format!("{rule}（{first}）"),
            more => format!("{rule}（{first} ほか{}）", more - 1),
        }
    });
    let seen = joined(seen);
    match trial.fate {
        Fate::Killed => seen,
        Fate::NotTried => format!(
            "試せなかった: {}",
            trial.problem.as_deref().unwrap_or_default()
        ),
        Fate::Survived | Fate::Misattributed | Fate::Smeared => format!(
            "{}: {}。反するのは {}",
            trial.fate.ja(),
            if seen.is_empty() {
                "違反なし"
            } else {
                &seen
            },
            trial.breaks.join("・")
        ),
    }
}

fn variants(text: &mut String, trials: &[VariantTrial]) {
    if trials.is_empty() {
        return;
    }
    let names: BTreeSet<&str> = trials.iter().map(|trial| trial.variant.as_str()).collect();
    let alive = trials.iter().filter(|trial| trial.is_alive()).count();
    let _ = writeln!(
        text,
        "\n■ 正しい製品の変種 {}種（方式ごとに数えて {}件）: そのまま認めた {alive}",
        names.len(),
        trials.len(),
    );
    for trial in trials {
        let sign = if trial.is_alive() { '○' } else { '×' };
        let blamed: BTreeSet<&str> = trial
            .blames
            .iter()
            .map(|blame| blame.requirement.as_str())
            .collect();
        let told = match (blamed.is_empty(), trial.open.is_empty()) {
            (true, true) => format!("守られた規則 {}", trial.held),
            (true, false) => format!("判定できない {}", trial.open.join("、")),
            (false, _) => format!("違反とされた {}", joined(blamed)),
        };
        let _ = writeln!(
            text,
            "\u{3000}{sign} {} {} {:>5.1}秒 {told}",
            padded(&trial.variant),
            trial.mode,
            trial.seconds
        );
    }
}

fn guards(text: &mut String, once: &[&Guard]) {
    let _ = writeln!(
        text,
        "\n■ 一つのシナリオだけが守っている規則 {}件（監視・法則にも、ほかのシナリオにも見えないもの）",
        once.len()
    );
    for guard in once {
        let scenarios = guard.scenarios.iter().map(String::as_str);
        let _ = writeln!(
            text,
            "\u{3000}{} {} {}",
            padded(&guard.requirement),
            guard.mode,
            joined(scenarios)
        );
    }
}

fn padded(text: &str) -> String {
    let missing = NAME.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}

fn joined<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> String {
    let words: Vec<String> = words
        .into_iter()
        .map(|word| word.as_ref().to_owned())
        .collect();
    words.join("、")
}
