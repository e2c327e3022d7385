//! The road of one municipality from the survey to publication.

use jiff::civil::date;
use tekigo_simulator::{Effect, PortalInput};

use super::desk::{CITY, Desk, acceptance, answer, declaration, notice, publication, wish};

fn desk() -> Desk {
    Desk::on(date(2026, 8, 3))
}

#[test]
fn one_municipality_goes_from_the_survey_to_publication_and_pmh_gets_the_date() {
    let mut desk = desk();
    desk.done(declaration("2026-09"));
    desk.done(answer(CITY, "2026-11"));
    assert_eq!(desk.stage(CITY), "answered");
    desk.done(notice(CITY, date(2026, 11, 2)));
    assert_eq!(desk.stage(CITY), "notified");
    let pmh = |desk: &Desk| desk.known_to_pmh(CITY, "verification");
    assert_eq!(pmh(&desk), None, "nothing is fixed before acceptance");
    desk.done(acceptance(CITY));
    assert_eq!(desk.stage(CITY), "confirmed");
    assert_eq!(pmh(&desk), Some(date(2026, 11, 2)));
    assert_eq!(desk.status(CITY).expect("a row").dates, None);
    let published = desk.done(publication(CITY));
    let dates = desk.status(CITY).expect("a row").dates.expect("published");
    assert_eq!(dates.setup, date(2026, 11, 2));
    assert_eq!(dates.start, date(2026, 11, 9), "a week after completion");
    assert_eq!(published.changes[0].dates, Some(dates));
    let shown = desk.effects.iter().find_map(|dated| {
        let Effect::PublicStatus(status) = &dated.effect else {
            return None;
        };
        Some(status)
    });
    assert_eq!(shown, desk.status(CITY).as_ref(), "the journal has it");
}

#[test]
fn every_step_is_told_by_mail() {
    let mut desk = desk();
    desk.accepted(CITY, "2026-11", date(2026, 11, 2));
    desk.done(publication(CITY));
    let mails = desk.world.mail().sent();
    let subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(
        subjects,
        [
            "【介護情報基盤ポータル】初期セットアップ日程（案）の通知",
            "【介護情報基盤ポータル】初期セットアップ日程の承諾の受付",
            "【介護情報基盤ポータル】初期セットアップ日程の公開"
        ]
    );
    assert!(mails.iter().all(|mail| mail.to == "kaigo@139998.example"));
    let notice = &mails[0].text;
    assert!(
        notice.contains("初期セットアップ日: 令和8年11月2日（月）"),
        "{notice}"
    );
    assert!(
        notice.contains("利用開始日: 令和8年11月9日（月）（完了日の1週間後）"),
        "{notice}"
    );
}

#[test]
fn nothing_is_published_without_acceptance() {
    let mut desk = desk();
    let refused = desk.refused(publication(CITY));
    assert_eq!(refused.code, "not_accepted");
    assert_eq!(refused.who, "つきみ市");
    desk.done(declaration("2026-09"));
    desk.done(answer(CITY, "2026-11"));
    assert_eq!(desk.refused(publication(CITY)).who, "介護情報基盤事業者");
    desk.done(notice(CITY, date(2026, 11, 2)));
    assert_eq!(
        desk.refused(publication(CITY)).to_string(),
        "必要なのは、自治体が承諾し、まだ公開していない日程です。実際は、「日程の通知済み（返信待ち）」の段階にあるつきみ市の日程の公開です。つきみ市が対応してください"
    );
    desk.done(wish(CITY, Some(date(2026, 12, 1)), None));
    assert_eq!(desk.refused(publication(CITY)).code, "not_accepted");
}

#[test]
fn no_stage_is_skipped_and_none_is_taken_twice() {
    let mut desk = desk();
    let setup = date(2026, 11, 2);
    assert_eq!(
        desk.refused(notice(CITY, setup)).code,
        "not_ready_for_notice"
    );
    assert_eq!(desk.refused(acceptance(CITY)).code, "nothing_to_reply_to");
    desk.done(declaration("2026-09"));
    desk.done(answer(CITY, "2026-11"));
    assert_eq!(desk.refused(acceptance(CITY)).code, "nothing_to_reply_to");
    desk.done(notice(CITY, setup));
    assert_eq!(
        desk.refused(notice(CITY, setup)).code,
        "not_ready_for_notice"
    );
    assert_eq!(
        desk.refused(answer(CITY, "2026-12")).code,
        "answer_too_late"
    );
    desk.done(acceptance(CITY));
    assert_eq!(desk.refused(acceptance(CITY)).code, "nothing_to_reply_to");
    assert_eq!(
        desk.refused(notice(CITY, setup)).code,
        "not_ready_for_notice"
    );
    desk.done(publication(CITY));
    assert_eq!(desk.refused(publication(CITY)).code, "not_accepted");
    assert_eq!(
        desk.refused(answer(CITY, "2026-12")).code,
        "answer_too_late"
    );
    assert_eq!(
        desk.refused(notice(CITY, setup)).code,
        "not_ready_for_notice"
    );
}

#[test]
fn an_account_is_mailed_to_the_address_of_the_survey_and_its_password_stays_out_of_the_journal() {
    let mut desk = desk();
    let issue = || PortalInput::IssueAccount {
        insurer: CITY.to_owned(),
    };
    assert_eq!(desk.refused(issue()).code, "no_address");
    desk.done(answer(CITY, "2026-11"));
    let answer = desk.done(issue());
    assert_eq!(answer.login_id.as_deref(), Some("H139998"));
    let mail = desk.world.mail().sent().last().expect("a mail").clone();
    assert_eq!(mail.to, "kaigo@139998.example");
    let plain = mail.plain.as_deref().expect("the password");
    let line = |text: &str| {
        let found = text
            .lines()
            .find_map(|line| line.strip_prefix("初期パスワード: "));
        found.expect("a line").to_owned()
    };
    let password = line(plain);
    assert_eq!(password.len(), 16);
    assert_eq!(
        line(&mail.text),
        super::desk::mask().password_token(&password)
    );
    for dated in &desk.effects {
        let journaled = dated.effect.to_json().expect("JSON");
        assert!(!journaled.contains(&password), "{journaled}");
    }
    assert_eq!(desk.refused(issue()).code, "account_exists");
}
