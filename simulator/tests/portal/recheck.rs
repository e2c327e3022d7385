//! 再確認: three grounds and no others.

use jiff::civil::date;
use tekigo_simulator::{GroundTold, PortalInput, SurveyAnswer};

use super::desk::{
    CITY, Desk, EACH, INSURER_UNION, ITS_MEMBERS, TOGETHER, VENDOR, answer, declaration, notice,
    survey,
};

fn desk() -> Desk {
    Desk::on(date(2026, 8, 3))
}

/// The grounds that an answer of a city is checked again for.
fn grounds(answer: SurveyAnswer) -> Vec<GroundTold> {
    let mut desk = desk();
    desk.done(declaration("2026-09"));
    let mut changes = desk.done(PortalInput::AnswerSurvey(answer)).changes;
    changes.pop().expect("a change").grounds
}

#[test]
fn a_whole_answer_that_fits_is_not_checked_again() {
    assert_eq!(grounds(survey(CITY, "2026-11")), []);
    assert_eq!(
        grounds(survey(CITY, "2026-09")),
        [],
        "the vendor's first month"
    );
    assert_eq!(grounds(survey(CITY, "2029-03")), [], "later is no mismatch");
}

#[test]
fn everything_that_is_missing_or_wrong_in_an_answer_is_told() {
    let empty = SurveyAnswer {
        insurer: CITY.to_owned(),
        ..SurveyAnswer::default()
    };
    let [ground] = &grounds(empty)[..] else {
        panic!("one ground");
    };
    assert_eq!(ground.kind, "deficient");
    assert_eq!(
        ground.text,
        "回答内容に不備があります: 連絡先メールアドレスがありません、システムのベンダ名がありません、連携方式がありません、初期セットアップの希望年月がありません"
    );
    let odd = SurveyAnswer {
        contact_address: "電話で".to_owned(),
        mode: "FTP".to_owned(),
        wished_month: "令和8年11月".to_owned(),
        union: Some(INSURER_UNION.to_owned()),
        ..survey(CITY, "")
    };
    let text = &grounds(odd)[0].text;
    for part in [
        "「電話で」が「名前@ドメイン」の形ではありません",
        "受け取った値「FTP」",
        "受け取った値「令和8年11月」",
        "（台帳 なし、受け取った値 139881）",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn a_month_before_the_law_is_a_deficiency_and_before_the_vendor_a_mismatch() {
    let before_law = grounds(survey(CITY, "2026-03"));
    let kinds: Vec<&str> = before_law
        .iter()
        .map(|ground| ground.kind.as_str())
        .collect();
    assert_eq!(kinds, ["deficient", "vendor"]);
    assert!(
        before_law[0]
            .text
            .contains("最も早い年月 令和8年4月、受け取った値 令和8年3月")
    );
    assert_eq!(
        grounds(survey(CITY, "2026-08")),
        [GroundTold {
            kind: "vendor".to_owned(),
            text: "ベンダ「ひまわり情報」が答えた初期セットアップ可能時期より前です（可能時期 令和8年9月から、この回答 令和8年8月）".to_owned()
        }]
    );
}

#[test]
fn a_member_must_name_its_union() {
    let answer = SurveyAnswer {
        union: None,
        ..survey(EACH[0], "2026-11")
    };
    let text = &grounds(answer)[0].text;
    assert!(
        text.contains("台帳 みなも認定組合（139865）、受け取った値 なし"),
        "{text}"
    );
}

#[test]
fn members_that_must_set_up_together_and_differ_are_both_checked_again_until_they_agree() {
    let mut desk = desk();
    desk.done(declaration("2026-09"));
    desk.done(answer(TOGETHER[0], "2026-11"));
    let second = desk.done(answer(TOGETHER[1], "2026-12"));
    let touched: Vec<(&str, &str)> = second
        .changes
        .iter()
        .map(|change| (change.insurer.as_str(), change.to.as_str()))
        .collect();
    assert_eq!(
        touched,
        [(TOGETHER[1], "recheck"), (TOGETHER[0], "recheck")]
    );
    assert_eq!(
        second.changes[0].grounds[0].text,
        "同じ時期の初期セットアップが必要な広域連合・一部事務組合の中で、希望年月がそろっていません（この回答 令和8年12月、ほかの回答 しおさい市 令和8年11月）"
    );
    let mails = desk.world.mail().sent();
    assert_eq!(mails.len(), 2, "both are asked");
    let refused = desk.refused(notice(TOGETHER[0], date(2026, 11, 2)));
    assert_eq!(refused.code, "not_ready_for_notice");
    desk.done(answer(TOGETHER[1], "2026-11"));
    assert_eq!(TOGETHER.map(|it| desk.stage(it)), ["answered", "answered"]);
}

#[test]
fn members_that_need_not_set_up_together_may_differ() {
    let mut desk = desk();
    desk.done(declaration("2026-09"));
    desk.done(answer(EACH[0], "2026-11"));
    desk.done(answer(EACH[1], "2027-03"));
    assert_eq!(EACH.map(|it| desk.stage(it)), ["answered", "answered"]);
}

#[test]
fn members_of_an_insurer_union_are_compared_with_it() {
    let mut desk = desk();
    desk.done(declaration("2026-09"));
    desk.done(answer(INSURER_UNION, "2026-11"));
    desk.done(answer(ITS_MEMBERS[0], "2027-01"));
    assert_eq!(desk.stage(INSURER_UNION), "recheck");
    assert_eq!(desk.stage(ITS_MEMBERS[0]), "recheck");
    desk.done(answer(ITS_MEMBERS[0], "2026-11"));
    assert_eq!(desk.stage(INSURER_UNION), "answered");
}

#[test]
fn a_vendors_declaration_throws_doubt_on_earlier_answers_and_takes_it_back() {
    let mut desk = desk();
    desk.done(answer(CITY, "2026-11"));
    assert_eq!(
        desk.stage(CITY),
        "answered",
        "nothing is known of the vendor"
    );
    let waits = desk.refused(notice(CITY, date(2026, 11, 2)));
    assert_eq!(
        (waits.code.as_str(), waits.who.as_str()),
        ("vendor_silent", "ベンダ「ひまわり情報」")
    );
    desk.done(declaration("2027-01"));
    assert_eq!(desk.stage(CITY), "recheck");
    desk.done(declaration("2026-11"));
    assert_eq!(desk.stage(CITY), "answered");
}

#[test]
fn a_declaration_after_the_notice_changes_nothing_but_the_next_notice() {
    let mut desk = desk();
    desk.done(declaration("2026-09"));
    desk.done(answer(CITY, "2026-11"));
    desk.done(notice(CITY, date(2026, 11, 2)));
    desk.done(declaration("2027-01"));
    assert_eq!(desk.stage(CITY), "notified");
}

#[test]
fn a_declaration_needs_a_name_and_a_month() {
    let mut desk = desk();
    let declare = |vendor: &str, ready_from: &str| PortalInput::DeclareReadiness {
        vendor: vendor.to_owned(),
        ready_from: ready_from.to_owned(),
    };
    assert_eq!(desk.refused(declare(" ", "2026-09")).code, "vendor_name");
    assert_eq!(
        desk.refused(declare(VENDOR, "R8.9")).to_string(),
        "必要なのは、「2026-09」の形の初期セットアップ可能年月です。実際は、「R8.9」です。ベンダ「ひまわり情報」が対応してください"
    );
}

#[test]
fn an_answer_can_be_corrected_and_every_one_is_kept() {
    let mut desk = desk();
    for month in ["", "2026-10", "2026-11"] {
        desk.done(answer(CITY, month));
    }
    let register = desk
        .world
        .portal()
        .register(super::desk::number(CITY))
        .expect("known");
    let months: Vec<&str> = register
        .answers()
        .map(|(_, answer)| answer.wished_month.as_str())
        .collect();
    assert_eq!(months, ["", "2026-10", "2026-11"]);
    assert_eq!(desk.stage(CITY), "answered");
}

#[test]
fn a_deficient_answer_is_mailed_back_to_the_newest_address_there_is() {
    let mut desk = desk();
    desk.done(answer(CITY, "2026-11"));
    let broken = SurveyAnswer {
        contact_address: String::new(),
        ..survey(CITY, "2026-11")
    };
    desk.done(PortalInput::AnswerSurvey(broken));
    let mail = desk.world.mail().sent().last().expect("a mail");
    assert_eq!(mail.to, "kaigo@139998.example");
    assert!(
        mail.text
            .contains("・回答内容に不備があります: 連絡先メールアドレスがありません")
    );
}
