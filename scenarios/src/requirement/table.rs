//! The accounting as a page of text: counts first, then everything that is not tried yet.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};

use super::accounting::{Accounting, Coverage};
use super::catalogue::Catalogue;
use super::entry::{Mode, Verify};
use super::identifier::RequirementId;

/// Counts of one row.
#[derive(Default)]
struct Counts {
    tried: usize,
    checks: usize,
    awaits_mode: usize,
    planned: usize,
    no_run: usize,
}

impl Counts {
    fn add(&mut self, coverage: &Coverage) {
        match coverage {
            Coverage::Tried(names) => {
                self.tried += 1;
                self.checks += names.len();
            }
            Coverage::AwaitsMode(_) => self.awaits_mode += 1,
            Coverage::Planned(_) | Coverage::PlannedWithMode => self.planned += 1,
            Coverage::Attested | Coverage::Untestable(_) => self.no_run += 1,
        }
    }
}

impl Accounting {
    /// The table as Japanese text: counts for each mode and kind, then the rules of later topics,
    /// the rules that wait for a mode, and the ones that nothing can run for.
    #[must_use]
    pub fn table(&self, catalogue: &Catalogue) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = self.write_table(catalogue, &mut text);
        text
    }

    fn write_table(&self, catalogue: &Catalogue, text: &mut String) -> fmt::Result {
        writeln!(text, "要件 {}件", catalogue.len())?;
        let counts = self.counts();
        for ((mode, verify), row) in &counts {
            write!(
                text,
                "{mode} {verify}: 試す要件 {}件（確認 {}件）",
                row.tried, row.checks
            )?;
            writeln!(
                text,
                "、方式待ち {}件、予定 {}件、実行なし {}件",
                row.awaits_mode, row.planned, row.no_run
            )?;
        }
        self.write_planned(catalogue, text)?;
        for mode in Mode::ALL {
            if let Some(plan) = catalogue.mode_plan(mode) {
                writeln!(text, "\n{mode}での実行は予定: {plan}")?;
            }
        }
        self.write_without_run(text)
    }

    fn counts(&self) -> BTreeMap<(Mode, Verify), Counts> {
        let mut counts: BTreeMap<(Mode, Verify), Counts> = BTreeMap::new();
        for (cell, coverage) in &self.cells {
            counts
                .entry((cell.mode, cell.verify))
                .or_default()
                .add(coverage);
        }
        counts
    }

    fn write_planned(&self, catalogue: &Catalogue, text: &mut String) -> fmt::Result {
        let mut topics: BTreeMap<&str, BTreeMap<&RequirementId, BTreeSet<Verify>>> =
            BTreeMap::new();
        for (cell, coverage) in &self.cells {
            if let Coverage::Planned(topic) = coverage {
                let rules = topics.entry(topic).or_default();
                rules
                    .entry(&cell.requirement)
                    .or_default()
                    .insert(cell.verify);
            }
        }
        for (id, rules) in topics {
            if let Some(topic) = catalogue.topic(id) {
                writeln!(
                    text,
                    "\n予定「{}」{}件: {}",
                    topic.ja,
                    rules.len(),
                    topic.plan
                )?;
            }
            for (requirement, kinds) in rules {
                let kinds: Vec<&str> = kinds.into_iter().map(Verify::ja).collect();
                writeln!(text, "  {requirement} {}", kinds.join("・"))?;
            }
        }
        Ok(())
    }

    fn write_without_run(&self, text: &mut String) -> fmt::Result {
        let mut attested = BTreeSet::new();
        let mut untestable = BTreeMap::new();
        for (cell, coverage) in &self.cells {
            match coverage {
                Coverage::Attested => {
                    attested.insert(cell.requirement.as_str());
                }
                Coverage::Untestable(reason) => {
                    untestable.insert(cell.requirement.as_str(), reason.as_str());
                }
                Coverage::Tried(_)
                | Coverage::AwaitsMode(_)
                | Coverage::Planned(_)
                | Coverage::PlannedWithMode => {}
            }
        }
        let attested: Vec<&str> = attested.into_iter().collect();
        writeln!(
            text,
            "\n証明によるもの {}件: {}",
            attested.len(),
            attested.join("、")
        )?;
        for (requirement, reason) in untestable {
            writeln!(text, "試験不能 {requirement}: {reason}")?;
        }
        Ok(())
    }
}
