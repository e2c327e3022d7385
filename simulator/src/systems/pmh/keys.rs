//! Authentication keys (認証キー) of mode 1.

use crate::kernel::{Mask, Moment, Streams};
use crate::operator::OperatorAnswer;
use crate::profile::Profile;

use super::account::{Account, IssuedKey};

/// What a key is made from.
pub(super) struct KeyMaking<'a> {
    pub(super) profile: &'a Profile,
    pub(super) mask: &'a Mask,
    pub(super) random: &'a mut Streams,
    pub(super) now: Moment,
}

/// Issues a key; the others stay good.
pub(super) fn issue(account: &mut Account, making: KeyMaking<'_>) -> OperatorAnswer {
    if let Some(reason) = must_come_first(account) {
        return OperatorAnswer::refused(reason);
    }
    let key = make(account, making);
    OperatorAnswer {
        key: Some(key),
        ..OperatorAnswer::done()
    }
}

/// Issues a key and revokes the others.
pub(super) fn renew(account: &mut Account, making: KeyMaking<'_>) -> OperatorAnswer {
    if let Some(reason) = must_come_first(account) {
        return OperatorAnswer::refused(reason);
    }
    revoke(account);
    issue(account, making)
}

/// Revokes every key.
pub(super) fn revoke(account: &mut Account) {
    for key in &mut account.keys {
        key.is_revoked = true;
    }
}

fn must_come_first(account: &Account) -> Option<&'static str> {
    if account.mode.as_deref() == Some("file") {
        return Some("方式②ファイル連携では認証キーを使いません");
    }
    account
        .processing_result
        .is_none()
        .then_some("通知先メールアドレスが登録されていません。先に登録してください")
}

fn make(account: &mut Account, making: KeyMaking<'_>) -> String {
    let credentials = making.profile.credentials();
    let length = credentials.key_random_characters.value;
    let key = format!(
        "{}{}",
        credentials.key_prefix.value,
        making.random.characters("authentication key", length)
    );
    let lifetime = i64::from(credentials.key_lifetime_days.value) * 86_400;
    account.keys.push(IssuedKey {
        token: making.mask.key_token(&key),
        issued: making.now,
        expires: making.now.plus_seconds(lifetime),
        is_revoked: false,
    });
    key
}
