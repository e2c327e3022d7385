//! 判定表: every rule in every mode, with the finding that each verdict rests on.

use std::collections::BTreeMap;

use super::facts::{Mode, Party, RequirementFacts};
use super::finding::{Cap, Finding, Mismatch};
use super::plan::Selection;
use super::problem::Problem;
use super::reason::Reason;
use super::word::Verdict;

/// The verdicts of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct VerdictTable {
    /// 参考判定: the profile is assumed, so nothing here is a final word.
    pub reference_only: bool,
    /// Whether `--strict` was asked for.
    pub strict: bool,
    /// How much of the suite was chosen.
    pub selection: Selection,
    /// The modes that were asked for, in order.
    pub asked: Vec<Mode>,
    /// The modes that the vendor declared, in order.
    pub declared: Vec<Mode>,
    /// One row a rule, in the order of the catalogue.
    pub rows: Vec<Row>,
    /// One row a planned scenario and mode, in the order of the plan; then those without a plan.
    pub scenarios: Vec<ScenarioRow>,
    /// What does not agree.
    pub problems: Vec<Problem>,
}

/// Whose rule it is, for a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Block {
    /// The system under test.
    Vendor,
    /// 保険者の務め.
    Insurer,
    /// 模擬側の規則.
    Simulated,
}

/// One rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What the catalogue says.
    pub facts: RequirementFacts,
    /// Whose rule it is.
    pub block: Block,
    /// One cell a mode. A simulated rule that no scenario tries has none.
    pub cells: BTreeMap<Mode, Cell>,
}

/// Whether a cell belongs to this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The run had to try it.
    Tried,
    /// 計画中: no way of trying it exists yet; outside every denominator.
    Planned,
}

/// What was seen of the rule, whatever the verdict may say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Observed {
    /// It held wherever it was seen.
    Held,
    /// It was seen violated.
    Violated,
    /// It was not seen.
    Nothing,
}

/// The verdict on one rule in one mode. Made from findings alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    verdict: Verdict,
    scope: Scope,
    findings: Vec<Finding>,
    known_gap: Option<String>,
    notes: Vec<String>,
}

/// One scenario in one mode.
#[derive(Debug, Clone, PartialEq)]
pub struct ScenarioRow {
    /// シナリオ番号.
    pub id: String,
    /// Title.
    pub title: String,
    /// The rule that it tries.
    pub requirement: String,
    /// The mode.
    pub mode: Mode,
    /// How it came out.
    pub outcome: ScenarioOutcome,
    /// Which record of the run it is; `None` if it did not run.
    pub record: Option<usize>,
}

/// How a scenario came out.
#[derive(Debug, Clone, PartialEq)]
pub enum ScenarioOutcome {
    /// It says this about its rule.
    Says(Verdict),
    /// ほかの規則で違反: it shows its rule kept, but a monitor or a law saw these rules violated meanwhile.
    Overridden(Vec<String>),
}

impl Cell {
    /// The worst of the findings is the verdict. Without a finding it is 未実施.
    pub(super) fn of(mut findings: Vec<Finding>, cap: Cap) -> Self {
        if findings.is_empty() {
            findings.push(Finding::NotRun(Reason::NothingTriesIt));
        }
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.verdict(cap)));
        let worst = findings.iter().map(|finding| finding.verdict(cap)).max();
        Self {
            verdict: worst.unwrap_or(Verdict::NotRun),
            scope: Scope::Tried,
            findings,
            known_gap: None,
            notes: Vec::new(),
        }
    }

    /// 計画中: listed, and outside every denominator.
    pub(super) fn planned(topics: &str) -> Self {
        Self {
            verdict: Verdict::NotRun,
            scope: Scope::Planned,
            findings: vec![Finding::NotRun(Reason::PlannedLater(topics.to_owned()))],
            known_gap: None,
            notes: Vec::new(),
        }
    }

    pub(super) fn explain_gap(&mut self, reason: &str) {
        self.known_gap = Some(reason.to_owned());
    }

    pub(super) fn add_note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// The verdict.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Whether it belongs to this run.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        self.scope
    }

    /// What it rests on, the gravest first. Never empty.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The vendor's reason, if the violation is known.
    #[must_use]
    pub fn known_gap(&self) -> Option<&str> {
        self.known_gap.as_deref()
    }

    /// What a reader should know besides.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The word as tables print it: 計画中 and 不合格（既知） are told apart.
    #[must_use]
    pub fn label(&self) -> String {
        match (self.scope, &self.known_gap) {
            (Scope::Planned, _) => "計画中".to_owned(),
            (Scope::Tried, Some(_)) => format!("{}（既知）", self.verdict.ja()),
            (Scope::Tried, None) => self.verdict.ja().to_owned(),
        }
    }

    /// What was seen of the rule.
    #[must_use]
    pub fn observed(&self) -> Observed {
        let has = |wanted: fn(&Finding) -> bool| self.findings.iter().any(wanted);
        if has(|finding| matches!(finding, Finding::Violated(_))) {
            Observed::Violated
        } else if has(|finding| matches!(finding, Finding::Held(_))) {
            Observed::Held
        } else {
            Observed::Nothing
        }
    }

    /// 期待/実際 of the first violation.
    #[must_use]
    pub fn mismatch(&self) -> Option<Mismatch> {
        self.findings.iter().find_map(|finding| match finding {
            Finding::Violated(violation) => Some(violation.mismatch()),
            Finding::Held(_)
            | Finding::Blocked { .. }
            | Finding::Inherited { .. }
            | Finding::Undecided(_)
            | Finding::Misconfigured(_)
            | Finding::NotRun(_)
            | Finding::NotApplicable(_)
            | Finding::Untestable(_)
            | Finding::NeedsPerson(_) => None,
        })
    }
}

impl Block {
    /// The block of a party.
    #[must_use]
    pub const fn of(party: Party) -> Self {
        match party {
            Party::Vendor => Self::Vendor,
            Party::Insurer => Self::Insurer,
            Party::Pmh
            | Party::Platform
            | Party::Qualification
            | Party::Careweb
            | Party::Mynaportal
            | Party::Portal
            | Party::Medical
            | Party::Board => Self::Simulated,
        }
    }

    /// Every block, in the order of a report.
    pub const ALL: [Self; 3] = [Self::Vendor, Self::Insurer, Self::Simulated];

    /// Its heading.
    #[must_use]
    pub const fn ja(self) -> &'static str {
        match self {
            Self::Vendor => "介護保険システムの規則",
            Self::Insurer => "保険者の務め",
            Self::Simulated => "模擬側の規則",
        }
    }

    /// The block in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Vendor => "vendor",
            Self::Insurer => "insurer",
            Self::Simulated => "simulated",
        }
    }
}

impl Row {
    /// Whether nothing can try the rule yet: 計画中 in every mode in which it applies at all.
    #[must_use]
    pub fn is_planned(&self) -> bool {
        let planned = |cell: &Cell| cell.scope() == Scope::Planned;
        let is_tried = |cell: &Cell| !planned(cell) && cell.verdict() != Verdict::NotApplicable;
        self.cells.values().any(planned) && !self.cells.values().any(is_tried)
    }
}

impl VerdictTable {
    /// The row of a rule.
    #[must_use]
    pub fn row(&self, requirement: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.facts.id == requirement)
    }

    /// The cell of a rule in a mode.
    #[must_use]
    pub fn cell(&self, requirement: &str, mode: Mode) -> Option<&Cell> {
        self.row(requirement)?.cells.get(&mode)
    }

    /// The modes that were asked for and are not declared: 対象外 throughout.
    #[must_use]
    pub fn undeclared(&self) -> Vec<Mode> {
        without(&self.asked, &self.declared)
    }

    /// The modes that are declared and were not asked for: the run says nothing about them.
    #[must_use]
    pub fn left_out(&self) -> Vec<Mode> {
        without(&self.declared, &self.asked)
    }

    /// The modes that have at least one cell in the run's own scope, in order.
    #[must_use]
    pub fn modes(&self) -> Vec<Mode> {
        let has = |mode: &Mode| self.rows.iter().any(|row| row.cells.contains_key(mode));
        Mode::ALL.into_iter().filter(has).collect()
    }

    /// The rows of a block.
    pub fn block(&self, block: Block) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.block == block)
    }
}

fn without(modes: &[Mode], others: &[Mode]) -> Vec<Mode> {
    let is_left = |mode: &&Mode| !others.contains(mode);
    modes.iter().filter(is_left).copied().collect()
}
