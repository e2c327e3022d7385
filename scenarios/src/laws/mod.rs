//! 法則: what must hold of whole runs, whatever their scenarios are about.
//!
//! [`observe`] looks at the journals of a run when it is over and adds what it saw to the folded
//! records. It reads journals and nothing else, so that the same files give the same observations
//! again. A law that could look at nothing adds nothing.
//!
//! [`TESTED`] are laws of simulated systems: tests of the project try them on random histories, thousands at a
//! time. They are evidence for the accounting, and no part of a run.

mod consent;
mod course;
mod difference;
mod ending;
mod history;
mod lateness;
mod modes;
mod order;
mod partial;
mod recovery;
#[cfg(test)]
mod sample;
mod seen;

use std::collections::BTreeMap;

pub use history::{HistoryLaw, OF_HISTORY};
use rayon::prelude::*;
use tekigo_simulator::kernel::Event;
use tekigo_simulator::profile::Profile;

use course::Course;
use seen::Seen;

use crate::requirement::{LawDeclaration, Mode};
use crate::verdict::{Observation, ScenarioRecord};

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

/// 不調からの回復: nothing is lost and nothing twice (FAULT-01).
pub const RECOVERED_WHOLE: LawDeclaration = LawDeclaration {
    id: "recovered-whole",
    requirement: "FAULT-01",
    modes: &[Mode::Api],
};

/// 一部の受付: only what was refused is dealt with again (FAULT-03).
pub const ONLY_REFUSED_AGAIN: LawDeclaration = LawDeclaration {
    id: "only-refused-again",
    requirement: "FAULT-03",
    modes: &[Mode::Api],
};

/// 遅れと重複: the state is right whatever came late, twice or out of order (FAULT-05).
pub const RIGHT_WHENEVER_IT_COMES: LawDeclaration = LawDeclaration {
    id: "right-whenever-it-comes",
    requirement: "FAULT-05",
    modes: &[Mode::Api],
};

/// 異動の順序: what is newer stays (SYNC-07).
pub const NEWER_STAYS: LawDeclaration = LawDeclaration {
    id: "newer-stays",
    requirement: "SYNC-07",
    modes: &[Mode::Api],
};

/// A law that looks at the course of one journal.
#[derive(Debug)]
struct RunLaw {
    declaration: LawDeclaration,
    look: fn(&Course) -> Option<Seen>,
}

const OF_COURSE: [RunLaw; 4] = [
    RunLaw {
        declaration: RECOVERED_WHOLE,
        look: recovery::recovered_whole,
    },
    RunLaw {
        declaration: ONLY_REFUSED_AGAIN,
        look: partial::only_refused_again,
    },
    RunLaw {
        declaration: RIGHT_WHENEVER_IT_COMES,
        look: lateness::right_whenever_it_comes,
    },
    RunLaw {
        declaration: NEWER_STAYS,
        look: order::newer_stays,
    },
];

/// A law that a test of the simulator tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TestedLaw {
    /// The law.
    pub law: LawDeclaration,
    /// The file of the test, from the root of the repository.
    pub file: &'static str,
    /// The test's name.
    pub test: &'static str,
}

const SCHEDULE: (&str, &str) = (
    "simulator/tests/laws/schedule.rs",
    "the_portal_and_the_table_agree_after_every_step",
);
const SUBSIDY: &str = "simulator/tests/laws/subsidy.rs";
/// Whoever looks, whatever has happened: the independent auditor says the same, and why.
const DOORS: (&str, &str) = (
    "scenarios/tests/laws/viewing/law.rs",
    "every_door_answers_as_the_auditor_says_whatever_has_happened",
);

/// The laws that tests try on the simulated systems.
pub const TESTED: [TestedLaw; 15] = [
    tested("schedule-in-order", "SCHED-01", SCHEDULE),
    tested("union-in-step", "UNION-04", SCHEDULE),
    tested(
        "office-subsidy",
        "PORTAL-02",
        (SUBSIDY, "an_office_gets_no_more_than_its_services_allow"),
    ),
    tested(
        "institution-subsidy",
        "PORTAL-03",
        (SUBSIDY, "an_institution_gets_no_more_than_its_beds_allow"),
    ),
    tested("open-from-completion", "SETUP-07", DOORS),
    tested("closed-without-consent", "CONSENT-03", DOORS),
    tested("checked-before-consent", "CONSENT-09", DOORS),
    tested("closed-without-identity", "ID-01", DOORS),
    tested("four-items-alike", "ID-02", DOORS),
    tested("closed-without-responsibility", "ID-06", DOORS),
    tested("own-data-alone", "VIEW-01", DOORS),
    tested("software-as-pages", "VIEW-05", DOORS),
    tested("notice-without-consent", "PLAN-02", DOORS),
    in_mode(
        &[Mode::Api],
        tested(
            "refused-request-changes-nothing",
            "FAULT-07",
            (
                "simulator/tests/laws/world.rs",
                "a_refused_request_changes_nothing",
            ),
        ),
    ),
    in_mode(
        &[Mode::File],
        tested(
            "refused-set-changes-nothing",
            "FAULT-07",
            (
                "simulator/tests/sets/corruption.rs",
                "ten_thousand_bad_sets_change_nothing",
            ),
        ),
    ),
];

const fn tested(
    id: &'static str,
    requirement: &'static str,
    (file, test): (&'static str, &'static str),
) -> TestedLaw {
    let law = LawDeclaration {
        id,
        requirement,
        modes: &Mode::ALL,
    };
    TestedLaw { law, file, test }
}

const fn in_mode(modes: &'static [Mode], tested: TestedLaw) -> TestedLaw {
    let law = LawDeclaration {
        modes,
        ..tested.law
    };
    TestedLaw { law, ..tested }
}

/// The laws that look at a run, for the plan.
#[must_use]
pub fn of_run() -> Vec<LawDeclaration> {
    // These look at one mode at a time: each mode needs no other.
    let in_each = [
        WITHDRAWN_STAYS,
        ONE_CONSENT,
        ONLY_REFUSED_AGAIN,
        RIGHT_WHENEVER_IT_COMES,
        NEWER_STAYS,
    ];
    let each = in_each.into_iter().flat_map(in_each_mode);
    // A line that breaks under a request is a matter of 方式① alone.
    let of_line = [SAME_IN_BOTH_MODES, RECOVERED_WHOLE];
    of_line.into_iter().chain(each).collect()
}

/// A folded record and the journal that it was folded from.
struct Journaled<'r> {
    /// Its place among the records.
    place: usize,
    record: &'r ScenarioRecord,
    events: Vec<Event>,
}

/// Looks at the journals of a run when it is over, and adds what the laws saw to the records.
///
/// `events` gives the journal of a scenario in a mode, and is asked for each once; a scenario without
/// one is not looked at.
pub fn observe(
    profile: &Profile,
    records: &mut [ScenarioRecord],
    events: impl Fn(&str, Mode) -> Option<Vec<Event>> + Sync,
) {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, record) in records.iter().enumerate() {
        places.entry(record.key().0).or_default().push(place);
    }
    let folded: &[ScenarioRecord] = records;
    let seen: Vec<(usize, Observation)> = places
        .into_par_iter()
        .flat_map_iter(|(_, places)| {
            let journaled = places.into_iter().filter_map(|place| {
                let record = folded.get(place)?;
                let (scenario, mode) = record.key();
                let events = events(scenario, mode)?;
                Some(Journaled {
                    place,
                    record,
                    events,
                })
            });
            of_scenario(profile, &journaled.collect::<Vec<_>>())
        })
        .collect();
    for (place, observation) in seen {
        if let Some(record) = records.get_mut(place) {
            record.observations.push(observation);
        }
    }
}

/// What the laws see of one scenario: first of its modes together, then of each by itself.
fn of_scenario(profile: &Profile, journaled: &[Journaled<'_>]) -> Vec<(usize, Observation)> {
    let mut seen = modes::seen_in(profile, journaled);
    for one in journaled {
        let of_one = consent::seen_in(profile, one).into_iter();
        seen.extend(of_one.map(|observation| (one.place, observation)));
        if one.record.flaws.is_empty() {
            let of_one = seen_in_course(profile, one).into_iter();
            seen.extend(of_one.map(|observation| (one.place, observation)));
        }
    }
    seen
}

/// What the laws of the course see in one journal.
fn seen_in_course(profile: &Profile, one: &Journaled<'_>) -> Vec<Observation> {
    let (_, mode) = one.record.key();
    let course = Course::of(profile, &one.events);
    let laws = OF_COURSE
        .iter()
        .filter(|law| mode == Mode::Api || law.declaration != RECOVERED_WHOLE);
    laws.filter_map(|law| Some((law.look)(&course)?.observation(law, one.record, &one.events)))
        .collect()
}

/// The laws about the histories of a whole run, for the plan.
#[must_use]
pub fn of_histories() -> Vec<LawDeclaration> {
    let laws = OF_HISTORY.iter().map(|law| law.declaration);
    laws.flat_map(in_each_mode).collect()
}

/// The same law once for each mode: neither needs the other.
fn in_each_mode(law: LawDeclaration) -> [LawDeclaration; 2] {
    let modes: [&'static [Mode]; 2] = [&[Mode::Api], &[Mode::File]];
    modes.map(|modes| LawDeclaration { modes, ..law })
}

/// The laws there are, for the accounting.
#[must_use]
pub fn declarations() -> Vec<LawDeclaration> {
    let tested = TESTED.iter().map(|tested| tested.law);
    let of_run = of_run().into_iter();
    of_run.chain(of_histories()).chain(tested).collect()
}
