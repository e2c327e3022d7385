//! The initial set-up of whole towns: each person with three rows of history, in process.

use super::town::Taken;
use crate::Outcome;
use crate::arguments::Arguments;
use crate::peer::Peer;
use crate::peers::Mode;
use crate::table::Table;

const RATIO_TO_READING: f64 = 3.0;
const BYTES_A_PERSON: f64 = 1024.0;

pub(super) fn run(arguments: &Arguments) -> Outcome<()> {
    let sizes = if arguments.is_smoke {
        vec![200]
    } else {
        arguments.people.clone()
    };
    let mut taken = Vec::new();
    for mode in [Mode::Api, Mode::File] {
        for people in &sizes {
            for journal in ["journaled", "unjournaled"] {
                let (people, together) = (people.to_string(), mode.together().to_string());
                let role = ["setup", mode.word(), &people, journal, &together];
                taken.push(serde_json::from_str::<Taken>(&Peer::start(&role)?.line()?)?);
            }
        }
    }
    report(&taken);
    Ok(())
}

fn report(taken: &[Taken]) {
    println!("set-up: four records a person; CPU and memory of one process");
    println!(
        "  mode 1: requests of {} records; mode 2: files of {} rows",
        Mode::Api.together(),
        Mode::File.together()
    );
    let mut table = Table::new(&[
        "mode, journal",
        "people",
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
            let bytes = kib.saturating_sub(town.before_kib) as f64 * 1024.0;
            format!("{:.0}", bytes / f64::from(town.people))
        };
        let journal = if town.is_journaled { "on" } else { "off" };
        table.row([
            format!("{}, {journal}", town.mode.name()),
            town.people.to_string(),
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
