//! 事前の確認: a setting that is wrong is named before any verdict is made.

use std::sync::Arc;

use super::settings::CertifyError;
use crate::control;
use crate::doctor;
use crate::drivers::{Start, VendorFile};
use crate::operator::Chromium;
use crate::requirement::Catalogue;
use crate::verdict::{Declaration, StartedBy};

/// Starts the vendor once, and sets what it says of itself against its file.
pub(super) async fn declaration(
    vendor: &VendorFile,
    program: Option<&std::path::Path>,
) -> Result<Declaration, CertifyError> {
    let declared = doctor::declaration(vendor, program).await;
    let declared = declared.map_err(CertifyError::Vendor)?;
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
            Start::Command(_) | Start::Lines(_) => StartedBy::Judge,
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

/// Every known gap must be one of a rule that there is, and accepted today.
pub(super) fn known_gaps(vendor: &VendorFile, catalogue: &Catalogue) -> Result<(), CertifyError> {
    let bad = doctor::bad_gaps(vendor, catalogue);
    if bad.is_empty() {
        Ok(())
    } else {
        Err(CertifyError::Vendor(bad.join("\n")))
    }
}
