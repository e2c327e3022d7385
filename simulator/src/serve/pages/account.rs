//! What the pages show of an account, copied out of the world.

use jiff::civil::Date;

use crate::kernel::Moment;
use crate::systems::pmh::{AccountKey, IssuedKey, LogInStage, Setup};
use crate::world::World;

/// 連携方式.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// 方式① API連携・バッチ処理.
    Api,
    /// 方式② ファイル連携.
    File,
}

impl Mode {
    pub(super) fn ja(self) -> &'static str {
        match self {
            Self::Api => "方式①（API連携・バッチ処理）",
            Self::File => "方式②（ファイル連携）",
        }
    }
}

/// An account as it stands now.
#[derive(Debug, Clone)]
pub(super) struct AccountView {
    pub(super) now: Moment,
    pub(super) name: String,
    pub(super) stage: LogInStage,
    pub(super) mode: Option<Mode>,
    pub(super) processing_result: String,
    pub(super) board_reading: String,
    pub(super) is_environment_ready: bool,
    pub(super) setup_date: Option<Date>,
    pub(super) setup: Setup,
    pub(super) keys: Vec<IssuedKey>,
}

impl AccountView {
    /// The account, if PMH has it.
    pub(super) fn of(world: &World, key: &AccountKey) -> Option<Self> {
        let account = world.pmh().account(key)?;
        let text = |address: Option<&str>| address.unwrap_or_default().to_owned();
        Some(Self {
            now: world.now(),
            name: account.name().to_owned(),
            stage: account.log_in_stage(),
            mode: match account.mode() {
                Some("api") => Some(Mode::Api),
                Some("file") => Some(Mode::File),
                Some(_) | None => None,
            },
            processing_result: text(account.processing_result_address()),
            board_reading: text(account.board_reading_address()),
            is_environment_ready: account.is_environment_ready(),
            setup_date: account.setup_date(),
            setup: account.setup(),
            keys: account.keys().to_vec(),
        })
    }

    /// Whether notices have somewhere to go.
    pub(super) fn has_addresses(&self) -> bool {
        !self.processing_result.is_empty() && !self.board_reading.is_empty()
    }

    /// How many keys are good now.
    pub(super) fn good_keys(&self) -> usize {
        self.keys.iter().filter(|key| self.is_good(key)).count()
    }

    /// Whether a key is good now.
    pub(super) fn is_good(&self, key: &IssuedKey) -> bool {
        !key.is_revoked && self.now < key.expires
    }
}
