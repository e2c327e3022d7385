//! What an item may hold.

use std::sync::Arc;

use super::codes::CodeList;

/// What an item holds. Lengths are in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldType {
    /// 保険者番号: six digits with check digit.
    InsurerNumber,
    /// 被保険者番号: ten digits.
    InsuredNumber,
    /// 個人番号: twelve digits with check digit, or the mask token that stands for them.
    MyNumber,
    /// 履歴番号: one to ten digits, at least 1.
    HistoryNumber,
    /// Text without control characters and without characters of private use (外字).
    Text {
        /// Most characters.
        max: usize,
    },
    /// Full-width katakana with ー, ・ and full-width space.
    Kana {
        /// Most characters.
        max: usize,
    },
    /// A real date, `YYYY-MM-DD`.
    Date,
    /// JSON `true`/`false`, `1`/`0` in files.
    Boolean,
    /// A code of a list.
    Code {
        /// The list.
        list: Arc<CodeList>,
    },
    /// A whole number from 0; a JSON number, digits in files.
    Integer {
        /// Largest value.
        max: u64,
    },
    /// Exactly so many digits.
    Digits {
        /// How many.
        length: usize,
    },
    /// ASCII letters, digits, `-` and `_`.
    Alphanumeric {
        /// Most characters.
        max: usize,
    },
    /// 事業所番号: ten digits with check digit.
    OfficeNumber,
}

/// The JSON type an item travels as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JsonType {
    String,
    Boolean,
    Integer,
}

impl JsonType {
    pub(super) fn ja(self) -> &'static str {
        match self {
            Self::String => "文字列",
            Self::Boolean => "真偽値（true か false）",
            Self::Integer => "整数",
        }
    }
}

impl FieldType {
    /// The word the profile uses for the type.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::InsurerNumber => "insurer_number",
            Self::InsuredNumber => "insured_number",
            Self::MyNumber => "my_number",
            Self::HistoryNumber => "history_number",
            Self::Text { .. } => "text",
            Self::Kana { .. } => "kana",
            Self::Date => "date",
            Self::Boolean => "boolean",
            Self::Code { .. } => "code",
            Self::Integer { .. } => "integer",
            Self::Digits { .. } => "digits",
            Self::Alphanumeric { .. } => "alphanumeric",
            Self::OfficeNumber => "office_number",
        }
    }

    pub(super) fn json_type(&self) -> JsonType {
        match self {
            Self::Boolean => JsonType::Boolean,
            Self::Integer { .. } => JsonType::Integer,
            Self::InsurerNumber
            | Self::InsuredNumber
            | Self::MyNumber
            | Self::HistoryNumber
            | Self::Text { .. }
            | Self::Kana { .. }
            | Self::Date
            | Self::Code { .. }
            | Self::Digits { .. }
            | Self::Alphanumeric { .. }
            | Self::OfficeNumber => JsonType::String,
        }
    }

    /// The most bytes an accepted value can have, mask tokens included.
    pub(super) fn bytes_max(&self) -> usize {
        match self {
            Self::InsurerNumber => 6,
            Self::InsuredNumber | Self::HistoryNumber | Self::Date | Self::OfficeNumber => 10,
            Self::MyNumber => 40,
            Self::Boolean => 1,
            Self::Code { list } => list
                .values()
                .iter()
                .map(|value| value.code.len())
                .max()
                .unwrap_or(0),
            Self::Integer { .. } => 20,
            Self::Text { max } | Self::Kana { max } | Self::Alphanumeric { max } => {
                max.saturating_mul(4)
            }
            Self::Digits { length } => length.saturating_mul(4),
        }
    }
}
