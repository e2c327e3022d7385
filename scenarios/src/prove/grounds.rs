//! 前提: what must be so before a figure about faults means anything.

use serde::Serialize;

use super::blame::{Blame, blames};
use super::trial::{is_green, told};
use crate::certify::{CertifyError, CertifySettings, Progress, Tried, try_out};
use crate::drivers::VendorFile;

const NULL_VENDOR: &str = include_str!("../../../fixtures/vendors/null/vendor.toml");

/// What the proof stands on.
#[derive(Debug, Clone, Serialize)]
pub struct Grounds {
    /// 基準: the faultless vendor, in the whole suite: how many rules held, and what speaks against it.
    pub baseline: Ground,
    /// 見張り: a vendor that says done and does nothing is caught. What speaks against it is what should be there.
    pub canary: Ground,
    /// 対照: the vendor started as for a fault, without one: nobody is blamed.
    pub control: Ground,
}

/// One of them.
#[derive(Debug, Clone, Serialize)]
pub struct Ground {
    /// Whether it is as it must be.
    pub holds: bool,
    /// How many rules were seen to hold, in all modes.
    pub held: usize,
    /// Who was blamed.
    pub blames: Vec<Blame>,
    /// The rules that came to nothing.
    pub open: Vec<String>,
}

impl Grounds {
    /// Whether figures may be given.
    #[must_use]
    pub const fn hold(&self) -> bool {
        self.baseline.holds && self.canary.holds && self.control.holds
    }
}

/// The faultless vendor in the whole suite.
pub(super) fn baseline(
    settings: &CertifySettings,
    tell: &Progress,
) -> Result<Ground, CertifyError> {
    let tried = try_out(settings, tell)?;
    let ground = ground(&tried, settings);
    Ok(Ground {
        holds: is_green(&tried) && ground.blames.is_empty() && ground.held > 0,
        ..ground
    })
}

/// The same without a fault, started as for one.
pub(super) fn control(settings: &CertifySettings) -> Result<Ground, CertifyError> {
    let tried = try_out(settings, &silent())?;
    let ground = ground(&tried, settings);
    Ok(Ground {
        holds: ground.blames.is_empty() && ground.open.is_empty() && ground.held > 0,
        ..ground
    })
}

/// A vendor that does nothing: no rule of it is seen to hold.
pub(super) fn canary(settings: &CertifySettings) -> Result<Ground, CertifyError> {
    let folder = tempfile::tempdir().map_err(|error| CertifyError::Harness(error.to_string()))?;
    let file = folder.path().join("vendor.toml");
    let written = std::fs::write(&file, NULL_VENDOR);
    written.map_err(|error| CertifyError::Harness(error.to_string()))?;
    let vendor =
        VendorFile::load(&file).map_err(|error| CertifyError::Harness(error.to_string()))?;
    let settings = CertifySettings {
        vendor,
        ..settings.clone()
    };
    let tried = try_out(&settings, &silent())?;
    let ground = ground(&tried, &settings);
    Ok(Ground {
        holds: !is_green(&tried) && ground.held == 0,
        ..ground
    })
}

fn ground(tried: &Tried, settings: &CertifySettings) -> Ground {
    let mut held = 0;
    let mut open = Vec::new();
    for mode in &settings.modes {
        let (here, left) = told(tried, *mode);
        held += here;
        open.extend(left.into_iter().map(|rule| format!("{rule} {}", mode.ja())));
    }
    Ground {
        holds: false,
        held,
        blames: blames(&tried.table),
        open,
    }
}

fn silent() -> Progress {
    std::sync::Arc::new(|_| {})
}
