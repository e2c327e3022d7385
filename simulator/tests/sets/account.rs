//! The account of an insurer in PMH's pages: logging in, and keys.

use tekigo_simulator::profile::Profile;
use tekigo_simulator::systems::pmh::LogInStage;
use tekigo_simulator::{ClockMove, Effect, Input, OperatorAction, OperatorAnswer, OperatorInput};

use super::office::{ENVIRONMENT, INSURER, Office};

fn log_in_as(
    office: &mut Office,
    insurer: &str,
    environment: &str,
    password: &str,
) -> OperatorAnswer {
    let password = office.mask.password_token(password);
    let mut effects = office.take(Input::Operator(OperatorInput {
        insurer: insurer.to_owned(),
        environment: environment.to_owned(),
        action: OperatorAction::LogIn { password },
    }));
    assert_eq!(effects.len(), 1);
    let Effect::OperatorAnswer(answer) = effects.remove(0).effect else {
        panic!("the pages answer");
    };
    answer
}

#[test]
fn a_failed_log_in_does_not_tell_which_accounts_there_are() {
    let mut office = Office::opened(Profile::bundled());
    let wrong = OperatorAnswer::refused("ログインIDまたはパスワードが違います");
    for (insurer, environment, password) in [
        (INSURER, ENVIRONMENT, "wrong"),
        ("131011", ENVIRONMENT, "first"),
        ("nobody", ENVIRONMENT, "first"),
        (INSURER, "nowhere", "first"),
    ] {
        let answer = log_in_as(&mut office, insurer, environment, password);
        assert_eq!(answer, wrong, "{insurer} {environment}");
    }
    assert!(log_in_as(&mut office, INSURER, ENVIRONMENT, "first").done);
    let account = office.world.pmh().account(&office.account());
    assert_eq!(
        account.expect("an account").log_in_stage(),
        LogInStage::MustChangePassword
    );
}

#[test]
fn a_locked_account_opens_again_when_the_runs_time_has_come() {
    let mut office = Office::opened(Profile::bundled());
    for _ in 0..5 {
        assert!(!log_in_as(&mut office, INSURER, ENVIRONMENT, "wrong").done);
    }
    let locked = log_in_as(&mut office, INSURER, ENVIRONMENT, "first");
    assert_eq!(
        locked.reason.as_deref(),
        Some("ログインの失敗が続いたため、2026-11-02 09:30 まではログインできません")
    );
    // The other environment has an account of its own.
    assert!(log_in_as(&mut office, INSURER, "production", "first").done);
    let to = office.world.now().plus_seconds(1800);
    office.take(Input::Clock(ClockMove { to }));
    assert!(log_in_as(&mut office, INSURER, ENVIRONMENT, "first").done);
}

#[test]
fn a_renewed_key_takes_the_place_of_the_others() {
    let mut office = Office::prepared(Profile::bundled());
    let (answer, _) = office.try_to(OperatorAction::RenewKey);
    assert_eq!(
        answer.reason.as_deref(),
        Some("方式②ファイル連携では認証キーを使いません")
    );
    office.act(OperatorAction::ChooseMode {
        mode: "api".to_owned(),
    });
    let first = office.act(OperatorAction::IssueKey).key.expect("a key");
    let second = office.act(OperatorAction::RenewKey).key.expect("a key");
    assert_ne!(first, second);
    let account = office.world.pmh().account(&office.account());
    let keys = account.expect("an account").keys();
    let is_revoked: Vec<bool> = keys.iter().map(|key| key.is_revoked).collect();
    assert_eq!(is_revoked, [true, false]);
    assert_eq!(keys[1].token, office.mask.key_token(&second));
    assert_eq!(keys[1].issued, office.world.now());
    // A renewal that is refused leaves the old key good.
    office.act(OperatorAction::ClearAddresses);
    let (answer, _) = office.try_to(OperatorAction::RenewKey);
    assert!(!answer.done && answer.key.is_none());
    let account = office.world.pmh().account(&office.account());
    assert!(!account.expect("an account").keys()[1].is_revoked);
}
