//! What is answered at each door.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::denial::{Denial, Shown};

/// The answer to a request of a viewer.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Viewed {
    /// The door.
    pub door: String,
    /// What was asked.
    pub action: String,
    /// Who asked, as far as the door found out: `事業所番号/user`, 医療機関コード, 保険者番号/委員,
    /// 識別子 or 保険者番号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Whether it took place.
    pub done: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
    /// The number of a new log-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<u64>,
    /// Whom a card that was read belongs to, as far as the reader may know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonSeen>,
    /// What was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disclosure: Option<Disclosure>,
    /// What came of it on the platform or on its way to the municipality.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub made: Vec<Made>,
}

/// A refusal: what is true, and what the asker is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The true reason, for the journal alone.
    pub reason: Denial,
    /// More about it, for the journal alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub detail: Vec<String>,
    /// What the asker is told.
    pub shown: Shown,
    /// The same in words.
    pub text: String,
}

/// Somebody insured.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PersonSeen {
    /// 保険者番号.
    pub insurer: String,
    /// 被保険者番号.
    pub insured: String,
}

/// What was shown to a viewer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Disclosure {
    /// The row of the access matrix that allowed it.
    pub role: String,
    /// Whose data.
    #[serde(flatten)]
    pub person: PersonSeen,
    /// The kind, as the profile calls it.
    pub data: String,
    /// With the insurance card: the person's name, kana, address, date of birth and sex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<Value>,
    /// The rows, in the order of their keys.
    pub rows: Vec<Value>,
}

/// A record that came of a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Made {
    /// The kind, as the profile calls it.
    pub kind: String,
    /// The record.
    pub record: Value,
}

/// Whether a fact could be noted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// Whether it was.
    pub done: bool,
    /// Why not, in Japanese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
