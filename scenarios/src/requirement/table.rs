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
    planned: usize,
    no_run: usize,
}

impl Counts {
    fn add(&mut self, coverage: &Coverage) {
        match coverage {
            Coverage::Tried(names) | Coverage::TriedInPart(names, _) => {
                self.tried += 1;
                self.checks += names.len();
            }
            Coverage::Planned(_) => self.planned += 1,
            Coverage::Attested | Coverage::Untestable(_) => self.no_run += 1,
        }
    }
}

impl Accounting {
    /// The table as Japanese text: counts for each mode and kind, then the rules of later topics,
    /// and the ones that nothing can run for.
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
            writeln!(text, "、予定 {}件、実行なし {}件", row.planned, row.no_run)?;
        }
        self.write_planned(catalogue, text)?;
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
        type Ways = BTreeMap<Verify, BTreeSet<Mode>>;
        let mut topics: BTreeMap<&str, BTreeMap<&RequirementId, Ways>> = BTreeMap::new();
        for (cell, coverage) in &self.cells {
            if let Coverage::Planned(topic) | Coverage::TriedInPart(_, topic) = coverage {
                let rules = topics.entry(topic).or_default();
                let ways = rules.entry(&cell.requirement).or_default();
                ways.entry(cell.verify).or_default().insert(cell.mode);
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
            for (requirement, ways) in rules {
                let all = catalogue.get(requirement).map(|rule| &rule.modes);
                let ways: Vec<String> = ways
                    .iter()
                    .map(|(verify, modes)| match modes.first() {
                        Some(mode) if all.is_some_and(|all| all != modes) => {
                            format!("{verify}（{mode}）")
                        }
                        _ => verify.ja().to_owned(),
                    })
                    .collect();
                writeln!(text, "  {requirement} {}", ways.join("・"))?;
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
                    let place = (cell.requirement.as_str(), cell.mode);
                    untestable.insert(place, reason.as_str());
                }
                Coverage::Tried(_) | Coverage::TriedInPart(..) | Coverage::Planned(_) => {}
            }
        }
        let attested: Vec<&str> = attested.into_iter().collect();
        writeln!(
            text,
            "\n証明によるもの {}件: {}",
            attested.len(),
            attested.join("、")
        )?;
        for ((requirement, mode), reason) in untestable {
            writeln!(text, "試験不能 {requirement} {mode}: {reason}")?;
        }
        Ok(())
    }
}
