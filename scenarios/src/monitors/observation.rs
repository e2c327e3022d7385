//! What a monitor reports.

use crate::requirement::MonitorDeclaration;

/// A rule that held, or did not, at an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonitorObservation {
    /// The monitor.
    pub monitor: &'static str,
    /// The rule.
    pub requirement: &'static str,
    /// Position of the event in the journal.
    pub event: u64,
    /// Whether the rule held.
    pub holds: bool,
    /// What the rule expects, in Japanese.
    pub expected: String,
    /// What was seen, in Japanese.
    pub actual: String,
}

/// How many violations of one monitor are reported in full; the rest are counted.
const VIOLATIONS_MAX: usize = 3;

/// Collects what one monitor sees.
#[derive(Debug)]
pub(super) struct Watch {
    monitor: &'static str,
    requirement: &'static str,
    held: usize,
    last_held: u64,
    expected: String,
    violations: Vec<MonitorObservation>,
    violated: usize,
}

impl Watch {
    pub(super) fn new(declaration: &MonitorDeclaration) -> Self {
        Self {
            monitor: declaration.id,
            requirement: declaration.requirement,
            held: 0,
            last_held: 0,
            expected: String::new(),
            violations: Vec::new(),
            violated: 0,
        }
    }

    /// The rule held at an event.
    pub(super) fn held(&mut self, event: u64, expected: &str) {
        self.held += 1;
        self.last_held = event;
        if self.expected.is_empty() {
            expected.clone_into(&mut self.expected);
        }
    }

    /// The rule was broken at an event.
    pub(super) fn violated(&mut self, event: u64, expected: &str, actual: String) {
        self.violated += 1;
        if self.violations.len() < VIOLATIONS_MAX {
            self.violations.push(MonitorObservation {
                monitor: self.monitor,
                requirement: self.requirement,
                event,
                holds: false,
                expected: expected.to_owned(),
                actual,
            });
        }
    }

    pub(super) fn into_observations(mut self) -> Vec<MonitorObservation> {
        let more = self.violated - self.violations.len();
        if let (1.., Some(last)) = (more, self.violations.last_mut()) {
            last.actual = format!("{}（ほかに同じ違反が{more}件）", last.actual);
        }
        if self.violations.is_empty() && self.held > 0 {
            self.violations.push(MonitorObservation {
                monitor: self.monitor,
                requirement: self.requirement,
                event: self.last_held,
                holds: true,
                expected: self.expected,
                actual: format!("{}件の通信・記録で守られていました", self.held),
            });
        }
        self.violations
    }
}
