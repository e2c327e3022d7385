//! 集計: counts that always carry their denominators.

use std::collections::BTreeMap;
use std::fmt;

use super::facts::Mode;
use super::table::{Block, Scope, VerdictTable};
use super::word::{Family, Verdict};

/// The counts of the vendor's rules, one for each rule and mode.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    by_verdict: BTreeMap<Verdict, usize>,
    planned: usize,
}

impl Totals {
    /// Counts a table. Rules of the municipality and of the simulated side are not counted.
    #[must_use]
    pub fn of(table: &VerdictTable) -> Self {
        Self::of_modes(table, &Mode::ALL)
    }

    /// Counts one mode of a table.
    #[must_use]
    pub fn of_mode(table: &VerdictTable, mode: Mode) -> Self {
        Self::of_modes(table, &[mode])
    }

    fn of_modes(table: &VerdictTable, modes: &[Mode]) -> Self {
        let mut totals = Self::default();
        let cells = table.block(Block::Vendor).flat_map(|row| &row.cells);
        for (_, cell) in cells.filter(|(mode, _)| modes.contains(mode)) {
            match cell.scope() {
                Scope::Planned => totals.planned += 1,
                Scope::Tried => *totals.by_verdict.entry(cell.verdict()).or_default() += 1,
            }
        }
        totals
    }

    /// How many of a word.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.by_verdict.get(&verdict).copied().unwrap_or_default()
    }

    /// 計画中: outside every denominator.
    #[must_use]
    pub const fn planned(&self) -> usize {
        self.planned
    }

    /// 試すはずのもの: everything but 対象外, 試験不能 and 計画中.
    #[must_use]
    pub fn due(&self) -> usize {
        self.family(Family::Pass) + self.family(Family::Violation) + self.family(Family::Unknown)
    }

    /// 判定した: what observation has decided.
    #[must_use]
    pub fn decided(&self) -> usize {
        self.family(Family::Pass) + self.family(Family::Violation)
    }

    fn family(&self, family: Family) -> usize {
        let of_family = self
            .by_verdict
            .iter()
            .filter(|(word, _)| word.family() == family);
        of_family.map(|(_, count)| count).sum()
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "合格 {} / 判定した {}（試すはずの {} のうち）。",
            self.count(Verdict::Passed),
            self.decided(),
            self.due()
        )?;
        let neutral = [Verdict::NotApplicable, Verdict::Untestable];
        let mut outside: Vec<String> = neutral
            .into_iter()
            .filter(|word| self.count(*word) > 0)
            .map(|word| format!("{word} {}", self.count(word)))
            .collect();
        if self.planned > 0 {
            outside.insert(0, format!("計画中 {}", self.planned));
        }
        if outside.is_empty() {
            Ok(())
        } else {
            write!(f, "{} は含まない。", outside.join("、"))
        }
    }
}
