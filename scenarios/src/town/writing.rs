//! The town as one document: in memory, or written person by person.

use std::io::{BufWriter, Write};

use crate::ledger::Ledger;

use super::person::Town;
use super::settings::{TownError, TownSettings};
use super::summary::TownSummary;

/// The whole ledger in memory, for small towns.
///
/// # Errors
/// As [`Town::new`].
pub fn generate(settings: &TownSettings) -> Result<Ledger, TownError> {
    let town = Town::new(settings.clone())?;
    Ok(Ledger {
        insurer: town.insurer().clone(),
        people: town.people().collect(),
        not_insured: town.not_insured().collect(),
    })
}

/// The same ledger as one JSON document, one person a line, written as it is made: memory does not grow
/// with the town.
///
/// # Errors
/// As [`Town::new`], and what the writer refuses.
pub fn write(settings: &TownSettings, out: impl Write) -> Result<(), TownError> {
    write_town(settings, out).map(|_| ())
}

/// As [`write()`], counting on the way.
///
/// # Errors
/// As [`write()`].
pub fn write_town(settings: &TownSettings, out: impl Write) -> Result<TownSummary, TownError> {
    let town = Town::new(settings.clone())?;
    let mut summary = TownSummary::of(town.insurer().clone(), settings.as_of);
    let mut out = BufWriter::with_capacity(1 << 16, out);
    out.write_all(b"{\"insurer\":")?;
    serde_json::to_writer(&mut out, town.insurer())?;
    out.write_all(b",\"people\":[")?;
    for (index, person) in town.people().enumerate() {
        out.write_all(separator(index))?;
        serde_json::to_writer(&mut out, &person)?;
        summary.count(&person);
    }
    out.write_all(b"\n],\"not_insured\":[")?;
    for (index, stranger) in town.not_insured().enumerate() {
        out.write_all(separator(index))?;
        serde_json::to_writer(&mut out, &stranger)?;
        summary.count_stranger(&stranger);
    }
    out.write_all(b"\n]}\n")?;
    out.flush()?;
    Ok(summary)
}

const fn separator(index: usize) -> &'static [u8] {
    if index == 0 { b"\n" } else { b",\n" }
}
