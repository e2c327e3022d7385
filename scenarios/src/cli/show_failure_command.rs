//! `tekigo show-failure`: one planted fault, so that people see the alarm ring before they trust its silence.

use std::process::ExitCode;

use super::certify_command::{print, settings_of};
use super::failed;
use super::options::{ShowFailureOptions, default_jobs};
use super::progress::progress;
use crate::certify::{Certified, CertifyError, CertifySettings, certify};
use crate::drivers::VendorFile;
use crate::prove::{Fault, Planted};
use crate::requirement::Catalogue;
use crate::verdict::{ExitCode as Exit, Observed};

const SEED: u64 = 20_260_401;

/// Runs the command.
pub(super) fn run(options: &ShowFailureOptions) -> ExitCode {
    match show(options) {
        Ok(code) => code,
        Err(error) => failed(&error, error.exit()),
    }
}

fn show(options: &ShowFailureOptions) -> Result<ExitCode, CertifyError> {
    let catalogue = Catalogue::bundled();
    let catalogue = catalogue.map_err(|errors| CertifyError::Suite(format!("{errors:?}")))?;
    let planted = Planted::bundled(&catalogue);
    let planted = planted.map_err(|errors| CertifyError::Suite(errors.join("\n")))?;
    let Some(name) = &options.fault else {
        list(&planted, &catalogue);
        return Ok(ExitCode::SUCCESS);
    };
    let Some(fault) = planted.faults.iter().find(|fault| fault.name == *name) else {
        return Err(CertifyError::Selection(format!(
            "不具合「{name}」はありません。名前を付けずに tekigo show-failure を実行すると、一覧が出ます"
        )));
    };
    println!(
        "警報の試し: 基準ベンダーに不具合を一つ仕込んで、判定がそれを見つけるところを見ます。"
    );
    println!("不具合: {}（{}）", fault.ja, fault.name);
    println!("見つけるはずの規則: {}", rules(fault));
    println!();
    let settings = settings(options, fault)?;
    let certified = certify(&settings, &progress())?;
    print(&certified);
    println!();
    let missed = missed(&certified, fault);
    if missed.is_empty() {
        println!(
            "警報は鳴りました。見つけるはずの規則（{}）への違反が、仕込んだ方式のどれでも示されています。（終了コード 0）",
            rules(fault)
        );
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "警報は鳴りませんでした（{}）。この版の判定を信用しないでください。（終了コード {}）",
        missed.join("、"),
        Exit::Undecided.code()
    );
    Ok(ExitCode::from(Exit::Undecided.code()))
}

fn list(planted: &Planted, catalogue: &Catalogue) {
    println!("仕込める不具合（tekigo show-failure 名前）");
    for rule in catalogue.iter() {
        let breaking = planted.faults.iter();
        let breaking = breaking.filter(|fault| fault.breaks.first() == Some(&rule.id));
        for (place, fault) in breaking.enumerate() {
            if place == 0 {
                println!();
                println!("{} {}", rule.id, rule.ja);
            }
            println!("  {:<36} {}", fault.name, fault.ja);
        }
    }
}

fn settings(options: &ShowFailureOptions, fault: &Fault) -> Result<CertifySettings, CertifyError> {
    let tags: Vec<String> = fault
        .tried_in()
        .iter()
        .map(|rule| format!("@{rule}"))
        .collect();
    Ok(CertifySettings {
        vendor: VendorFile::bundled_reference_with(&["--fault", &fault.name]),
        modes: fault.modes.clone(),
        tags: Some(tags.join(" or ")),
        seed: SEED,
        jobs: default_jobs(),
        command: format!("tekigo certify --fault {}", fault.name),
        ..settings_of(None, None, &options.report, false)?
    })
}

fn rules(fault: &Fault) -> String {
    let rules: Vec<&str> = fault.breaks.iter().map(|rule| rule.as_str()).collect();
    rules.join("、")
}

/// The modes in which none of the rules that the fault breaks was seen violated.
fn missed(certified: &Certified, fault: &Fault) -> Vec<String> {
    let is_seen = |mode| {
        let rows = certified.table.rows.iter();
        rows.filter(|row| fault.is_breach_of(&row.facts.id))
            .filter_map(|row| row.cells.get(mode))
            .any(|cell| cell.observed() == Observed::Violated)
    };
    let modes = fault.modes.iter();
    modes
        .filter(|mode| !is_seen(mode))
        .map(ToString::to_string)
        .collect()
}
