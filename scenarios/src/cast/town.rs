//! つきみ市: the standard town of the scenarios.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use crate::ledger::{Ledger, Person, Table};
use crate::town::{Town, TownSettings};

use super::error::CastError;
use super::past::is_settled;
use super::role::Role;
use super::subject::choose;

/// So many people more are looked at as long as a word has nobody, up to so many in all.
const POOL_STEP: usize = 250;
const POOL_MAX: u32 = 20_000;
/// From this day on a town has answers of every kind on the new form (from 2026-04-01).
const ANSWERS_FROM: Date = date(2026, 7, 1);

/// つきみ市 with `size` people, lost ones included, as its books stand at the beginning of `as_of`: every word
/// of 語: 人 has its person, each of the five tables has rows, everything in the books lies before `as_of` (ends
/// of validity apart), and people stand in the order of insured numbers. Before 2026-07-01 the words for answers on the new form may find
/// nobody.
///
/// The people are chosen out of a generated town with the same seed: those of the words, then the following
/// ones. The same arguments give the same books.
///
/// # Errors
/// A size too small for the words and the tables, a day that the town's rules do not cover, a word that nobody fits.
pub fn scenario_town(seed: u64, size: u32, as_of: Date) -> Result<Ledger, CastError> {
    scenario_town_of(TownSettings {
        as_of,
        ..TownSettings::new(size, seed)
    })
}

/// The same for whichever insurer the settings name, and with the numbers on the cards that they name.
///
/// # Errors
/// As [`scenario_town`].
pub fn scenario_town_of(settings: TownSettings) -> Result<Ledger, CastError> {
    let TownSettings { size, as_of, .. } = settings;
    let least = u32::try_from(Role::CHOOSING.len() + Table::ALL.len()).unwrap_or(u32::MAX);
    if size < least {
        return Err(CastError::TownTooSmall { size, least });
    }
    let wanted = usize::try_from(size).unwrap_or(usize::MAX);
    let town = Town::new(TownSettings {
        size: POOL_MAX.max(size.saturating_mul(2)),
        ..settings
    })?;
    let mut settled = town.people().filter(|person| is_settled(person, as_of));
    let mut pool: Vec<Person> = Vec::new();
    let mut numbers = loop {
        let before = pool.len();
        let more = POOL_STEP.max(wanted.saturating_sub(before));
        pool.extend(settled.by_ref().take(more));
        match everybody(&pool, as_of) {
            Ok(numbers) => break numbers,
            Err(missing) if pool.len() == before => return Err(missing),
            Err(_) => {}
        }
    };
    add_rows_of_every_table(&pool, &mut numbers);
    for person in &pool {
        if numbers.len() >= wanted {
            break;
        }
        numbers.insert(person.insured_number.clone());
    }
    let mut people = pool;
    people.retain(|person| numbers.contains(&person.insured_number));
    people.sort_by(|one, other| one.insured_number.cmp(&other.insured_number));
    // As the generator does: one in 200, at least one for each reason.
    let strangers = (wanted / 200).max(3);
    Ok(Ledger {
        insurer: town.insurer().clone(),
        people,
        not_insured: town.not_insured().take(strangers).collect(),
    })
}

/// The insured numbers of the people of all words, or the first word that nobody fits.
fn everybody(pool: &[Person], as_of: Date) -> Result<BTreeSet<String>, CastError> {
    let chosen = choose(pool.iter());
    let may_be_missing = |role: &Role| as_of < ANSWERS_FROM && Role::ON_NEW_FORM.contains(role);
    let has_person = |role: &Role| chosen.iter().any(|(found, _)| found == role);
    match Role::CHOOSING
        .iter()
        .find(|role| !has_person(role) && !may_be_missing(role))
    {
        Some(role) => Err(CastError::NobodyFits { word: role.word() }),
        None => Ok(chosen
            .into_iter()
            .map(|(_, person)| person.insured_number.clone())
            .collect()),
    }
}

/// Adds a person of the pool for each table in which nobody chosen has rows.
fn add_rows_of_every_table(pool: &[Person], numbers: &mut BTreeSet<String>) {
    for table in Table::ALL {
        let mut holders = pool
            .iter()
            .filter(|person| person.lost.is_none() && has_rows(person, table));
        if !holders
            .clone()
            .any(|person| numbers.contains(&person.insured_number))
        {
            numbers.extend(holders.next().map(|person| person.insured_number.clone()));
        }
    }
}

const fn has_rows(person: &Person, table: Table) -> bool {
    match table {
        Table::Cards => !person.cards.is_empty(),
        Table::BurdenRatios => !person.burden_ratios.is_empty(),
        Table::Reductions => !person.reductions.is_empty(),
        Table::HomeModifications => !person.home_modifications.is_empty(),
        Table::EquipmentPurchases => !person.equipment_purchases.is_empty(),
    }
}
