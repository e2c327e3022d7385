use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::value::RawValue;

use crate::domain::{InsuredKey, InsurerNumber, NoConnection};
use crate::kernel::Moment;
use crate::profile::{ItemError, KindId};
use crate::systems::intermediate::{Identifier, PersonToken};

/// An account of PMH: one insurer in one environment.
pub type AccountKey = (InsurerNumber, String);

/// What PMH remembers.
#[derive(Debug, Clone, Default)]
pub struct Pmh {
    pub(super) accounts: BTreeMap<AccountKey, Account>,
    pub(super) certificates: BTreeMap<String, AccountKey>,
    pub(super) tasks: BTreeMap<u64, Task>,
    pub(super) inbound: BTreeMap<u64, InboundItem>,
    pub(super) identifiers: BTreeMap<InsuredKey, Identifier>,
    pub(super) registered: BTreeMap<InsurerNumber, BTreeSet<InsuredKey>>,
    pub(super) wrong_numbers: BTreeSet<PersonToken>,
    pub(super) last_task: u64,
    pub(super) last_inbound: u64,
    pub(super) turned_away: BTreeMap<InsurerNumber, NoConnection>,
}

/// How far the staff have got with their account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LogIn {
    /// The first password has not been used.
    Never,
    /// Logged in with the first password, which must now be changed.
    MustChangePassword,
    /// A password of their own is set.
    Ready,
}

/// What PMH knows of an insurer in one environment.
#[derive(Debug, Clone)]
pub struct Account {
    pub(super) name: String,
    pub(super) password: String,
    pub(super) log_in: LogIn,
    pub(super) processing_result: Option<String>,
    pub(super) board_reading: Option<String>,
    pub(super) mode: Option<String>,
    pub(super) is_environment_ready: bool,
    pub(super) setup_date: Option<Date>,
    pub(super) keys: Vec<IssuedKey>,
    pub(super) setup: Setup,
    pub(super) outstanding: BTreeSet<(KindId, InsuredKey, String)>,
}

/// An authentication key (認証キー), remembered by its token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedKey {
    /// Its token.
    pub token: String,
    /// Until when it is good.
    pub expires: Moment,
    /// Whether it was revoked.
    pub is_revoked: bool,
}

/// How far an insurer's initial set-up (初期セットアップ) has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setup {
    /// Not started.
    NotStarted,
    /// Started for a reference date (基準日).
    Started {
        /// The reference date.
        baseline: Date,
    },
    /// Complete.
    Completed {
        /// The completion day (完了日).
        on: Date,
    },
}

/// A registration task.
#[derive(Debug, Clone)]
pub struct Task {
    pub(super) account: AccountKey,
    pub(super) kind: KindId,
    pub(super) received: usize,
    pub(super) waiting: Vec<Box<RawValue>>,
    pub(super) identified: Vec<(usize, crate::profile::Record)>,
    pub(super) to_store: usize,
    pub(super) stored: BTreeSet<usize>,
    pub(super) refused: BTreeMap<usize, Refusal>,
    pub(super) state: TaskState,
}

/// Why a record was refused, and what is known of whose it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) insured_number: Option<String>,
    pub(super) history_key: Option<String>,
    pub(super) errors: Vec<ItemError>,
}

/// How far a task has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskState {
    /// Not finished.
    Processing,
    /// Finished; its results can be fetched.
    Completed,
}

/// Something for an insurer to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboundItem {
    /// For whom.
    pub insurer: InsurerNumber,
    /// Its kind.
    pub kind: KindId,
    /// The record as JSON.
    pub record: String,
    /// Whether its arrival has been acknowledged.
    pub is_acknowledged: bool,
}

/// How a task is named outside.
#[must_use]
pub fn task_name(task: u64) -> String {
    format!("T-{task:08}")
}

pub(super) fn task_number(name: &str) -> Option<u64> {
    let digits = name.strip_prefix("T-")?;
    (digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

pub(super) fn inbound_name(inbound: u64) -> String {
    format!("I-{inbound:08}")
}

pub(super) fn inbound_number(name: &str) -> Option<u64> {
    let digits = name.strip_prefix("I-")?;
    (digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

impl Pmh {
    /// Opens an account, with the certificates issued to it in its environment.
    pub fn open_account(
        &mut self,
        insurer: InsurerNumber,
        environment: &str,
        name: &str,
        first_password: &str,
        certificates: impl IntoIterator<Item = String>,
    ) {
        let key = (insurer, environment.to_owned());
        for certificate in certificates {
            self.certificates.insert(certificate, key.clone());
        }
        self.accounts.insert(
            key,
            Account {
                name: name.to_owned(),
                password: first_password.to_owned(),
                log_in: LogIn::Never,
                processing_result: None,
                board_reading: None,
                mode: None,
                is_environment_ready: false,
                setup_date: None,
                keys: Vec::new(),
                setup: Setup::NotStarted,
                outstanding: BTreeSet::new(),
            },
        );
    }

    /// Refuses people registered under this 個人番号 from now on.
    pub fn doubt_number(&mut self, token: &str) {
        self.wrong_numbers.extend(PersonToken::from_token(token));
    }

    /// Revokes every key of the account that holds this one.
    pub fn revoke_keys_with(&mut self, token: &str) {
        for account in self.accounts.values_mut() {
            if account.keys.iter().any(|key| key.token == token) {
                for key in &mut account.keys {
                    key.is_revoked = true;
                }
            }
        }
    }

    /// Ends the keys issued so far to an account at a moment.
    pub fn end_keys(&mut self, account: &AccountKey, expires: Moment) {
        if let Some(account) = self.accounts.get_mut(account) {
            for key in &mut account.keys {
                key.expires = expires;
            }
        }
    }

    /// An insurer's set-up in an environment.
    #[must_use]
    pub fn setup_of(&self, insurer: InsurerNumber, environment: &str) -> Option<Setup> {
        self.accounts
            .get(&(insurer, environment.to_owned()))
            .map(|account| account.setup)
    }

    /// How many registered people an insurer has.
    #[must_use]
    pub fn registered_people(&self, insurer: InsurerNumber) -> usize {
        self.registered.get(&insurer).map_or(0, BTreeSet::len)
    }
}
