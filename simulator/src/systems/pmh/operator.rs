//! What the staff do in PMH's pages (briefing: 事前準備).

use crate::kernel::{Mask, Streams};
use crate::operator::{OperatorAction, OperatorAnswer, OperatorInput};
use crate::systems::Outgoing;

use super::account::{Account, LogInStage};
use super::context::Context;
use super::keys::{self, KeyMaking};
use super::log_in::{change_password, log_in};
use super::made_files::{fetch_file, make_inbound_set};
use super::sending::take_set;
use super::state::{AccountKey, Pmh};

/// What PMH's pages work with.
#[derive(Debug)]
pub struct Desk<'a> {
    /// Profile and time.
    pub context: Context<'a>,
    /// The run's mask, which turns a new key into its token.
    pub mask: &'a Mask,
    /// The run's randomness, from which a key is drawn.
    pub random: &'a mut Streams,
}

/// Carries out an action of the staff, or says why not; with the answer comes what PMH sends on.
pub fn act(
    pmh: &mut Pmh,
    desk: Desk<'_>,
    account_key: &AccountKey,
    action: &OperatorAction,
) -> (OperatorAnswer, Vec<Outgoing>) {
    let mut outgoing = Vec::new();
    if let Some(why) = pmh.turned_away.get(&account_key.0) {
        return (OperatorAnswer::refused(why.to_string()), outgoing);
    }
    if let OperatorAction::LogIn { password } = action {
        let (insurer, environment) = account_key;
        let id = (insurer.as_str(), environment.as_str());
        return (log_in(pmh, desk.context, id, password), outgoing);
    }
    let Some(account) = pmh.accounts.get_mut(account_key) else {
        return (no_account(account_key), outgoing);
    };
    if let Some(reason) = must_come_first(account, action) {
        return (OperatorAnswer::refused(reason), outgoing);
    }
    let context = desk.context;
    let answer = match action {
        OperatorAction::Upload { files } => {
            take_set(pmh, context, account_key, files, &mut outgoing)
        }
        OperatorAction::MakeInboundSet => make_inbound_set(pmh, context, account_key),
        OperatorAction::FetchFile { name } => fetch_file(pmh, context, account_key, name),
        OperatorAction::LogIn { .. }
        | OperatorAction::ChangePassword { .. }
        | OperatorAction::RegisterAddresses { .. }
        | OperatorAction::ClearAddresses
        | OperatorAction::ChooseMode { .. }
        | OperatorAction::ReportEnvironmentReady
        | OperatorAction::ConfirmSchedule { .. }
        | OperatorAction::IssueKey
        | OperatorAction::RevokeKeys
        | OperatorAction::RenewKey => prepare(account, desk, action),
    };
    (answer, outgoing)
}

/// An action on the account alone.
fn prepare(account: &mut Account, desk: Desk<'_>, action: &OperatorAction) -> OperatorAnswer {
    let Context { profile, now } = desk.context;
    let making = KeyMaking {
        profile,
        mask: desk.mask,
        random: desk.random,
        now,
    };
    match action {
        OperatorAction::ChangePassword {
            current,
            password,
            length,
        } => {
            let pages = profile.pages();
            return change_password(account, pages, current, password, *length);
        }
        OperatorAction::RegisterAddresses {
            processing_result,
            board_reading,
        } => return register_addresses(account, processing_result, board_reading),
        OperatorAction::ChooseMode { mode } => return choose_mode(account, mode),
        OperatorAction::IssueKey => return keys::issue(account, making),
        OperatorAction::RenewKey => return keys::renew(account, making),
        OperatorAction::RevokeKeys => keys::revoke(account),
        OperatorAction::ClearAddresses => {
            account.processing_result = None;
            account.board_reading = None;
        }
        OperatorAction::ReportEnvironmentReady => account.is_environment_ready = true,
        OperatorAction::ConfirmSchedule { setup_date } => account.setup_date = Some(*setup_date),
        // Taken care of before.
        OperatorAction::LogIn { .. }
        | OperatorAction::Upload { .. }
        | OperatorAction::MakeInboundSet
        | OperatorAction::FetchFile { .. } => {}
    }
    OperatorAnswer::done()
}

/// Answers somebody under an id that can be no insurer's. A log-in does not tell so.
pub fn refuse_stranger(
    pmh: &mut Pmh,
    context: Context<'_>,
    operator: &OperatorInput,
    reason: String,
) -> OperatorAnswer {
    let OperatorAction::LogIn { password } = &operator.action else {
        return OperatorAnswer::refused(reason);
    };
    let id = (operator.insurer.as_str(), operator.environment.as_str());
    log_in(pmh, context, id, password)
}

fn no_account(account_key: &AccountKey) -> OperatorAnswer {
    OperatorAnswer::refused(format!(
        "保険者番号「{}」のアカウントはPMHにありません",
        account_key.0
    ))
}

fn choose_mode(account: &mut Account, mode: &str) -> OperatorAnswer {
    if !matches!(mode, "api" | "file") {
        return OperatorAnswer::refused(format!(
            "連携方式は api か file です。受け取った値「{mode}」"
        ));
    }
    account.mode = Some(mode.to_owned());
    OperatorAnswer::done()
}

fn register_addresses(
    account: &mut Account,
    processing_result: &str,
    board_reading: &str,
) -> OperatorAnswer {
    let strange = [processing_result, board_reading]
        .into_iter()
        .find(|address| !looks_like_an_address(address));
    if let Some(address) = strange {
        return OperatorAnswer::refused(format!(
            "「{address}」はメールアドレスの形（名前@ドメイン）ではありません"
        ));
    }
    account.processing_result = Some(processing_result.to_owned());
    account.board_reading = Some(board_reading.to_owned());
    OperatorAnswer::done()
}

/// What has to be done before an action, in the fixed order log-in, password.
fn must_come_first(account: &Account, action: &OperatorAction) -> Option<&'static str> {
    match (account.log_in, action) {
        // Mode, environment and schedule are settled outside PMH's pages.
        (
            _,
            OperatorAction::LogIn { .. }
            | OperatorAction::ChooseMode { .. }
            | OperatorAction::ReportEnvironmentReady
            | OperatorAction::ConfirmSchedule { .. },
        )
        | (LogInStage::Ready, _)
        | (LogInStage::MustChangePassword, OperatorAction::ChangePassword { .. }) => None,
        (LogInStage::Never, _) => Some("ログインしていません。初回ログインから始めてください"),
        (LogInStage::MustChangePassword, _) => {
            Some("初期パスワードが変更されていません。先にパスワードを変更してください")
        }
    }
}

fn looks_like_an_address(address: &str) -> bool {
    address.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty()
            && domain.contains('.')
            && address.bytes().all(|byte| byte.is_ascii_graphic())
    })
}
