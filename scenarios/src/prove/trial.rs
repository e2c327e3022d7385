//! 一つの試み: one planted vendor, run and judged.

use std::collections::BTreeSet;
use std::time::Instant;

use serde::Serialize;

use super::blame::{Blame, blames};
use super::planted::{Fault, Variant};
use crate::certify::{CertifyError, CertifySettings, Tried, try_out};
use crate::requirement::{Mode, RequirementId};
use crate::verdict::{Block, ExitCode, Observed, Scope, Verdict};

/// What came of a planted fault in one mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Seen, and put to the rules it breaks alone.
    Killed,
    /// Nothing was seen violated.
    Survived,
    /// Put to other rules only.
    Misattributed,
    /// Put to the right rule, and to others that it does not break.
    Smeared,
    /// The run could not be made.
    NotTried,
}

/// A fault in one mode, tried.
#[derive(Debug, Clone, Serialize)]
pub struct FaultTrial {
    /// The fault.
    pub fault: String,
    /// What it does wrong, in Japanese.
    pub ja: String,
    /// The mode.
    pub mode: Mode,
    /// The rules it breaks.
    pub breaks: Vec<String>,
    /// What came of it.
    pub fate: Fate,
    /// Who was blamed, and by what.
    pub blames: Vec<Blame>,
    /// Why the run could not be made, if it could not.
    pub problem: Option<String>,
    /// How long the run with the fault took, in all its modes, in seconds of this machine.
    pub seconds: f64,
}

/// A harmless variant in one mode, tried.
#[derive(Debug, Clone, Serialize)]
pub struct VariantTrial {
    /// The variant.
    pub variant: String,
    /// What it does otherwise, in Japanese.
    pub ja: String,
    /// The mode.
    pub mode: Mode,
    /// Who was blamed: nobody, or the judge is wrong.
    pub blames: Vec<Blame>,
    /// The rules that came to no verdict.
    pub open: Vec<String>,
    /// How many rules were seen to hold.
    pub held: usize,
    /// How long the run took, in all its modes, in seconds of this machine.
    pub seconds: f64,
}

impl Fate {
    /// The word for a reader.
    #[must_use]
    pub const fn ja(self) -> &'static str {
        match self {
            Self::Killed => "見つけた",
            Self::Survived => "見逃した",
            Self::Misattributed => "ほかの規則のせいにした",
            Self::Smeared => "余計な規則も不合格にした",
            Self::NotTried => "試せなかった",
        }
    }
}

impl VariantTrial {
    /// Whether the judge left it alone and saw it work.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        self.blames.is_empty() && self.open.is_empty() && self.held > 0
    }
}

impl FaultTrial {
    /// The rules that were seen violated.
    #[must_use]
    pub fn blamed(&self) -> BTreeSet<&str> {
        self.blames
            .iter()
            .map(|blame| blame.requirement.as_str())
            .collect()
    }
}

/// The scenarios of these rules, as an expression of tags.
pub(super) fn tags(rules: &[RequirementId]) -> String {
    let tags: Vec<String> = rules.iter().map(|rule| format!("@{rule}")).collect();
    tags.join(" or ")
}

/// Runs the vendor with a fault.
pub(super) fn try_fault(
    fault: &Fault,
    settings: &CertifySettings,
) -> Result<Vec<FaultTrial>, CertifyError> {
    let (tried, seconds) = timed(settings)?;
    let blames = blames(&tried.table);
    let trials = settings.modes.iter().map(|mode| {
        let blames: Vec<Blame> = blames
            .iter()
            .filter(|blame| blame.mode == *mode)
            .cloned()
            .collect();
        FaultTrial {
            fault: fault.name.clone(),
            ja: fault.ja.clone(),
            mode: *mode,
            breaks: fault.breaks.iter().map(ToString::to_string).collect(),
            fate: fate(fault, &blames),
            blames,
            problem: None,
            seconds,
        }
    });
    Ok(trials.collect())
}

/// A run with a fault that could not be made.
pub(super) fn fault_not_tried(fault: &Fault, cause: &CertifyError) -> Vec<FaultTrial> {
    let trials = fault.modes.iter().map(|mode| FaultTrial {
        fault: fault.name.clone(),
        ja: fault.ja.clone(),
        mode: *mode,
        breaks: fault.breaks.iter().map(ToString::to_string).collect(),
        fate: Fate::NotTried,
        blames: Vec::new(),
        problem: Some(cause.to_string()),
        seconds: 0.0,
    });
    trials.collect()
}

/// A run with a variant that could not be made.
pub(super) fn variant_not_tried(variant: &Variant, cause: &CertifyError) -> Vec<VariantTrial> {
    let trials = variant.modes.iter().map(|mode| VariantTrial {
        variant: variant.name.clone(),
        ja: variant.ja.clone(),
        mode: *mode,
        blames: Vec::new(),
        open: vec![cause.to_string()],
        held: 0,
        seconds: 0.0,
    });
    trials.collect()
}

fn fate(fault: &Fault, blames: &[Blame]) -> Fate {
    let is_seen = blames
        .iter()
        .any(|blame| fault.is_breach_of(&blame.requirement));
    let is_smeared = blames
        .iter()
        .any(|blame| !fault.accounts_for(&blame.requirement));
    match (is_seen, blames.is_empty(), is_smeared) {
        (true, _, false) => Fate::Killed,
        (true, _, true) => Fate::Smeared,
        (false, true, _) => Fate::Survived,
        (false, false, _) => Fate::Misattributed,
    }
}

/// Runs the vendor with a harmless variant.
pub(super) fn try_variant(
    variant: &Variant,
    settings: &CertifySettings,
) -> Result<Vec<VariantTrial>, CertifyError> {
    let (tried, seconds) = timed(settings)?;
    let blames = blames(&tried.table);
    let trials = settings.modes.iter().map(|mode| {
        let (held, open) = told(&tried, *mode);
        VariantTrial {
            variant: variant.name.clone(),
            ja: variant.ja.clone(),
            mode: *mode,
            blames: blames
                .iter()
                .filter(|blame| blame.mode == *mode)
                .cloned()
                .collect(),
            open,
            held,
            seconds,
        }
    });
    Ok(trials.collect())
}

/// How many rules of the vendor held in a mode, and which of those that were tried came to nothing.
pub(super) fn told(tried: &Tried, mode: Mode) -> (usize, Vec<String>) {
    let is_planned = |id: &str| {
        let scenarios = &tried.table.scenarios;
        scenarios
            .iter()
            .any(|row| row.requirement == id && row.mode == mode)
    };
    let mut held = 0;
    let mut open = Vec::new();
    for row in tried.table.block(Block::Vendor) {
        let Some(cell) = row.cells.get(&mode) else {
            continue;
        };
        if cell.scope() != Scope::Tried || !is_planned(&row.facts.id) {
            continue;
        }
        held += usize::from(cell.observed() == Observed::Held);
        match cell.verdict() {
            Verdict::Inherited | Verdict::NotRun | Verdict::Undecided | Verdict::Misconfigured => {
                open.push(row.facts.id.clone())
            }
            Verdict::Passed
            | Verdict::NeedsReview
            | Verdict::Untestable
            | Verdict::NotApplicable
            | Verdict::Failed
            | Verdict::Advisory => {}
        }
    }
    (held, open)
}

/// Whether a whole run is green.
pub(super) fn is_green(tried: &Tried) -> bool {
    tried.exit == ExitCode::Success
}

fn timed(settings: &CertifySettings) -> Result<(Tried, f64), CertifyError> {
    let started = Instant::now();
    let silent: crate::certify::Progress = std::sync::Arc::new(|_| {});
    let tried = try_out(settings, &silent)?;
    Ok((tried, started.elapsed().as_secs_f64()))
}
