//! Servers that take records over, each in a process of its own.

mod bare;
mod simulated;
mod staff;
mod stub;

use std::str::FromStr;

use crate::Outcome;
use crate::line::Greeting;
use crate::peer::{answer_until_end, say};

pub(super) use simulated::settings;
pub(super) use staff::{Mode, Staff};

/// Which server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PeerKind {
    /// axum: parse, keep in a map, evidence line; over TLS with client certificate, chained.
    BareTls,
    /// The same without TLS, chained.
    Bare,
    /// wiremock with one answer.
    Stub,
    /// wiremock whose answer parses and keeps the record.
    StatefulStub,
    /// The simulator.
    Simulator,
    /// The simulator without a journal.
    SimulatorUnjournaled,
}

impl PeerKind {
    pub(super) const ALL: [Self; 6] = [
        Self::BareTls,
        Self::Bare,
        Self::Stub,
        Self::StatefulStub,
        Self::Simulator,
        Self::SimulatorUnjournaled,
    ];

    /// The word for it on the command line.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::BareTls => "bare-tls",
            Self::Bare => "bare",
            Self::Stub => "stub",
            Self::StatefulStub => "stateful-stub",
            Self::Simulator => "simulator",
            Self::SimulatorUnjournaled => "simulator-unjournaled",
        }
    }

    /// What it is and does.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::BareTls => "axum, parse + map + chained evidence, TLS 1.3 + client certificate",
            Self::Bare => "axum, parse + map + chained evidence, no TLS",
            Self::Stub => "wiremock, one answer, no TLS",
            Self::StatefulStub => "wiremock, parse + map, no TLS",
            Self::Simulator => "tekigo, journal on, TLS 1.3 + client certificate",
            Self::SimulatorUnjournaled => "tekigo, journal off, TLS 1.3 + client certificate",
        }
    }
}

impl FromStr for PeerKind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|kind| kind.word() == word);
        found.ok_or_else(|| format!("no server is called {word:?}"))
    }
}

/// Serves until the standard input ends.
pub(super) fn serve(kind: PeerKind) -> Outcome<()> {
    // One thread each, as `tekigo serve` has: a second would spend CPU on waiting for the world's lock.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let folder = tempfile::tempdir()?;
    let served: (Greeting, Box<dyn std::any::Any>) = match kind {
        PeerKind::BareTls => runtime.block_on(bare::start(folder.path(), true))?,
        PeerKind::Bare => runtime.block_on(bare::start(folder.path(), false))?,
        PeerKind::Stub => runtime.block_on(stub::start(false)),
        PeerKind::StatefulStub => runtime.block_on(stub::start(true)),
        PeerKind::Simulator => runtime.block_on(simulated::start(folder.path(), true))?,
        PeerKind::SimulatorUnjournaled => {
            runtime.block_on(simulated::start(folder.path(), false))?
        }
    };
    let (greeting, _alive) = served;
    say(&serde_json::to_string(&greeting)?)?;
    answer_until_end()
}
