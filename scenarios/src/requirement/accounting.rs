//! 要件の突き合わせ: every rule, in every mode, in every way it says it is tried.
//!
//! A cell of the table is (rule, mode, kind). It is covered by checks that exist, or excused in
//! writing; anything else is an error, and so is a check that covers no cell.

use std::collections::BTreeMap;
use std::fmt;

use super::catalogue::{Catalogue, Requirement};
use super::entry::{Mode, Verify};
use super::identifier::RequirementId;
use crate::feature::Scenario;

/// 監視の宣言: a monitor, and the rule it watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonitorDeclaration {
    /// Name of the monitor, printed in reports.
    pub id: &'static str,
    /// The rule; an id that the catalogue does not know is an error.
    pub requirement: &'static str,
    /// The modes it watches in.
    pub modes: &'static [Mode],
}

/// 法則の宣言: a property test, and the rule it proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LawDeclaration {
    /// Name of the law, printed in reports.
    pub id: &'static str,
    /// The rule; an id that the catalogue does not know is an error.
    pub requirement: &'static str,
    /// The modes it is tried in.
    pub modes: &'static [Mode],
}

/// One place of the table: a rule in a mode, tried in one way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The rule.
    pub requirement: RequirementId,
    /// The mode.
    pub mode: Mode,
    /// The way of trying it.
    pub verify: Verify,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coverage {
    /// Tried by these checks, by name. Never empty.
    Tried(Vec<String>),
    /// Tried by these checks, and the later topic with this id tries it further.
    TriedInPart(Vec<String>, String),
    /// Not written: part of the later topic with this id.
    Planned(String),
    /// 証明: a named person confirms; nothing runs.
    Attested,
    /// 試験不能, in every mode or in this one, with the reason.
    Untestable(String),
}

/// The complete table.
#[derive(Debug, Clone)]
pub struct Accounting {
    pub(super) cells: BTreeMap<Cell, Coverage>,
}

/// A rule without its check, or a check without its rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unaccounted {
    /// A rule says that it is tried this way, and nothing does.
    #[error(
        "{cell}: 試すものがありません。{}を書くか、要件一覧に planned（題目）か untestable_in（理由）を書いてください",
        cell.verify
    )]
    Untried {
        /// The empty cell.
        cell: Cell,
    },
    /// The rule is marked as a later topic, but a check exists.
    #[error(
        "{cell}: 題目「{topic}」の予定とされていますが、「{check}」があります。要件一覧の planned を消してください"
    )]
    NoLongerPlanned {
        /// The cell.
        cell: Cell,
        /// The topic it is marked with.
        topic: String,
        /// The check that exists.
        check: String,
    },
    /// The rule is excused in this mode, but a check exists.
    #[error(
        "{cell}: この方式では試験不能とされていますが、「{check}」があります。要件一覧の untestable_in を消してください"
    )]
    NoLongerUntestable {
        /// The cell.
        cell: Cell,
        /// The check that exists.
        check: String,
    },
    /// The check names a rule that does not exist.
    #[error("「{check}」の要件番号「{requirement}」は要件一覧にありません")]
    UnknownRequirement {
        /// The check.
        check: String,
        /// What it names.
        requirement: String,
    },
    /// The rule does not say that it is tried this way in this mode.
    #[error("「{check}」は{cell}を試しますが、要件一覧の verify と modes にその組がありません")]
    UndeclaredKind {
        /// The check.
        check: String,
        /// The cell that the catalogue does not have.
        cell: Cell,
    },
}

impl fmt::Display for Cell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} {}の{}",
            self.requirement, self.mode, self.verify
        )
    }
}

/// Compares the catalogue with the checks that exist.
///
/// # Errors
/// Every cell that is neither covered nor excused, and every check that belongs to no cell.
pub fn account<'a>(
    catalogue: &Catalogue,
    scenarios: impl IntoIterator<Item = &'a Scenario>,
    monitors: &[MonitorDeclaration],
    laws: &[LawDeclaration],
) -> Result<Accounting, Vec<Unaccounted>> {
    let mut checks = Checks::new(catalogue);
    for scenario in scenarios {
        let id = scenario.id.to_string();
        checks.add(
            scenario.requirement.as_str(),
            Verify::Scenario,
            &scenario.modes,
            &id,
        );
    }
    for monitor in monitors {
        checks.add(
            monitor.requirement,
            Verify::Monitor,
            monitor.modes,
            monitor.id,
        );
    }
    for law in laws {
        checks.add(law.requirement, Verify::Law, law.modes, law.id);
    }
    let Checks {
        by_cell,
        mut faults,
        ..
    } = checks;
    let mut cells = BTreeMap::new();
    for requirement in catalogue.iter() {
        for cell in cells_of(requirement) {
            let names = by_cell.get(&cell).cloned().unwrap_or_default();
            match cover(requirement, &cell, names) {
                Ok(coverage) => {
                    cells.insert(cell, coverage);
                }
                Err(fault) => faults.push(fault),
            }
        }
    }
    if faults.is_empty() {
        Ok(Accounting { cells })
    } else {
        Err(faults)
    }
}

/// The checks that exist, by the cell they cover.
struct Checks<'a> {
    catalogue: &'a Catalogue,
    by_cell: BTreeMap<Cell, Vec<String>>,
    faults: Vec<Unaccounted>,
}

impl<'a> Checks<'a> {
    fn new(catalogue: &'a Catalogue) -> Self {
        Self {
            catalogue,
            by_cell: BTreeMap::new(),
            faults: Vec::new(),
        }
    }

    fn add<'m>(
        &mut self,
        requirement: &str,
        verify: Verify,
        modes: impl IntoIterator<Item = &'m Mode>,
        check: &str,
    ) {
        let known = requirement
            .parse()
            .ok()
            .and_then(|id| self.catalogue.get(&id));
        let Some(known) = known else {
            self.faults.push(Unaccounted::UnknownRequirement {
                check: check.to_owned(),
                requirement: requirement.to_owned(),
            });
            return;
        };
        for mode in modes {
            let cell = Cell {
                requirement: known.id.clone(),
                mode: *mode,
                verify,
            };
            if known.modes.contains(mode) && known.verify.contains(&verify) {
                self.by_cell.entry(cell).or_default().push(check.to_owned());
            } else {
                self.faults.push(Unaccounted::UndeclaredKind {
                    check: check.to_owned(),
                    cell,
                });
            }
        }
    }
}

fn cells_of(requirement: &Requirement) -> impl Iterator<Item = Cell> + '_ {
    requirement.modes.iter().flat_map(|mode| {
        requirement.verify.iter().map(|verify| Cell {
            requirement: requirement.id.clone(),
            mode: *mode,
            verify: *verify,
        })
    })
}

fn cover(
    requirement: &Requirement,
    cell: &Cell,
    names: Vec<String>,
) -> Result<Coverage, Unaccounted> {
    match cell.verify {
        Verify::Attestation => return Ok(Coverage::Attested),
        Verify::Untestable => {
            let reason = requirement.untestable.clone().unwrap_or_default();
            return Ok(Coverage::Untestable(reason));
        }
        Verify::Scenario | Verify::Monitor | Verify::Law => {}
    }
    let check = names.first().cloned();
    if let Some(reason) = requirement.untestable_in.get(&cell.mode) {
        return match check {
            Some(check) => Err(Unaccounted::NoLongerUntestable {
                cell: cell.clone(),
                check,
            }),
            None => Ok(Coverage::Untestable(reason.clone())),
        };
    }
    match (requirement.planned.get(&(cell.mode, cell.verify)), check) {
        (Some(later), Some(_)) if later.besides => {
            Ok(Coverage::TriedInPart(names, later.topic.clone()))
        }
        (Some(later), Some(check)) => Err(Unaccounted::NoLongerPlanned {
            cell: cell.clone(),
            topic: later.topic.clone(),
            check,
        }),
        (Some(later), None) if !later.besides => Ok(Coverage::Planned(later.topic.clone())),
        (Some(_), None) => Err(Unaccounted::Untried { cell: cell.clone() }),
        (None, Some(_)) => Ok(Coverage::Tried(names)),
        (None, None) => Err(Unaccounted::Untried { cell: cell.clone() }),
    }
}

impl Accounting {
    /// Every cell with what stands in it, in the order of ids.
    pub fn cells(&self) -> impl Iterator<Item = (&Cell, &Coverage)> {
        self.cells.iter()
    }

    /// The rules that at least one existing check tries in the mode.
    #[must_use]
    pub fn tried_in(&self, mode: Mode) -> Vec<&RequirementId> {
        let mut ids: Vec<&RequirementId> = self
            .cells
            .iter()
            .filter(|(cell, coverage)| {
                let is_tried = matches!(coverage, Coverage::Tried(_) | Coverage::TriedInPart(..));
                cell.mode == mode && is_tried
            })
            .map(|(cell, _)| &cell.requirement)
            .collect();
        ids.dedup();
        ids
    }
}
