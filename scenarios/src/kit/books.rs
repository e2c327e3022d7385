//! The invented books of the samples, and the records that must be made from them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use tekigo_simulator::profile::{KindId, Profile};

use super::error::KitError;
use super::folder::{Kit, KitSettings};
use crate::auditor::{Auditor, ExpectedRow};
use crate::ledger::{Ledger, Person};
use crate::town::{Town, TownSettings};

/// How many people are looked through for some that have a record of every kind among them.
const PEOPLE: u32 = 200;
/// The guide's word on what the two files are.
const NOTE: &str = "ledger.json は load_ledger の入力そのもの、records.json はその台帳から初期セットアップで送るべき記録のすべて\
    （基準日までに資格を失った人と、被保険者でない人は入らない）。写し方はこの2つを見比べれば分かる。";

/// A few people whose books hold every kind of record that set-up sends.
pub(super) struct Books {
    /// The books.
    pub(super) ledger: Ledger,
    /// What set-up sends of them, in the order of set-up.
    pub(super) records: Vec<(KindId, Vec<Map<String, Value>>)>,
    /// 基準日.
    pub(super) baseline: jiff::civil::Date,
}

impl Books {
    /// The books of a seed.
    pub(super) fn of(settings: &KitSettings) -> Result<Self, KitError> {
        let town_settings = TownSettings::new(PEOPLE, settings.seed);
        let baseline = town_settings.as_of;
        let town = Town::new(town_settings)?;
        let ledger = |people| Ledger {
            insurer: town.insurer().clone(),
            people,
            not_insured: Vec::new(),
        };
        let mut seen = BTreeSet::new();
        let mut people: Vec<Person> = Vec::new();
        for person in town.people() {
            let kinds = kinds_of(&ledger(vec![person.clone()]), baseline);
            let is_gone = person.lost.is_some() && !people.iter().any(|one| one.lost.is_some());
            if is_gone || !kinds.is_subset(&seen) {
                seen.extend(kinds);
                people.push(person);
            }
        }
        let mut ledger = ledger(people);
        ledger.not_insured = town.not_insured().take(1).collect();
        let mut records = records(&ledger, baseline, &settings.profile);
        records.extend(board_material(&ledger, &settings.profile));
        records.sort_by_key(|(kind, _)| *kind);
        Ok(Self {
            ledger,
            records,
            baseline,
        })
    }

    /// A record of a kind that an accepted sample can be made of.
    pub(super) fn record(&self, kind: KindId) -> Option<&Map<String, Value>> {
        let (_, records) = self.records.iter().find(|(one, _)| *one == kind)?;
        // The fullest one: what is not there cannot be made wrong.
        records.iter().max_by_key(|record| record.len())
    }

    /// How many people set-up sends.
    pub(super) fn people_sent(&self, profile: &Profile) -> usize {
        let person = profile.kind("person");
        let of_person = |(kind, _): &&(KindId, Vec<_>)| Some(*kind) == person;
        self.records
            .iter()
            .find(of_person)
            .map_or(0, |(_, records)| records.len())
    }
}

/// A material for the members of a board, which no books hold before it is handed over.
fn board_material(ledger: &Ledger, profile: &Profile) -> Option<(KindId, Vec<Map<String, Value>>)> {
    let kind = profile.kind("boardMaterial")?;
    let mut people = ledger.people.iter().filter(|person| person.lost.is_none());
    let (person, application) =
        people.find_map(|person| Some((person, person.applications.last()?)))?;
    let record = json!({
        "insurerNumber": ledger.insurer.number,
        "insuredNumber": person.insured_number,
        "applicationNumber": application.application_number,
        "isDeleted": false,
        "meetingNumber": "S2026-11-1",
        "meetingDate": "2026-11-10",
        "memberNumbers": "I01;I02",
        "material": "一次判定の結果と特記事項の写し",
    });
    profile.layout(kind).read_json(&record.to_string()).ok()?;
    Some((kind, vec![record.as_object()?.clone()]))
}

/// Adds the folder `samples/books`.
pub(super) fn add(kit: &mut Kit, settings: &KitSettings) -> Result<(), KitError> {
    let books = Books::of(settings)?;
    let records: Vec<Value> = books
        .records
        .iter()
        .filter(|(kind, _)| Some(*kind) != settings.profile.kind("boardMaterial"))
        .map(|(kind, records)| {
            let layout = settings.profile.layout(*kind);
            json!({ "kind": layout.id(), "ja": layout.ja(), "records": records })
        })
        .collect();
    kit.json(
        "samples/books/ledger.json",
        &serde_json::to_value(&books.ledger)?,
    )?;
    let records = json!({
        "note": NOTE,
        "baselineDate": books.baseline.to_string(),
        "kinds": records,
    });
    kit.json("samples/books/records.json", &records)
}

fn kinds_of(ledger: &Ledger, baseline: jiff::civil::Date) -> BTreeSet<String> {
    let expected = Auditor::new(ledger, baseline).expected_of_set_up(&str::to_owned);
    expected.into_keys().map(|key| key.kind).collect()
}

fn records(
    ledger: &Ledger,
    baseline: jiff::civil::Date,
    profile: &Profile,
) -> Vec<(KindId, Vec<Map<String, Value>>)> {
    let expected = Auditor::new(ledger, baseline).expected_of_set_up(&str::to_owned);
    let kinds = profile.kinds().iter().map(|layout| {
        let records = expected.iter().filter(|(key, _)| key.kind == layout.id());
        let records = records.filter_map(|(_, row)| match row {
            ExpectedRow::Present(record) => Some(record.clone()),
            ExpectedRow::Deleted => None,
        });
        (layout.kind(), records.collect::<Vec<_>>())
    });
    kinds.filter(|(_, records)| !records.is_empty()).collect()
}
