//! Logging in to PMH's pages, and passwords.

use crate::kernel::Moment;
use crate::operator::OperatorAnswer;
use crate::profile::PageSettings;

use super::account::{Account, LogInStage};

/// What every failed log-in is answered, whichever of id and password was wrong.
pub(crate) const WRONG: &str = "ログインIDまたはパスワードが違います";

/// Logs in, or counts the failure; too many in a row lock the account for a while.
pub(super) fn log_in(
    account: &mut Account,
    pages: &PageSettings,
    now: Moment,
    password: &str,
) -> OperatorAnswer {
    if let Some(until) = account.locked_until(now) {
        return locked(until);
    }
    account.locked_until = None;
    if password != account.password {
        account.log_in_failures += 1;
        if account.log_in_failures < pages.log_in_failures_max.value {
            return OperatorAnswer::refused(WRONG);
        }
        account.log_in_failures = 0;
        let until = now.plus_seconds(i64::from(pages.lock_minutes.value) * 60);
        account.locked_until = Some(until);
        return locked(until);
    }
    account.log_in_failures = 0;
    if account.log_in == LogInStage::Never {
        account.log_in = LogInStage::MustChangePassword;
    }
    OperatorAnswer::done()
}

fn locked(until: Moment) -> OperatorAnswer {
    OperatorAnswer::refused(format!(
        "ログインの失敗が続いたため、{} まではログインできません",
        until.for_people()
    ))
}

/// Sets a new password, if whoever asks knows the one so far and the new one is good.
pub(super) fn change_password(
    account: &mut Account,
    pages: &PageSettings,
    current: &str,
    password: &str,
    length: usize,
) -> OperatorAnswer {
    let shortest = pages.password_length_min.value;
    if current != account.password {
        return OperatorAnswer::refused("今のパスワードが違います");
    }
    if length < shortest {
        return OperatorAnswer::refused(format!(
            "新しいパスワードは{shortest}文字以上にしてください（{length}文字でした）"
        ));
    }
    if password == account.password {
        return OperatorAnswer::refused("新しいパスワードが今のパスワードと同じです");
    }
    password.clone_into(&mut account.password);
    account.log_in = LogInStage::Ready;
    OperatorAnswer::done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    fn account() -> Account {
        Account::new("つきみ市", "first")
    }

    fn reason(answer: OperatorAnswer) -> String {
        assert!(!answer.done);
        answer.reason.expect("a reason")
    }

    #[test]
    fn five_wrong_passwords_lock_an_account_for_half_an_hour() {
        let profile = Profile::bundled();
        let pages = profile.pages();
        let now = Moment::default_start();
        let mut account = account();
        for _ in 0..4 {
            assert_eq!(reason(log_in(&mut account, pages, now, "wrong")), WRONG);
        }
        let locked = "ログインの失敗が続いたため、2026-11-02 09:30 まではログインできません";
        assert_eq!(reason(log_in(&mut account, pages, now, "wrong")), locked);
        let late = now.plus_seconds(1799);
        assert_eq!(reason(log_in(&mut account, pages, late, "first")), locked);
        assert_eq!(account.locked_until(late), Some(now.plus_seconds(1800)));
        let free = now.plus_seconds(1800);
        assert_eq!(account.locked_until(free), None);
        assert_eq!(reason(log_in(&mut account, pages, free, "wrong")), WRONG);
        assert!(log_in(&mut account, pages, free, "first").done);
    }

    #[test]
    fn a_right_password_forgets_the_wrong_ones() {
        let profile = Profile::bundled();
        let pages = profile.pages();
        let now = Moment::default_start();
        let mut account = account();
        for _ in 0..3 {
            for _ in 0..4 {
                assert_eq!(reason(log_in(&mut account, pages, now, "wrong")), WRONG);
            }
            assert!(log_in(&mut account, pages, now, "first").done);
        }
        assert_eq!(account.log_in_stage(), LogInStage::MustChangePassword);
    }

    #[test]
    fn a_new_password_is_long_other_and_asked_for_with_the_old_one() {
        let profile = Profile::bundled();
        let pages = profile.pages();
        let mut account = account();
        let mut change = |current: &str, new: &str, length| {
            change_password(&mut account, pages, current, new, length)
        };
        assert_eq!(
            reason(change("wrong", "own", 12)),
            "今のパスワードが違います"
        );
        assert_eq!(
            reason(change("first", "own", 11)),
            "新しいパスワードは12文字以上にしてください（11文字でした）"
        );
        assert_eq!(
            reason(change("first", "first", 12)),
            "新しいパスワードが今のパスワードと同じです"
        );
        assert!(change("first", "own", 12).done);
        assert!(change("own", "next", 12).done);
    }
}
