//! The link interface of mode 1, one record a request and a thousand.

use crate::Outcome;
use crate::arguments::Arguments;
use crate::line::{Client, Greeting};
use crate::meter::{Spread, Used};
use crate::peer::Peer;
use crate::peers::PeerKind;
use crate::people::Kind;
use crate::table::Table;

const CONNECTIONS: usize = 16;
/// Targets: at most so many times the bare server over TLS; never slower than the stateful stub.
const RATIO_TO_BARE: f64 = 1.5;
const RATIO_TO_STUB: f64 = 1.0;
const BATCH: u32 = 1000;
const BATCH_RECORD_US: f64 = 6.0;

struct Measured {
    kind: PeerKind,
    peer: Peer,
    client: Client,
    next: u32,
    /// Microseconds a record, for each kind of record.
    rounds: [Vec<f64>; 2],
    last: Option<Used>,
}

/// What is sent together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Requests {
    /// One record a request.
    Single,
    /// A thousand records a request.
    Batch,
}

impl Requests {
    fn records(self) -> u32 {
        match self {
            Self::Single => 1,
            Self::Batch => BATCH,
        }
    }
}

pub(super) fn run(arguments: &Arguments, requests: Requests) -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(measure(arguments, requests))
}

async fn measure(arguments: &Arguments, requests: Requests) -> Outcome<()> {
    let (records, rounds) = match (requests, arguments.is_smoke) {
        (_, true) => (2 * requests.records(), 1),
        (Requests::Single, false) => (4000, arguments.rounds),
        (Requests::Batch, false) => (16 * BATCH, arguments.rounds),
    };
    let mut servers = Vec::new();
    for kind in PeerKind::ALL {
        let mut peer = Peer::start(&["peer", kind.word()])?;
        let greeting: Greeting = serde_json::from_str(&peer.line()?)?;
        let client = Client::connect(greeting, CONNECTIONS).await?;
        servers.push(Measured {
            kind,
            peer,
            client,
            next: 1,
            rounds: Default::default(),
            last: None,
        });
    }
    // The first round warms up and is not counted.
    for round in 0..=rounds {
        for server in &mut servers {
            server.round(records, requests, round > 0).await?;
        }
    }
    for (figure, kind) in Greeting::KINDS.into_iter().enumerate() {
        report(&servers, figure, kind, requests);
    }
    Ok(())
}

impl Measured {
    async fn round(&mut self, records: u32, requests: Requests, is_counted: bool) -> Outcome<()> {
        let people = self.next..self.next + records;
        self.next = people.end;
        for (path, figures) in self.rounds.iter_mut().enumerate() {
            let before = self.peer.used()?;
            let people = people.clone();
            self.client.send(path, people, requests.records()).await?;
            let after = self.peer.used()?;
            if is_counted {
                let ns = (after.cpu_ns - before.cpu_ns) as f64;
                figures.push(ns / 1000.0 / f64::from(records));
            }
            self.last = Some(after);
        }
        Ok(())
    }
}

fn report(servers: &[Measured], figure: usize, kind: Kind, requests: Requests) {
    println!(
        "link: {} a request, {}, {CONNECTIONS} connections, keep-alive; CPU of the server",
        requests.records(),
        kind.id()
    );
    let mut table = Table::new(&["server", "µs a record", "lowest", "highest", "memory MiB"]);
    for server in servers {
        let spread = Spread::of(server.rounds[figure].iter().copied());
        table.row([
            server.kind.name().to_owned(),
            format!("{:.1}", spread.median),
            format!("{:.1}", spread.low),
            format!("{:.1}", spread.high),
            server
                .last
                .map_or_else(String::new, |used| (used.held_kib / 1024).to_string()),
        ]);
    }
    table.print();
    if requests == Requests::Single {
        let target = |peer, most| {
            let ratio = ratio(servers, figure, peer);
            let word = if ratio.median <= most {
                "reached"
            } else {
                "NOT reached"
            };
            println!(
                "  tekigo with journal / {}: {:.2} ({:.2} to {:.2}); target {most:.1} or less: {word}",
                peer.name(),
                ratio.median,
                ratio.low,
                ratio.high
            );
        };
        target(PeerKind::BareTls, RATIO_TO_BARE);
        target(PeerKind::StatefulStub, RATIO_TO_STUB);
    } else {
        let spread = of(servers, PeerKind::Simulator)
            .map(|server| Spread::of(server.rounds[figure].iter().copied()));
        if let Some(spread) = spread {
            let word = if spread.median <= BATCH_RECORD_US {
                "reached"
            } else {
                "NOT reached"
            };
            println!(
                "  tekigo with journal: {:.2} µs a record; target {BATCH_RECORD_US} or less: {word}",
                spread.median
            );
        }
    }
    println!();
}

fn of(servers: &[Measured], kind: PeerKind) -> Option<&Measured> {
    servers.iter().find(|server| server.kind == kind)
}

fn ratio(servers: &[Measured], figure: usize, peer: PeerKind) -> Spread {
    let rounds = |kind| of(servers, kind).map_or(&[][..], |server| &server.rounds[figure]);
    let pairs = rounds(PeerKind::Simulator).iter().zip(rounds(peer));
    Spread::of(pairs.map(|(ours, theirs)| ours / theirs))
}
