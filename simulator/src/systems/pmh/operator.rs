//! What the staff do in PMH's pages [briefing: 事前準備].

use crate::effect::OperatorAnswer;
use crate::input::OperatorAction;
use crate::kernel::{Mask, Moment, Streams};
use crate::profile::Profile;

use super::state::{Account, AccountKey, IssuedKey, LogIn, Pmh};

/// Carries out an action of the staff, or says why not.
pub fn act(
    pmh: &mut Pmh,
    profile: &Profile,
    mask: &Mask,
    random: &mut Streams,
    now: Moment,
    account: &AccountKey,
    action: &OperatorAction,
) -> OperatorAnswer {
    if let Some(why) = pmh.turned_away.get(&account.0) {
        return refused(why.to_string());
    }
    let Some(account) = pmh.accounts.get_mut(account) else {
        return refused(format!(
            "保険者番号「{}」のアカウントはPMHにありません",
            account.0
        ));
    };
    if let Some(reason) = must_come_first(account, action) {
        return refused(reason.to_owned());
    }
    match action {
        OperatorAction::LogIn { password } => log_in(account, password),
        OperatorAction::ChangePassword { password } => change_password(account, password),
        OperatorAction::RegisterAddresses {
            processing_result,
            board_reading,
        } => register_addresses(account, processing_result, board_reading),
        OperatorAction::ClearAddresses => {
            account.processing_result = None;
            account.board_reading = None;
            done(None)
        }
        OperatorAction::ChooseMode { mode } => {
            if !matches!(mode.as_str(), "api" | "file") {
                return refused(format!(
                    "連携方式は api か file です。受け取った値「{mode}」"
                ));
            }
            account.mode = Some(mode.clone());
            done(None)
        }
        OperatorAction::ReportEnvironmentReady => {
            account.is_environment_ready = true;
            done(None)
        }
        OperatorAction::ConfirmSchedule { setup_date } => {
            account.setup_date = Some(*setup_date);
            done(None)
        }
        OperatorAction::IssueKey => issue_key(account, profile, mask, random, now),
        OperatorAction::RevokeKeys => {
            for key in &mut account.keys {
                key.is_revoked = true;
            }
            done(None)
        }
    }
}

fn log_in(account: &mut Account, password: &str) -> OperatorAnswer {
    if password != account.password {
        return refused("パスワードが違います".to_owned());
    }
    if account.log_in == LogIn::Never {
        account.log_in = LogIn::MustChangePassword;
    }
    done(None)
}

fn change_password(account: &mut Account, password: &str) -> OperatorAnswer {
    if password == account.password {
        return refused("新しいパスワードが今のパスワードと同じです".to_owned());
    }
    password.clone_into(&mut account.password);
    account.log_in = LogIn::Ready;
    done(None)
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
        return refused(format!(
            "「{address}」はメールアドレスの形（名前@ドメイン）ではありません"
        ));
    }
    account.processing_result = Some(processing_result.to_owned());
    account.board_reading = Some(board_reading.to_owned());
    done(None)
}

/// What has to be done before an action, in the fixed order log-in, password.
fn must_come_first(account: &Account, action: &OperatorAction) -> Option<&'static str> {
    match (&account.log_in, action) {
        // Mode, environment and schedule are settled outside PMH's pages.
        (
            _,
            OperatorAction::LogIn { .. }
            | OperatorAction::ChooseMode { .. }
            | OperatorAction::ReportEnvironmentReady
            | OperatorAction::ConfirmSchedule { .. },
        )
        | (LogIn::Ready, _)
        | (LogIn::MustChangePassword, OperatorAction::ChangePassword { .. }) => None,
        (LogIn::Never, _) => Some("ログインしていません。初回ログインから始めてください"),
        (LogIn::MustChangePassword, _) => {
            Some("初期パスワードが変更されていません。先にパスワードを変更してください")
        }
    }
}

fn issue_key(
    account: &mut Account,
    profile: &Profile,
    mask: &Mask,
    random: &mut Streams,
    now: Moment,
) -> OperatorAnswer {
    if account.mode.as_deref() == Some("file") {
        return refused("方式②ファイル連携では認証キーを使いません".to_owned());
    }
    if account.processing_result.is_none() {
        return refused(
            "通知先メールアドレスが登録されていません。先に登録してください".to_owned(),
        );
    }
    let credentials = profile.credentials();
    let key = format!(
        "{}{}",
        credentials.key_prefix.value,
        random.characters(
            "authentication key",
            credentials.key_random_characters.value
        )
    );
    account.keys.push(IssuedKey {
        token: mask.key_token(&key),
        expires: now.plus_seconds(i64::from(credentials.key_lifetime_days.value) * 86_400),
        is_revoked: false,
    });
    done(Some(key))
}

fn looks_like_an_address(address: &str) -> bool {
    address.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty()
            && domain.contains('.')
            && address.bytes().all(|byte| byte.is_ascii_graphic())
    })
}

fn done(key: Option<String>) -> OperatorAnswer {
    OperatorAnswer {
        done: true,
        reason: None,
        key,
    }
}

fn refused(reason: String) -> OperatorAnswer {
    OperatorAnswer {
        done: false,
        reason: Some(reason),
        key: None,
    }
}
