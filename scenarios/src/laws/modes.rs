//! CONN-10 on the scenarios' own data: the same business, the same outcome.

use std::collections::BTreeMap;

use rayon::prelude::*;
use tekigo_simulator::kernel::Event;
use tekigo_simulator::profile::Profile;

use super::SAME_IN_BOTH_MODES;
use super::difference::differences;
use super::ending::Ending;
use crate::verdict::{Mode, Observation, ObservedBy, ScenarioRecord};

/// How many differences an observation shows.
const SHOWN_MAX: usize = 3;

/// Compares every scenario that came to a comparable end in both modes, and adds what was seen to
/// its record in each mode.
///
/// `events` gives the journal of a scenario in a mode; a scenario without one is not compared.
pub(super) fn observe(
    profile: &Profile,
    records: &mut [ScenarioRecord],
    events: impl Fn(&str, Mode) -> Option<Vec<Event>> + Sync,
) {
    let mut places: BTreeMap<&str, BTreeMap<Mode, usize>> = BTreeMap::new();
    for (index, record) in records.iter().enumerate() {
        let (scenario, mode) = record.key();
        let places = places.entry(scenario).or_default();
        places.insert(mode, index);
    }
    let folded: &[ScenarioRecord] = records;
    let seen: Vec<(usize, Observation)> = places
        .into_par_iter()
        .filter_map(|(scenario, places)| {
            let (holds, actual) = compared(profile, folded, scenario, &places, &events)?;
            let observed = places.into_values().filter_map(|index| {
                let record = folded.get(index)?;
                Some((index, observation(record, holds, &actual)))
            });
            Some(observed.collect::<Vec<_>>())
        })
        .flatten_iter()
        .collect();
    for (index, observation) in seen {
        if let Some(record) = records.get_mut(index) {
            record.observations.push(observation);
        }
    }
}

/// Whether a scenario left the same behind in both modes, and what was seen; `None` if it ran in
/// one of them only or has no ending to compare.
fn compared(
    profile: &Profile,
    records: &[ScenarioRecord],
    scenario: &str,
    places: &BTreeMap<Mode, usize>,
    events: &impl Fn(&str, Mode) -> Option<Vec<Event>>,
) -> Option<(bool, String)> {
    // Both are looked up before either journal is read.
    let api = records.get(*places.get(&Mode::Api)?)?;
    let file = records.get(*places.get(&Mode::File)?)?;
    let api = Ending::of(profile, api, &events(scenario, Mode::Api)?)?;
    let file = Ending::of(profile, file, &events(scenario, Mode::File)?)?;
    // Another history may well leave another state behind.
    (api.history == file.history).then(|| outcome(profile, &api, &file))
}

fn outcome(profile: &Profile, api: &Ending, file: &Ending) -> (bool, String) {
    let found = differences(profile, api, file);
    if found.is_empty() {
        let actual = format!(
            "基盤の記録{}件、識別子{}人分、お知らせ{}件が同じでした",
            api.rows.len(),
            api.identifiers.len(),
            api.notices.len()
        );
        return (true, actual);
    }
    let shown: Vec<String> = found
        .iter()
        .take(SHOWN_MAX)
        .map(ToString::to_string)
        .collect();
    let actual = format!("{}か所で違います: {}", found.len(), shown.join(" ／ "));
    (false, actual)
}

fn observation(record: &ScenarioRecord, holds: bool, actual: &str) -> Observation {
    Observation {
        requirement: SAME_IN_BOTH_MODES.requirement.to_owned(),
        by: ObservedBy::Law(SAME_IN_BOTH_MODES.id.to_owned()),
        event: record.events,
        at: record.span.1.clone(),
        expected: "同じ業務をした後の基盤の記録・同意・識別子・お知らせが、方式①と方式②で同じ"
            .to_owned(),
        actual: actual.to_owned(),
        holds,
        suspects: Vec::new(),
    }
}
