//! Whose record it is, which row of the person, and whether it says that the row is gone.

use super::{Field, FieldIndex, KindLayout, Record};

/// Key items that name the person, not the row.
const OWNER_ITEMS: usize = 2;

/// The items of a layout that every record is asked for, found once by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Roles {
    insurer: Option<FieldIndex>,
    insured: Option<FieldIndex>,
    my_number: Option<FieldIndex>,
    modification: Option<FieldIndex>,
}

impl Roles {
    pub(super) fn of(fields: &[Field]) -> Self {
        let place = |json: &str| {
            (0..=u8::MAX)
                .zip(fields)
                .find(|(_, field)| field.json() == json)
                .map(|(at, _)| FieldIndex(at))
        };
        Self {
            insurer: place("insurerNumber"),
            insured: place("insuredNumber"),
            my_number: place("myNumber"),
            modification: place("modificationSeg"),
        }
    }
}

impl KindLayout {
    /// The 保険者番号 of a record, if its kind has one.
    #[must_use]
    pub fn insurer_number<'r>(&self, record: &'r Record) -> Option<&'r str> {
        record.get(self.roles.insurer?)
    }

    /// The 被保険者番号 of a record, if its kind has one.
    #[must_use]
    pub fn insured_number<'r>(&self, record: &'r Record) -> Option<&'r str> {
        record.get(self.roles.insured?)
    }

    /// The 個人番号 of a record or the token that stands for it, if its kind has one.
    #[must_use]
    pub fn my_number<'r>(&self, record: &'r Record) -> Option<&'r str> {
        record.get(self.roles.my_number?)
    }

    /// The item that tells rows of one person apart (履歴番号, 申請番号); empty for kinds of
    /// which a person has one.
    #[must_use]
    pub fn row_key<'r>(&self, record: &'r Record) -> &'r str {
        self.key_fields()
            .get(OWNER_ITEMS)
            .and_then(|field| record.get(*field))
            .unwrap_or_default()
    }

    /// Whether records of the kind tell of initial set-up (初期セットアップ開始, 完了報告) rather than of
    /// people: nothing of them reaches the platform.
    #[must_use]
    pub fn is_notice(&self) -> bool {
        matches!(self.id(), "setupStart" | "setupCompletion")
    }

    /// The head of an item's column, which is also its Japanese name, by its path in JSON.
    #[must_use]
    pub fn head_of(&self, json: &str) -> Option<&str> {
        Some(self.field_at(self.field(json)?).csv())
    }

    /// Whether rows of one person are told apart by an item.
    #[must_use]
    pub fn has_rows(&self) -> bool {
        self.key_fields().len() > OWNER_ITEMS
    }

    /// Whether the record marks its row as deleted rather than leaving it out [domain 1.5, analog].
    #[must_use]
    pub fn is_deletion(&self, record: &Record) -> bool {
        match self.deletion_flag() {
            Some(flag) => record.get(flag) == Some("1"),
            None => self
                .roles
                .modification
                .is_some_and(|field| record.get(field) == Some("2")),
        }
    }
}
