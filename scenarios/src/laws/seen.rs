//! What a law saw in one journal.

use super::RunLaw;
use crate::verdict::{Observation, ObservedBy, ScenarioRecord};
use tekigo_simulator::kernel::Event;

/// How many violations an observation names.
const SHOWN_MAX: usize = 3;

/// What was expected, the line that shows it, and what was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) expected: &'static str,
    pub(super) event: u64,
    pub(super) actual: String,
    pub(super) holds: bool,
}

/// The violations of a law, in their order.
#[derive(Debug, Default)]
pub(super) struct Wrong {
    found: Vec<(u64, String)>,
}

impl Wrong {
    /// Notes a violation at a line.
    pub(super) fn add(&mut self, event: u64, told: String) {
        self.found.push((event, told));
    }

    /// Held at a line, unless there was a violation.
    pub(super) fn seen(self, expected: &'static str, event: u64, held: String) -> Seen {
        let Some((first, _)) = self.found.first() else {
            return Seen {
                expected,
                event,
                actual: held,
                holds: true,
            };
        };
        let shown = self.found.iter().take(SHOWN_MAX);
        let shown: Vec<&str> = shown.map(|(_, told)| told.as_str()).collect();
        Seen {
            expected,
            event: *first,
            actual: shown.join(" ／ "),
            holds: false,
        }
    }
}

impl Seen {
    /// The observation of a law.
    pub(super) fn observation(
        self,
        law: &RunLaw,
        record: &ScenarioRecord,
        events: &[Event],
    ) -> Observation {
        let at = events.iter().find(|one| one.n == self.event);
        Observation {
            requirement: law.declaration.requirement.to_owned(),
            by: ObservedBy::Law(law.declaration.id.to_owned()),
            event: self.event,
            at: at.map_or_else(|| record.span.1.clone(), |at| at.t.to_string()),
            expected: self.expected.to_owned(),
            actual: self.actual,
            holds: self.holds,
            suspects: Vec::new(),
        }
    }
}
