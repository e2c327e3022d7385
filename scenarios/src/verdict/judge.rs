//! Setting the journals against the plan, the catalogue and the declaration.

use std::collections::{BTreeMap, BTreeSet};

use super::declaration::Declaration;
use super::facts::{Mode, Party, RequirementFacts, Verify};
use super::finding::{Cap, Finding};
use super::gaps;
use super::inherit;
use super::plan::{Plan, PlannedScenario, Selection};
use super::problem::Problem;
use super::reason::Reason;
use super::record::ScenarioRecord;
use super::table::{Block, Cell, Row, ScenarioOutcome, ScenarioRow, VerdictTable};
use super::watch;
use super::weigh::{attested, attested_cells, ruled_out, weigh};
use super::word::Verdict;

/// How a run is judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// `--strict`: rules that are inferred or taken from a sibling interface can end in 不合格.
    pub strict: bool,
    /// The profile is assumed: the result is titled 参考判定.
    pub profile_assumed: bool,
}

/// The verdicts of a run.
///
/// `declaration` is `None` where the vendor gave none; that is an error of the run, never an
/// empty declaration.
#[must_use]
pub fn judge(
    plan: &Plan,
    records: &[ScenarioRecord],
    catalogue: &[RequirementFacts],
    declaration: Option<&Declaration>,
    options: Options,
) -> VerdictTable {
    let mut judging = Judging {
        plan,
        records,
        catalogue,
        options,
        findings: BTreeMap::new(),
        problems: Vec::new(),
    };
    judging.compare_plan_and_records();
    match declaration {
        Some(declaration) if !declaration.modes.is_empty() => judging.gather(declaration),
        Some(_) => judging.without(&Reason::NoModeDeclared),
        None => judging.without(&Reason::NoDeclaration),
    }
    inherit::settle(&mut judging.findings);
    judging.table(declaration)
}

struct Judging<'a> {
    plan: &'a Plan,
    records: &'a [ScenarioRecord],
    catalogue: &'a [RequirementFacts],
    options: Options,
    findings: BTreeMap<(String, Mode), Vec<Finding>>,
    problems: Vec<Problem>,
}

impl Judging<'_> {
    fn facts(&self, requirement: &str, mode: Mode) -> Option<&RequirementFacts> {
        let known =
            |facts: &&RequirementFacts| facts.id == requirement && facts.modes.contains(&mode);
        self.catalogue.iter().find(known)
    }

    fn compare_plan_and_records(&mut self) {
        let mut seen = BTreeSet::new();
        for record in self.records {
            let (scenario, mode) = (record.scenario.id.clone(), record.scenario.mode);
            if !seen.insert(record.key()) {
                self.problems.push(Problem::RanTwice { scenario, mode });
                continue;
            }
            match self.planned(record) {
                None => self.problems.push(Problem::Unplanned { scenario, mode }),
                Some(planned) if planned.requirement != record.scenario.requirement => {
                    self.problems.push(Problem::OtherRequirement {
                        scenario,
                        planned: planned.requirement.clone(),
                        found: record.scenario.requirement.clone(),
                    });
                }
                Some(_) => {}
            }
        }
        let digests: BTreeSet<&str> = self
            .records
            .iter()
            .filter_map(|record| Some(record.opened.as_ref()?.profile_digest.as_str()))
            .collect();
        if digests.len() > 1 {
            let digests = digests.into_iter().map(str::to_owned).collect();
            self.problems.push(Problem::MixedProfiles { digests });
        }
    }

    fn planned(&self, record: &ScenarioRecord) -> Option<&PlannedScenario> {
        let of = |planned: &&PlannedScenario| (planned.id.as_str(), planned.mode) == record.key();
        self.plan.scenarios.iter().find(of)
    }

    fn records_of(&self, planned: &PlannedScenario) -> impl Iterator<Item = &ScenarioRecord> {
        let key = (planned.id.clone(), planned.mode);
        self.records
            .iter()
            .filter(move |record| record.key() == (key.0.as_str(), key.1))
    }

    fn gather(&mut self, declaration: &Declaration) {
        for planned in &self.plan.scenarios {
            let findings = self.of_scenario(planned, declaration);
            self.add(&planned.requirement, planned.mode, findings);
        }
        for planned in &self.plan.watches {
            let mode = planned.mode;
            let is_asked_for = self.is_chosen(&planned.requirement, mode);
            let findings = if declaration.modes.contains(&mode) {
                let unseen = watch::unseen(planned, self.records);
                unseen.filter(|_| is_asked_for).into_iter().collect()
            } else {
                let declared = declaration.modes.iter().copied().collect();
                let reason = Reason::ModeNotDeclared { mode, declared };
                vec![Finding::NotApplicable(reason)]
            };
            self.add(&planned.requirement, mode, findings);
        }
        for planned in &self.plan.laws {
            let of_run = planned
                .modes
                .iter()
                .filter(|mode| self.plan.modes.contains(mode));
            for mode in of_run.copied().collect::<Vec<_>>() {
                let is_asked_for = self.is_chosen(&planned.requirement, mode);
                let asked = &self.plan.modes;
                let unseen =
                    watch::law_unseen(planned, mode, asked, &declaration.modes, self.records);
                let findings = unseen.filter(|_| is_asked_for).into_iter().collect();
                self.add(&planned.requirement, mode, findings);
            }
        }
        for ((requirement, mode), mut findings) in watch::by_the_way(self.records) {
            // A rule that nothing in the plan tries can be violated by the way, but not shown kept.
            if !self.is_tried(&requirement, mode) {
                findings.retain(|finding| matches!(finding, Finding::Violated(_)));
            }
            if !findings.is_empty() {
                self.add(&requirement, mode, findings);
            }
        }
        if self.plan.selection == Selection::Whole {
            self.fill(declaration);
        } else {
            for (key, finding) in attested_cells(self.catalogue, declaration) {
                self.findings.entry(key).or_default().push(finding);
            }
        }
        let differs = gaps::cross_check(declaration, self.records);
        self.problems.extend(differs);
    }

    /// Whether the run was asked about a rule: a part of the suite is about its scenarios' rules.
    fn is_chosen(&self, requirement: &str, mode: Mode) -> bool {
        let mut scenarios = self.plan.scenarios.iter();
        self.plan.selection == Selection::Whole
            || scenarios.any(|of| (of.requirement.as_str(), of.mode) == (requirement, mode))
    }

    fn is_tried(&self, requirement: &str, mode: Mode) -> bool {
        let scenarios = self.plan.scenarios.iter();
        let watches = self.plan.watches.iter();
        let mut laws = self.plan.laws.iter();
        scenarios
            .map(|planned| (planned.requirement.as_str(), planned.mode))
            .chain(watches.map(|planned| (planned.requirement.as_str(), planned.mode)))
            .any(|tried| tried == (requirement, mode))
            || laws.any(|law| law.requirement == requirement && law.modes.contains(&mode))
    }

    fn of_scenario(
        &mut self,
        planned: &PlannedScenario,
        declaration: &Declaration,
    ) -> Vec<Finding> {
        let facts = self.facts(&planned.requirement, planned.mode);
        let of_portal = facts.is_some_and(|facts| facts.party == Party::Portal);
        let weighed: Vec<Finding> = self
            .records_of(planned)
            .map(|record| weigh(record, of_portal))
            .collect();
        let (scenario, mode) = (planned.id.clone(), planned.mode);
        if let Some(finding) = ruled_out(planned, declaration) {
            let works = |finding: &Finding| matches!(finding, Finding::Held(_));
            if matches!(finding, Finding::NotApplicable(_)) && weighed.iter().any(works) {
                let works = Problem::UndeclaredButWorks { scenario, mode };
                self.problems.push(works);
            }
            return vec![finding];
        }
        let unsupported: BTreeSet<String> = self
            .records_of(planned)
            .flat_map(|record| record.unsupported.iter().cloned())
            .collect();
        if !planned.needs_functions.is_empty() && !unsupported.is_empty() {
            let functions: Vec<&str> = planned.needs_functions.iter().map(String::as_str).collect();
            self.problems.push(Problem::DeclaredButUnsupported {
                scenario: scenario.clone(),
                mode,
                functions: functions.join("、"),
                operations: unsupported.into_iter().collect::<Vec<_>>().join("、"),
            });
        }
        if weighed.is_empty() {
            vec![Finding::NotRun(Reason::NoJournal { scenario })]
        } else {
            weighed
        }
    }

    fn add(&mut self, requirement: &str, mode: Mode, findings: Vec<Finding>) {
        if self.facts(requirement, mode).is_none() {
            let requirement = requirement.to_owned();
            let unknown = Problem::UnknownRequirement { requirement, mode };
            if !self.problems.contains(&unknown) {
                self.problems.push(unknown);
            }
            return;
        }
        let key = (requirement.to_owned(), mode);
        self.findings.entry(key).or_default().extend(findings);
    }

    /// Rules that nothing in the plan tries, and rules that a person confirms besides.
    fn fill(&mut self, declaration: &Declaration) {
        for facts in self.catalogue {
            for mode in &facts.modes {
                let key = (facts.id.clone(), *mode);
                let tried = self.findings.get(&key).is_some_and(|list| !list.is_empty());
                let more = if !declaration.modes.contains(mode) {
                    let declared = declaration.modes.iter().copied().collect();
                    let mode = *mode;
                    Some(Finding::NotApplicable(Reason::ModeNotDeclared {
                        mode,
                        declared,
                    }))
                } else if facts.verify.contains(&Verify::Attestation) {
                    let attested = attested(facts, declaration);
                    Some(attested.unwrap_or(Finding::NeedsPerson(Reason::AttestationPending)))
                } else if facts.verify.contains(&Verify::Untestable) {
                    let why = facts.untestable.clone().unwrap_or_default();
                    Some(Finding::Untestable(Reason::NotTestable(why)))
                } else {
                    let why = facts.untestable_in.get(mode).cloned();
                    why.map(|why| Finding::Untestable(Reason::NotTestable(why)))
                };
                let kept = more.filter(|more| !tried || matches!(more, Finding::NeedsPerson(_)));
                self.findings.entry(key).or_default().extend(kept);
            }
        }
    }

    fn without(&mut self, reason: &Reason) {
        self.problems.push(Problem::NoDeclaration);
        for facts in self.catalogue {
            for mode in &facts.modes {
                let key = (facts.id.clone(), *mode);
                let finding = Finding::Misconfigured(reason.clone());
                self.findings.insert(key, vec![finding]);
            }
        }
    }

    fn table(mut self, declaration: Option<&Declaration>) -> VerdictTable {
        let scenarios = self.scenario_rows();
        let mut rows: Vec<Row> = self
            .catalogue
            .iter()
            .filter_map(|facts| self.row(facts))
            .collect();
        if let Some(declaration) = declaration {
            let is_left_out = |requirement: &str, mode| {
                !self.plan.modes.contains(&mode)
                    || !self.is_chosen(requirement, mode) && self.facts(requirement, mode).is_some()
            };
            let problems = gaps::explain(&mut rows, declaration, is_left_out);
            self.problems.extend(problems);
        }
        VerdictTable {
            reference_only: self.options.profile_assumed,
            strict: self.options.strict,
            selection: self.plan.selection.clone(),
            asked: self.plan.modes.clone(),
            declared: declaration
                .map(|declaration| declaration.modes.iter().copied().collect())
                .unwrap_or_default(),
            rows,
            scenarios,
            problems: self.problems,
        }
    }

    fn row(&self, facts: &RequirementFacts) -> Option<Row> {
        let whole = self.plan.selection == Selection::Whole;
        let block = Block::of(facts.party);
        let cell = |mode: &Mode| Some((*mode, self.cell(facts, *mode, block)?));
        let cells: BTreeMap<Mode, Cell> = facts.modes.iter().filter_map(cell).collect();
        (whole || !cells.is_empty()).then(|| Row {
            facts: facts.clone(),
            block,
            cells,
        })
    }

    fn cell(&self, facts: &RequirementFacts, mode: Mode, block: Block) -> Option<Cell> {
        let key = (facts.id.clone(), mode);
        let findings = self.findings.get(&key).cloned().unwrap_or_default();
        let later: Vec<String> = facts
            .planned
            .iter()
            .filter(|way| way.mode == mode)
            .map(|way| format!("{}: {}", way.verify.ja(), way.reason))
            .collect();
        let nothing = findings.is_empty();
        let part = self.plan.selection != Selection::Whole;
        if nothing && (part || block == Block::Simulated) {
            return None;
        }
        if nothing && !later.is_empty() {
            return Some(Cell::planned(&later.join("、")));
        }
        let mut cell = Cell::of(findings, Cap::of(facts, self.options.strict));
        if !later.is_empty() {
            cell.add_note(format!("試す手段の一部はまだない（{}）", later.join("、")));
        }
        if let Some(question) = &facts.question {
            cell.add_note(format!("未解決の問い: {question}"));
        }
        Some(cell)
    }

    fn scenario_rows(&self) -> Vec<ScenarioRow> {
        let planned = self.plan.scenarios.iter().map(|planned| ScenarioRow {
            id: planned.id.clone(),
            title: planned.title.clone(),
            requirement: planned.requirement.clone(),
            mode: planned.mode,
            outcome: self.outcome(planned),
            record: self
                .records
                .iter()
                .position(|record| record.key() == (planned.id.as_str(), planned.mode)),
        });
        let extra = self.records.iter().enumerate();
        let extra = extra.filter(|(_, record)| self.planned(record).is_none());
        let extra = extra.map(|(index, record)| ScenarioRow {
            id: record.scenario.id.clone(),
            title: record.scenario.title.clone(),
            requirement: record.scenario.requirement.clone(),
            mode: record.scenario.mode,
            outcome: ScenarioOutcome::Says(Verdict::Undecided),
            record: Some(index),
        });
        planned.chain(extra).collect()
    }

    fn outcome(&self, planned: &PlannedScenario) -> ScenarioOutcome {
        let Some(facts) = self.facts(&planned.requirement, planned.mode) else {
            return ScenarioOutcome::Says(Verdict::Undecided);
        };
        let cap = Cap::of(facts, self.options.strict);
        let key = (planned.requirement.clone(), planned.mode);
        let own = self.findings.get(&key).into_iter().flatten();
        let worst = own
            .filter(|finding| match finding.scenario() {
                Some(id) => id == planned.id,
                None => finding.is_about_the_run(),
            })
            .map(|finding| finding.verdict(cap))
            .max()
            .unwrap_or(Verdict::NotRun);
        let violated: BTreeSet<String> = self
            .records_of(planned)
            .flat_map(ScenarioRecord::watched)
            .filter(|seen| !seen.holds)
            .map(|seen| seen.requirement.clone())
            .collect();
        if worst == Verdict::Passed && !violated.is_empty() {
            ScenarioOutcome::Overridden(violated.into_iter().collect())
        } else {
            ScenarioOutcome::Says(worst)
        }
    }
}
