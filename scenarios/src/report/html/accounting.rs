//! 規則の突き合わせ: every rule with all that tries it, or why nothing does; and what was planted to prove it.

use std::collections::BTreeMap;

use askama::Template;

use crate::certify::features_and_catalogue;
use crate::laws;
use crate::monitors;
use crate::prove::Planted;
use crate::report::wording;
use crate::requirement::{Accounting, Catalogue, Coverage, Mode, Requirement, Verify, account};
use crate::verdict::{VerdictTable, topic_title};

#[derive(Template)]
#[template(path = "report/accounting.html")]
struct Page {
    product: String,
    version: String,
    modes: Vec<&'static str>,
    counts: Vec<CountView>,
    topics: Vec<TopicView>,
}

/// How many rules, mode by mode, are accounted for in a way.
struct CountView {
    what: &'static str,
    counts: Vec<usize>,
}

struct TopicView {
    title: String,
    rules: Vec<RuleView>,
}

struct RuleView {
    id: String,
    rule: String,
    source: String,
    level: &'static str,
    standing: &'static str,
    party: &'static str,
    verdicts: Vec<String>,
    scenarios: Vec<String>,
    onlookers: Vec<String>,
    faults: Vec<String>,
    /// Why nothing runs, in whole or in part, each with its class.
    excuses: Vec<String>,
}

/// How a rule is accounted for in a mode: the first of [`WAYS`] that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Tried,
    Planned,
    Attested,
    Untestable,
    Elsewhere,
}

const WAYS: [(Way, &str); 5] = [
    (Way::Tried, "実行して試す"),
    (Way::Planned, "計画中（今後の題目で試す）"),
    (Way::Attested, "証明（人が確かめる）"),
    (
        Way::Untestable,
        "試験不能（外から見えない、または方式にない）",
    ),
    (Way::Elsewhere, "この方式では対象外"),
];

/// The page; none if the suite itself is at fault, which ends a run before anything is tried.
///
/// # Errors
/// The template cannot be filled in.
pub(in crate::report) fn accounting_page(
    table: &VerdictTable,
    (product, version): (&str, &str),
) -> Result<Option<String>, askama::Error> {
    let Ok((features, catalogue)) = features_and_catalogue() else {
        return Ok(None);
    };
    let scenarios = features.iter().flat_map(|file| &file.scenarios);
    let (watching, proving) = (monitors::declarations(), laws::declarations());
    let Ok(accounting) = account(&catalogue, scenarios, &watching, &proving) else {
        return Ok(None);
    };
    let Ok(planted) = Planted::bundled(&catalogue) else {
        return Ok(None);
    };
    let page = Page {
        product: product.to_owned(),
        version: version.to_owned(),
        modes: Mode::ALL.iter().map(|mode| mode.ja()).collect(),
        counts: counts(&accounting, &catalogue),
        topics: topics(&accounting, &catalogue, &planted, table),
    };
    page.render().map(Some)
}

fn counts(accounting: &Accounting, catalogue: &Catalogue) -> Vec<CountView> {
    let count = |way, mode| {
        let of_way = |rule: &&Requirement| way_of(accounting, rule, mode) == way;
        catalogue.iter().filter(of_way).count()
    };
    WAYS.iter()
        .map(|(way, what)| CountView {
            what,
            counts: Mode::ALL.iter().map(|mode| count(*way, *mode)).collect(),
        })
        .collect()
}

fn way_of(accounting: &Accounting, rule: &Requirement, mode: Mode) -> Way {
    let ways: Vec<Way> = cells(accounting, rule)
        .filter(|(of, _, _)| *of == mode)
        .map(|(_, _, coverage)| match coverage {
            Coverage::Tried(_) | Coverage::TriedInPart(..) => Way::Tried,
            Coverage::Planned(_) => Way::Planned,
            Coverage::Attested => Way::Attested,
            Coverage::Untestable(_) => Way::Untestable,
        })
        .collect();
    let first = WAYS.iter().find(|(way, _)| ways.contains(way));
    first.map_or(Way::Elsewhere, |(way, _)| *way)
}

fn cells<'a>(
    accounting: &'a Accounting,
    rule: &'a Requirement,
) -> impl Iterator<Item = (Mode, Verify, &'a Coverage)> {
    let cells = accounting.cells();
    cells
        .filter(|(cell, _)| cell.requirement == rule.id)
        .map(|(cell, coverage)| (cell.mode, cell.verify, coverage))
}

fn topics(
    accounting: &Accounting,
    catalogue: &Catalogue,
    planted: &Planted,
    table: &VerdictTable,
) -> Vec<TopicView> {
    let mut topics: Vec<TopicView> = Vec::new();
    for rule in catalogue.iter() {
        let title = topic_title(rule.id.as_str());
        let view = view(accounting, catalogue, planted, table, rule);
        match topics.last_mut().filter(|topic| topic.title == title) {
            Some(topic) => topic.rules.push(view),
            None => topics.push(TopicView {
                title: title.to_owned(),
                rules: vec![view],
            }),
        }
    }
    topics
}

fn view(
    accounting: &Accounting,
    catalogue: &Catalogue,
    planted: &Planted,
    table: &VerdictTable,
    rule: &Requirement,
) -> RuleView {
    let row = table
        .rows
        .iter()
        .find(|row| row.facts.id == rule.id.as_str());
    let verdict = |mode: &Mode| {
        let cell = row.and_then(|row| row.cells.get(mode));
        cell.map_or_else(|| "―".to_owned(), |cell| cell.label())
    };
    RuleView {
        id: rule.id.to_string(),
        rule: rule.ja.clone(),
        source: wording::source(&rule.source),
        level: rule.level.ja(),
        standing: rule.standing.ja(),
        party: rule.party.ja(),
        verdicts: Mode::ALL.iter().map(verdict).collect(),
        scenarios: tried_by(accounting, rule, |way| way == Verify::Scenario),
        onlookers: tried_by(accounting, rule, |way| way != Verify::Scenario),
        faults: faults(planted, rule),
        excuses: excuses(accounting, catalogue, rule),
    }
}

/// The checks of the kinds that are wanted, with the modes where they are not both.
fn tried_by(
    accounting: &Accounting,
    rule: &Requirement,
    is_wanted: impl Fn(Verify) -> bool,
) -> Vec<String> {
    let mut checks: BTreeMap<String, Vec<Mode>> = BTreeMap::new();
    for (mode, way, coverage) in cells(accounting, rule).filter(|(_, way, _)| is_wanted(*way)) {
        let names: &[String] = match coverage {
            Coverage::Tried(names) | Coverage::TriedInPart(names, _) => names,
            Coverage::Planned(_) | Coverage::Attested | Coverage::Untestable(_) => &[],
        };
        for name in names {
            let told = match way {
                Verify::Scenario => name.clone(),
                Verify::Monitor | Verify::Law | Verify::Attestation | Verify::Untestable => {
                    format!("{}: {name}", way.ja())
                }
            };
            checks.entry(told).or_default().push(mode);
        }
    }
    let told = checks.into_iter();
    told.map(|(check, modes)| with_modes(check, &modes))
        .collect()
}

fn with_modes(what: String, modes: &[Mode]) -> String {
    match modes {
        [only] => format!("{what}（{only}）"),
        _ => what,
    }
}

fn faults(planted: &Planted, rule: &Requirement) -> Vec<String> {
    let breaking = planted.faults.iter();
    breaking
        .filter(|fault| fault.is_breach_of(rule.id.as_str()))
        .map(|fault| with_modes(format!("{}（{}）", fault.ja, fault.name), &fault.modes))
        .collect()
}

/// Why nothing runs; once where both modes say the same.
fn excuses(accounting: &Accounting, catalogue: &Catalogue, rule: &Requirement) -> Vec<String> {
    let mut excuses: BTreeMap<String, Vec<Mode>> = BTreeMap::new();
    for (mode, _, coverage) in cells(accounting, rule) {
        let title = |topic: &str| {
            let found = catalogue.topic(topic);
            found.map_or_else(|| topic.to_owned(), |found| found.ja.clone())
        };
        let told = match coverage {
            Coverage::Tried(_) => continue,
            Coverage::TriedInPart(_, topic) => format!("計画中（さらに試す）: {}", title(topic)),
            Coverage::Planned(topic) => format!("計画中: {}", title(topic)),
            Coverage::Attested => "証明: 名前のある人が確かめる".to_owned(),
            Coverage::Untestable(why) if rule.untestable_in.contains_key(&mode) => {
                format!("試験不能（この方式にない）: {why}")
            }
            Coverage::Untestable(why) => format!("試験不能（外から見えない）: {why}"),
        };
        let modes = excuses.entry(told).or_default();
        if !modes.contains(&mode) {
            modes.push(mode);
        }
    }
    let is_everywhere = |modes: &Vec<Mode>| modes.len() == rule.modes.len();
    let told = excuses.into_iter();
    told.map(|(told, modes)| match is_everywhere(&modes) {
        true => told,
        false => with_modes(told, &modes),
    })
    .collect()
}
