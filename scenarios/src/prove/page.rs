//! The proof as a page for people, without scripts and without anything to fetch.

use std::collections::BTreeSet;

use askama::Template;

use super::blame::{Blame, Seen};
use super::grounds::Ground;
use super::matrix::{Guard, Proof};
use super::trial::{Fate, FaultTrial, VariantTrial};

#[derive(Template)]
#[template(path = "prove/page.html")]
struct Page {
    grounds: Vec<GroundRow>,
    kinds: usize,
    killed: usize,
    faults: Vec<FaultRow>,
    variants: Vec<VariantRow>,
    guards: Vec<GuardRow>,
    unguarded: Vec<String>,
    seed: u64,
}

struct GroundRow {
    name: &'static str,
    holds: bool,
    held: usize,
    blamed: String,
}

struct FaultRow {
    name: String,
    ja: String,
    mode: &'static str,
    breaks: String,
    fate: &'static str,
    is_right: bool,
    seen: Vec<String>,
    seconds: String,
}

struct VariantRow {
    name: String,
    ja: String,
    mode: &'static str,
    is_alive: bool,
    held: usize,
    flagged: String,
    seconds: String,
}

struct GuardRow {
    requirement: String,
    mode: &'static str,
    faults: usize,
    scenarios: String,
    onlookers: String,
    is_alone: bool,
}

/// The page.
///
/// # Errors
/// The template cannot be filled in.
pub fn page(proof: &Proof) -> Result<String, askama::Error> {
    let kinds: BTreeSet<&str> = proof.faults.iter().map(|one| one.fault.as_str()).collect();
    let killed = |one: &&FaultTrial| one.fate == Fate::Killed;
    let page = Page {
        grounds: vec![
            ground(
                "基準: 不具合のない製品を全シナリオで",
                &proof.grounds.baseline,
            ),
            ground(
                "見張り: 何もしない製品を（守られた規則が 0 のはず）",
                &proof.grounds.canary,
            ),
            ground(
                "対照: 同じ起動のしかたで、不具合を仕込まずに",
                &proof.grounds.control,
            ),
        ],
        kinds: kinds.len(),
        killed: proof.faults.iter().filter(killed).count(),
        faults: proof.faults.iter().map(fault).collect(),
        variants: proof.variants.iter().map(variant).collect(),
        guards: proof.guards.iter().map(guard).collect(),
        unguarded: proof
            .unguarded
            .iter()
            .map(|(rule, mode)| format!("{rule} {}", mode.ja()))
            .collect(),
        seed: proof.seed,
    };
    page.render()
}

fn ground(name: &'static str, ground: &Ground) -> GroundRow {
    GroundRow {
        name,
        holds: ground.holds,
        held: ground.held,
        blamed: rules(&ground.blames),
    }
}

fn fault(one: &FaultTrial) -> FaultRow {
    let mut seen: Vec<String> = one.problem.iter().cloned().collect();
    for blame in &one.blames {
        let told = format!(
            "{} シナリオ {}{} {}",
            blame.requirement,
            blame.scenario,
            match &blame.by {
                Seen::Scenario => String::new(),
                onlooker @ (Seen::Monitor(_) | Seen::Law(_)) => format!("の{}", onlooker.ja()),
            },
            second(&blame.at),
        );
        if !seen.contains(&told) {
            seen.push(told);
        }
    }
    FaultRow {
        name: one.fault.clone(),
        ja: one.ja.clone(),
        mode: one.mode.ja(),
        breaks: one.breaks.join("、"),
        fate: one.fate.ja(),
        is_right: one.fate == Fate::Killed,
        seen,
        seconds: format!("{:.1}", one.seconds),
    }
}

/// The virtual time to the second, as people read it.
fn second(at: &str) -> String {
    at.trim_end_matches("+09:00").replace('T', " ")
}

fn variant(one: &VariantTrial) -> VariantRow {
    let open = one.open.join("、");
    VariantRow {
        name: one.variant.clone(),
        ja: one.ja.clone(),
        mode: one.mode.ja(),
        is_alive: one.is_alive(),
        held: one.held,
        flagged: [rules(&one.blames), open].join(" ").trim().to_owned(),
        seconds: format!("{:.1}", one.seconds),
    }
}

fn guard(one: &Guard) -> GuardRow {
    let scenarios: Vec<&str> = one.scenarios.iter().map(String::as_str).collect();
    let onlookers: Vec<String> = one.onlookers.iter().map(Seen::ja).collect();
    GuardRow {
        requirement: one.requirement.clone(),
        mode: one.mode.ja(),
        faults: one.faults,
        scenarios: scenarios.join("、"),
        onlookers: onlookers.join("、"),
        is_alone: one.scenarios.len() == 1 && one.onlookers.is_empty(),
    }
}

fn rules(blames: &[Blame]) -> String {
    let rules: BTreeSet<&str> = blames
        .iter()
        .map(|blame| blame.requirement.as_str())
        .collect();
    rules.into_iter().collect::<Vec<_>>().join("、")
}
