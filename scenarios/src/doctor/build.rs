//! The build: that it starts, says what its file says, and answers the operations that every scenario begins with.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use tekigo_simulator::kernel::Moment;

use super::finding::Finding;
use crate::control::{BusinessClock, Declaration, Operation};
use crate::drivers::{Slot, Start, VendorFile, VendorProcess, check_declaration};
use crate::requirement::Mode;

const START: &str = "製品の起動";
const DECLARATION: &str = "宣言";
const OPERATIONS: &str = "試験操作";
const CLOCK: &str = "業務日時";

/// What the build says of itself, set against its file.
///
/// # Errors
/// It does not start or says something else: who must put what right.
pub(crate) async fn declaration(
    vendor: &VendorFile,
    program: Option<&Path>,
) -> Result<Declaration, String> {
    let build = start(vendor, program).await?;
    let checked = check_declaration(vendor, build.declared());
    build.stop().await;
    checked.map_err(|error| error.to_string())
}

async fn start(vendor: &VendorFile, program: Option<&Path>) -> Result<VendorProcess, String> {
    let slot = Slot::temporary(0).map_err(|error| error.to_string())?;
    let slot = match program {
        Some(program) => slot.with_program(program.to_owned()),
        None => slot,
    };
    let started = VendorProcess::start(vendor, slot).await;
    started.map_err(|error| error.to_string())
}

/// Looks at the build. The modes that it declares come with the findings, if a rehearsal is worth while.
pub(super) fn look(
    vendor: &VendorFile,
    program: Option<&Path>,
) -> (Vec<Finding>, Option<BTreeSet<Mode>>) {
    if matches!(vendor.start(), Start::Manual(_)) {
        let by_hand = "人が操作する製品です。tekigo console で検証します";
        return (vec![Finding::skipped(START, by_hand)], None);
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => runtime.block_on(look_at_running(vendor, program)),
        Err(error) => (vec![Finding::wrong(START, error.to_string())], None),
    }
}

async fn look_at_running(
    vendor: &VendorFile,
    program: Option<&Path>,
) -> (Vec<Finding>, Option<BTreeSet<Mode>>) {
    let begun = Instant::now();
    let mut build = match start(vendor, program).await {
        Ok(build) => build,
        Err(told) => {
            let skipped = |what| Finding::skipped(what, "製品が起動しないため、確かめていません");
            let rest = [DECLARATION, OPERATIONS, CLOCK].map(skipped);
            let mut findings = vec![Finding::wrong(START, told)];
            findings.extend(rest);
            return (findings, None);
        }
    };
    let seconds = begun.elapsed().as_secs_f64();
    let took = format!("{seconds:.1}秒で申告（declare）に回答しました");
    let mut findings = vec![Finding::good(START, took)];
    let declared = check_declaration(vendor, build.declared());
    findings.push(match &declared {
        Ok(declared) => Finding::good(
            DECLARATION,
            format!(
                "{} {}、ファイルと製品の申告は同じです",
                declared.product, declared.version
            ),
        ),
        Err(error) => Finding::wrong(DECLARATION, error.to_string()),
    });
    let answers = match obey(&mut build).await {
        Ok(()) => Finding::good(OPERATIONS, "初期化（reset）と設定（configure）に応じます"),
        Err(told) => Finding::wrong(OPERATIONS, told),
    };
    let answers_well = !answers.is_wrong();
    findings.push(answers);
    findings.push(match (vendor.declaration().clock, answers_well) {
        (BusinessClock::Machine, _) => Finding::good(
            CLOCK,
            "製品は機械の時計に従います。日付を動かすシナリオは試験不能になります",
        ),
        (BusinessClock::Follows, false) => {
            Finding::skipped(CLOCK, "初期化や設定に応じないため、確かめていません")
        }
        (BusinessClock::Follows, true) => follow_the_clock(&mut build).await,
    });
    build.stop().await;
    let is_ready = findings.iter().all(|finding| !finding.is_wrong());
    (
        findings,
        declared
            .ok()
            .filter(|_| is_ready)
            .map(|declared| declared.modes),
    )
}

async fn obey(build: &mut VendorProcess) -> Result<(), String> {
    done(build, Operation::Reset, &json!({})).await?;
    done(build, Operation::Configure, &json!({})).await
}

async fn follow_the_clock(build: &mut VendorProcess) -> Finding {
    let at = Moment::default_start();
    let input = json!({ "at": at.to_string() });
    match done(build, Operation::SetBusinessTime, &input).await {
        Ok(()) => Finding::good(CLOCK, "検証の業務日時に従います"),
        Err(told) => Finding::wrong(CLOCK, told),
    }
}

async fn done(
    build: &mut VendorProcess,
    operation: Operation,
    input: &Value,
) -> Result<(), String> {
    let answer = build.call(operation, input).await;
    let answer = answer.map_err(|error| error.to_string())?;
    if answer.is_done() {
        return Ok(());
    }
    Err(format!(
        "試験操作 {}（{}）に応じません（回答: {}、理由「{}」）。ベンダーの担当者は、製品の接続部（アダプター）を直してください",
        operation.name(),
        operation.japanese(),
        answer.result(),
        answer.shown_reason()
    ))
}
