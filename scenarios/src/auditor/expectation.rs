//! The expected state, and the judgement of what is there.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::ledger::{HistoryRow, Person, Table};

use super::audit::{Auditor, Mask};
use super::books::Books;
use super::comparison::{Difference, ExpectedKey, ExpectedRow, compare};
use super::records;

impl Auditor {
    /// What the platform must hold once set-up is complete and every difference has been transferred.
    #[must_use]
    pub fn expected(&self, mask: Mask<'_>) -> BTreeMap<ExpectedKey, ExpectedRow> {
        let mut expected = BTreeMap::new();
        for books in self.people.values() {
            self.expect_person(books, mask, &mut expected);
        }
        expected
    }

    /// The same for one person.
    #[must_use]
    pub fn expected_of(
        &self,
        insured_number: &str,
        mask: Mask<'_>,
    ) -> BTreeMap<ExpectedKey, ExpectedRow> {
        let mut expected = BTreeMap::new();
        if let Some(books) = self.people.get(insured_number) {
            self.expect_person(books, mask, &mut expected);
        }
        expected
    }

    /// What set-up alone, run on these books, must bring: people lost after the baseline date are still
    /// there (with their 資格喪失年月日), and rows taken back were never sent.
    #[must_use]
    pub fn expected_of_set_up(&self, mask: Mask<'_>) -> BTreeMap<ExpectedKey, ExpectedRow> {
        let mut expected = self.expected(mask);
        expected.retain(|key, row| *row != ExpectedRow::Deleted || key.kind == records::PERSON);
        for (key, row) in &mut expected {
            if let (ExpectedRow::Deleted, Some(books)) =
                (&row, self.people.get(&key.insured_number))
            {
                *row = ExpectedRow::Present(self.person_record(books, mask));
            }
        }
        expected
    }

    /// All differences from what is there: the expected state, and nobody who must never appear.
    #[must_use]
    pub fn judge(
        &self,
        actual: &BTreeMap<ExpectedKey, Option<Value>>,
        mask: Mask<'_>,
    ) -> Vec<Difference> {
        let never = self.never(mask);
        let mut differences = never.found_in(actual);
        let rest = compare(&self.expected(mask), actual);
        differences.extend(
            rest.into_iter()
                .filter(|one| !never.numbers.contains_key(&one.insured_number)),
        );
        differences
    }

    fn expect_person(
        &self,
        books: &Books,
        mask: Mask<'_>,
        expected: &mut BTreeMap<ExpectedKey, ExpectedRow>,
    ) {
        let Books {
            person,
            taken_back,
            consent_office,
            materials,
        } = books;
        let (insurer, number) = (&self.insurer_number, &person.insured_number);
        let page = match person.lost {
            Some(_) => ExpectedRow::Deleted,
            None => ExpectedRow::Present(self.person_record(books, mask)),
        };
        expected.insert(ExpectedKey::new(records::PERSON, number, ""), page);
        let mut present = |kind: &str, row: String, record| {
            expected.insert(
                ExpectedKey::new(kind, number, row),
                ExpectedRow::Present(record),
            );
        };
        for (kind, history_number, record) in history_records(insurer, person) {
            present(kind, history_number.to_string(), record);
        }
        for application in &person.applications {
            for (kind, record) in records::application(insurer, person, application) {
                present(kind, application.application_number.clone(), record);
            }
        }
        for (application_number, material) in materials {
            let record = records::board_material(insurer, person, application_number, material);
            present(records::BOARD_MATERIAL, application_number.clone(), record);
        }
        let consent = person.consent.and_then(|consent| {
            records::consent(insurer, person, consent, consent_office.as_deref())
        });
        if let Some(record) = consent {
            present(records::CONSENT, String::new(), record);
        }
        expected.extend(taken_back.iter().map(|(table, history_number)| {
            (
                ExpectedKey::new(kind_of(*table), number, history_number.to_string()),
                ExpectedRow::Deleted,
            )
        }));
    }

    fn person_record(&self, books: &Books, mask: Mask<'_>) -> Map<String, Value> {
        records::person(
            &self.insurer_number,
            &books.person,
            mask(&books.person.my_number),
        )
    }
}

/// The records of the five tables, with their 履歴番号.
fn history_records(insurer: &str, person: &Person) -> Vec<(&'static str, u32, Map<String, Value>)> {
    fn of<Row: HistoryRow + 'static>(
        insurer: &str,
        person: &Person,
        record: fn(&str, &Person, &Row) -> Map<String, Value>,
    ) -> impl Iterator<Item = (&'static str, u32, Map<String, Value>)> {
        let kind = kind_of(Row::TABLE);
        Row::rows_of(person)
            .iter()
            .map(move |row| (kind, row.history_number(), record(insurer, person, row)))
    }
    of(insurer, person, records::card)
        .chain(of(insurer, person, records::burden_ratio))
        .chain(of(insurer, person, records::reduction))
        .chain(of(insurer, person, records::home_modification))
        .chain(of(insurer, person, records::equipment_purchase))
        .collect()
}

const fn kind_of(table: Table) -> &'static str {
    match table {
        Table::Cards => records::INSURANCE_CARD,
        Table::BurdenRatios => records::BURDEN_RATIO_CARD,
        Table::Reductions => records::REDUCTION_CARD,
        Table::HomeModifications => records::HOME_MODIFICATION_USE,
        Table::EquipmentPurchases => records::EQUIPMENT_PURCHASE_USE,
    }
}
