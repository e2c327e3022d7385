//! How a run begins, or goes on from its journal.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::shell::Shell;
use super::simulator::SimulatorError;
use super::tls::RunClock;
use crate::input::{CertificateGrant, Input, InsurerOpening, Opening};
use crate::insurer_shape::InsurerShape;
use crate::kernel::{Durability, Journal, Mask, MaskSettings, Moment, Streams};
use crate::profile::Profile;
use crate::world::World;

/// An insurer that takes part in a run.
#[derive(Debug, Clone)]
pub struct InsurerSettings {
    /// 保険者番号.
    pub number: String,
    /// Its name.
    pub name: String,
    /// The first password of its account in PMH.
    pub first_password: String,
    /// What it is.
    pub shape: InsurerShape,
}

/// What a run is made from.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The interface profile.
    pub profile: Arc<Profile>,
    /// The seed of every random stream.
    pub seed: u64,
    /// Where the run's clock starts.
    pub start: Moment,
    /// The insurers.
    pub insurers: Vec<InsurerSettings>,
    /// The 個人番号 of the run's invented people, so that a monitor can tell them.
    pub my_numbers: Vec<u64>,
    /// Where the journal is written.
    pub journal: PathBuf,
    /// How far a line must have got.
    pub durability: Durability,
    /// The port of PMH's 検証環境; 0 for any free one.
    pub port: u16,
    /// Whether an existing journal is continued.
    pub resume: bool,
}

/// The name in the client certificates of an insurer in an environment.
pub(super) fn client_name(insurer: &str, environment: &str) -> String {
    format!("{insurer}-{environment}-01")
}

/// The world of a run behind its journal: a new one, or one that goes on.
pub(super) fn open_shell(
    settings: &Settings,
    clock: &Arc<RunClock>,
) -> Result<Shell, SimulatorError> {
    let streams = Streams::new(settings.seed);
    let credentials = settings.profile.credentials();
    let mask = Mask::new(MaskSettings {
        key: streams.derived_key("mask"),
        key_prefix: credentials.key_prefix.value.clone(),
        key_characters: credentials.key_random_characters.value,
        registered: settings.my_numbers.clone(),
    });
    let world = World::new(Arc::clone(&settings.profile), mask.clone(), settings.seed);
    if settings.resume && settings.journal.exists() {
        return continue_shell(&settings.journal, settings.durability, world, mask, clock);
    }
    let journal = Journal::create(&settings.journal, settings.durability)?;
    let opening = opening(settings, &mask);
    let shell = Shell::new(world, journal, mask, Arc::clone(clock));
    shell.submit(&Input::Opening(opening))?;
    Ok(shell)
}

fn continue_shell(
    path: &Path,
    durability: Durability,
    world: World,
    mask: Mask,
    clock: &Arc<RunClock>,
) -> Result<Shell, SimulatorError> {
    let (journal, events) = Journal::resume(path, durability)?;
    let shell = Shell::new(world, journal, mask, Arc::clone(clock));
    shell.replay(&events, path)?;
    Ok(shell)
}

fn opening(settings: &Settings, mask: &Mask) -> Opening {
    let profile = &settings.profile;
    let insurers = settings
        .insurers
        .iter()
        .map(|insurer| InsurerOpening {
            number: insurer.number.clone(),
            name: insurer.name.clone(),
            first_password: mask.password_token(&insurer.first_password),
            certificates: profile
                .environments()
                .iter()
                .map(|environment| CertificateGrant {
                    name: client_name(&insurer.number, &environment.id),
                    environment: environment.id.clone(),
                })
                .collect(),
            shape: insurer.shape.clone(),
        })
        .collect();
    Opening {
        format: 1,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: settings.seed,
        profile: profile.head().id.clone(),
        profile_digest: profile.digest().to_owned(),
        start: settings.start,
        insurers,
    }
}
