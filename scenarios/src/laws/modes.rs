//! CONN-10 on the scenarios' own data: the same business, the same outcome.

use std::collections::BTreeMap;

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
    mut events: impl FnMut(&str, Mode) -> Option<Vec<Event>>,
) {
    let mut places: BTreeMap<String, BTreeMap<Mode, usize>> = BTreeMap::new();
    for (index, record) in records.iter().enumerate() {
        let (scenario, mode) = record.key();
        let places = places.entry(scenario.to_owned()).or_default();
        places.insert(mode, index);
    }
    for (scenario, places) in places {
        let mut ending = |mode: Mode| {
            let record = records.get(*places.get(&mode)?)?;
            Ending::of(profile, record, &events(&scenario, mode)?)
        };
        let (Some(api), Some(file)) = (ending(Mode::Api), ending(Mode::File)) else {
            continue;
        };
        // Another history may well leave another state behind.
        if api.history != file.history {
            continue;
        }
        let (holds, actual) = compared(profile, &api, &file);
        for index in places.into_values() {
            if let Some(record) = records.get_mut(index) {
                record
                    .observations
                    .push(observation(record, holds, &actual));
            }
        }
    }
}

fn compared(profile: &Profile, api: &Ending, file: &Ending) -> (bool, String) {
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
