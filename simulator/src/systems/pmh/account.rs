//! An insurer's account in one environment of PMH, and what its pages may show of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::domain::InsuredKey;
use crate::kernel::Moment;
use crate::profile::{KindId, SetNumber};

use super::sets::{FileSet, InboundSet, MadeFile};
use super::state::Setup;

/// How far the staff have got with their account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogInStage {
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
    pub(super) log_in: LogInStage,
    pub(super) processing_result: Option<String>,
    pub(super) board_reading: Option<String>,
    pub(super) mode: Option<String>,
    pub(super) is_environment_ready: bool,
    pub(super) setup_date: Option<Date>,
    pub(super) keys: Vec<IssuedKey>,
    pub(super) setup: Setup,
    pub(super) outstanding: BTreeSet<(KindId, InsuredKey, String)>,
    /// Accepted sets (組) by number.
    pub(super) sets: BTreeMap<SetNumber, FileSet>,
    /// Sets of what waited, by PMH's number.
    pub(super) inbound_sets: BTreeMap<SetNumber, InboundSet>,
    /// The files that PMH made, by name.
    pub(super) made: BTreeMap<String, MadeFile>,
    /// The last number PMH gave a set of its own.
    pub(super) last_made: Option<SetNumber>,
}

/// An authentication key (認証キー), remembered by its token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedKey {
    /// Its token.
    pub token: String,
    /// When it was issued.
    pub issued: Moment,
    /// Until when it is good.
    pub expires: Moment,
    /// Whether it was revoked.
    pub is_revoked: bool,
}

impl Account {
    pub(super) fn new(name: &str, first_password: &str) -> Self {
        Self {
            name: name.to_owned(),
            password: first_password.to_owned(),
            log_in: LogInStage::Never,
            processing_result: None,
            board_reading: None,
            mode: None,
            is_environment_ready: false,
            setup_date: None,
            keys: Vec::new(),
            setup: Setup::NotStarted,
            outstanding: BTreeSet::new(),
            sets: BTreeMap::new(),
            inbound_sets: BTreeMap::new(),
            made: BTreeMap::new(),
            last_made: None,
        }
    }

    /// The insurer's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How far the staff have got.
    #[must_use]
    pub fn log_in_stage(&self) -> LogInStage {
        self.log_in
    }

    /// Where notices of processing results (処理結果) go.
    #[must_use]
    pub fn processing_result_address(&self) -> Option<&str> {
        self.processing_result.as_deref()
    }

    /// Where notices of the reading of board materials (審査会資料参照状況) go.
    #[must_use]
    pub fn board_reading_address(&self) -> Option<&str> {
        self.board_reading.as_deref()
    }

    /// The chosen connection mode (連携方式), `api` or `file`.
    #[must_use]
    pub fn mode(&self) -> Option<&str> {
        self.mode.as_deref()
    }

    /// Whether the mode's environment has been reported ready.
    #[must_use]
    pub fn is_environment_ready(&self) -> bool {
        self.is_environment_ready
    }

    /// The confirmed day of initial set-up.
    #[must_use]
    pub fn setup_date(&self) -> Option<Date> {
        self.setup_date
    }

    /// How far initial set-up has got.
    #[must_use]
    pub fn setup(&self) -> Setup {
        self.setup
    }

    /// The keys issued so far, oldest first, by their tokens.
    #[must_use]
    pub fn keys(&self) -> &[IssuedKey] {
        &self.keys
    }

    /// The number of PMH's next set: the run's time, raised until it is larger than the last one,
    /// so that no two files that PMH makes have one name.
    pub(super) fn next_made(&self, now: Moment) -> SetNumber {
        let number = SetNumber::of_moment(now);
        self.last_made
            .map_or(number, |last| number.max(last.next()))
    }
}
