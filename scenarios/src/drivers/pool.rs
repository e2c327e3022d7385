//! Emptied builds for scenarios that run side by side.

use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::error::DriverError;
use super::manual::Begins;
use super::process::{Ending, RestartError, Slot, StartError, VendorProcess};
use super::vendor_file::{Start, VendorFile};
use crate::control::{AnswerResult, Excerpt, Operation};

/// Builds of one vendor, handed out one to a scenario.
///
/// Each slot starts its build when it is first needed and keeps it for the next scenario. A build
/// that has died is started again. A pool may be used from several asynchronous runtimes.
#[derive(Debug, Clone)]
pub struct VendorPool {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    file: VendorFile,
    program: Option<PathBuf>,
    logs: Option<PathBuf>,
    slots: usize,
    permits: Arc<Semaphore>,
    /// The slots that nobody uses; those that were used before hold their build.
    idle: Mutex<Vec<IdleSlot>>,
}

#[derive(Debug)]
struct IdleSlot {
    number: usize,
    process: Option<VendorProcess>,
}

/// Why a scenario gets no emptied build. Always 設定不備 or 判定不能, never a verdict on the build.
#[derive(Debug, thiserror::Error)]
pub enum LeaseError {
    /// It did not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// It died and did not start again.
    #[error(transparent)]
    Restart(#[from] RestartError),
    /// It did not answer.
    #[error(transparent)]
    Driver(#[from] Box<DriverError>),
    /// It did not empty itself; scenarios would see what earlier ones left.
    #[error(
        "製品が試験操作 reset（初期化）に応じません（回答: {result}、理由「{reason}」）。前のシナリオのデータが残るため判定できません。ベンダーの担当者は、reset を実行できるようにしてください"
    )]
    NotReset {
        /// The word of the answer.
        result: AnswerResult,
        /// The reason of the answer.
        reason: Excerpt,
    },
}

impl VendorPool {
    /// A pool of at most `jobs` builds; of a build found at an address there is only the one.
    #[must_use]
    pub fn new(file: VendorFile, jobs: usize) -> Self {
        Self::with_program(file, jobs, None, None)
    }

    /// A pool whose slots put `program` in place of `{tekigo}`, and keep what the builds print in the folder `logs`, if
    /// given.
    #[must_use]
    pub fn with_program(
        file: VendorFile,
        jobs: usize,
        program: Option<PathBuf>,
        logs: Option<PathBuf>,
    ) -> Self {
        let slots = match file.start() {
            Start::Address(_) | Start::Manual(_) => 1,
            Start::Command(_) | Start::Lines(_) => jobs.max(1),
        };
        let idle = (0..slots).rev().map(|number| IdleSlot {
            number,
            process: None,
        });
        Self {
            inner: Arc::new(Inner {
                program,
                logs,
                slots,
                permits: Arc::new(Semaphore::new(slots)),
                idle: Mutex::new(idle.collect()),
                file,
            }),
        }
    }

    /// How many builds can run side by side.
    #[must_use]
    pub fn slots(&self) -> usize {
        self.inner.slots
    }

    /// The vendor's file.
    #[must_use]
    pub fn file(&self) -> &VendorFile {
        &self.inner.file
    }

    /// Says to whoever works the build by hand that a scenario begins.
    pub fn announce(&self, begins: impl FnOnce() -> Begins) {
        if let Start::Manual(Some(desk)) = self.inner.file.start() {
            desk.begin(begins());
        }
    }

    /// Waits for a free slot and hands out its build: started, and emptied by `reset`.
    ///
    /// # Errors
    /// [`LeaseError`]; the slot is free again.
    pub async fn lease(&self) -> Result<Lease, LeaseError> {
        let permit = Arc::clone(&self.inner.permits)
            .acquire_owned()
            .await
            .expect("the pool never closes its permits");
        let IdleSlot { number, process } = self
            .inner
            .idle()
            .pop()
            .expect("there is an idle slot for every permit");
        // From here on the slot goes back whatever happens.
        let mut lease = Lease {
            number,
            process,
            pool: Arc::clone(&self.inner),
            _permit: permit,
        };
        lease.prepare().await?;
        Ok(lease)
    }

    /// Ends every build that nobody uses, in good order, and says how each came to its end.
    pub async fn stop(&self) -> Vec<Ending> {
        let processes: Vec<VendorProcess> = self
            .inner
            .idle()
            .iter_mut()
            .filter_map(|slot| slot.process.take())
            .collect();
        let mut endings = Vec::new();
        for process in processes {
            endings.push(process.stop().await);
        }
        endings
    }
}

impl Inner {
    fn idle(&self) -> MutexGuard<'_, Vec<IdleSlot>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn start(&self, number: usize) -> Result<VendorProcess, StartError> {
        let slot = Slot::temporary(number).map_err(|source| StartError::Machine {
            what: "製品のデータを置くフォルダーを作る",
            source,
        })?;
        let slot = match &self.program {
            Some(program) => slot.with_program(program.clone()),
            None => slot,
        };
        let slot = match &self.logs {
            Some(folder) => slot.with_log_in(folder),
            None => slot,
        };
        VendorProcess::start(&self.file, slot).await
    }
}

/// A build that one scenario has to itself, emptied; given back when dropped.
#[derive(Debug)]
pub struct Lease {
    number: usize,
    /// Always there once [`VendorPool::lease`] has handed the lease out.
    process: Option<VendorProcess>,
    pool: Arc<Inner>,
    _permit: OwnedSemaphorePermit,
}

impl Lease {
    /// The number of the slot, from 0.
    #[must_use]
    pub const fn number(&self) -> usize {
        self.number
    }

    async fn prepare(&mut self) -> Result<(), LeaseError> {
        if let Some(process) = &mut self.process {
            if !process.is_running() {
                process.restart().await?;
            }
        } else {
            self.process = Some(self.pool.start(self.number).await?);
        }
        self.reset().await
    }

    async fn reset(&mut self) -> Result<(), LeaseError> {
        let input = json!({});
        let mut answer = self.call(Operation::Reset, &input).await;
        if answer.as_ref().is_err_and(DriverError::is_silence) && self.is_ours() {
            // It died, or still hangs in what the last scenario asked for: a fresh start for this one.
            self.restart().await?;
            answer = self.call(Operation::Reset, &input).await;
        }
        let answer = answer.map_err(Box::new)?;
        if answer.is_done() {
            return Ok(());
        }
        Err(LeaseError::NotReset {
            result: answer.result(),
            reason: answer.shown_reason(),
        })
    }
}

impl Deref for Lease {
    type Target = VendorProcess;

    fn deref(&self) -> &VendorProcess {
        self.process.as_ref().expect("a lease holds its build")
    }
}

impl DerefMut for Lease {
    fn deref_mut(&mut self) -> &mut VendorProcess {
        self.process.as_mut().expect("a lease holds its build")
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.pool.idle().push(IdleSlot {
            number: self.number,
            process: self.process.take(),
        });
    }
}
