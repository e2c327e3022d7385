//! 法則: what must hold of whole runs, whatever their scenarios are about.
//!
//! [`observe`] looks at the journals of a run when it is over and adds what it saw to the folded
//! records. It reads journals and nothing else, so that the same files give the same observations
//! again. A law that could look at nothing adds nothing.
//!
//! [`TESTED`] are laws of simulated systems: the simulator's own tests try them on random histories, thousands at
//! a time. They are evidence for the accounting, and no part of a run.

mod consent;
mod course;
mod difference;
mod ending;
mod lateness;
mod modes;
mod order;
mod partial;
mod recovery;
#[cfg(test)]
mod sample;
mod seen;

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

/// The laws that the simulator's tests try.
pub const TESTED: [TestedLaw; 4] = [
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
    let each = in_each.into_iter().flat_map(|law| {
        let modes: [&'static [Mode]; 2] = [&[Mode::Api], &[Mode::File]];
        modes.map(|modes| LawDeclaration { modes, ..law })
    });
    // A line that breaks under a request is a matter of 方式① alone.
    let of_line = [SAME_IN_BOTH_MODES, RECOVERED_WHOLE];
    of_line.into_iter().chain(each).collect()
}

/// Looks at the journals of a run when it is over, and adds what the laws saw to the records.
///
/// `events` gives the journal of a scenario in a mode; a scenario without one is not looked at.
pub fn observe(
    profile: &Profile,
    records: &mut [ScenarioRecord],
    events: impl Fn(&str, Mode) -> Option<Vec<Event>> + Sync,
) {
    modes::observe(profile, records, &events);
    consent::observe(profile, records, &events);
    observe_courses(profile, records, &events);
}

/// Looks at the course of every journal by itself.
fn observe_courses(
    profile: &Profile,
    records: &mut [ScenarioRecord],
    events: impl Fn(&str, Mode) -> Option<Vec<Event>> + Sync,
) {
    let sound = |record: &&mut ScenarioRecord| record.flaws.is_empty();
    records.par_iter_mut().filter(sound).for_each(|record| {
        let (scenario, mode) = record.key();
        let Some(events) = events(scenario, mode) else {
            return;
        };
        let course = Course::of(profile, &events);
        let laws = OF_COURSE
            .iter()
            .filter(|law| mode == Mode::Api || law.declaration != RECOVERED_WHOLE);
        let seen: Vec<Observation> = laws
            .filter_map(|law| Some((law.look)(&course)?.observation(law, record, &events)))
            .collect();
        record.observations.extend(seen);
    });
}

/// The laws there are, for the accounting.
#[must_use]
pub fn declarations() -> Vec<LawDeclaration> {
    let tested = TESTED.iter().map(|tested| tested.law);
    of_run().into_iter().chain(tested).collect()
}
