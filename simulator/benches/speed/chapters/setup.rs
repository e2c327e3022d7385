//! The initial set-up of whole towns: each person with three rows of history, in process.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use tekigo_simulator::profile::{Profile, split_array};
use tekigo_simulator::serve::{Shell, Simulator};

use crate::Outcome;
use crate::arguments::Arguments;
use crate::meter::{Used, cpu_ns};
use crate::peer::{Peer, say};
use crate::peers::{prepared, settings};
use crate::people::{Kind, array, my_number};
use crate::table::Table;

/// Records in a request: as many as the bundled profile takes.
const BATCH: u32 = 1000;
const RATIO_TO_READING: f64 = 3.0;
const BYTES_A_PERSON: f64 = 1024.0;

/// One town to set up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SetUpWork {
    people: u32,
    is_journaled: bool,
    /// Records in a request.
    together: u32,
}

impl SetUpWork {
    pub(crate) fn read(words: &[&str]) -> Outcome<Self> {
        match words {
            [people, journal, together] => Ok(Self {
                people: people.parse()?,
                is_journaled: *journal == "journaled",
                together: together.parse()?,
            }),
            _ => Err("a set-up is PEOPLE, journaled or unjournaled, RECORDS A REQUEST".into()),
        }
    }
}

/// What a set-up took.
#[derive(Debug, Serialize, Deserialize)]
struct Taken {
    people: u32,
    is_journaled: bool,
    records: u64,
    bytes: u64,
    journal_bytes: u64,
    /// Cutting, reading and validating the same bytes, and nothing else.
    reading_ns: u64,
    setup_ns: u64,
    before_kib: u64,
    held_kib: u64,
    most_kib: u64,
}

pub(super) fn run(arguments: &Arguments) -> Outcome<()> {
    let sizes = if arguments.is_smoke {
        vec![200]
    } else {
        arguments.people.clone()
    };
    let mut taken = Vec::new();
    for people in sizes {
        for journal in ["journaled", "unjournaled"] {
            let mut peer =
                Peer::start(&["setup", &people.to_string(), journal, &BATCH.to_string()])?;
            taken.push(serde_json::from_str::<Taken>(&peer.line()?)?);
        }
    }
    report(&taken);
    Ok(())
}

fn report(taken: &[Taken]) {
    println!(
        "set-up, mode 1: requests of {BATCH} records, four records a person; CPU and memory of one process"
    );
    let mut table = Table::new(&[
        "people",
        "journal",
        "CPU s",
        "µs a record",
        "reading alone",
        "ratio",
        "bytes a person",
        "at most",
        "journal MiB",
    ]);
    for town in taken {
        let records = town.records as f64;
        let per_person = |kib: u64| {
            format!(
                "{:.0}",
                kib.saturating_sub(town.before_kib) as f64 * 1024.0 / f64::from(town.people)
            )
        };
        table.row([
            town.people.to_string(),
            if town.is_journaled { "on" } else { "off" }.to_owned(),
            format!("{:.2}", town.setup_ns as f64 / 1e9),
            format!("{:.2}", town.setup_ns as f64 / 1e3 / records),
            format!("{:.2}", town.reading_ns as f64 / 1e3 / records),
            format!("{:.2}", town.setup_ns as f64 / town.reading_ns as f64),
            per_person(town.held_kib),
            per_person(town.most_kib),
            format!("{:.1}", town.journal_bytes as f64 / 1024.0 / 1024.0),
        ]);
    }
    table.print();
    println!(
        "  targets, journal on: ratio {RATIO_TO_READING} or less; {BYTES_A_PERSON} bytes a person or less; both steady from size to size\n"
    );
}

/// Sets one town up and says what it took.
pub(crate) fn set_up_in_this_process(work: &SetUpWork) -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let folder = tempfile::tempdir()?;
    let my_numbers = (1..=work.people).map(my_number).collect();
    let simulator = runtime.block_on(Simulator::start(settings(
        folder.path(),
        work.is_journaled,
        my_numbers,
    )))?;
    let taken = set_up(work, &simulator)?;
    say(&serde_json::to_string(&taken)?)
}

fn set_up(work: &SetUpWork, simulator: &Simulator) -> Outcome<Taken> {
    let (_, vendor) = prepared(simulator)?;
    let shell = simulator.shell();
    let profile = Profile::bundled();
    let before = Used::now();
    let mut taken = Taken {
        people: work.people,
        is_journaled: work.is_journaled,
        records: 0,
        bytes: 0,
        journal_bytes: 0,
        reading_ns: 0,
        setup_ns: 0,
        before_kib: before.held_kib,
        held_kib: 0,
        most_kib: 0,
    };
    let mut body = String::new();
    for kind in Kind::ALL {
        let id = profile.kind(kind.id()).ok_or("no such kind")?;
        let layout = profile.layout(id);
        for first in (1..=work.people).step_by(work.together as usize) {
            let people = first..(first + work.together).min(work.people + 1);
            taken.records += people.len() as u64;
            array(kind, people, &mut body);
            taken.bytes += body.len() as u64;
            let start = cpu_ns();
            for record in split_array(body.as_bytes())? {
                if let Err(errors) = layout.read_json(record.get()) {
                    return Err(format!("a wrong record: {errors:?}").into());
                }
            }
            let read = cpu_ns();
            taken.reading_ns += read - start;
            let request = vendor.registering(kind.id(), Bytes::copy_from_slice(body.as_bytes()));
            let start = cpu_ns();
            let reply = shell.request(request)?;
            taken.setup_ns += cpu_ns() - start;
            if reply.status != 202 {
                return Err(format!("not taken over: {}", reply.body).into());
            }
        }
    }
    check(work, shell)?;
    let after = Used::now();
    taken.held_kib = after.held_kib;
    taken.most_kib = after.most_kib;
    taken.journal_bytes = std::fs::metadata(shell.journal_path())?.len();
    Ok(taken)
}

/// A set-up that was fast because nothing was stored would be worth nothing.
fn check(work: &SetUpWork, shell: &Shell) -> Outcome<()> {
    let (people, records) = shell.look(|world| {
        let platform = world.platform();
        let insurer = crate::people::INSURER.parse();
        let last = format!("{:010}", work.people).parse();
        let records = match (insurer, last) {
            (Ok(insurer), Ok(number)) => {
                let person = tekigo_simulator::domain::InsuredKey { insurer, number };
                platform.holdings(person).map_or(0, |held| held.records())
            }
            _ => 0,
        };
        (platform.people(), records)
    });
    if people != work.people as usize || records != Kind::ALL.len() {
        return Err(format!("{people} people are held, {records} records of the last").into());
    }
    Ok(())
}
