//! One run, from settings to report.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use tekigo_simulator::kernel::{Durability, Journal};
use tekigo_simulator::profile::Profile;
use tokio::runtime::Runtime;

use super::going_on::{is_finished, journal_folder, worth_trying};
use super::plan;
use super::preflight;
use super::progress::{Progress, Step};
use super::scenario_runner;
use super::settings::{CertifyError, CertifySettings};
use super::story_runner;
use crate::drivers::{Start, VendorPool};
use crate::effort::{Measurements, Outlook, SetUp};
use crate::feature::{FeatureFile, Scenario};
use crate::laws;
use crate::operator::Chromium;
use crate::report::{JournalFile, Journals, ProfileFacts, RunFacts, SetUpTimes, Written, write};
use crate::requirement::{Catalogue, Mode, Standing};
use crate::stage::{Context, Towns};
use crate::verdict::{
    Declaration, ExitCode, Note, Options, Plan, RequirementFacts, ScenarioRecord, ShardNote,
    VerdictTable, exit_code, fold, judge, read_journal,
};

/// The journal of the run itself, in the folder of the journals.
pub(super) const RUN_JOURNAL: &str = "run.jsonl";

/// What a run came to.
#[derive(Debug)]
pub struct Certified {
    /// The verdicts.
    pub table: VerdictTable,
    /// The scenarios they rest on.
    pub records: Vec<ScenarioRecord>,
    /// What the report says about the run.
    pub facts: RunFacts,
    /// The report.
    pub written: Written,
    /// How the program ends.
    pub exit: ExitCode,
}

/// What is known before the first scenario runs.
struct Prepared {
    features: Vec<FeatureFile>,
    planned: Vec<(Mode, Scenario)>,
    plan: Plan,
    facts: Vec<RequirementFacts>,
    declaration: Declaration,
    journals: PathBuf,
    logs: PathBuf,
    browser: Option<Arc<Chromium>>,
}

impl Prepared {
    /// How many scenarios run in each mode. A mode that is not declared is 対象外, with the
    /// declaration quoted, and nothing of it runs.
    fn to_run(&self) -> BTreeMap<Mode, usize> {
        let mut counts = BTreeMap::new();
        for (mode, _) in &self.planned {
            if self.declaration.modes.contains(mode) {
                *counts.entry(*mode).or_default() += 1;
            }
        }
        counts
    }
}

/// What the journals of a run say, judged; no report is written.
#[derive(Debug)]
pub struct Tried {
    /// The verdicts.
    pub table: VerdictTable,
    /// The scenarios they rest on.
    pub records: Vec<ScenarioRecord>,
    /// How the program would end.
    pub exit: ExitCode,
}

/// A run of the suite that is over.
pub(super) struct Ran {
    prepared: Prepared,
    journals: Journals,
    set_ups: Vec<SetUp>,
}

/// Runs the suite against a vendor, judges the journals and writes the report.
///
/// # Errors
/// The run ended before it had verdicts: a wrong setting, a suite at fault, or our own fault.
pub fn certify(settings: &CertifySettings, progress: &Progress) -> Result<Certified, CertifyError> {
    let ran = run(settings, progress)?;
    progress(Step::Judging);
    whole(settings, ran)
}

/// Runs the suite against a vendor and judges the journals. They stay in the report's folder.
///
/// # Errors
/// As [`certify`].
pub fn try_out(settings: &CertifySettings, progress: &Progress) -> Result<Tried, CertifyError> {
    let ran = run(settings, progress)?;
    progress(Step::Judging);
    let (records, table) = judged(settings, &ran)?;
    let exit = exit_code(&table, settings.strict);
    Ok(Tried {
        table,
        records,
        exit,
    })
}

fn run(settings: &CertifySettings, progress: &Progress) -> Result<Ran, CertifyError> {
    let worlds = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(harness)?;
    let mut prepared = prepare(settings, progress, &worlds)?;
    progress(Step::Begins(prepared.to_run()));
    let mut set_ups = Vec::new();
    let mut journals = Journals {
        run: Some(prepared.journals.join(RUN_JOURNAL)),
        scenarios: Vec::new(),
    };
    for mode in prepared.to_run().into_keys() {
        let (files, measured) = run_mode(settings, &prepared, mode, progress, &worlds)?;
        journals.scenarios.extend(files);
        set_ups.extend(measured);
    }
    if let Start::Manual(Some(desk)) = settings.vendor.start() {
        prepared.declaration.attested = worlds.block_on(desk.end());
        note_attestations(settings, &prepared)?;
    }
    Ok(Ran {
        prepared,
        journals,
        set_ups,
    })
}

fn prepare(
    settings: &CertifySettings,
    progress: &Progress,
    worlds: &Runtime,
) -> Result<Prepared, CertifyError> {
    let (suite, catalogue) = plan::features_and_catalogue()?;
    let features = plan::features(settings, suite)?;
    let all = plan::scenarios(settings, &features, &catalogue)?;
    let shard = shard_note(settings, &catalogue, &all);
    let planned = match settings.shard {
        Some(shard) => shard.share(all),
        None => all,
    };
    if planned.is_empty() {
        let told = "分けた数がシナリオの数より多く、この部分には何も残りません。--shard の分ける数を減らしてください";
        return Err(CertifyError::Selection(told.to_owned()));
    }
    preflight::known_gaps(&settings.vendor, &catalogue)?;
    progress(Step::AskingVendor);
    let declaration = worlds.block_on(preflight::declaration(
        &settings.vendor,
        settings.program.as_deref(),
    ))?;
    let browser = preflight::browser(settings.browser)?;
    let plan = plan::noted(settings, &catalogue, &planned);
    let planned = worth_trying(settings, planned, &plan, &declaration);
    let facts = plan::facts(&catalogue, &settings.modes);
    let journals = journal_folder(settings)?;
    let logs = log_folder(settings)?;
    let mut notes = notes(&facts, &plan, &declaration).to_vec();
    notes.extend(shard);
    write_run_journal(settings, &journals, &notes)?;
    Ok(Prepared {
        features,
        planned,
        plan,
        facts,
        declaration,
        journals,
        logs,
        browser,
    })
}

/// What the journal of a run begins with.
fn notes(facts: &[RequirementFacts], plan: &Plan, declaration: &Declaration) -> [Note; 3] {
    [
        Note::Catalogue {
            requirements: facts.to_vec(),
        },
        Note::Plan(plan.clone()),
        Note::Declaration(declaration.clone()),
    ]
}

/// What the journal of a part of a run says of the whole.
fn shard_note(
    settings: &CertifySettings,
    catalogue: &Catalogue,
    all: &[(Mode, Scenario)],
) -> Option<Note> {
    let shard = settings.shard?;
    let of_whole = CertifySettings {
        shard: None,
        ..settings.clone()
    };
    Some(Note::Shard(ShardNote {
        nth: shard.nth(),
        of: shard.of(),
        plan: plan::noted(&of_whole, catalogue, all),
        seed: settings.seed,
        strict: settings.strict,
        tags: settings.tags.clone(),
    }))
}

impl Ran {
    /// The parts of a run together, none of which is run again. The journal of the whole run is written.
    pub(super) fn of_parts(
        settings: &CertifySettings,
        folder: PathBuf,
        facts: Vec<RequirementFacts>,
        plan: Plan,
        declaration: Declaration,
        scenarios: Journals,
    ) -> Result<Self, CertifyError> {
        write_run_journal(settings, &folder, &notes(&facts, &plan, &declaration))?;
        let journals = Journals {
            run: Some(folder.join(RUN_JOURNAL)),
            ..scenarios
        };
        Ok(Self {
            prepared: Prepared {
                features: Vec::new(),
                planned: Vec::new(),
                plan,
                facts,
                declaration,
                logs: folder.clone(),
                journals: folder,
                browser: None,
            },
            journals,
            set_ups: Vec::new(),
        })
    }
}

fn run_mode(
    settings: &CertifySettings,
    prepared: &Prepared,
    mode: Mode,
    progress: &Progress,
    worlds: &Runtime,
) -> Result<(Vec<JournalFile>, Vec<SetUp>), CertifyError> {
    let mut scenarios: BTreeMap<(String, usize), Scenario> = prepared
        .planned
        .iter()
        .filter(|(of, _)| *of == mode)
        .map(|(_, scenario)| {
            let place = (scenario.feature_path.clone(), scenario.line);
            (place, scenario.clone())
        })
        .collect();
    let path_of = |scenario: &Scenario| Context::journal_in(&prepared.journals, scenario, mode);
    let files = scenarios
        .values()
        .map(|scenario| JournalFile {
            scenario: scenario.id.to_string(),
            mode,
            path: path_of(scenario),
        })
        .collect();
    if settings.goes_on {
        let mut unfinished = BTreeMap::new();
        for (place, scenario) in scenarios {
            if !is_finished(&path_of(&scenario), &scenario, mode, progress)? {
                unfinished.insert(place, scenario);
            }
        }
        scenarios = unfinished;
        if scenarios.is_empty() {
            return Ok((files, Vec::new()));
        }
    }
    let pool = VendorPool::with_program(
        settings.vendor.clone(),
        settings.jobs,
        settings.program.clone(),
        Some(prepared.logs.clone()),
    );
    let jobs = pool.slots();
    let context = Arc::new(Context {
        profile: Arc::clone(&settings.profile),
        pool,
        seed: settings.seed,
        start: settings.start,
        mode,
        journals: prepared.journals.clone(),
        scenarios,
        worlds: worlds.handle().clone(),
        browser: prepared.browser.clone(),
        measured: Measurements::default(),
        towns: Towns::default(),
    });
    let ended = match &settings.story {
        Some(story) => story_runner::run(&context, *story, progress)?,
        None => scenario_runner::run(&context, &prepared.features, jobs, progress)?,
    };
    worlds.block_on(context.pool.stop());
    if ended != context.scenarios.len() {
        return Err(CertifyError::Harness(format!(
            "計画した{}件のうち{ended}件しか終わっていません",
            context.scenarios.len()
        )));
    }
    Ok((files, context.measured.all()))
}

fn judged(
    settings: &CertifySettings,
    ran: &Ran,
) -> Result<(Vec<ScenarioRecord>, VerdictTable), CertifyError> {
    let scenarios = &ran.journals.scenarios;
    let mut records = scenarios
        .par_iter()
        .map(|file| record(&file.path))
        .collect::<Result<Vec<_>, _>>()?;
    laws::observe(&settings.profile, &mut records, |scenario, mode| {
        let of = |file: &&JournalFile| file.scenario == scenario && file.mode == mode;
        let file = scenarios.iter().find(of)?;
        tekigo_simulator::kernel::read_journal(&file.path).ok()
    });
    let options = Options {
        strict: settings.strict,
        profile_assumed: is_assumed(&settings.profile),
    };
    let table = judge(
        &ran.prepared.plan,
        &records,
        &ran.prepared.facts,
        Some(&ran.prepared.declaration),
        options,
    );
    Ok((records, table))
}

/// Judges what has run and writes the report.
pub(super) fn whole(settings: &CertifySettings, ran: Ran) -> Result<Certified, CertifyError> {
    let (records, table) = judged(settings, &ran)?;
    let Ran {
        journals, set_ups, ..
    } = ran;
    let profile = settings.profile.head();
    let about = settings.vendor.declaration();
    let facts = RunFacts {
        product: about.product.clone(),
        vendor: about.vendor.clone(),
        version: about.version.clone(),
        profile: ProfileFacts {
            id: profile.id.clone(),
            title: profile.title.clone(),
            standing: standing(profile.standing),
            digest: settings.profile.digest().to_owned(),
        },
        seed: settings.seed,
        catalogue_digest: Catalogue::bundled_digest(),
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        executed_at: settings.executed_at.clone(),
        command: settings.command.clone(),
        choice: settings.choice(),
        set_ups: SetUpTimes {
            outlooks: settings
                .modes
                .iter()
                .filter_map(|mode| Outlook::of(*mode, &set_ups, &settings.profile))
                .collect(),
            start: settings.start.date(),
        },
    };
    let written = write(
        &settings.report,
        &table,
        &records,
        &journals,
        &facts,
        &settings.profile,
    )
    .map_err(harness)?;
    let exit = exit_code(&table, settings.strict);
    Ok(Certified {
        table,
        records,
        facts,
        written,
        exit,
    })
}

/// What the journal of one scenario says.
pub(super) fn record(journal: &Path) -> Result<ScenarioRecord, CertifyError> {
    // The chain is checked before anything is believed.
    tekigo_simulator::kernel::read_journal(journal).map_err(harness)?;
    let text = std::fs::read_to_string(journal).map_err(harness)?;
    let lines = read_journal(&text).map_err(harness)?;
    fold(&lines).map_err(harness)
}

/// An empty folder for what the builds of this run print. Only logs are taken out of it.
fn log_folder(settings: &CertifySettings) -> Result<PathBuf, CertifyError> {
    let logs = settings.report.join("vendor-log");
    let failed = |cause| CertifyError::Report {
        path: settings.report.clone(),
        cause,
    };
    std::fs::create_dir_all(&logs).map_err(failed)?;
    for entry in std::fs::read_dir(&logs).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "log") {
            std::fs::remove_file(path).map_err(failed)?;
        }
    }
    Ok(logs)
}

fn write_run_journal(
    settings: &CertifySettings,
    journals: &Path,
    notes: &[Note],
) -> Result<(), CertifyError> {
    let path = journals.join(RUN_JOURNAL);
    let mut journal = Journal::create(&path, Durability::Process).map_err(harness)?;
    for note in notes {
        journal
            .append(settings.start, "judge", "note", note)
            .map_err(harness)?;
    }
    journal.commit().map_err(harness)
}

/// What people have attested is part of what is declared; the run's journal says so once more.
fn note_attestations(settings: &CertifySettings, prepared: &Prepared) -> Result<(), CertifyError> {
    let path = prepared.journals.join(RUN_JOURNAL);
    let (mut journal, _) = Journal::resume(&path, Durability::Process).map_err(harness)?;
    let note = Note::Declaration(prepared.declaration.clone());
    journal
        .append(settings.start, "judge", "note", &note)
        .map_err(harness)?;
    journal.commit().map_err(harness)
}

/// Whether anything of a profile is assumed, whatever its head says of itself.
fn is_assumed(profile: &Profile) -> bool {
    let assumed = tekigo_simulator::profile::Standing::Assumed;
    profile.head().standing == assumed
        || profile.kinds().iter().any(|layout| {
            let is_item_assumed = layout
                .fields()
                .iter()
                .any(|field| field.standing() == assumed);
            layout.standing() == assumed || is_item_assumed
        })
}

fn standing(of_profile: tekigo_simulator::profile::Standing) -> Standing {
    match of_profile {
        tekigo_simulator::profile::Standing::Published => Standing::Stated,
        tekigo_simulator::profile::Standing::Analog => Standing::Analog,
        tekigo_simulator::profile::Standing::Assumed => Standing::Assumed,
    }
}

pub(super) fn harness(error: impl std::fmt::Display) -> CertifyError {
    CertifyError::Harness(error.to_string())
}
