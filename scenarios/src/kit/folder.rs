//! The files of a kit, in memory and in a folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use tekigo_simulator::profile::Profile;

use super::error::KitError;
use super::{books, control, credentials, file_samples, layouts, link, link_samples, pages, rules};

/// What a kit is made from.
#[derive(Debug, Clone)]
pub struct KitSettings {
    /// The interface profile.
    pub profile: Arc<Profile>,
    /// The seed of the invented people and of the world that answers the samples.
    pub seed: u64,
}

/// The files of a kit by their path in it, `/` between the parts.
///
/// The same settings give the same files, but for those in `certificates/` that end in `.pem`: keys are drawn anew
/// each time.
#[derive(Debug, Clone, Default)]
pub struct Kit {
    files: BTreeMap<String, Vec<u8>>,
}

impl Kit {
    /// Makes a kit: lays out profile, schemas and rules, and has the samples answered by a world of its own.
    ///
    /// # Errors
    /// The simulated side cannot start, or the profile lacks what every sample needs.
    pub async fn make(settings: &KitSettings) -> Result<Self, KitError> {
        let mut kit = Self::default();
        pages::add(&mut kit);
        control::add(&mut kit)?;
        link::add(&mut kit, &settings.profile)?;
        layouts::add(&mut kit, &settings.profile)?;
        rules::add(&mut kit)?;
        books::add(&mut kit, settings)?;
        link_samples::add(&mut kit, settings).await?;
        file_samples::add(&mut kit, settings).await?;
        credentials::add(&mut kit, settings).await?;
        Ok(kit)
    }

    /// Every file by its path in the kit.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files
            .iter()
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// Whether a kit may be written into a folder: it is empty, or not there yet.
    ///
    /// # Errors
    /// There is something in the folder, or it cannot be read.
    pub fn check(folder: &Path) -> Result<(), KitError> {
        if folder.exists() {
            let mut entries = std::fs::read_dir(folder).map_err(failed(folder))?;
            if entries.next().is_some() {
                return Err(KitError::NotEmpty(folder.to_owned()));
            }
        }
        Ok(())
    }

    /// Writes the kit into a folder that is empty or not there yet.
    ///
    /// # Errors
    /// There is something in the folder, or it cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), KitError> {
        Self::check(folder)?;
        for (path, bytes) in &self.files {
            let path = folder.join(path);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent).map_err(failed(parent))?;
            }
            std::fs::write(&path, bytes).map_err(failed(&path))?;
        }
        Ok(())
    }

    pub(super) fn text(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.bytes(path, text.into().into_bytes());
    }

    pub(super) fn bytes(&mut self, path: impl Into<String>, bytes: Vec<u8>) {
        self.files.insert(path.into(), bytes);
    }

    pub(super) fn json(&mut self, path: impl Into<String>, value: &Value) -> Result<(), KitError> {
        let text = serde_json::to_string_pretty(value)?;
        self.text(path, text + "\n");
        Ok(())
    }
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> KitError {
    let path = path.to_owned();
    move |cause| KitError::Folder { path, cause }
}
