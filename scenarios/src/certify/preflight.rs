//! 事前の確認: a setting that is wrong is named before any verdict is made.

use super::settings::CertifyError;
use crate::drivers::{Slot, VendorFile, VendorProcess, check_declaration};
use crate::verdict::{Declaration, KnownGap};

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
    Ok(Declaration {
        modes: declared.modes,
        functions: declared
            .functions
            .iter()
            .map(|function| function.word().to_owned())
            .collect(),
        clock: declared.clock,
        known_gaps: vendor
            .known_gaps()
            .iter()
            .map(|gap| KnownGap {
                requirement: gap.requirement.to_string(),
                mode: gap.mode,
                reason: gap.reason.clone(),
            })
            .collect(),
    })
}
