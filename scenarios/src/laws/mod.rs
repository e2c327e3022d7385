//! 法則: what must hold of whole runs, whatever their scenarios are about.
//!
//! [`observe`] looks at the journals of a run when it is over and adds what it saw to the folded
//! records. It reads journals and nothing else, so that the same files give the same observations
//! again. A law that could look at nothing adds nothing.

mod consent;
mod difference;
mod ending;
mod modes;

use tekigo_simulator::kernel::Event;
use tekigo_simulator::profile::Profile;

use crate::requirement::{LawDeclaration, Mode};
use crate::verdict::ScenarioRecord;

/// 方式によらない結果: the same business leaves the same behind in both modes (CONN-10).
pub const SAME_IN_BOTH_MODES: LawDeclaration = LawDeclaration {
    id: "same-in-both-modes",
    requirement: "CONN-10",
    modes: &Mode::ALL,
};

/// よみがえらない撤回: a withdrawn consent stays withdrawn (CONSENT-07).
pub const WITHDRAWN_STAYS: LawDeclaration = LawDeclaration {
    id: "withdrawn-stays-withdrawn",
    requirement: "CONSENT-07",
    modes: &[Mode::Api],
};

/// 一つの同意: the person's last answer alone stands (CONSENT-14).
pub const ONE_CONSENT: LawDeclaration = LawDeclaration {
    id: "last-answer-stands",
    requirement: "CONSENT-14",
    modes: &[Mode::Api],
};

/// The laws there are, for the accounting and the plan.
#[must_use]
pub fn declarations() -> Vec<LawDeclaration> {
    // These two look at one mode at a time: each mode needs no other.
    let each = [WITHDRAWN_STAYS, ONE_CONSENT].into_iter().flat_map(|law| {
        let modes: [&'static [Mode]; 2] = [&[Mode::Api], &[Mode::File]];
        modes.map(|modes| LawDeclaration { modes, ..law })
    });
    [SAME_IN_BOTH_MODES].into_iter().chain(each).collect()
}

/// Looks at the journals of a run when it is over, and adds what the laws saw to the records.
///
/// `events` gives the journal of a scenario in a mode; a scenario without one is not looked at.
pub fn observe(
    profile: &Profile,
    records: &mut [ScenarioRecord],
    mut events: impl FnMut(&str, Mode) -> Option<Vec<Event>>,
) {
    modes::observe(profile, records, &mut events);
    consent::observe(profile, records, &mut events);
}
