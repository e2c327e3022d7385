//! The dates of a schedule: what may be proposed, wished for and published.

use jiff::civil::{Date, date};
use tekigo_simulator::{Input, PortalInput};

use super::desk::{
    CITY, Desk, TOGETHER, acceptance, answer, declaration, notice, number, publication, wish,
    wish_because,
};

fn answered() -> Desk {
    let mut desk = Desk::on(date(2026, 3, 2));
    desk.done(declaration("2026-04"));
    desk.done(answer(CITY, "2026-11"));
    desk
}

fn with_completion(setup_date: Date, completion: Date) -> PortalInput {
    PortalInput::Notify {
        insurer: CITY.to_owned(),
        setup_date,
        completion_date: Some(completion),
    }
}

#[test]
fn dates_before_the_law_the_vendor_or_today_are_not_proposed() {
    let mut desk = answered();
    let mut code = |setup| desk.refused(notice(CITY, setup)).code;
    assert_eq!(code(date(2026, 3, 31)), "before_law");
    let mut desk = answered();
    desk.done(declaration("2026-11"));
    assert_eq!(
        desk.refused(notice(CITY, date(2026, 10, 30))).code,
        "before_vendor"
    );
    desk.wait_until(date(2026, 12, 1));
    assert_eq!(
        desk.refused(notice(CITY, date(2026, 11, 30))).code,
        "in_the_past"
    );
    desk.done(notice(CITY, date(2026, 12, 1)));
}

#[test]
fn completion_is_not_expected_before_set_up() {
    let mut desk = answered();
    let wrong = with_completion(date(2026, 11, 2), date(2026, 11, 1));
    assert_eq!(desk.refused(wrong).code, "completion_before_setup");
    let answer = desk.done(with_completion(date(2026, 11, 2), date(2026, 11, 6)));
    let dates = answer.changes[0].dates.expect("proposed");
    assert_eq!(
        dates.start,
        date(2026, 11, 13),
        "a week after completion, not after set-up"
    );
}

#[test]
fn set_up_on_a_day_on_which_offices_are_closed_is_pointed_out() {
    let mut desk = answered();
    let advice = desk.done(notice(CITY, date(2026, 11, 3))).advice;
    assert_eq!(advice.len(), 1);
    assert!(
        advice[0].contains("令和8年11月3日は閉庁日（文化の日）です"),
        "{advice:?}"
    );
    assert!(
        answered()
            .done(notice(CITY, date(2026, 11, 2)))
            .advice
            .is_empty()
    );
}

#[test]
fn other_dates_are_asked_for_in_the_reply_and_come_back_in_a_new_notice() {
    let mut desk = answered();
    desk.done(notice(CITY, date(2026, 11, 2)));
    desk.done(wish(
        CITY,
        Some(date(2026, 11, 16)),
        Some(date(2026, 11, 18)),
    ));
    assert_eq!(desk.stage(CITY), "change_asked");
    assert_eq!(desk.refused(acceptance(CITY)).code, "nothing_to_reply_to");
    let renewed = desk.done(notice(CITY, date(2026, 11, 16)));
    let dates = renewed.changes[0].dates.expect("proposed");
    assert_eq!(dates.start, date(2026, 11, 18));
    assert!(dates.is_start_asked_for);
    desk.done(acceptance(CITY));
    desk.done(publication(CITY));
    assert_eq!(desk.status(CITY).expect("a row").dates, Some(dates));
    let register = desk.world.portal().register(number(CITY)).expect("known");
    assert_eq!((register.notices().len(), register.replies().len()), (2, 2));
}

#[test]
fn a_wish_once_heard_holds_through_later_notices() {
    let mut desk = answered();
    desk.done(notice(CITY, date(2026, 11, 2)));
    desk.done(wish(CITY, None, Some(date(2026, 11, 20))));
    desk.done(notice(CITY, date(2026, 11, 2)));
    desk.done(wish(CITY, Some(date(2026, 11, 16)), None));
    let dates = desk.done(notice(CITY, date(2026, 11, 16))).changes[0].dates;
    assert_eq!(dates.expect("proposed").start, date(2026, 11, 20));
}

#[test]
fn the_platform_learns_the_start_that_was_confirmed() {
    let mut desk = answered();
    let known = |desk: &Desk| desk.world.platform().service_start(number(CITY));
    desk.done(notice(CITY, date(2026, 11, 2)));
    desk.done(wish(CITY, None, Some(date(2026, 11, 20))));
    desk.done(notice(CITY, date(2026, 11, 2)));
    assert_eq!(known(&desk), None, "nothing is fixed before acceptance");
    desk.done(acceptance(CITY));
    assert_eq!(known(&desk), Some(date(2026, 11, 20)));

    let mut desk = answered();
    desk.done(notice(CITY, date(2026, 11, 2)));
    desk.done(acceptance(CITY));
    assert_eq!(known(&desk), None, "the usual start follows completion");
}

#[test]
fn without_a_wish_the_start_is_a_week_after_completion() {
    let mut desk = answered();
    for setup in [date(2026, 11, 2), date(2026, 12, 25), date(2028, 2, 23)] {
        let dates = desk.done(notice(CITY, setup)).changes[0]
            .dates
            .expect("proposed");
        assert_eq!(
            dates.start,
            setup.checked_add(jiff::ToSpan::days(7)).expect("a day")
        );
        assert!(!dates.is_start_asked_for);
        desk.done(wish(CITY, Some(setup), None));
    }
}

#[test]
fn a_wish_needs_a_date_a_reason_and_a_start_after_completion() {
    let mut desk = answered();
    desk.done(with_completion(date(2026, 11, 2), date(2026, 11, 6)));
    assert_eq!(desk.refused(wish(CITY, None, None)).code, "no_date_wished");
    let early = desk.refused(wish(CITY, None, Some(date(2026, 11, 5))));
    assert_eq!(early.code, "start_before_completion");
    assert_eq!(early.came, "令和8年11月5日");
    let early = desk.refused(wish(
        CITY,
        Some(date(2026, 12, 1)),
        Some(date(2026, 11, 30)),
    ));
    assert_eq!(early.code, "start_before_completion");
    assert_eq!(
        desk.refused(wish(CITY, Some(date(2026, 3, 31)), None)).code,
        "before_law"
    );
    desk.wait_until(date(2026, 10, 1));
    assert_eq!(
        desk.refused(wish(CITY, Some(date(2026, 9, 30)), None)).code,
        "in_the_past"
    );
    let silent = wish_because(CITY, Some(date(2026, 12, 1)), None, "　");
    assert_eq!(desk.refused(silent).code, "no_reason");
}

#[test]
fn a_start_further_than_a_week_is_taken_with_advice_against_it() {
    let mut desk = answered();
    desk.done(notice(CITY, date(2026, 11, 2)));
    let near = desk
        .clone_world()
        .done(wish(CITY, None, Some(date(2026, 11, 9))));
    assert!(near.advice.is_empty());
    let far = desk.done(wish(CITY, None, Some(date(2026, 11, 10))));
    assert!(far.advice[0].contains("推奨されません"), "{:?}", far.advice);
}

#[test]
fn the_published_start_follows_the_day_set_up_was_really_complete() {
    let mut desk = answered();
    desk.done(notice(CITY, date(2026, 11, 2)));
    desk.done(acceptance(CITY));
    desk.done(publication(CITY));
    desk.complete(CITY, date(2026, 11, 5));
    let row = desk.status(CITY).expect("a row");
    assert!(row.is_complete);
    let dates = row.dates.expect("published");
    assert_eq!(
        (dates.completion, dates.start),
        (date(2026, 11, 5), date(2026, 11, 12))
    );
    let mail = desk.world.mail().sent().last().expect("a mail");
    assert!(
        mail.subject.contains("利用開始日の変更"),
        "{}",
        mail.subject
    );
}

#[test]
fn a_start_asked_for_stays_unless_completion_passes_it() {
    for (completion, start, is_asked_for) in [
        (date(2026, 11, 4), date(2026, 11, 5), true),
        (date(2026, 11, 5), date(2026, 11, 5), true),
        (date(2026, 11, 6), date(2026, 11, 13), false),
    ] {
        let mut desk = answered();
        desk.done(notice(CITY, date(2026, 11, 2)));
        desk.done(wish(CITY, None, Some(date(2026, 11, 5))));
        desk.done(notice(CITY, date(2026, 11, 2)));
        desk.done(acceptance(CITY));
        desk.done(publication(CITY));
        desk.complete(CITY, completion);
        let dates = desk.status(CITY).expect("a row").dates.expect("published");
        assert_eq!(
            (dates.start, dates.is_start_asked_for),
            (start, is_asked_for)
        );
    }
}

#[test]
fn completion_before_publication_is_not_forgotten() {
    let mut desk = answered();
    desk.done(notice(CITY, date(2026, 11, 2)));
    desk.done(acceptance(CITY));
    desk.complete(CITY, date(2026, 11, 4));
    assert_eq!(
        desk.status(CITY).expect("a row").dates,
        None,
        "not published"
    );
    let told = desk.done(publication(CITY)).changes.remove(0).dates;
    let dates = desk.status(CITY).expect("a row").dates.expect("published");
    assert_eq!(dates.start, date(2026, 11, 11));
    assert_eq!(told, Some(dates));
}

#[test]
fn a_lost_report_of_completion_leaves_the_published_dates_as_they_are() {
    let mut desk = answered();
    desk.done(notice(CITY, date(2026, 11, 2)));
    desk.done(acceptance(CITY));
    desk.done(publication(CITY));
    let rule = serde_json::from_str(
        r#"{"route":{"from":"platform","to":"portal"},"times":1,"fate":"lose"}"#,
    );
    desk.take(Input::Delivery(rule.expect("a rule")));
    desk.complete(CITY, date(2026, 11, 5));
    assert!(!desk.status(CITY).expect("a row").is_complete);
}

#[test]
fn who_sets_up_together_gets_one_day_and_is_fixed_by_everybodys_acceptance() {
    let mut desk = Desk::on(date(2026, 8, 3));
    desk.done(declaration("2026-09"));
    desk.done(answer(TOGETHER[0], "2026-11"));
    let waits = desk.refused(notice(TOGETHER[0], date(2026, 11, 2)));
    assert_eq!(waits.who, "かざぐるま市", "the other one has not answered");
    desk.done(answer(TOGETHER[1], "2026-11"));
    desk.done(notice(TOGETHER[0], date(2026, 11, 2)));
    assert_eq!(TOGETHER.map(|it| desk.stage(it)), ["notified", "notified"]);
    desk.done(acceptance(TOGETHER[0]));
    let pmh = |desk: &Desk, it| desk.known_to_pmh(it, "verification");
    assert_eq!(pmh(&desk, TOGETHER[0]), None);
    assert_eq!(
        desk.refused(publication(TOGETHER[0])).code,
        "others_not_accepted"
    );
    desk.done(wish(TOGETHER[1], Some(date(2026, 11, 16)), None));
    desk.done(notice(TOGETHER[1], date(2026, 11, 16)));
    assert_eq!(TOGETHER.map(|it| desk.stage(it)), ["notified", "notified"]);
    desk.done(acceptance(TOGETHER[1]));
    desk.done(acceptance(TOGETHER[0]));
    for it in TOGETHER {
        assert_eq!(pmh(&desk, it), Some(date(2026, 11, 16)));
        desk.done(publication(it));
    }
}
