//! 所見: what one journal shows about one rule, and the evidence without which there is no pass.

use std::num::NonZeroU64;

use super::facts::{Level, Mode, Party, RequirementFacts, Standing};
use super::reason::Reason;
use super::word::Verdict;

/// One thing that was seen, and what the rule wants there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// The rule.
    pub requirement: String,
    /// Who saw it.
    pub by: ObservedBy,
    /// The event of the journal.
    pub event: u64,
    /// Virtual time.
    pub at: String,
    /// What was expected, in Japanese.
    pub expected: String,
    /// What was seen, in Japanese.
    pub actual: String,
    /// Whether the rule held.
    pub holds: bool,
    /// The rules to blame instead where it does not, if one of them is violated itself.
    pub suspects: Vec<String>,
}

/// Who saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObservedBy {
    /// A ならば step that made a claim.
    Claim,
    /// A step that failed without a claim of its own; counted from 0.
    Step(usize),
    /// A monitor, by name.
    Monitor(String),
    /// A law that looked at the run when it was over, by name.
    Law(String),
}

impl ObservedBy {
    /// Whether somebody saw it who watches every scenario, whatever it is about.
    #[must_use]
    pub const fn is_onlooker(&self) -> bool {
        match self {
            Self::Claim | Self::Step(_) => false,
            Self::Monitor(_) | Self::Law(_) => true,
        }
    }
}

/// Proof that at least one message of the vendor arrived over the link.
///
/// Made only from a journal that holds one, so that "no cable" can never be a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VendorContact(NonZeroU64);

impl VendorContact {
    /// The proof, if there was a message.
    #[must_use]
    pub fn of_messages(count: u64) -> Option<Self> {
        NonZeroU64::new(count).map(Self)
    }

    /// How many messages arrived.
    #[must_use]
    pub const fn messages(self) -> u64 {
        self.0.get()
    }
}

/// Proof that the simulated portal answered at least once, in a journal whose vendor nobody asked for anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PortalContact(NonZeroU64);

impl PortalContact {
    /// The proof, if there was an answer.
    #[must_use]
    pub fn of_answers(count: u64) -> Option<Self> {
        NonZeroU64::new(count).map(Self)
    }

    /// How often it answered.
    #[must_use]
    pub const fn answers(self) -> u64 {
        self.0.get()
    }
}

/// Who was heard while a rule held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// The vendor.
    Vendor(VendorContact),
    /// The portal alone: enough for a rule of the portal, and for no other.
    Portal(PortalContact),
}

/// Observations of one rule from one journal. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    scenario: String,
    mode: Mode,
    first: Observation,
    rest: Vec<Observation>,
}

impl Evidence {
    /// The evidence, if there is any.
    #[must_use]
    pub fn gather(
        scenario: &str,
        mode: Mode,
        observations: impl IntoIterator<Item = Observation>,
    ) -> Option<Self> {
        let mut observations = observations.into_iter();
        Some(Self {
            scenario: scenario.to_owned(),
            mode,
            first: observations.next()?,
            rest: observations.collect(),
        })
    }

    /// The scenario in whose journal it was seen.
    #[must_use]
    pub fn scenario(&self) -> &str {
        &self.scenario
    }

    /// The mode of that journal.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// The first observation.
    #[must_use]
    pub const fn first(&self) -> &Observation {
        &self.first
    }

    /// Every observation.
    pub fn iter(&self) -> impl Iterator<Item = &Observation> {
        std::iter::once(&self.first).chain(&self.rest)
    }
}

/// What is known about one rule in one mode, from one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It was seen to hold. Only [`Finding::held`] makes one.
    Held(Held),
    /// It was seen to be violated. Only [`Finding::violated`] makes one.
    Violated(Violation),
    /// It could not be tried because another rule is violated, or so the scenario suspects.
    Blocked {
        /// The scenario.
        scenario: String,
        /// The rules under suspicion.
        suspects: Vec<String>,
        /// What could not be reached.
        reason: Reason,
        /// What counts against the rule itself where no suspect is violated.
        otherwise: Option<Violation>,
    },
    /// The suspicion is confirmed: that rule is violated in the same mode.
    Inherited {
        /// The scenario.
        scenario: String,
        /// The violated rule.
        cause: String,
        /// What could not be reached.
        reason: Reason,
    },
    /// It ran and shows nothing.
    Undecided(Reason),
    /// The settings kept it from being tried.
    Misconfigured(Reason),
    /// It did not run.
    NotRun(Reason),
    /// The declaration rules it out.
    NotApplicable(Reason),
    /// It cannot be seen in this run.
    Untestable(Reason),
    /// A person has to confirm it.
    NeedsPerson(Reason),
}

/// A rule seen to hold, with somebody heard who can keep it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    evidence: Evidence,
    contact: Heard,
}

/// A rule seen to be violated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    evidence: Evidence,
}

/// A pair for 期待/実際.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// 期待.
    pub expected: String,
    /// 実際.
    pub actual: String,
}

impl Held {
    /// What was seen.
    #[must_use]
    pub const fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// Who was heard.
    #[must_use]
    pub const fn contact(&self) -> Heard {
        self.contact
    }
}

impl Violation {
    /// The violation, if no observation holds.
    pub(super) fn of(evidence: Evidence) -> Option<Self> {
        let all = evidence.iter().all(|seen| !seen.holds);
        all.then_some(Self { evidence })
    }

    /// What was seen: the observations that do not hold.
    #[must_use]
    pub const fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// The first of them.
    #[must_use]
    pub fn mismatch(&self) -> Mismatch {
        Mismatch {
            expected: self.evidence.first.expected.clone(),
            actual: self.evidence.first.actual.clone(),
        }
    }
}

impl Finding {
    /// The rule held: every observation holds, and somebody was heard who can keep it.
    #[must_use]
    pub fn held(evidence: Evidence, contact: Heard) -> Option<Self> {
        let all = evidence.iter().all(|seen| seen.holds);
        all.then_some(Self::Held(Held { evidence, contact }))
    }

    /// The rule is violated: no observation holds.
    #[must_use]
    pub fn violated(evidence: Evidence) -> Option<Self> {
        Violation::of(evidence).map(Self::Violated)
    }

    /// The word for this finding alone.
    #[must_use]
    pub fn verdict(&self, cap: Cap) -> Verdict {
        match self {
            Self::Held(_) => cap.of_held(),
            Self::Violated(_) => cap.of_violated(),
            Self::Inherited { .. } => Verdict::Inherited,
            Self::Blocked { .. } | Self::Undecided(_) => Verdict::Undecided,
            Self::Misconfigured(_) => Verdict::Misconfigured,
            Self::NotRun(_) => Verdict::NotRun,
            Self::NotApplicable(_) => Verdict::NotApplicable,
            Self::Untestable(_) => Verdict::Untestable,
            Self::NeedsPerson(_) => Verdict::NeedsReview,
        }
    }

    /// Whether it holds for every scenario of the run in this mode.
    pub(super) fn is_about_the_run(&self) -> bool {
        match self {
            Self::Misconfigured(reason) | Self::NotApplicable(reason) => {
                reason.scenario().is_none()
            }
            Self::Held(_)
            | Self::Violated(_)
            | Self::Blocked { .. }
            | Self::Inherited { .. }
            | Self::Undecided(_)
            | Self::NotRun(_)
            | Self::Untestable(_)
            | Self::NeedsPerson(_) => false,
        }
    }

    /// The scenario it comes from, if it comes from one journal.
    #[must_use]
    pub fn scenario(&self) -> Option<&str> {
        match self {
            Self::Held(held) => Some(held.evidence.scenario()),
            Self::Violated(violation) => Some(violation.evidence.scenario()),
            Self::Blocked { scenario, .. } | Self::Inherited { scenario, .. } => Some(scenario),
            Self::Undecided(reason)
            | Self::Misconfigured(reason)
            | Self::NotRun(reason)
            | Self::NotApplicable(reason)
            | Self::Untestable(reason)
            | Self::NeedsPerson(reason) => reason.scenario(),
        }
    }
}

/// How far a verdict on a rule may go: it never outruns its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cap {
    /// How binding the rule is.
    pub level: Level,
    /// How sure its source is.
    pub standing: Standing,
    /// Who has to keep it.
    pub party: Party,
    /// Whether `--strict` was asked for.
    pub strict: bool,
}

impl Cap {
    /// The cap of a rule.
    #[must_use]
    pub const fn of(facts: &RequirementFacts, strict: bool) -> Self {
        Self {
            level: facts.level,
            standing: facts.standing,
            party: facts.party,
            strict,
        }
    }

    /// The word for a rule that was seen to hold.
    ///
    /// A rule whose sources disagree stays 要確認: holding our reading of it is not holding it.
    #[must_use]
    pub const fn of_held(self) -> Verdict {
        match self.standing {
            Standing::Ambiguous => Verdict::NeedsReview,
            Standing::Stated | Standing::Inferred | Standing::Analog | Standing::Assumed => {
                Verdict::Passed
            }
        }
    }

    /// The word for a rule that was seen to be violated.
    #[must_use]
    pub const fn of_violated(self) -> Verdict {
        match self.party {
            Party::Vendor => self.of_vendor_violation(),
            Party::Insurer => Verdict::NeedsReview,
            // The simulated side broke its own rule: that says nothing about the vendor.
            Party::Pmh
            | Party::Platform
            | Party::Qualification
            | Party::Careweb
            | Party::Mynaportal
            | Party::Portal
            | Party::Medical
            | Party::Board => Verdict::Undecided,
        }
    }

    const fn of_vendor_violation(self) -> Verdict {
        match (self.standing, self.level) {
            (Standing::Ambiguous | Standing::Assumed, _) => Verdict::NeedsReview,
            (Standing::Stated, Level::Must) => Verdict::Failed,
            (Standing::Inferred | Standing::Analog, Level::Must) if self.strict => Verdict::Failed,
            (
                Standing::Stated | Standing::Inferred | Standing::Analog,
                Level::Must | Level::Should | Level::May,
            ) => Verdict::Advisory,
        }
    }
}
