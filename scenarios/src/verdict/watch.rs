//! What monitors, and claims about rules that a scenario does not try itself, add.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Mode;
use super::finding::{Evidence, Finding, Heard, Observation, ObservedBy};
use super::plan::{PlannedLaw, PlannedWatch};
use super::reason::Reason;
use super::record::ScenarioRecord;

/// The findings of monitors and by-the-way claims, for each rule and mode.
///
/// A journal that cannot be trusted adds its violations and none of its passes.
pub(super) fn by_the_way(records: &[ScenarioRecord]) -> BTreeMap<(String, Mode), Vec<Finding>> {
    let mut found: BTreeMap<(String, Mode), Vec<Finding>> = BTreeMap::new();
    for record in records {
        let own = &record.scenario.requirement;
        let claims = record.claims().filter(|seen| seen.requirement != *own);
        let mut by_rule: BTreeMap<&str, Vec<&Observation>> = BTreeMap::new();
        for seen in claims.chain(record.watched()) {
            by_rule.entry(&seen.requirement).or_default().push(seen);
        }
        for (rule, seen) in by_rule {
            let key = (rule.to_owned(), record.scenario.mode);
            found.entry(key).or_default().extend(finding(record, &seen));
        }
    }
    found
}

fn finding(record: &ScenarioRecord, seen: &[&Observation]) -> Option<Finding> {
    let gather = |holds: bool| {
        let chosen = seen.iter().filter(|seen| seen.holds == holds);
        let chosen = chosen.map(|seen| (*seen).clone());
        Evidence::gather(&record.scenario.id, record.scenario.mode, chosen)
    };
    if let Some(evidence) = gather(false) {
        return Finding::violated(evidence);
    }
    if !record.flaws.is_empty() {
        return None;
    }
    Finding::held(gather(true)?, Heard::Vendor(record.contact()?))
}

/// A planned monitor that never saw anything of its rule.
pub(super) fn unseen(watch: &PlannedWatch, records: &[ScenarioRecord]) -> Option<Finding> {
    let ran = records
        .iter()
        .filter(|record| record.scenario.mode == watch.mode && record.contact().is_some())
        .flat_map(ScenarioRecord::watched)
        .any(|seen| seen.requirement == watch.requirement && by_monitor(seen, &watch.monitor));
    let monitor = watch.monitor.clone();
    (!ran).then_some(Finding::NotRun(Reason::NotWatched { monitor }))
}

/// What is to be said of a law in one mode, where no observation says it.
pub(super) fn law_unseen(
    law: &PlannedLaw,
    mode: Mode,
    asked: &[Mode],
    declared: &BTreeSet<Mode>,
    records: &[ScenarioRecord],
) -> Option<Finding> {
    if let Some(missing) = law.modes.iter().find(|of| !declared.contains(of)) {
        return Some(Finding::NotApplicable(Reason::ModeNotDeclared {
            mode: *missing,
            declared: declared.iter().copied().collect(),
        }));
    }
    if let Some(missing) = law.modes.iter().find(|of| !asked.contains(of)) {
        return Some(Finding::Untestable(Reason::NeedsMode(*missing)));
    }
    let of_mode = records.iter().filter(|record| record.scenario.mode == mode);
    let mut seen = of_mode.flat_map(ScenarioRecord::watched);
    let name = &law.law;
    let is_seen = seen.any(|seen| matches!(&seen.by, ObservedBy::Law(law) if law == name));
    let law = name.clone();
    (!is_seen).then_some(Finding::NotRun(Reason::NothingToCompare { law }))
}

fn by_monitor(seen: &Observation, name: &str) -> bool {
    matches!(&seen.by, ObservedBy::Monitor(monitor) if monitor == name)
}
