//! What an exploration came to, for a reader.

use std::fmt::Write as _;

use super::search::{Exploration, ExploreSettings, Find};

/// How many unfinished histories are named.
const SHOWN_MAX: usize = 5;

/// The text on standard output. `again` is the command that runs a feature file against the same product.
#[must_use]
pub fn table(settings: &ExploreSettings, exploration: &Exploration, again: &str) -> String {
    let mut text = String::new();
    let modes: Vec<&str> = settings.modes.iter().map(|mode| mode.ja()).collect();
    let _ = writeln!(
        text,
        "探索  種 {}  流れ {} 件（{}、業務は1件あたり約 {}）",
        settings.seed,
        settings.cases,
        modes.join("・"),
        settings.deeds
    );
    let _ = writeln!(
        text,
        "　すべて守られた流れ {}、規則に反した流れ {}、最後まで進めなかった流れ {}",
        exploration.held,
        exploration.broken,
        exploration.unfinished.len()
    );
    kept(&mut text, exploration);
    if !exploration.finds.is_empty() {
        text.push_str("\n■ 見つけたもの（規則ごとに、いちばん短い流れ）\n");
    }
    for (place, found) in exploration.finds.iter().enumerate() {
        find(&mut text, place + 1, found, again);
    }
    if !exploration.unfinished.is_empty() {
        text.push_str("\n■ 最後まで進めなかった流れ（合格にも不合格にも数えません）\n");
        for one in exploration.unfinished.iter().take(SHOWN_MAX) {
            let _ = writeln!(text, "　{}番目: {}", one.number, one.reason);
        }
        let more = exploration.unfinished.len().saturating_sub(SHOWN_MAX);
        if more > 0 {
            let _ = writeln!(text, "　ほか {more} 件");
        }
    }
    text.push_str(if exploration.holds() {
        "\n規則に反する流れは見つかりませんでした。\n"
    } else if exploration.held + exploration.broken == 0 {
        "\n最後まで進めた流れがないので、何も分かりませんでした。\n"
    } else {
        "\n規則に反する流れがあります。製品を直し、もう一度探索してください。保存した流れは次に最初に試します。\n"
    });
    text
}

fn kept(text: &mut String, exploration: &Exploration) {
    if exploration.kept.is_empty() {
        return;
    }
    text.push_str("\n■ 前に見つけて保存した流れ\n");
    for kept in &exploration.kept {
        let file = kept.path.display();
        let _ = match (&kept.problem, kept.blames.first()) {
            (Some(problem), _) => writeln!(text, "　× {file}: 実行できません: {problem}"),
            (None, Some(blame)) => {
                writeln!(
                    text,
                    "　× {file}: まだ {} に反します（{}）",
                    blame.requirement, blame.mode
                )
            }
            (None, None) => writeln!(text, "　○ {file}: 直っています"),
        };
    }
}

fn find(text: &mut String, place: usize, find: &Find, again: &str) {
    let blame = &find.blame;
    let _ = writeln!(
        text,
        "　{place}. {} {}（{}）  {}番目の流れ、{}行から{}行に（{}件を試して {:.1}秒）、同じもの {}件",
        blame.requirement,
        blame.mode,
        blame.by.ja(),
        find.number,
        find.drawn_lines,
        find.history.lines(),
        find.tries,
        find.seconds,
        find.times
    );
    let _ = writeln!(
        text,
        "　　期待  {}\n　　実際  {}",
        blame.expected, blame.actual
    );
    for line in find.history.scenario("").lines().skip(2) {
        let _ = writeln!(text, "　　{}", line.trim_start());
    }
    if let Some(path) = &find.path {
        let _ = writeln!(text, "　　再現  {again} --feature {}", path.display());
    }
}
