//! 不具合と方式の表: everything that is planted, tried side by side.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tekigo_simulator::kernel::Moment;
use tekigo_simulator::profile::Profile;

use super::blame::Seen;
use super::grounds::{Grounds, baseline, canary, control};
use super::planted::{Fault, Planted, Variant, tried};
use super::trial::{
    Fate, FaultTrial, VariantTrial, fault_not_tried, tags, try_fault, try_variant,
    variant_not_tried,
};
use crate::certify::{CertifyError, CertifySettings, Progress, features_and_catalogue};
use crate::drivers::VendorFile;
use crate::requirement::{Catalogue, Mode};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct ProveSettings {
    /// The modes.
    pub modes: Vec<Mode>,
    /// The text of another list of what is planted than the bundled one.
    pub list: Option<String>,
    /// Only these faults and variants; everything if there is none.
    pub only: Vec<String>,
    /// The seed of every random stream.
    pub seed: u64,
    /// How many trials run side by side.
    pub jobs: usize,
    /// The program to put in place of `{tekigo}`; this one without.
    pub program: Option<PathBuf>,
}

/// Why there is no proof.
#[derive(Debug, thiserror::Error)]
pub enum ProveError {
    /// The list of what is planted is wrong.
    #[error("植え付ける不具合の一覧に誤りがあります:\n{0}")]
    Planted(String),
    /// What was asked for is not there.
    #[error(
        "不具合・変種「{0}」はありません。名前は fixtures/vendors/reference/faults.toml にあります"
    )]
    Unknown(String),
    /// A run could not be made.
    #[error("「{what}」を試せません: {cause}")]
    Run {
        /// What was planted.
        what: String,
        /// Why not.
        cause: CertifyError,
    },
}

/// What is told while the work is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The grounds are being laid.
    Grounds,
    /// So many trials will run.
    Begins(usize),
    /// One is over.
    Ended {
        /// What was planted.
        name: String,
        /// Whether the judge was right.
        is_right: bool,
    },
}

/// Who guards a rule: what saw it violated by a planted fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Guard {
    /// The rule.
    pub requirement: String,
    /// The mode.
    pub mode: Mode,
    /// How many faults that break it were caught.
    pub faults: usize,
    /// The scenarios that saw one of them break it.
    pub scenarios: BTreeSet<String>,
    /// The monitors and laws that did.
    pub onlookers: BTreeSet<Seen>,
}

/// What the judge was shown to catch and to leave alone.
#[derive(Debug, Clone, Serialize)]
pub struct Proof {
    /// What it stands on.
    pub grounds: Grounds,
    /// Every fault in every of its modes. Empty where the grounds do not hold.
    pub faults: Vec<FaultTrial>,
    /// Every harmless variant in every of its modes.
    pub variants: Vec<VariantTrial>,
    /// Who guards each rule of the vendor.
    pub guards: Vec<Guard>,
    /// The rules of the vendor that something tries and that no fault was seen to break, each with its mode:
    /// nobody knows whether their violation would be seen.
    pub unguarded: Vec<(String, Mode)>,
    /// The seed.
    pub seed: u64,
}

impl Proof {
    /// Whether the judge was right throughout.
    #[must_use]
    pub fn holds(&self) -> bool {
        let killed = |trial: &FaultTrial| trial.fate == Fate::Killed;
        self.grounds.hold()
            && self.unguarded.is_empty()
            && self.faults.iter().all(killed)
            && self.variants.iter().all(VariantTrial::is_alive)
    }

    /// The rules that a single scenario guards, and no monitor or law besides.
    #[must_use]
    pub fn guarded_once(&self) -> Vec<&Guard> {
        let once = |guard: &&Guard| guard.scenarios.len() == 1 && guard.onlookers.is_empty();
        self.guards.iter().filter(once).collect()
    }
}

/// Plants everything and says what the judge made of it.
///
/// # Errors
/// The list is wrong, or a run could not be made.
pub fn prove(
    settings: &ProveSettings,
    tell: &(dyn Fn(Step) + Send + Sync),
) -> Result<Proof, ProveError> {
    let (_, catalogue) = features_and_catalogue().map_err(|cause| ProveError::Run {
        what: "シナリオ".to_owned(),
        cause,
    })?;
    let planted = match &settings.list {
        Some(text) => Planted::of_vendor(text, &catalogue),
        None => Planted::bundled(&catalogue),
    };
    let planted = planted.map_err(|wrong| ProveError::Planted(wrong.join("\n")))?;
    let planted = chosen(planted, settings)?;
    tell(Step::Grounds);
    let grounds = lay(settings, &planted)?;
    let (faults, variants) = if grounds.hold() {
        try_all(&planted, settings, tell)
    } else {
        (Vec::new(), Vec::new())
    };
    let guards = guards(&planted, &faults, &catalogue);
    let unguarded = if settings.only.is_empty() && grounds.hold() {
        unguarded(&guards, &catalogue, &settings.modes)
    } else {
        Vec::new()
    };
    Ok(Proof {
        grounds,
        faults,
        variants,
        guards,
        unguarded,
        seed: settings.seed,
    })
}

/// What was asked for, in the modes that were asked for.
fn chosen(mut planted: Planted, settings: &ProveSettings) -> Result<Planted, ProveError> {
    let in_modes = |modes: &mut Vec<Mode>| {
        modes.retain(|mode| settings.modes.contains(mode));
        !modes.is_empty()
    };
    for name in &settings.only {
        let is_fault = planted.faults.iter().any(|fault| fault.name == *name);
        let is_variant = planted.variants.iter().any(|one| one.name == *name);
        if !is_fault && !is_variant {
            return Err(ProveError::Unknown(name.clone()));
        }
    }
    let is_asked = |name: &String| settings.only.is_empty() || settings.only.contains(name);
    planted
        .faults
        .retain_mut(|fault| is_asked(&fault.name) && in_modes(&mut fault.modes));
    planted
        .variants
        .retain_mut(|one| is_asked(&one.name) && in_modes(&mut one.modes));
    Ok(planted)
}

/// The whole suite is the baseline of the whole list; of a part of it, the scenarios of the part are.
fn lay(settings: &ProveSettings, planted: &Planted) -> Result<Grounds, ProveError> {
    let silent: Progress = Arc::new(|_| {});
    let of = |what: &str, cause| ProveError::Run {
        what: what.to_owned(),
        cause,
    };
    let run = |words: &[&str], sample: bool, jobs: usize| {
        run_of(settings, words, &settings.modes, jobs, sample)
    };
    let mut first = run(&[], false, settings.jobs).map_err(|cause| of("基準", cause))?;
    if !settings.only.is_empty() && planted.variants.is_empty() {
        let rules: BTreeSet<_> = planted.faults.iter().flat_map(Fault::tried_in).collect();
        first.settings.tags = Some(tags(&rules.into_iter().cloned().collect::<Vec<_>>()));
    }
    let baseline = baseline(&first.settings, &silent).map_err(|cause| of("基準", cause))?;
    let second = run(&[], true, settings.jobs).map_err(|cause| of("見張り", cause))?;
    let canary = canary(&second.settings).map_err(|cause| of("見張り", cause))?;
    let third =
        run(&["--fault", "none"], true, settings.jobs).map_err(|cause| of("対照", cause))?;
    let control = control(&third.settings).map_err(|cause| of("対照", cause))?;
    Ok(Grounds {
        baseline,
        canary,
        control,
    })
}

/// One thing to try.
enum Task<'p> {
    Fault(&'p Fault),
    Variant(&'p Variant),
}

enum Done {
    Faults(Vec<FaultTrial>),
    Variants(Vec<VariantTrial>),
}

impl Task<'_> {
    fn name(&self) -> &str {
        match self {
            Self::Fault(fault) => &fault.name,
            Self::Variant(variant) => &variant.name,
        }
    }

    /// Tries it; what cannot be tried is told as such, and spoils nothing else.
    fn done(&self, settings: &ProveSettings) -> Done {
        let run = self.run(settings);
        match (self, run) {
            (_, Ok(done)) => done,
            (Self::Fault(fault), Err(cause)) => Done::Faults(fault_not_tried(fault, &cause)),
            (Self::Variant(one), Err(cause)) => Done::Variants(variant_not_tried(one, &cause)),
        }
    }

    fn run(&self, settings: &ProveSettings) -> Result<Done, CertifyError> {
        match self {
            Self::Fault(fault) => {
                let words = ["--fault", fault.name.as_str()];
                let mut run = run_of(settings, &words, &fault.modes, 1, false)?;
                run.settings.tags = Some(tags(fault.tried_in()));
                try_fault(fault, &run.settings).map(Done::Faults)
            }
            Self::Variant(variant) => {
                let words = ["--variant", variant.name.as_str()];
                let run = run_of(settings, &words, &variant.modes, 1, true)?;
                try_variant(variant, &run.settings).map(Done::Variants)
            }
        }
    }
}

impl Done {
    fn is_right(&self) -> bool {
        match self {
            Self::Faults(trials) => trials.iter().all(|trial| trial.fate == Fate::Killed),
            Self::Variants(trials) => trials.iter().all(VariantTrial::is_alive),
        }
    }
}

/// Everything, side by side; told in the order of the list.
fn try_all(
    planted: &Planted,
    settings: &ProveSettings,
    tell: &(dyn Fn(Step) + Send + Sync),
) -> (Vec<FaultTrial>, Vec<VariantTrial>) {
    let faults = planted.faults.iter().map(Task::Fault);
    let tasks: Vec<Task> = faults
        .chain(planted.variants.iter().map(Task::Variant))
        .collect();
    tell(Step::Begins(tasks.len()));
    let next = AtomicUsize::new(0);
    let done: Mutex<BTreeMap<usize, Done>> = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..settings.jobs.clamp(1, tasks.len().max(1)) {
            scope.spawn(|| {
                while let place = next.fetch_add(1, Ordering::Relaxed)
                    && let Some(task) = tasks.get(place)
                {
                    let outcome = task.done(settings);
                    tell(Step::Ended {
                        name: task.name().to_owned(),
                        is_right: outcome.is_right(),
                    });
                    let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                    done.insert(place, outcome);
                }
            });
        }
    });
    let (mut faults, mut variants) = (Vec::new(), Vec::new());
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    for outcome in done.into_values() {
        match outcome {
            Done::Faults(trials) => faults.extend(trials),
            Done::Variants(trials) => variants.extend(trials),
        }
    }
    (faults, variants)
}

/// The settings of a run and the folder of its journals, which goes with it.
struct Run {
    settings: CertifySettings,
    _folder: tempfile::TempDir,
}

fn run_of(
    settings: &ProveSettings,
    words: &[&str],
    modes: &[Mode],
    jobs: usize,
    sample: bool,
) -> Result<Run, CertifyError> {
    let folder = tempfile::tempdir().map_err(|error| CertifyError::Harness(error.to_string()))?;
    let settings = CertifySettings {
        vendor: VendorFile::bundled_reference_with(words),
        modes: modes.to_vec(),
        profile: Profile::bundled(),
        feature: None,
        tags: None,
        only: None,
        sample,
        story: None,
        shard: None,
        seed: settings.seed,
        start: Moment::default_start(),
        jobs,
        strict: false,
        browser: false,
        goes_on: false,
        report: folder.path().to_owned(),
        executed_at: String::new(),
        command: String::new(),
        program: settings.program.clone(),
    };
    Ok(Run {
        settings,
        _folder: folder,
    })
}

/// The rules of the vendor that something tries, without a guard.
#[must_use]
pub fn unguarded(guards: &[Guard], catalogue: &Catalogue, modes: &[Mode]) -> Vec<(String, Mode)> {
    let guarded: BTreeSet<(&str, Mode)> = guards
        .iter()
        .map(|guard| (guard.requirement.as_str(), guard.mode))
        .collect();
    tried(catalogue)
        .filter(|(rule, mode)| modes.contains(mode) && !guarded.contains(&(rule.as_str(), *mode)))
        .map(|(rule, mode)| (rule.to_string(), mode))
        .collect()
}

/// Who guards each rule of the vendor in each mode.
fn guards(planted: &Planted, trials: &[FaultTrial], catalogue: &Catalogue) -> Vec<Guard> {
    let mut guards: BTreeMap<(usize, Mode), Guard> = BTreeMap::new();
    let order: BTreeMap<&str, usize> = catalogue
        .iter()
        .enumerate()
        .map(|(place, rule)| (rule.id.as_str(), place))
        .collect();
    for trial in trials {
        let Some(fault) = planted
            .faults
            .iter()
            .find(|fault| fault.name == trial.fault)
        else {
            continue;
        };
        for rule in &fault.breaks {
            let seen: Vec<_> = trial
                .blames
                .iter()
                .filter(|blame| blame.requirement == rule.as_str())
                .collect();
            let Some(place) = order.get(rule.as_str()).filter(|_| !seen.is_empty()) else {
                continue;
            };
            let guard = guards.entry((*place, trial.mode)).or_insert_with(|| Guard {
                requirement: rule.to_string(),
                mode: trial.mode,
                faults: 0,
                scenarios: BTreeSet::new(),
                onlookers: BTreeSet::new(),
            });
            guard.faults += 1;
            for blame in seen {
                if blame.by == Seen::Scenario {
                    guard.scenarios.insert(blame.scenario.clone());
                } else {
                    guard.onlookers.insert(blame.by.clone());
                }
            }
        }
    }
    guards.into_values().collect()
}
