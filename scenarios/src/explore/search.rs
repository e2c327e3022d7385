//! One exploration, from its settings to what was found.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use jiff::civil::Date;
use tekigo_simulator::profile::Profile;

use super::drawing::draw;
use super::history::History;
use super::keeping::{Kept, again, keep};
use super::shrinking::{Shrinking, Target};
use super::trying::{Bench, Outcome};
use crate::certify::CertifyError;
use crate::drivers::VendorFile;
use crate::ledger::Ledger;
use crate::prove::Blame;
use crate::requirement::Mode;

/// So many histories share a start of the vendor.
const BATCH: u32 = 32;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct ExploreSettings {
    /// The vendor.
    pub vendor: VendorFile,
    /// The modes; those that the vendor does not declare are left out.
    pub modes: Vec<Mode>,
    /// The interface profile.
    pub profile: Arc<Profile>,
    /// The seed of the town and of the histories.
    pub seed: u64,
    /// How many histories.
    pub cases: u32,
    /// How many deeds each has, about.
    pub deeds: u32,
    /// How many run side by side.
    pub jobs: usize,
    /// Where finds are kept; what is kept there is run first.
    pub out: PathBuf,
    /// The program to put in place of `{tekigo}`; this one without.
    pub program: Option<PathBuf>,
}

/// What is told while the work is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// What was kept is being run.
    Again,
    /// So many histories of all have been told, and so many of them broke a rule.
    Told {
        /// So many.
        told: u32,
        /// All.
        all: u32,
        /// So many broke a rule.
        broken: usize,
    },
    /// A history is being shrunk for a rule.
    Shrinking {
        /// The rule.
        requirement: String,
    },
    /// All is done.
    Over,
}

/// What an exploration came to.
#[derive(Debug, Clone)]
pub struct Exploration {
    /// What earlier ones had kept.
    pub kept: Vec<Kept>,
    /// Histories in which everything held.
    pub held: usize,
    /// Histories that broke a rule, finds and those like them.
    pub broken: usize,
    /// Histories that could not be told to their end.
    pub unfinished: Vec<Unfinished>,
    /// One for each rule and for what saw it violated.
    pub finds: Vec<Find>,
}

/// A history that could not be told to its end, though nothing was seen violated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// Which one, from 1.
    pub number: u32,
    /// Why.
    pub reason: String,
}

/// A violation, and the shortest history that shows it.
#[derive(Debug, Clone)]
pub struct Find {
    /// Which history it was drawn as, from 1.
    pub number: u32,
    /// What is seen in the shortest one.
    pub blame: Blame,
    /// The shortest one.
    pub history: History,
    /// Lines of the one that was drawn.
    pub drawn_lines: usize,
    /// How many histories were tried on the way.
    pub tries: usize,
    /// How long that took, in seconds of this machine.
    pub seconds: f64,
    /// How many of the histories drawn show it.
    pub times: usize,
    /// Its file.
    pub path: Option<PathBuf>,
}

impl Exploration {
    /// Whether nothing is against the product: no rule was broken, and something was told to its end.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.finds.is_empty()
            && self.held > 0
            && self
                .kept
                .iter()
                .all(|kept| kept.blames.is_empty() && kept.problem.is_none())
    }
}

/// Draws histories, tells them, and shrinks what breaks a rule.
///
/// # Errors
/// The vendor, the settings or the folder cannot be used, or our own fault.
pub fn explore(
    settings: &ExploreSettings,
    tell: &dyn Fn(Step),
) -> Result<Exploration, CertifyError> {
    let (town, today) = super::town(settings.seed)?;
    let bench = Bench {
        vendor: settings.vendor.clone(),
        profile: Arc::clone(&settings.profile),
        seed: settings.seed,
        jobs: settings.jobs.max(1),
        program: settings.program.clone(),
    };
    tell(Step::Again);
    let kept = again(&bench, settings)?;
    let mut exploration = Exploration {
        kept,
        held: 0,
        broken: 0,
        unfinished: Vec::new(),
        finds: Vec::new(),
    };
    let mut leads: Vec<Lead> = Vec::new();
    for from in (0..settings.cases).step_by(BATCH as usize) {
        let numbers: Vec<u32> = (from..settings.cases.min(from + BATCH))
            .map(|place| place + 1)
            .collect();
        let drawn = numbers
            .iter()
            .map(|number| draw(settings.seed, *number, settings.deeds, &town, today));
        let histories: Vec<History> = drawn.collect();
        let outcomes = bench.try_all(&histories, &settings.modes)?;
        for ((number, history), outcome) in numbers.iter().zip(&histories).zip(outcomes) {
            match outcome {
                Outcome::Held => exploration.held += 1,
                Outcome::Void(reason) => exploration.unfinished.push(Unfinished {
                    number: *number,
                    reason,
                }),
                Outcome::Broken(blames) => {
                    exploration.broken += 1;
                    note(&mut leads, *number, history, &blames);
                }
            }
        }
        tell(Step::Told {
            told: from + u32::try_from(numbers.len()).unwrap_or(0),
            all: settings.cases,
            broken: exploration.broken,
        });
    }
    for lead in leads {
        tell(Step::Shrinking {
            requirement: lead.target.requirement.clone(),
        });
        let mut find = lead.shrunk(&bench, &town, today)?;
        find.path = Some(keep(settings, &find)?);
        exploration.finds.push(find);
    }
    tell(Step::Over);
    Ok(exploration)
}

/// A history that broke a rule, and what it is shrunk for.
struct Lead {
    number: u32,
    history: History,
    target: Target,
    blame: Blame,
    /// How many of the histories drawn show it.
    times: usize,
}

impl Lead {
    fn shrunk(self, bench: &Bench, town: &Arc<Ledger>, today: Date) -> Result<Find, CertifyError> {
        let started = Instant::now();
        let drawn_lines = self.history.lines();
        let mut shrinking = Shrinking::new(bench, &self.target, town, today);
        let history = shrinking.shrink(self.history)?;
        let tries = shrinking.tries;
        let last = bench.try_all(std::slice::from_ref(&history), &self.target.modes)?;
        let seen = last.into_iter().find_map(|outcome| match outcome {
            Outcome::Broken(blames) => self.target.seen_in(&blames).cloned(),
            Outcome::Held | Outcome::Void(_) => None,
        });
        Ok(Find {
            number: self.number,
            blame: seen.unwrap_or(self.blame),
            history,
            drawn_lines,
            tries,
            seconds: started.elapsed().as_secs_f64(),
            times: self.times,
            path: None,
        })
    }
}

/// Takes a broken history for one violation in it, unless another stands for that already: what the scenario itself
/// sees before what watches it, and the rule whose own matter it is before the one that the history tries.
fn note(leads: &mut Vec<Lead>, number: u32, history: &History, blames: &[Blame]) {
    let weight = |blame: &&Blame| (blame.by.clone(), blame.requirement == history.rule());
    let Some(blame) = blames.iter().min_by_key(weight) else {
        return;
    };
    let is_same = |lead: &&mut Lead| {
        lead.target.requirement == blame.requirement && lead.target.by == blame.by
    };
    match leads.iter_mut().find(is_same) {
        Some(lead) => lead.times += 1,
        None => leads.push(Lead {
            number,
            history: history.clone(),
            target: Target::of(blame),
            blame: blame.clone(),
            times: 1,
        }),
    }
}
