//! 事前の確認: a setting that is wrong is named before any verdict is made.

use std::sync::Arc;

use super::settings::CertifyError;
use crate::control;
use crate::drivers::{Slot, Start, VendorFile, VendorProcess, check_declaration};
use crate::operator::Chromium;
use crate::requirement::Catalogue;
use crate::verdict::{Declaration, StartedBy};

/// Starts the vendor once, and sets what it says of itself against its file.
pub(super) async fn declaration(
    vendor: &VendorFile,
    program: Option<&std::path::Path>,
) -> Result<Declaration, CertifyError> {
    let slot = Slot::temporary(0).map_err(|error| CertifyError::Harness(error.to_string()))?;
    let slot = match program {
        Some(program) => slot.with_program(program.to_owned()),
        None => slot,
    };
    let process = VendorProcess::start(vendor, slot)
        .await
        .map_err(|error| CertifyError::Vendor(error.to_string()))?;
    let checked = check_declaration(vendor, process.declared());
    process.stop().await;
    let declared = checked.map_err(|error| CertifyError::Vendor(error.to_string()))?;
    Ok(promised(vendor, &declared))
}

/// What a vendor promises, as far as verdicts depend on it.
pub(super) fn promised(vendor: &VendorFile, declared: &control::Declaration) -> Declaration {
    let functions = declared.functions.iter();
    Declaration {
        modes: declared.modes.clone(),
        functions: functions
            .map(|function| function.word().to_owned())
            .collect(),
        clock: declared.clock,
        started_by: match vendor.start() {
            Start::Command(_) => StartedBy::Judge,
            Start::Address(_) | Start::Manual(_) => StartedBy::Vendor,
        },
        known_gaps: vendor.known_gaps().values().cloned().collect(),
        attested: Vec::new(),
    }
}

/// The real browser of a run that asks for one.
pub(super) fn browser(is_wanted: bool) -> Result<Option<Arc<Chromium>>, CertifyError> {
    if !is_wanted {
        return Ok(None);
    }
    Chromium::start()
        .map(|chromium| Some(Arc::new(chromium)))
        .map_err(|error| CertifyError::Vendor(error.to_string()))
}

/// Every known gap must be one of a rule that there is.
pub(super) fn known_gaps(vendor: &VendorFile, catalogue: &Catalogue) -> Result<(), CertifyError> {
    let unknown: Vec<String> = vendor
        .known_gaps()
        .iter()
        .filter(|(_, gap)| catalogue.get(&gap.requirement).is_none())
        .map(|(line, gap)| {
            format!(
                "{}の{line}行目: [[known_gap]] の要件「{}」は要件一覧にありません。ベンダーの担当者は、要件番号を確かめてください",
                vendor.place(),
                gap.requirement
            )
        })
        .collect();
    if unknown.is_empty() {
        Ok(())
    } else {
        Err(CertifyError::Vendor(unknown.join("\n")))
    }
}
