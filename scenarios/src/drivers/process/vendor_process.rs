//! A running build that the judge talks to.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::command::RunningCommand;
use super::error::{NotOurs, StartError};
use super::port::HeldPort;
use super::slot::Slot;
use crate::control::{Answer, Excerpt, Operation};
use crate::drivers::driver::Driver;
use crate::drivers::error::{DriverError, DriverFault, Reached};
use crate::drivers::vendor_file::{CommandLine, Start, VendorFile};

/// How often a build that does not listen yet is asked again.
const ASK_AGAIN: Duration = Duration::from_millis(7);

/// How often a build that answers nonsense while it starts is asked again.
const ASK_AGAIN_NONSENSE: Duration = Duration::from_millis(100);

/// An attempt with less time than this that gets no answer says less than the one before it.
const WORTH_WAITING: Duration = Duration::from_millis(500);

/// How often a build whose port was snatched away is given another.
const PORTS_MAX: usize = 5;

/// How long a build may take to end after each kind of request.
const END_WAIT: Duration = Duration::from_secs(3);

/// How a build came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// It had ended already.
    AlreadyOver,
    /// It ended by itself after the operation `shutdown`.
    Shutdown,
    /// It ended after the request of the system (SIGTERM, end of standard input).
    Terminated,
    /// It had to be killed.
    Killed,
    /// The judge had not started it and left it running.
    LeftRunning,
}

/// A build that answers operations.
///
/// Started by the judge, or found running at an address. Dropping it kills what the judge started;
/// [`VendorProcess::stop`] ends it in good order.
#[derive(Debug)]
pub struct VendorProcess {
    file: VendorFile,
    slot: Slot,
    driver: Driver,
    declared: Answer,
    /// What the judge started; `None` for a build found at an address.
    own: Option<Own>,
}

#[derive(Debug)]
struct Own {
    line: CommandLine,
    /// Where it listens; a program that speaks by lines listens nowhere.
    port: Option<HeldPort>,
    command: RunningCommand,
}

impl VendorProcess {
    /// Starts the build of `file`, or connects to it, and waits until it answers `declare`.
    ///
    /// # Errors
    /// [`StartError`], always 設定不備.
    pub async fn start(file: &VendorFile, slot: Slot) -> Result<Self, StartError> {
        match file.start() {
            Start::Address(address) => {
                let driver = Driver::http(*address, file.limits().clone());
                let declared = until_declared(&driver, file, None).await?;
                Ok(Self {
                    file: file.clone(),
                    slot,
                    driver,
                    declared,
                    own: None,
                })
            }
            Start::Command(line) => Self::start_command(file, slot, line.clone()).await,
            Start::Lines(line) => {
                let (command, driver, declared) = launch(file, &slot, line, None).await?;
                let own = Own {
                    line: line.clone(),
                    port: None,
                    command,
                };
                Ok(Self {
                    file: file.clone(),
                    slot,
                    driver,
                    declared,
                    own: Some(own),
                })
            }
            Start::Manual(None) => Err(StartError::NoConsole {
                place: file.start_place(),
            }),
            Start::Manual(Some(desk)) => {
                let driver = Driver::manual(desk.clone());
                let declared = until_declared(&driver, file, None).await?;
                Ok(Self {
                    file: file.clone(),
                    slot,
                    driver,
                    declared,
                    own: None,
                })
            }
        }
    }

    async fn start_command(
        file: &VendorFile,
        slot: Slot,
        line: CommandLine,
    ) -> Result<Self, StartError> {
        let mut attempt = 1;
        loop {
            let port = HeldPort::choose().map_err(|source| StartError::Machine {
                what: "空いているポート番号を得る",
                source,
            })?;
            match launch(file, &slot, &line, Some(&port)).await {
                Ok((command, driver, declared)) => {
                    let own = Own {
                        line,
                        port: Some(port),
                        command,
                    };
                    return Ok(Self {
                        file: file.clone(),
                        slot,
                        driver,
                        declared,
                        own: Some(own),
                    });
                }
                Err(error) if attempt < PORTS_MAX && is_port_taken(&error, &port) => attempt += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Asks the build to carry out `operation`.
    ///
    /// # Errors
    /// [`DriverError`] when there is no answer that fits the interface; if the build has ended, with
    /// how it ended.
    pub async fn call(
        &mut self,
        operation: Operation,
        input: &Value,
    ) -> Result<Answer, DriverError> {
        match self.driver.call(operation, input).await {
            Err(error) if error.is_unreachable() => Err(error.with_end(self.end().await)),
            other => other,
        }
    }

    /// How the process ended. One that just closed a connection is given a moment to end.
    async fn end(&mut self) -> Option<super::ProcessEnd> {
        let own = self.own.as_mut()?;
        own.command.ended_within(Duration::from_millis(200)).await?;
        own.command.end().await
    }

    /// The driver alone, for calls that run side by side.
    #[must_use]
    pub const fn driver(&self) -> &Driver {
        &self.driver
    }

    /// The answer to `declare` at the last start.
    #[must_use]
    pub const fn declared(&self) -> &Answer {
        &self.declared
    }

    /// The file by which the build was started.
    #[must_use]
    pub const fn file(&self) -> &VendorFile {
        &self.file
    }

    /// The slot in which the build runs.
    #[must_use]
    pub const fn slot(&self) -> &Slot {
        &self.slot
    }

    /// Where the build answers.
    #[must_use]
    pub const fn reached(&self) -> Reached {
        self.driver.reached()
    }

    /// Whether the judge started the build and so may kill and restart it.
    #[must_use]
    pub const fn is_ours(&self) -> bool {
        self.own.is_some()
    }

    /// Whether the build's process runs; of a build at an address nothing is known.
    pub fn is_running(&mut self) -> bool {
        match &mut self.own {
            Some(own) => own.command.status().is_none(),
            None => true,
        }
    }

    /// Kills the build in the middle of whatever it does, with everything it started.
    ///
    /// # Errors
    /// [`NotOurs`] for a build found at an address.
    pub async fn kill(&mut self) -> Result<(), NotOurs> {
        let own = self.own.as_mut().ok_or(NotOurs)?;
        own.command.kill();
        own.command.ended_within(END_WAIT).await;
        Ok(())
    }

    /// Starts the build again, at the same address and with the same `{data}` folder; kills it
    /// first if it runs.
    ///
    /// # Errors
    /// [`RestartError`].
    pub async fn restart(&mut self) -> Result<(), RestartError> {
        self.kill().await?;
        let own = self.own.as_mut().ok_or(NotOurs)?;
        let begin = Instant::now();
        let (command, driver, declared) = loop {
            match launch(&self.file, &self.slot, &own.line, own.port.as_ref()).await {
                // The old connections may hold the port for a while.
                Err(error)
                    if begin.elapsed() < self.file.start_limit()
                        && own
                            .port
                            .as_ref()
                            .is_some_and(|port| is_port_taken(&error, port)) =>
                {
                    tokio::time::sleep(ASK_AGAIN_NONSENSE).await;
                }
                other => break other?,
            }
        };
        own.command = command;
        self.driver = driver;
        self.declared = declared;
        Ok(())
    }

    /// Ends the build in good order: `shutdown`, then SIGTERM, then SIGKILL, each with a bounded
    /// wait; nothing it started is left. A build found at an address is left running.
    pub async fn stop(mut self) -> Ending {
        let Some(own) = self.own.as_mut() else {
            return Ending::LeftRunning;
        };
        if own.command.status().is_some() {
            return Ending::AlreadyOver;
        }
        let asked = self
            .driver
            .call_within(Operation::Shutdown, &json!({}), END_WAIT)
            .await;
        let obeys = asked.is_ok_and(|answer| answer.is_done());
        if obeys && own.command.ended_within(END_WAIT).await.is_some() {
            return Ending::Shutdown;
        }
        own.command.terminate();
        if own.command.ended_within(END_WAIT).await.is_some() {
            return Ending::Terminated;
        }
        own.command.kill();
        own.command.ended_within(END_WAIT).await;
        Ending::Killed
    }
}

/// A build that could not be started again.
#[derive(Debug, thiserror::Error)]
pub enum RestartError {
    /// The judge had not started it.
    #[error(transparent)]
    NotOurs(#[from] NotOurs),
    /// It did not come to answer.
    #[error(transparent)]
    Start(#[from] StartError),
}

type Launched = (RunningCommand, Driver, Answer);

async fn launch(
    file: &VendorFile,
    slot: &Slot,
    line: &CommandLine,
    port: Option<&HeldPort>,
) -> Result<Launched, StartError> {
    let (place, limits) = (file.start_place(), file.limits().clone());
    let (mut command, driver) = match port {
        Some(port) => {
            let address = port.address();
            let command = RunningCommand::start(line, slot, address, &place)?;
            (command, Driver::http(address, limits))
        }
        None => {
            let (command, conversation) = RunningCommand::start_for_lines(line, slot, &place)?;
            (command, Driver::lines(conversation, limits))
        }
    };
    let declared = until_declared(&driver, file, Some(&mut command)).await?;
    Ok((command, driver, declared))
}

/// Whether a start failed because somebody else listens at the address.
fn is_port_taken(error: &StartError, port: &HeldPort) -> bool {
    const SIGNS: [&str; 5] = [
        "address already in use",
        "address in use",
        "eaddrinuse",
        "os error 98",
        "使用中",
    ];
    let StartError::ExitedEarly { end, .. } = error else {
        return false;
    };
    let printed = end.last_lines.as_str().to_lowercase();
    port.is_taken() || SIGNS.iter().any(|sign| printed.contains(sign))
}

/// Asks for `declare` until the build answers, ends, or the limit of the file is over.
async fn until_declared(
    driver: &Driver,
    file: &VendorFile,
    mut command: Option<&mut RunningCommand>,
) -> Result<Answer, StartError> {
    let begin = Instant::now();
    let limit = file.start_limit();
    let mut last = None;
    loop {
        if let Some(error) = exited(command.as_deref_mut(), file).await {
            return Err(error);
        }
        let left = limit.saturating_sub(begin.elapsed());
        if left.is_zero() {
            return Err(StartError::NeverAnswered {
                seconds: limit.as_secs(),
                place: file.start_place(),
                last: last.map(Box::new),
                printed: command.map_or_else(Excerpt::default, |command| command.last_lines()),
            });
        }
        match driver
            .call_within(Operation::Declare, &json!({}), left)
            .await
        {
            Ok(answer) => {
                // The answer may be that of a stranger who took the port of a build that has ended.
                return match exited(command, file).await {
                    Some(error) => Err(error),
                    None => declared(answer, file),
                };
            }
            Err(error) => {
                let pause = match error.fault {
                    DriverFault::Unreachable { .. } => ASK_AGAIN,
                    DriverFault::TimedOut { .. } | DriverFault::NotTheInterface { .. } => {
                        ASK_AGAIN_NONSENSE
                    }
                };
                let is_cut_short =
                    left < WORTH_WAITING && matches!(error.fault, DriverFault::TimedOut { .. });
                if last.is_none() || !is_cut_short {
                    last = Some(error);
                }
                tokio::time::sleep(pause.min(left)).await;
            }
        }
    }
}

fn declared(answer: Answer, file: &VendorFile) -> Result<Answer, StartError> {
    if answer.is_done() {
        return Ok(answer);
    }
    Err(StartError::NotDeclared {
        result: answer.result(),
        reason: answer.shown_reason(),
        place: file.start_place(),
    })
}

async fn exited(command: Option<&mut RunningCommand>, file: &VendorFile) -> Option<StartError> {
    let command = command?;
    let end = command.end().await?;
    Some(StartError::ExitedEarly {
        command: command.shown().to_owned(),
        place: file.start_place(),
        end,
    })
}
