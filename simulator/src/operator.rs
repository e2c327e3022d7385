//! What the municipal staff do in PMH's pages, and what the pages answer.
//!
//! Secrets stand here as tokens, and the texts of files are masked; the adapters see to both before
//! an action becomes an input.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::kernel::Mask;
use crate::profile::{CsvCodec, FileError, Profile};

/// An action of the municipal staff in PMH's pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorInput {
    /// 保険者番号 of the account.
    pub insurer: String,
    /// Which environment's pages.
    pub environment: String,
    /// What is done.
    #[serde(flatten)]
    pub action: OperatorAction,
}

/// What the staff can do in PMH's pages before and beside linking (briefing: 事前準備), and in
/// mode 2 (方式② ファイル連携) the linking itself (briefing: 介護情報基盤とのデータ連携の方式).
///
/// The journal holds each as an event of the kind `operator`, with the name of the action as
/// `action`: `log_in`, `change_password`, `register_addresses`, `clear_addresses`, `choose_mode`,
/// `report_environment_ready`, `confirm_schedule`, `issue_key`, `revoke_keys`, `renew_key`, `upload`,
/// `make_inbound_set`, `fetch_file`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum OperatorAction {
    /// Logs in; the password as its token.
    LogIn {
        /// Token.
        password: String,
    },
    /// Sets a new password.
    ChangePassword {
        /// Token of the password so far.
        current: String,
        /// Token of the new one.
        password: String,
        /// Characters of the new one: the token does not tell.
        length: usize,
    },
    /// Registers where notices go.
    RegisterAddresses {
        /// For processing results (処理結果).
        processing_result: String,
        /// For the reading of board materials (審査会資料参照状況).
        board_reading: String,
    },
    /// Takes the registered addresses off again.
    ClearAddresses,
    /// Records the chosen connection mode (連携方式), `api` or `file`.
    ChooseMode {
        /// The mode.
        mode: String,
    },
    /// Reports that the mode's environment is ready.
    ReportEnvironmentReady,
    /// Accepts the notified schedule.
    ConfirmSchedule {
        /// The confirmed day of initial set-up.
        setup_date: Date,
    },
    /// Has an authentication key (認証キー) issued.
    IssueKey,
    /// Revokes the keys issued so far.
    RevokeKeys,
    /// Has a new key issued and the others revoked.
    RenewKey,
    /// Sends the files of one set (組), all at once.
    Upload {
        /// The files, in the order the browser sent them.
        files: Vec<UploadedFile>,
    },
    /// Has what waits for the insurer made into a set of files.
    MakeInboundSet,
    /// Fetches a file that PMH made, as often as wanted.
    FetchFile {
        /// Its name.
        name: String,
    },
}

/// A file as it came into PMH's pages, masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadedFile {
    /// The name the browser gave it; at most [`UploadedFile::NAME_CHARACTERS_MAX`] characters.
    pub name: String,
    /// Bytes that came, before the mask.
    pub bytes: u64,
    /// The text, with its byte order mark if it has one; `None` if it could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Why it could not be read as text, in Japanese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<String>,
    /// The line, from 1, within a character of which the file ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_in_line: Option<usize>,
}

impl UploadedFile {
    /// Characters that are kept of a name; the rest is cut off.
    pub const NAME_CHARACTERS_MAX: usize = 255;

    /// A file as it came: decoded by the profile's character set, and masked. What cannot be
    /// decoded says why.
    #[must_use]
    pub fn of_bytes(profile: &Profile, mask: &Mask, name: &str, bytes: &[u8]) -> Self {
        let (text, error) = match CsvCodec::new(profile).decode(bytes) {
            Ok(text) => (Some(masked(mask, text)), None),
            Err(error) => (None, Some(error)),
        };
        let cut_in_line = error.as_ref().and_then(|error| {
            matches!(error, FileError::CutCharacter { .. })
                .then(|| error.line())
                .flatten()
        });
        Self {
            name: kept_name(mask, name),
            bytes: bytes.len() as u64,
            text,
            unreadable: error.map(|error| error.to_string()),
            cut_in_line,
        }
    }

    /// A file of which only the beginning was read, because it is larger than any may be.
    #[must_use]
    pub fn oversized(mask: &Mask, name: &str, bytes: u64) -> Self {
        Self {
            name: kept_name(mask, name),
            bytes,
            text: None,
            unreadable: Some("大きすぎるため、途中までしか受け取っていません".to_owned()),
            cut_in_line: None,
        }
    }
}

fn masked(mask: &Mask, text: Cow<'_, str>) -> String {
    match mask.apply(&text) {
        Cow::Owned(masked) => masked,
        Cow::Borrowed(_) => text.into_owned(),
    }
}

fn kept_name(mask: &Mask, name: &str) -> String {
    let masked = mask.apply(name);
    masked
        .chars()
        .take(UploadedFile::NAME_CHARACTERS_MAX)
        .collect()
}

/// What PMH's pages answer the staff; in the journal the event `operator.result` behind the
/// `operator` it answers. What is empty is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OperatorAnswer {
    /// Whether the action took place.
    pub done: bool,
    /// Why not, in Japanese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// A new authentication key, shown once (masked in the journal).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The set that was taken over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<AcceptedSet>,
    /// Why a set was refused; at most [`SetProblem::LISTED_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<SetProblem>,
    /// Names of the files of a made inbound set, in the order of their sequence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub made: Vec<String>,
    /// A fetched file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched: Option<FetchedFile>,
}

impl OperatorAnswer {
    /// The action took place.
    #[must_use]
    pub fn done() -> Self {
        Self {
            done: true,
            ..Self::default()
        }
    }

    /// The action did not take place, for a reason in Japanese.
    #[must_use]
    pub fn refused(reason: impl Into<String>) -> Self {
        Self {
            reason: Some(reason.into()),
            ..Self::default()
        }
    }
}

/// A set (組) that PMH has taken over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedSet {
    /// Its number, 14 digits.
    pub number: String,
    /// Its 連携区分, as file names write it.
    pub segment: String,
    /// Its files in the order of their sequence, without the control file (組の内訳).
    pub files: Vec<AcceptedFile>,
}

/// A file of a set that PMH has taken over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedFile {
    /// Its name.
    pub name: String,
    /// The kind of its records, as in the profile.
    pub kind: String,
    /// How many records it holds.
    pub records: usize,
    /// The registration task (受付番号) that its records became.
    pub task: String,
}

/// Something for which a whole set is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetProblem {
    /// The name of the file, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line in the file, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The item, as the head of its column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// A set error (`F…`) or a business error (`B…`) of the profile.
    pub code: String,
    /// What is wrong, in Japanese.
    pub message: String,
}

impl SetProblem {
    /// The most problems of a set that are listed.
    pub const LISTED_MAX: usize = 20;
}

/// A file that PMH made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchedFile {
    /// Its name.
    pub name: String,
    /// Its text, with the byte order mark if the profile wants one.
    pub text: String,
}
