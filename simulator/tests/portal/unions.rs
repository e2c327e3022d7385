//! Unions at the portal and in front of PMH.

use jiff::civil::date;
use tekigo_simulator::{Effect, OperatorAction, PortalInput};

use super::desk::{
    CERTIFICATION_UNION, CITY, Desk, EACH, INSURER_UNION, ITS_MEMBERS, TOGETHER, answer,
    declaration, notice, publication,
};

fn desk() -> Desk {
    Desk::on(date(2026, 8, 3))
}

/// Why PMH's pages do not let an insurer do anything.
fn why_turned_away(desk: &mut Desk, insurer: &str) -> Option<String> {
    desk.act(insurer, OperatorAction::ReportEnvironmentReady)
        .reason
}

#[test]
fn a_union_that_only_certifies_has_no_account_anywhere() {
    let mut desk = desk();
    let reason = why_turned_away(&mut desk, CERTIFICATION_UNION).expect("refused");
    assert!(
        reason.contains("構成市町村（かざぐるま市、しおさい市）が接続してください"),
        "{reason}"
    );
    let answered = desk.refused(answer(CERTIFICATION_UNION, "2026-11"));
    assert_eq!(answered.code, "no_schedule");
    assert_eq!(answered.who, "構成市町村（かざぐるま市、しおさい市）");
    let insurer = CERTIFICATION_UNION.to_owned();
    let account = PortalInput::IssueAccount { insurer };
    assert_eq!(desk.refused(account).code, "no_schedule");
    assert_eq!(desk.status(CERTIFICATION_UNION), None);
    let reply = desk.start_set_up(CERTIFICATION_UNION, date(2026, 11, 2));
    assert_eq!((reply.status, &reply.body["code"]), (403, &"S406".into()));
    for member in TOGETHER {
        assert_eq!(why_turned_away(&mut desk, member), None, "they connect");
        let reply = desk.start_set_up(member, date(2026, 11, 2));
        assert_eq!(reply.body["code"], "S401", "a key is what is missing");
    }
}

#[test]
fn a_union_with_the_insurer_function_is_scheduled_for_its_members() {
    let mut desk = desk();
    desk.accepted(INSURER_UNION, "2026-11", date(2026, 11, 2));
    desk.done(publication(INSURER_UNION));
    let own = desk.status(INSURER_UNION).expect("a row");
    for member in ITS_MEMBERS {
        let row = desk.status(member).expect("a row");
        assert_eq!(row.dates, own.dates);
        assert_eq!(row.through.as_deref(), Some("あさぎり広域連合"));
        let reason = why_turned_away(&mut desk, member).expect("refused");
        assert!(
            reason.contains("あさぎり広域連合が接続してください"),
            "{reason}"
        );
        let refused = desk.refused(notice(member, date(2026, 11, 2)));
        assert_eq!(
            (refused.code.as_str(), refused.who.as_str()),
            ("no_schedule", "あさぎり広域連合")
        );
    }
    assert_eq!(
        desk.known_to_pmh(INSURER_UNION, "production"),
        Some(date(2026, 11, 2))
    );
    let shown = desk
        .effects
        .iter()
        .filter(|dated| matches!(dated.effect, Effect::PublicStatus(_)));
    assert_eq!(shown.count(), 3, "the union and its two members");
}

#[test]
fn members_that_set_up_each_when_they_like_do_not_wait_for_each_other() {
    let mut desk = desk();
    desk.accepted(EACH[0], "2026-11", date(2026, 11, 2));
    desk.done(publication(EACH[0]));
    assert_eq!(EACH.map(|it| desk.stage(it)), ["published", "unanswered"]);
}

#[test]
fn the_public_list_has_every_municipality_and_shows_no_unaccepted_date() {
    let mut desk = desk();
    desk.done(declaration("2026-09"));
    desk.done(answer(CITY, "2026-11"));
    desk.done(notice(CITY, date(2026, 11, 2)));
    let list = desk.world.public_status();
    assert_eq!(
        list.len(),
        8,
        "everybody but the two unions without a set-up"
    );
    assert!(list.iter().all(|row| row.dates.is_none()));
}

#[test]
fn a_number_that_nobody_has_is_refused() {
    let mut desk = desk();
    assert_eq!(desk.refused(answer("139999", "2026-11")).code, "number");
    assert_eq!(
        desk.refused(answer("131011", "2026-11")).code,
        "unknown_insurer"
    );
    assert_eq!(desk.refused(publication("")).code, "number");
}
