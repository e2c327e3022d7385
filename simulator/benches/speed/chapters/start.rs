//! From nothing to ready to serve.

use serde::{Deserialize, Serialize};
use tekigo_simulator::World;
use tekigo_simulator::kernel::{Mask, MaskSettings};
use tekigo_simulator::profile::Profile;
use tekigo_simulator::serve::Simulator;

use crate::Outcome;
use crate::arguments::Arguments;
use crate::meter::{Spread, Used, cpu_ns};
use crate::peer::{Peer, say};
use crate::peers::settings;
use crate::table::Table;

const READY_MS: f64 = 50.0;
const AGAIN: usize = 20;

/// What starting took.
#[derive(Debug, Serialize, Deserialize)]
struct Started {
    /// CPU of the process from its beginning until the first simulator was ready, nanoseconds.
    first_ns: u64,
    /// Of each further simulator in the same process.
    again_ns: Vec<u64>,
    /// Of making a world alone.
    world_ns: u64,
    held_kib: u64,
}

pub(super) fn run(arguments: &Arguments) -> Outcome<()> {
    let rounds = if arguments.is_smoke {
        1
    } else {
        arguments.rounds
    };
    let mut all = Vec::new();
    for _ in 0..rounds {
        let mut peer = Peer::start(&["start"])?;
        all.push(serde_json::from_str::<Started>(&peer.line()?)?);
    }
    println!("start: until a simulator is ready to serve, CPU of the process");
    let mut table = Table::new(&["what", "ms", "lowest", "highest"]);
    let mut row = |what: &str, figures: Vec<f64>| {
        let spread = Spread::of(figures);
        let shown = |ms: f64| format!("{ms:.2}");
        table.row([
            what.to_owned(),
            shown(spread.median),
            shown(spread.low),
            shown(spread.high),
        ]);
        spread.median
    };
    let ms = |ns: u64| ns as f64 / 1e6;
    let first = row(
        "first simulator, profile read",
        all.iter().map(|it| ms(it.first_ns)).collect(),
    );
    row(
        "further simulator",
        all.iter()
            .flat_map(|it| it.again_ns.iter().map(|ns| ms(*ns)))
            .collect(),
    );
    row("World::new", all.iter().map(|it| ms(it.world_ns)).collect());
    table.print();
    let memory = Spread::of(all.iter().map(|it| it.held_kib as f64 / 1024.0));
    let word = if first <= READY_MS {
        "reached"
    } else {
        "NOT reached"
    };
    println!(
        "  memory {:.0} MiB; target {READY_MS} ms or less: {word}\n",
        memory.median
    );
    Ok(())
}

/// Starts simulators and says what it took.
pub(crate) fn start_in_this_process() -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let start = || -> Outcome<u64> {
        let folder = tempfile::tempdir()?;
        let settings = settings(folder.path(), true, Vec::new());
        let simulator = runtime.block_on(Simulator::start(settings))?;
        let ready = cpu_ns();
        drop(simulator);
        Ok(ready)
    };
    let first_ns = start()?;
    let mut again_ns = Vec::new();
    for _ in 0..AGAIN {
        let before = cpu_ns();
        again_ns.push(start()? - before);
    }
    let profile = Profile::bundled();
    let mask = Mask::new(MaskSettings {
        key: [7; 32],
        key_prefix: "pmhk_".to_owned(),
        key_characters: 40,
        registered: Vec::new(),
    });
    let before = cpu_ns();
    let world = World::new(profile, mask, 7);
    let world_ns = cpu_ns() - before;
    drop(world);
    say(&serde_json::to_string(&Started {
        first_ns,
        again_ns,
        world_ns,
        held_kib: Used::now().held_kib,
    })?)
}
