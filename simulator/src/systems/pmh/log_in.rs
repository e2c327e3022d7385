//! Logging in to PMH's pages, and passwords.

use crate::domain::InsurerNumber;
use crate::operator::OperatorAnswer;
use crate::profile::PageSettings;
use crate::systems::LogInFault;

use super::account::{Account, LogInStage};
use super::context::Context;
use super::state::Pmh;

/// What every failed log-in is answered, whichever of id and password was wrong.
const WRONG: &str = "ログインIDまたはパスワードが違います";

/// Logs in, or counts the failure; too many in a row lock the id for a while, whether anybody has it or not.
pub(super) fn log_in(
    pmh: &mut Pmh,
    context: Context<'_>,
    (login_id, environment): (&str, &str),
    password: &str,
) -> OperatorAnswer {
    let id = (login_id.to_owned(), environment.to_owned());
    let insurer = login_id.parse::<InsurerNumber>().ok();
    let account =
        insurer.and_then(|insurer| pmh.accounts.get_mut(&(insurer, environment.to_owned())));
    let account = account.filter(|account| account.password == password);
    let pages = context.profile.pages();
    let attempt = pmh
        .log_ins
        .attempt(&id, account.is_some(), pages, context.now);
    if let Err(fault) = attempt {
        return refused(fault);
    }
    if let Some(account) = account
        && account.log_in == LogInStage::Never
    {
        account.log_in = LogInStage::MustChangePassword;
    }
    OperatorAnswer::done()
}

fn refused(fault: LogInFault) -> OperatorAnswer {
    match fault {
        LogInFault::Wrong => OperatorAnswer::refused(WRONG),
        LogInFault::LockedUntil(until) => OperatorAnswer::refused(format!(
            "ログインの失敗が続いたため、{} まではログインできません",
            until.for_people()
        )),
    }
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
    use crate::kernel::Moment;
    use crate::profile::Profile;

    fn reason(answer: OperatorAnswer) -> String {
        assert!(!answer.done);
        answer.reason.expect("a reason")
    }

    #[test]
    fn an_id_that_nobody_has_is_locked_like_one_that_somebody_has() {
        let profile = Profile::bundled();
        let context = Context {
            profile: &profile,
            now: Moment::default_start(),
        };
        let mut pmh = Pmh::default();
        let known = "139998".parse().expect("a number");
        pmh.open_account(known, "verification", "つきみ市", "first", []);
        let locked = "ログインの失敗が続いたため、2026-11-02 09:30 まではログインできません";
        // The last has a wrong check digit, so that no insurer can have it.
        for login_id in ["139998", "149997", "139999"] {
            let mut attempt = |password: &str| {
                let id = (login_id, "verification");
                log_in(&mut pmh, context, id, password)
            };
            for _ in 0..4 {
                assert_eq!(reason(attempt("wrong")), WRONG, "{login_id}");
            }
            assert_eq!(reason(attempt("wrong")), locked, "{login_id}");
            assert_eq!(reason(attempt("first")), locked, "{login_id}");
        }
        let elsewhere = log_in(&mut pmh, context, ("139998", "production"), "first");
        assert_eq!(reason(elsewhere), WRONG, "each environment for itself");
    }

    #[test]
    fn a_new_password_is_long_other_and_asked_for_with_the_old_one() {
        let profile = Profile::bundled();
        let pages = profile.pages();
        let mut account = Account::new("つきみ市", "first");
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
