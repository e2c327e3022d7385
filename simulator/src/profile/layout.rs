//! The layout of one kind of record, compiled for speed.

use super::assembly::Assembly;
use super::field_type::FieldType;
use super::item_error::ItemError;
use super::members::Members;
use super::record::{Record, RecordKey};
use super::rows::Roles;
use super::settings::{Standing, UnknownItems};

/// A kind of record (データ種別) of one profile, by its place in setup order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(pub(super) u8);

impl KindId {
    /// The place among the kinds of the profile, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// An item of a layout, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldIndex(pub(super) u8);

impl FieldIndex {
    /// The place among the fields of the layout, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// Which way records of a kind travel, seen from the municipal system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Municipality to PMH.
    Out,
    /// PMH to municipality.
    In,
    /// Both.
    Both,
}

impl Direction {
    /// Whether the municipality sends such records.
    #[must_use]
    pub fn is_sent(self) -> bool {
        matches!(self, Self::Out | Self::Both)
    }

    /// Whether the municipality receives such records.
    #[must_use]
    pub fn is_received(self) -> bool {
        matches!(self, Self::In | Self::Both)
    }
}

/// When an item has to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requirement {
    /// In every record.
    Always,
    /// When another item has a value.
    When {
        /// The other item.
        field: FieldIndex,
        /// Its canonical text.
        value: Box<str>,
    },
    /// Never.
    Optional,
}

/// One item (項目) of a layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub(super) json: Box<str>,
    pub(super) csv: Box<str>,
    pub(super) field_type: FieldType,
    pub(super) requirement: Requirement,
    pub(super) standing: Standing,
    pub(super) source: String,
}

impl Field {
    /// Path in JSON, e.g. `basicFiveInfo.sex`.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }

    /// The object the item is in, if it is not at the top, and its own name.
    #[must_use]
    pub fn json_parts(&self) -> (Option<&str>, &str) {
        match self.json.split_once('.') {
            Some((group, name)) => (Some(group), name),
            None => (None, &self.json),
        }
    }

    /// Column head in files, which is also the Japanese name of the item.
    #[must_use]
    pub fn csv(&self) -> &str {
        &self.csv
    }

    /// What the item holds.
    #[must_use]
    pub fn field_type(&self) -> &FieldType {
        &self.field_type
    }

    /// When the item has to be there.
    #[must_use]
    pub fn requirement(&self) -> &Requirement {
        &self.requirement
    }

    /// How sure the item is.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// Where the item is from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
}

/// The layout of one kind of record.
#[derive(Debug, Clone)]
pub struct KindLayout {
    pub(super) kind: KindId,
    pub(super) id: Box<str>,
    pub(super) ja: Box<str>,
    pub(super) order: u8,
    pub(super) direction: Direction,
    pub(super) path: Option<Box<str>>,
    pub(super) is_file_only: bool,
    pub(super) file_code: Box<str>,
    pub(super) standing: Standing,
    pub(super) source: String,
    pub(super) fields: Box<[Field]>,
    pub(super) key: Box<[FieldIndex]>,
    pub(super) deletion_flag: Option<FieldIndex>,
    /// Pairs of dates of which the first is not after the second.
    pub(super) date_order: Box<[(FieldIndex, FieldIndex)]>,
    pub(super) members: Members,
    pub(super) unknown_items: UnknownItems,
    pub(super) roles: Roles,
}

impl KindLayout {
    /// The kind.
    #[must_use]
    pub fn kind(&self) -> KindId {
        self.kind
    }

    /// Name of the kind, e.g. `person`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Japanese name of the kind.
    #[must_use]
    pub fn ja(&self) -> &str {
        &self.ja
    }

    /// Place in the order of set-up.
    #[must_use]
    pub fn order(&self) -> u8 {
        self.order
    }

    /// Which way such records travel.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// Path of its registration tasks in mode 1, if such records are sent there.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// Whether such records travel in files of mode 2 alone: the interface of mode 1 lacks the kind.
    #[must_use]
    pub fn is_file_only(&self) -> bool {
        self.is_file_only
    }

    /// Its part of file names in mode 2.
    #[must_use]
    pub fn file_code(&self) -> &str {
        &self.file_code
    }

    /// How sure the kind is.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// Where the kind is from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The items, in order.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The items with their places.
    pub fn indexed_fields(&self) -> impl Iterator<Item = (FieldIndex, &Field)> {
        (0..=u8::MAX).map(FieldIndex).zip(&self.fields)
    }

    /// The place of an item by its path in JSON.
    #[must_use]
    pub fn field(&self, json: &str) -> Option<FieldIndex> {
        self.indexed_fields()
            .find(|(_, field)| field.json() == json)
            .map(|(index, _)| index)
    }

    /// The item at a place of this layout; a place of another layout gives its first item.
    #[must_use]
    pub fn field_at(&self, index: FieldIndex) -> &Field {
        self.fields.get(index.index()).unwrap_or(&self.fields[0])
    }

    /// The items that tell one record from another.
    #[must_use]
    pub fn key_fields(&self) -> &[FieldIndex] {
        &self.key
    }

    /// The key of a record of this kind.
    #[must_use]
    pub fn key_of(&self, record: &Record) -> RecordKey {
        RecordKey::new(
            self.key
                .iter()
                .map(|field| record.get(*field).unwrap_or_default()),
        )
    }

    /// The item that marks a row as deleted (削除フラグ), if the kind has one.
    #[must_use]
    pub fn deletion_flag(&self) -> Option<FieldIndex> {
        self.deletion_flag
    }

    /// Pairs of dates of which the first may not be after the second.
    #[must_use]
    pub fn date_order(&self) -> &[(FieldIndex, FieldIndex)] {
        &self.date_order
    }

    /// Makes a record of canonical texts, by path in JSON; an empty text means absent.
    ///
    /// # Errors
    /// Everything that is wrong with the items, as for a record that was sent.
    pub fn record<'t>(
        &self,
        items: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Record, Vec<ItemError>> {
        let mut assembly = Assembly::new(self, 0);
        for (json, text) in items {
            match self.field(json) {
                Some(field) => assembly.put_cell(field, text),
                None => assembly.put_unknown(json),
            }
        }
        assembly.finish()
    }

    /// The record with one item changed (`None`: removed).
    ///
    /// # Errors
    /// Everything that is wrong with the changed record.
    pub fn with(
        &self,
        record: &Record,
        field: FieldIndex,
        text: Option<&str>,
    ) -> Result<Record, Vec<ItemError>> {
        let mut assembly = Assembly::new(self, 0);
        for (index, _) in self.indexed_fields() {
            let value = if index == field {
                text
            } else {
                record.get(index)
            };
            if let Some(value) = value {
                assembly.put_cell(index, value);
            }
        }
        assembly.finish()
    }
}
