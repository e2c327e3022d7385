//! CONN-10 on the scenarios' own data: the same business, the same outcome.

use tekigo_simulator::profile::Profile;

use super::difference::differences;
use super::ending::Ending;
use super::{Journaled, SAME_IN_BOTH_MODES};
use crate::verdict::{Mode, Observation, ObservedBy, ScenarioRecord};

/// How many differences an observation shows.
const SHOWN_MAX: usize = 3;

/// Compares what a scenario left behind in both modes, if it came to a comparable end in both: what was
/// seen, for its record in each mode.
pub(super) fn seen_in(profile: &Profile, journaled: &[Journaled<'_>]) -> Vec<(usize, Observation)> {
    let Some((holds, actual)) = compared(profile, journaled) else {
        return Vec::new();
    };
    let seen = journaled
        .iter()
        .map(|one| (one.place, observation(one.record, holds, &actual)));
    seen.collect()
}

/// Whether a scenario left the same behind in both modes, and what was seen; `None` if it ran in
/// one of them only or has no ending to compare.
fn compared(profile: &Profile, journaled: &[Journaled<'_>]) -> Option<(bool, String)> {
    let in_mode = |mode| journaled.iter().find(|one| one.record.key().1 == mode);
    let (api, file) = (in_mode(Mode::Api)?, in_mode(Mode::File)?);
    let api = Ending::of(profile, api.record, &api.events)?;
    let file = Ending::of(profile, file.record, &file.events)?;
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
