//! Signals to a build and everything it started.

use std::process::{Child, Command};

/// What to tell the processes of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupSignal {
    /// End in good order.
    Terminate,
    /// End at once, without a chance to do anything.
    Kill,
}

/// The process group of a build.
#[derive(Debug, Clone, Copy)]
pub(super) struct ProcessGroup {
    #[cfg(unix)]
    leader: Option<rustix::process::Pid>,
}

#[cfg(unix)]
impl ProcessGroup {
    /// Makes `command` the leader of a group of its own.
    pub(super) fn prepare(command: &mut Command) {
        std::os::unix::process::CommandExt::process_group(command, 0);
    }

    pub(super) fn of(child: &Child) -> Self {
        let id = i32::try_from(child.id()).ok();
        Self {
            leader: id.and_then(rustix::process::Pid::from_raw),
        }
    }

    /// Sends `signal` to every process of the group. That nobody is left is no error.
    pub(super) fn send(self, signal: GroupSignal) {
        let signal = match signal {
            GroupSignal::Terminate => rustix::process::Signal::TERM,
            GroupSignal::Kill => rustix::process::Signal::KILL,
        };
        if let Some(leader) = self.leader {
            let _ = rustix::process::kill_process_group(leader, signal);
        }
    }
}

/// Without process groups only the command itself is ended, by the caller.
#[cfg(not(unix))]
impl ProcessGroup {
    pub(super) fn prepare(_: &mut Command) {}

    pub(super) fn of(_: &Child) -> Self {
        Self {}
    }

    pub(super) fn send(self, _: GroupSignal) {}
}
