use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::civil::Date;

use crate::domain::{InsuredKey, InsurerNumber, NoConnection};
use crate::kernel::Moment;
use crate::profile::{KindId, Record, RecordRefusal, RowRecord, SetNumber};
use crate::systems::LogIns;
use crate::systems::intermediate::{Identifier, PersonToken};

use super::account::Account;
use super::sets::RefusedSets;

/// An account of PMH: one insurer in one environment.
pub type AccountKey = (InsurerNumber, String);

/// What PMH remembers.
#[derive(Debug, Clone, Default)]
pub struct Pmh {
    pub(super) accounts: BTreeMap<AccountKey, Account>,
    pub(super) certificates: BTreeMap<String, AccountKey>,
    /// By log-in id as it was typed, and environment.
    pub(super) log_ins: LogIns<(String, String)>,
    /// Apart from the map, whose nodes would otherwise be moved with all that a task holds.
    pub(super) tasks: BTreeMap<u64, Box<Task>>,
    pub(super) inbound: BTreeMap<u64, InboundItem>,
    pub(super) identifiers: BTreeMap<InsuredKey, Identifier>,
    pub(super) registered: BTreeMap<InsurerNumber, BTreeSet<InsuredKey>>,
    pub(super) wrong_numbers: BTreeSet<PersonToken>,
    pub(super) last_task: u64,
    pub(super) last_inbound: u64,
    /// For the pages alone: nothing else looks at it.
    pub(super) refused_sets: BTreeMap<AccountKey, RefusedSets>,
    /// Who is not to connect, and why.
    pub(super) turned_away: BTreeMap<InsurerNumber, NoConnection>,
    /// The names in their certificates.
    pub(super) turned_away_certificates: BTreeSet<String>,
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
    /// Read when they came in and not judged yet.
    pub(super) waiting: Vec<RowRecord>,
    pub(super) identified: Vec<(usize, Record)>,
    pub(super) to_store: usize,
    pub(super) stored: BTreeSet<usize>,
    pub(super) refused: BTreeMap<usize, RecordRefusal>,
    pub(super) state: TaskState,
    /// The set (組) that the task is a file of, in mode 2.
    pub(super) set: Option<SetNumber>,
}

impl Task {
    /// A task whose records wait.
    pub(super) fn new(account: AccountKey, kind: KindId, waiting: Vec<RowRecord>) -> Self {
        Self {
            account,
            kind,
            received: waiting.len(),
            waiting,
            identified: Vec::new(),
            to_store: 0,
            stored: BTreeSet::new(),
            refused: BTreeMap::new(),
            state: TaskState::Processing,
            set: None,
        }
    }
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
        self.accounts
            .insert(key, Account::new(name, first_password));
    }

    /// Takes a task over and returns its number.
    pub(super) fn open_task(&mut self, task: Task) -> u64 {
        self.last_task += 1;
        self.tasks.insert(self.last_task, Box::new(task));
        self.last_task
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

    /// Everything that decides what PMH does next: all but the notes of refused sets.
    #[must_use]
    pub fn memory(&self) -> impl fmt::Debug + '_ {
        let Self {
            accounts,
            certificates,
            log_ins,
            tasks,
            inbound,
            identifiers,
            registered,
            wrong_numbers,
            last_task,
            last_inbound,
            refused_sets: _,
            turned_away: _,
            turned_away_certificates: _,
        } = self;
        let books = (identifiers, registered, wrong_numbers);
        (
            (accounts, log_ins),
            certificates,
            tasks,
            inbound,
            books,
            last_task,
            last_inbound,
        )
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
