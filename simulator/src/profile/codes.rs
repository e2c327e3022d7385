//! Code lists (符号) and the codes of answers.

use super::settings::Standing;

/// A code list (符号一覧).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeList {
    pub(super) id: String,
    pub(super) ja: String,
    pub(super) standing: Standing,
    pub(super) source: String,
    /// Sorted by code.
    pub(super) values: Box<[CodeValue]>,
}

/// One code and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeValue {
    /// The code, e.g. `21`.
    pub code: Box<str>,
    /// What it means, e.g. 要介護1.
    pub ja: Box<str>,
}

impl CodeList {
    /// Name of the list, e.g. `care_level`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Japanese name of the list.
    #[must_use]
    pub fn ja(&self) -> &str {
        &self.ja
    }

    /// How sure the list is.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// Where the list is from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Every code, sorted.
    #[must_use]
    pub fn values(&self) -> &[CodeValue] {
        &self.values
    }

    /// What a code means, if it is in the list.
    #[must_use]
    pub fn meaning(&self, code: &str) -> Option<&str> {
        let at = self
            .values
            .binary_search_by(|value| (*value.code).cmp(code))
            .ok()?;
        Some(&self.values[at].ja)
    }

    /// The code with that meaning.
    #[must_use]
    pub fn code_of(&self, ja: &str) -> Option<&str> {
        self.values
            .iter()
            .find(|value| &*value.ja == ja)
            .map(|value| &*value.code)
    }
}

/// Result of one record (処理結果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultCode {
    /// The code, e.g. `E005`.
    pub code: String,
    /// What it says.
    pub ja: String,
}

/// Refusal of a whole request in an HTTP 200 answer (業務エラー).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusinessError {
    /// The code, e.g. `B211`.
    pub code: String,
    /// What it says.
    pub ja: String,
}

/// Refusal of a whole set (組) of files in mode 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetError {
    /// The code, e.g. `F106`.
    pub code: String,
    /// What it says.
    pub ja: String,
}

/// Refusal of a request by HTTP status (システムエラー).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemError {
    /// The code, e.g. `S401`.
    pub code: String,
    /// HTTP status.
    pub status: u16,
    /// What it says.
    pub ja: String,
}
