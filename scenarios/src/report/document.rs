//! The shape of report.json, member for member as its schema has it.

use serde::Serialize;

use crate::verdict::{Failure, Mode, StepOutcome, Verdict};

#[derive(Serialize)]
pub(super) struct Document<'a> {
    pub(super) format: &'static str,
    pub(super) version: u32,
    pub(super) title: &'static str,
    pub(super) reference_only: bool,
    pub(super) strict: bool,
    pub(super) selection: SelectionPart<'a>,
    pub(super) exit: ExitPart,
    pub(super) run: RunPart<'a>,
    pub(super) modes: ModesPart,
    pub(super) totals: TotalsPart,
    pub(super) requirements: Vec<RequirementPart<'a>>,
    pub(super) scenarios: Vec<ScenarioPart<'a>>,
    pub(super) problems: Vec<ProblemPart>,
    pub(super) journals: Vec<JournalPart<'a>>,
}

#[derive(Serialize)]
pub(super) struct SelectionPart<'a> {
    pub(super) whole: bool,
    pub(super) asked: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct ModesPart {
    pub(super) asked: Vec<Mode>,
    pub(super) declared: Vec<Mode>,
    pub(super) notes: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct ExitPart {
    pub(super) code: u8,
    pub(super) meaning: &'static str,
}

#[derive(Serialize)]
pub(super) struct RunPart<'a> {
    pub(super) product: &'a str,
    pub(super) vendor: &'a str,
    pub(super) product_version: &'a str,
    pub(super) profile: ProfilePart<'a>,
    pub(super) seed: u64,
    pub(super) catalogue_digest: &'a str,
    pub(super) program_version: &'a str,
    pub(super) command: String,
    pub(super) executed_at: &'a str,
}

#[derive(Serialize)]
pub(super) struct ProfilePart<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) standing: &'static str,
    pub(super) digest: &'a str,
}

#[derive(Serialize)]
pub(super) struct TotalsPart {
    pub(super) unit: &'static str,
    pub(super) passed: usize,
    pub(super) decided: usize,
    pub(super) due: usize,
    pub(super) planned: usize,
    pub(super) by_verdict: Vec<CountPart>,
    pub(super) sentence: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) by_mode: Vec<ModeTotalsPart>,
}

#[derive(Serialize)]
pub(super) struct ModeTotalsPart {
    pub(super) mode: Mode,
    pub(super) passed: usize,
    pub(super) decided: usize,
    pub(super) due: usize,
    pub(super) planned: usize,
    pub(super) by_verdict: Vec<CountPart>,
    pub(super) sentence: String,
}

#[derive(Serialize)]
pub(super) struct CountPart {
    pub(super) verdict: Verdict,
    pub(super) ja: &'static str,
    pub(super) count: usize,
}

#[derive(Serialize)]
pub(super) struct RequirementPart<'a> {
    pub(super) id: &'a str,
    pub(super) topic: &'a str,
    pub(super) block: &'static str,
    pub(super) party: &'static str,
    pub(super) level: &'static str,
    pub(super) standing: &'static str,
    pub(super) verify: Vec<&'static str>,
    pub(super) rule: &'a str,
    pub(super) source: &'a str,
    pub(super) cells: Vec<CellPart<'a>>,
}

#[derive(Serialize)]
pub(super) struct CellPart<'a> {
    pub(super) mode: Mode,
    pub(super) verdict: Verdict,
    pub(super) label: String,
    pub(super) planned: bool,
    pub(super) observed: &'static str,
    pub(super) known_gap: Option<&'a str>,
    pub(super) reasons: Vec<String>,
    pub(super) cause: Option<&'a str>,
    pub(super) evidence: Vec<EvidencePart<'a>>,
    pub(super) repeat: Option<String>,
}

#[derive(Serialize)]
pub(super) struct EvidencePart<'a> {
    pub(super) scenario: &'a str,
    pub(super) event: u64,
    pub(super) at: &'a str,
    pub(super) by: &'static str,
    pub(super) monitor: Option<&'a str>,
    pub(super) expected: &'a str,
    pub(super) actual: &'a str,
    pub(super) holds: bool,
}

#[derive(Serialize)]
pub(super) struct ScenarioPart<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) requirement: &'a str,
    pub(super) mode: Mode,
    pub(super) verdict: Option<Verdict>,
    pub(super) overridden_by: &'a [String],
    pub(super) run: Option<RanPart<'a>>,
}

#[derive(Serialize)]
pub(super) struct RanPart<'a> {
    pub(super) feature: &'a str,
    pub(super) line: u64,
    pub(super) seed: u64,
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) events: u64,
    pub(super) vendor_messages: u64,
    pub(super) steps: Vec<StepPart<'a>>,
    pub(super) flaws: Vec<String>,
    pub(super) journal: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct StepPart<'a> {
    pub(super) keyword: &'a str,
    pub(super) text: &'a str,
    pub(super) line: u64,
    pub(super) outcome: Option<StepOutcome>,
    pub(super) at: Option<&'a str>,
    pub(super) failure: Option<&'a Failure>,
}

#[derive(Serialize)]
pub(super) struct ProblemPart {
    pub(super) kind: &'static str,
    pub(super) text: String,
}

#[derive(Serialize)]
pub(super) struct JournalPart<'a> {
    pub(super) file: &'a str,
    pub(super) scenario: Option<&'a str>,
    pub(super) mode: Option<Mode>,
    pub(super) sha256: &'a str,
}
