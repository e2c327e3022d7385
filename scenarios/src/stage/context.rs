//! What all scenarios of a run share.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use tekigo_simulator::kernel::Moment;
use tekigo_simulator::profile::Profile;
use tokio::runtime::Handle;

use super::failure::{Performed, StepFailure};
use super::register;
use crate::cast;
use crate::drivers::VendorPool;
use crate::effort::Measurements;
use crate::feature::Scenario;
use crate::ledger::Ledger;
use crate::operator::Chromium;
use crate::requirement::Mode;
use crate::town::TownSettings;

/// What all scenarios of a run share.
#[derive(Debug)]
pub struct Context {
    /// The interface profile.
    pub profile: Arc<Profile>,
    /// The vendor builds.
    pub pool: VendorPool,
    /// The run's seed.
    pub seed: u64,
    /// Where every scenario's clock starts.
    pub start: Moment,
    /// The connection mode.
    pub mode: Mode,
    /// Where journals are written.
    pub journals: PathBuf,
    /// The planned scenarios, by feature path and line.
    pub scenarios: BTreeMap<(String, usize), Scenario>,
    /// The simulated worlds run here, not on the scenarios' own thread.
    pub worlds: Handle,
    /// The real browser at the terminals, if the run has one.
    pub browser: Option<Arc<Chromium>>,
    /// What the set-ups of the run take.
    pub measured: Measurements,
    /// Towns made so far: the same for every scenario that asks for the same.
    pub towns: Towns,
}

/// The towns of a run, made when first asked for.
#[derive(Debug, Default)]
pub struct Towns(Mutex<BTreeMap<(String, u32, Date), Arc<Ledger>>>);

impl Context {
    /// Where the journal of a scenario lies.
    #[must_use]
    pub fn journal_path(&self, scenario: &Scenario) -> PathBuf {
        Self::journal_in(&self.journals, scenario, self.mode)
    }

    /// The same in a folder of journals.
    #[must_use]
    pub fn journal_in(journals: &Path, scenario: &Scenario, mode: Mode) -> PathBuf {
        let name = scenario.id.to_string().replace('/', "-");
        journals.join(format!("{name}.{}.jsonl", mode.id()))
    }

    /// The town of a word of 語: 町 with so many people, as its books stand on a day.
    pub(super) fn town(&self, word: &str, size: u32, as_of: Date) -> Performed<Arc<Ledger>> {
        let key = (word.to_owned(), size, as_of);
        let mut towns = self.towns.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(town) = towns.get(&key) {
            return Ok(Arc::clone(town));
        }
        let settings = TownSettings {
            as_of,
            ..register::town_settings(word, size, self.seed)?
        };
        let town = cast::scenario_town_of(settings).map_err(StepFailure::harness)?;
        let town = Arc::new(town);
        towns.insert(key, Arc::clone(&town));
        Ok(town)
    }
}
