//! 合算: the parts of a run, put together and judged as one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::preflight;
use super::run::{Certified, Ran, harness, whole};
use super::settings::{CertifyError, CertifySettings};
use super::{going_on, plan};
use crate::report::{JournalFile, Journals};
use crate::requirement::Catalogue;
use crate::stage::Context;
use crate::verdict::{Declaration, Note, Plan, RequirementFacts, ShardNote, read_journal};

/// What the run's journal of a part says.
struct Part {
    folder: PathBuf,
    facts: Vec<RequirementFacts>,
    plan: Plan,
    declaration: Declaration,
    shard: ShardNote,
}

/// Puts the parts of a run together: every part once, all of the same run. Nothing is run; the vendor is not started.
///
/// `settings` say where the report goes and what its head says; which scenarios and modes were chosen, and the seed,
/// the parts say themselves.
///
/// # Errors
/// A folder is not a part of a run, a part is missing or there twice, or parts are of different runs, suites or
/// declarations.
pub fn merge(folders: &[PathBuf], settings: &CertifySettings) -> Result<Certified, CertifyError> {
    let parts = folders
        .iter()
        .map(|folder| part(folder))
        .collect::<Result<Vec<_>, _>>()?;
    let first = parts.first().ok_or_else(|| {
        CertifyError::Selection("合わせる報告書のフォルダーを指定してください".to_owned())
    })?;
    for other in &parts {
        same_run(first, other)?;
    }
    all_there(&parts)?;
    let settings = CertifySettings {
        modes: first.shard.plan.modes.clone(),
        tags: first.shard.tags.clone(),
        seed: first.shard.seed,
        shard: None,
        goes_on: false,
        ..settings.clone()
    };
    let (suite, catalogue) = plan::features_and_catalogue()?;
    if plan::facts(&catalogue, &settings.modes) != first.facts {
        return Err(differing(
            first,
            "要件一覧が、この tekigo のものと違います。同じ版の tekigo で合わせてください",
        ));
    }
    promised(&settings, first)?;
    let scenarios = journals(&parts, &settings, suite, &catalogue)?;
    let folder = going_on::journal_folder(&settings)?;
    let ran = Ran::of_parts(
        &settings,
        folder,
        first.facts.clone(),
        first.shard.plan.clone(),
        first.declaration.clone(),
        scenarios,
    )?;
    whole(&settings, ran)
}

fn part(folder: &Path) -> Result<Part, CertifyError> {
    let path = folder.join("journal").join(super::run::RUN_JOURNAL);
    let no_part = |why: String| {
        CertifyError::Vendor(format!(
            "「{}」は、分割した実行（--shard）の報告書のフォルダーではありません: {why}。検証を行う担当者は、フォルダーを確かめてください",
            folder.display()
        ))
    };
    // The chain is checked before anything is believed.
    tekigo_simulator::kernel::read_journal(&path).map_err(|error| no_part(error.to_string()))?;
    let text = std::fs::read_to_string(&path).map_err(|error| no_part(error.to_string()))?;
    let lines = read_journal(&text).map_err(|error| no_part(error.to_string()))?;
    let (mut facts, mut plan, mut declaration, mut shard) = (None, None, None, None);
    for line in lines.into_iter().filter(|line| line.kind == "note") {
        match serde_json::from_value(line.body).map_err(|error| no_part(error.to_string()))? {
            Note::Catalogue { requirements } => facts = Some(requirements),
            Note::Plan(noted) => plan = Some(noted),
            Note::Declaration(noted) => declaration = Some(noted),
            Note::Shard(noted) => shard = Some(noted),
            Note::Scenario(_)
            | Note::Step(_)
            | Note::Claim(_)
            | Note::Law(_)
            | Note::Monitor(_)
            | Note::Person { .. }
            | Note::End(_)
            | Note::Remark { .. } => {}
        }
    }
    match (facts, plan, declaration, shard) {
        (Some(facts), Some(plan), Some(declaration), Some(shard)) => Ok(Part {
            folder: folder.to_owned(),
            facts,
            plan,
            declaration,
            shard,
        }),
        _ => Err(no_part("分割の記録がありません".to_owned())),
    }
}

fn differing(part: &Part, what: &str) -> CertifyError {
    let folder = part.folder.display();
    CertifyError::Vendor(format!("「{folder}」は合わせられません: {what}"))
}

/// Whether two parts are of one run.
fn same_run(first: &Part, other: &Part) -> Result<(), CertifyError> {
    let shared = |shard: &ShardNote| {
        let ShardNote {
            of, seed, strict, ..
        } = *shard;
        (of, seed, strict, shard.tags.clone(), shard.plan.clone())
    };
    let of_first = first.folder.display();
    let what = if shared(&first.shard) != shared(&other.shard) || first.facts != other.facts {
        "選んだシナリオ、方式、シード、分ける数、--strict、tekigo の版のどれか"
    } else if first.declaration != other.declaration {
        "製品の宣言"
    } else {
        return Ok(());
    };
    Err(differing(
        other,
        &format!("{what}が「{of_first}」と違います。同じ設定で実行し直してください"),
    ))
}

/// Whether every part is there once.
fn all_there(parts: &[Part]) -> Result<(), CertifyError> {
    let mut by_number: BTreeMap<usize, Vec<&Part>> = BTreeMap::new();
    for part in parts {
        by_number.entry(part.shard.nth).or_default().push(part);
    }
    let of = parts.first().map_or(0, |part| part.shard.of);
    let missing: Vec<String> = (1..=of)
        .filter(|nth| !by_number.contains_key(nth))
        .map(|nth| format!("{nth}/{of}"))
        .collect();
    if !missing.is_empty() {
        return Err(CertifyError::Vendor(format!(
            "分割した実行のうち、{} の報告書がありません。検証を行う担当者は、すべての報告書のフォルダーを指定してください",
            missing.join("、")
        )));
    }
    match by_number.values().find(|parts| parts.len() > 1) {
        None => Ok(()),
        Some(parts) => {
            let folders: Vec<String> = parts
                .iter()
                .map(|part| format!("「{}」", part.folder.display()))
                .collect();
            Err(CertifyError::Vendor(format!(
                "{} は同じ部分（{}/{of}）の報告書です。どれか一つだけを指定してください",
                folders.join("と"),
                parts.first().map_or(0, |part| part.shard.nth)
            )))
        }
    }
}

/// Whether the vendor's file still promises what was tried.
fn promised(settings: &CertifySettings, part: &Part) -> Result<(), CertifyError> {
    let promised = preflight::promised(&settings.vendor, settings.vendor.declaration());
    if promised == part.declaration {
        return Ok(());
    }
    let place = settings.vendor.place();
    Err(differing(
        part,
        &format!(
            "実行したときの宣言と、{place} の宣言が違います。実行に使った設定ファイルを --vendor に指定してください"
        ),
    ))
}

/// Every journal of every part.
fn journals(
    parts: &[Part],
    settings: &CertifySettings,
    suite: Vec<crate::feature::FeatureFile>,
    catalogue: &Catalogue,
) -> Result<Journals, CertifyError> {
    let features = plan::features(settings, suite)?;
    let planned = plan::scenarios(settings, &features, catalogue)?;
    let mut scenarios = Vec::new();
    for (mode, scenario) in planned {
        let id = scenario.id.to_string();
        let holds = |part: &&Part| {
            let of_part = part.plan.scenarios.iter();
            of_part.clone().any(|one| one.id == id && one.mode == mode)
        };
        let Some(part) = parts.iter().find(holds) else {
            continue;
        };
        if !part.declaration.modes.contains(&mode) {
            continue;
        }
        let path = Context::journal_in(&part.folder.join("journal"), &scenario, mode);
        if !path.exists() {
            return Err(harness(format!("「{}」がありません", path.display())));
        }
        scenarios.push(JournalFile {
            scenario: id,
            mode,
            path,
        });
    }
    Ok(Journals {
        run: None,
        scenarios,
    })
}
