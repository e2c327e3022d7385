//! A command that runs.

use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::error::{ProcessEnd, StartError};
use super::group::{GroupSignal, ProcessGroup};
use super::output::CapturedOutput;
use super::slot::Slot;
use crate::control::Excerpt;
use crate::drivers::lines::{Conversation, Stdin};
use crate::drivers::vendor_file::{CommandLine, Substitutes, VendorAddress};

/// How often a wait looks again.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// How often, and after what pause, dropping a build looks whether it has ended: 100 ms in all.
const DROP_LOOKS: u32 = 100;
const DROP_LOOK_AGAIN: Duration = Duration::from_millis(1);

/// A build started by the judge, with everything it started.
///
/// Dropping it kills the whole group at once. It belongs to no asynchronous runtime, so that
/// scenarios and laws, which run in different ones, can use it in turn.
#[derive(Debug)]
pub(super) struct RunningCommand {
    /// The command with its arguments, for messages.
    shown: String,
    child: Child,
    /// The group, until the process is known to have ended: then its number is free for others.
    group: Option<ProcessGroup>,
    /// Held open as long as the build shall run: a build that watches it ends when the judge dies.
    stdin: Stdin,
    output: CapturedOutput,
    errors: CapturedOutput,
}

impl RunningCommand {
    /// Starts `line` to listen at `address`. `place` is where the command is written.
    pub(super) fn start(
        line: &CommandLine,
        slot: &Slot,
        address: VendorAddress,
        place: &str,
    ) -> Result<Self, StartError> {
        let address = address.host_and_port();
        let (mut running, stdout) = Self::spawn(line, slot, &address, place)?;
        running.output = CapturedOutput::of(stdout, log_of(slot)?);
        Ok(running)
    }

    /// Starts `line`, to be spoken to by lines.
    pub(super) fn start_for_lines(
        line: &CommandLine,
        slot: &Slot,
        place: &str,
    ) -> Result<(Self, Conversation), StartError> {
        let (running, stdout) = Self::spawn(line, slot, "", place)?;
        let stdout = stdout.ok_or_else(|| StartError::Machine {
            what: "製品の標準出力を受け取る",
            source: io::Error::from(io::ErrorKind::BrokenPipe),
        })?;
        let conversation = Conversation::over(Arc::clone(&running.stdin), stdout);
        Ok((running, conversation))
    }

    fn spawn(
        line: &CommandLine,
        slot: &Slot,
        address: &str,
        place: &str,
    ) -> Result<(Self, Option<ChildStdout>), StartError> {
        let (program, arguments) = line.fill_in(Substitutes {
            tekigo: slot.program(),
            address,
            data: slot.folder(),
        });
        let mut command = Command::new(&program);
        command
            .args(&arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(folder) = line.folder() {
            command.current_dir(folder);
        }
        ProcessGroup::prepare(&mut command);
        let shown = std::iter::once(program.as_os_str())
            .chain(arguments.iter().map(AsRef::as_ref))
            .map(|word| word.to_string_lossy())
            .collect::<Vec<_>>()
            .join(" ");
        let mut child = command
            .spawn()
            .map_err(|error| spawn_fault(&error, &program, place))?;
        let stdout = child.stdout.take();
        let running = Self {
            shown,
            group: Some(ProcessGroup::of(&child)),
            stdin: Arc::new(Mutex::new(child.stdin.take())),
            output: CapturedOutput::of(None::<ChildStdout>, None),
            errors: CapturedOutput::of(child.stderr.take(), log_of(slot)?),
            child,
        };
        Ok((running, stdout))
    }

    pub(super) fn shown(&self) -> &str {
        &self.shown
    }

    /// How the process ended, if it has.
    pub(super) fn status(&mut self) -> Option<ExitStatus> {
        // A process that cannot be asked after is not ours any more; it shows as unreachable.
        let status = self.child.try_wait().ok().flatten()?;
        // What the command started must not outlive it, and from now on could not be found again.
        if let Some(group) = self.group.take() {
            group.send(GroupSignal::Kill);
        }
        Some(status)
    }

    /// Waits until the process has ended, at most `limit`.
    pub(super) async fn ended_within(&mut self, limit: Duration) -> Option<ExitStatus> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.status() {
                return Some(status);
            }
            if start.elapsed() >= limit {
                return None;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// How the process ended, with the last it printed, if it has ended.
    pub(super) async fn end(&mut self) -> Option<ProcessEnd> {
        let status = self.status()?;
        self.errors.complete().await;
        self.output.complete().await;
        Some(ProcessEnd::new(status, self.last_lines()))
    }

    /// The last lines of the error output, or of the output if there is no error.
    pub(super) fn last_lines(&self) -> Excerpt {
        let errors = self.errors.last_lines();
        if errors.is_empty() {
            self.output.last_lines()
        } else {
            errors
        }
    }

    /// Asks the group to end in good order: closes standard input and sends the signal.
    pub(super) fn terminate(&mut self) {
        // While a line is being written the signal has to do.
        if let Ok(mut stdin) = self.stdin.try_lock() {
            *stdin = None;
        }
        if let Some(group) = self.group {
            group.send(GroupSignal::Terminate);
        }
    }

    /// Ends the group at once.
    pub(super) fn kill(&mut self) {
        if let Some(group) = self.group {
            group.send(GroupSignal::Kill);
        }
        // Without process groups this is what ends the command; with them it is already ending.
        let _ = self.child.kill();
    }
}

impl Drop for RunningCommand {
    fn drop(&mut self) {
        self.kill();
        // A killed process ends in no time; asking after it leaves no remainder in the process table.
        for _ in 0..DROP_LOOKS {
            if self.status().is_some() {
                return;
            }
            std::thread::sleep(DROP_LOOK_AGAIN);
        }
    }
}

fn log_of(slot: &Slot) -> Result<Option<File>, StartError> {
    slot.log().map_err(|source| StartError::Machine {
        what: "製品の出力を書き留めるファイルを開く",
        source,
    })
}

fn spawn_fault(error: &io::Error, program: &Path, place: &str) -> StartError {
    let command = program.display().to_string();
    let place = place.to_owned();
    let kind = error.kind();
    if kind == io::ErrorKind::NotFound && !program.exists() {
        return StartError::CommandNotFound { command, place };
    }
    let fault = if kind == io::ErrorKind::NotFound {
        "1行目（#!）に書かれた実行系がありません".to_owned()
    } else if kind == io::ErrorKind::PermissionDenied {
        "実行権限がありません".to_owned()
    } else {
        error.to_string()
    };
    StartError::NotExecutable {
        command,
        place,
        fault,
    }
}
