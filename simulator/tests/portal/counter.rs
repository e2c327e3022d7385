//! What else the portal takes: log-ins, inquiries, applications, attestations.

use jiff::civil::{Date, date};
use tekigo_simulator::{
    Attestation, AttestationAnswer, AttestedMatter, Effect, Input, InquiryForm,
    InstitutionApplication, OfficeApplication, PortalInput,
};

use super::desk::{
    CERTIFICATION_UNION, CITY, Desk, INSURER_UNION, ITS_MEMBERS, TOGETHER, answer, mask,
};

const OFFICE: &str = "1371300011";

fn log_in(login_id: &str, password: &str) -> PortalInput {
    PortalInput::LogIn {
        login_id: login_id.to_owned(),
        password: mask().password_token(password),
    }
}

fn change_password(login_id: &str, current: &str, password: &str) -> PortalInput {
    PortalInput::ChangePassword {
        login_id: login_id.to_owned(),
        current: mask().password_token(current),
        password: mask().password_token(password),
        length: password.chars().count(),
    }
}

#[test]
fn the_first_password_has_to_be_changed() {
    let mut desk = Desk::on(date(2026, 8, 3));
    desk.done(answer(CITY, "2026-11"));
    desk.done(PortalInput::IssueAccount {
        insurer: CITY.to_owned(),
    });
    let mail = desk.world.mail().sent().last().expect("a mail").clone();
    let text = mail.plain.expect("the password");
    let first = text
        .lines()
        .find_map(|line| line.strip_prefix("初期パスワード: "))
        .expect("a line");
    assert!(desk.done(log_in("H139998", first)).must_change_password);
    let same = desk.refused(change_password("H139998", first, first));
    assert_eq!(same.code, "same_password");
    desk.done(change_password("H139998", first, "Tsukimi-no-yoru"));
    assert!(
        !desk
            .done(log_in("H139998", "Tsukimi-no-yoru"))
            .must_change_password
    );
    let short = desk.refused(change_password("H139998", "Tsukimi-no-yoru", "Ashita-mo"));
    assert_eq!(
        (short.code.as_str(), short.came.as_str()),
        ("password_length", "9文字のパスワード")
    );
    let wrong = "違うログインIDかパスワード";
    for login_id in ["H139998", "H139980"] {
        // All that stays of it is that it failed.
        let refused = desk.visit(log_in(login_id, first)).refusal;
        assert_eq!(refused.expect("a reason").came, wrong, "which is not said");
    }
    let refused = desk.refused(change_password("H139998", first, "Ashita-mo-hareru"));
    assert_eq!(refused.came, wrong);
}

fn inquiry(subject: &str) -> InquiryForm {
    InquiryForm {
        name: "月見 花子".to_owned(),
        address: "hanako@tsukimi.example".to_owned(),
        subject: subject.to_owned(),
        text: "ログイン方法がわかりません".to_owned(),
    }
}

#[test]
fn an_inquiry_of_forty_characters_is_received_by_mail_and_one_of_forty_one_is_not() {
    // A Saturday evening: the form is open, the answer waits for Monday's successor.
    let mut desk = Desk::on(date(2026, 10, 31));
    let received = desk.done(PortalInput::Inquire(inquiry(&"件".repeat(40))));
    assert_eq!(received.inquiry, Some(1));
    let mail = desk.world.mail().sent().last().expect("a mail");
    assert_eq!(mail.to, "hanako@tsukimi.example");
    assert!(
        mail.text.contains("翌営業日の令和8年11月2日（月）以降"),
        "{}",
        mail.text
    );
    let refused = desk.refused(PortalInput::Inquire(inquiry(&"件".repeat(41))));
    assert_eq!(
        refused.to_string(),
        "必要なのは、1文字から40文字の件名です。実際は、41文字の件名です。問い合わせる人が対応してください"
    );
    assert_eq!(
        desk.done(PortalInput::Inquire(inquiry("短い件名"))).inquiry,
        Some(2)
    );
}

#[test]
fn an_inquiry_needs_a_name_an_address_a_subject_and_a_text() {
    let mut desk = Desk::on(date(2026, 10, 30));
    let whole = inquiry("件名");
    for (form, code) in [
        (
            InquiryForm {
                name: "　".to_owned(),
                ..whole.clone()
            },
            "inquiry_name",
        ),
        (
            InquiryForm {
                address: "電話".to_owned(),
                ..whole.clone()
            },
            "inquiry_address",
        ),
        (
            InquiryForm {
                subject: String::new(),
                ..whole.clone()
            },
            "inquiry_subject",
        ),
        (
            InquiryForm {
                text: " ".to_owned(),
                ..whole
            },
            "inquiry_text",
        ),
    ] {
        assert_eq!(desk.refused(PortalInput::Inquire(form)).code, code);
    }
}

#[test]
fn an_inquiry_is_answered_once() {
    let mut desk = Desk::on(date(2026, 10, 30));
    desk.done(PortalInput::Inquire(inquiry("件名")));
    let reply = |inquiry, text: &str| PortalInput::AnswerInquiry {
        inquiry,
        text: text.to_owned(),
    };
    for wrong in [reply(0, "回答"), reply(2, "回答"), reply(1, " ")] {
        assert_eq!(desk.refused(wrong).code, "inquiry_answer");
    }
    desk.done(reply(1, "初回ログイン手順書をご覧ください"));
    let mail = desk.world.mail().sent().last().expect("a mail");
    assert!(mail.text.contains("初回ログイン手順書をご覧ください"));
    let again = desk.refused(reply(1, "もう一度"));
    assert_eq!(again.came, "回答済みの問い合わせ（1）への回答");
}

/// The portal with a registered office.
fn registered(day: Date) -> Desk {
    let mut desk = Desk::on(day);
    desk.done(PortalInput::RegisterUser {
        number: OFFICE.to_owned(),
        name: "うさぎ訪問介護".to_owned(),
        address: "usagi@office.example".to_owned(),
        password: mask().password_token("Usagi-no-mimi"),
        length: 13,
    });
    desk
}

fn application() -> OfficeApplication {
    OfficeApplication {
        number: OFFICE.to_owned(),
        services: vec!["11".to_owned(), "43".to_owned()],
        readers: 4,
        readers_yen: 60_000,
        support_yen: 50_000,
        documents: vec!["領収書".to_owned()],
        insurer: Some(CITY.to_owned()),
    }
}

#[test]
fn an_office_gets_its_cost_up_to_the_sum_of_its_services_limits() {
    let mut desk = registered(date(2025, 12, 1));
    let answer = desk.done(PortalInput::ApplyAsOffice(application()));
    let subsidy = answer.subsidy.expect("an assessment");
    assert_eq!((subsidy.readers_max, subsidy.yen_max), (Some(4), 106_000));
    assert_eq!((subsidy.cost_yen, subsidy.yen), (110_000, 106_000));
    let mail = desk.world.mail().sent().last().expect("a mail");
    assert!(mail.text.contains("助成額: 106000円"), "{}", mail.text);
    let again = desk.refused(PortalInput::ApplyAsOffice(application()));
    assert_eq!(again.code, "subsidy_again");
}

#[test]
fn the_window_has_a_first_and_a_last_day_and_the_municipality_makes_no_difference() {
    for (day, is_open) in [
        (date(2025, 10, 16), false),
        (date(2025, 10, 17), true),
        (date(2026, 3, 13), true),
        (date(2026, 3, 14), false),
    ] {
        let mut desk = registered(day);
        let apply = PortalInput::ApplyAsOffice(application());
        if is_open {
            desk.done(apply);
        } else {
            assert_eq!(desk.refused(apply).code, "subsidy_window", "{day}");
        }
    }
    let mut desk = registered(date(2026, 3, 2));
    desk.done(super::desk::declaration("2026-04"));
    desk.done(answer(CITY, "2026-11"));
    desk.done(PortalInput::ApplyAsOffice(application()));
}

#[test]
fn an_application_that_will_not_do_is_refused() {
    let mut desk = registered(date(2025, 12, 1));
    let whole = application();
    let number = |number: &str| number.to_owned();
    for (wrong, code) in [
        (
            OfficeApplication {
                number: number("1471300010"),
                ..whole.clone()
            },
            "subsidy_user",
        ),
        (
            OfficeApplication {
                documents: vec![" ".to_owned()],
                ..whole.clone()
            },
            "subsidy_documents",
        ),
        (
            OfficeApplication {
                services: vec!["99".to_owned()],
                ..whole.clone()
            },
            "subsidy_service",
        ),
        (
            OfficeApplication {
                services: Vec::new(),
                ..whole.clone()
            },
            "subsidy_service",
        ),
        (
            OfficeApplication {
                readers: 5,
                ..whole.clone()
            },
            "subsidy_readers",
        ),
        (
            OfficeApplication {
                readers: 0,
                ..whole.clone()
            },
            "subsidy_readers_cost",
        ),
        (
            OfficeApplication {
                readers_yen: 0,
                ..whole.clone()
            },
            "subsidy_readers_cost",
        ),
        (
            OfficeApplication {
                readers: 0,
                readers_yen: 0,
                support_yen: 0,
                ..whole
            },
            "subsidy_cost",
        ),
    ] {
        assert_eq!(desk.refused(PortalInput::ApplyAsOffice(wrong)).code, code);
    }
}

#[test]
fn an_institution_applies_by_its_beds() {
    for (beds, yen) in [(Some(200), 500_000), (Some(199), 398_000), (None, 398_000)] {
        let mut desk = registered(date(2025, 12, 1));
        let answer = desk.done(PortalInput::ApplyAsInstitution(InstitutionApplication {
            number: OFFICE.to_owned(),
            beds,
            cost_yen: 1_000_000,
            documents: vec!["領収書".to_owned()],
        }));
        assert_eq!(answer.subsidy.expect("an assessment").yen, yen, "{beds:?}");
    }
}

#[test]
fn a_user_registers_once_with_a_number_a_name_and_an_address() {
    let mut desk = registered(date(2025, 12, 1));
    let register = |number: &str, name: &str, address: &str| PortalInput::RegisterUser {
        number: number.to_owned(),
        name: name.to_owned(),
        address: address.to_owned(),
        password: String::new(),
        length: 12,
    };
    for (input, code) in [
        (register("123", "名", "a@b.example"), "user_number"),
        (register("1471300010", " ", "a@b.example"), "user_name"),
        (register("1471300010", "名", "a"), "user_address"),
        (register(OFFICE, "名", "a@b.example"), "user_exists"),
    ] {
        assert_eq!(desk.refused(input).code, code);
    }
}

fn attest(desk: &mut Desk, insurer: &str, what: AttestedMatter, on: Date) -> AttestationAnswer {
    let effects = desk.take(Input::Attestation(Attestation {
        insurer: insurer.to_owned(),
        what,
        person: "介護保険課長 月見太郎".to_owned(),
        on,
        reason: "契約書（介第12号、文書庫）".to_owned(),
    }));
    let answer = effects.into_iter().find_map(|dated| {
        let Effect::AttestationAnswer(answer) = dated.effect else {
            return None;
        };
        Some(answer)
    });
    answer.expect("an answer")
}

#[test]
fn an_attestation_is_taken_with_what_the_rule_says_to_it() {
    use AttestedMatter::{PrivacyAssessment, Standardisation, ThreePartyContract};
    let mut desk = Desk::on(date(2027, 4, 1));
    for (what, on, fulfils) in [
        (PrivacyAssessment, date(2026, 2, 2), true),
        (ThreePartyContract, date(2026, 4, 1), true),
        (ThreePartyContract, date(2026, 3, 31), false),
        (ThreePartyContract, date(2026, 4, 2), false),
        (Standardisation, date(2027, 1, 1), true),
        (Standardisation, date(2027, 1, 2), false),
    ] {
        let answer = attest(&mut desk, CITY, what, on);
        assert!(answer.done, "{answer:?}");
        assert_eq!(answer.fulfils, fulfils, "{what:?} {on}");
        assert_eq!(answer.shortfall.is_none(), fulfils);
    }
    assert_eq!(desk.world.attestations().len(), 6, "all of them are kept");
}

#[test]
fn who_runs_the_project_makes_the_contract_and_nobody_else_needs_one() {
    use AttestedMatter::{NoContractNeeded, Standardisation, ThreePartyContract};
    let mut desk = Desk::on(date(2026, 11, 2));
    let day = date(2026, 4, 1);
    for (insurer, contract, none_needed) in [
        (CITY, true, false),
        (INSURER_UNION, true, false),
        (ITS_MEMBERS[0], false, true),
        (CERTIFICATION_UNION, false, true),
        (TOGETHER[0], true, false),
    ] {
        assert_eq!(
            attest(&mut desk, insurer, ThreePartyContract, day).done,
            contract,
            "{insurer}"
        );
        assert_eq!(
            attest(&mut desk, insurer, NoContractNeeded, day).done,
            none_needed,
            "{insurer}"
        );
    }
    let refused = attest(&mut desk, CERTIFICATION_UNION, Standardisation, day).refusal;
    assert_eq!(refused.expect("a reason").code, "not_the_insurers");
}

#[test]
fn an_attestation_without_person_reason_or_past_is_refused() {
    let mut desk = Desk::on(date(2026, 11, 2));
    let whole = Attestation {
        insurer: CITY.to_owned(),
        what: AttestedMatter::PrivacyAssessment,
        person: "課長".to_owned(),
        on: date(2026, 11, 2),
        reason: "評価書".to_owned(),
    };
    for (wrong, code) in [
        (
            Attestation {
                insurer: "139999".to_owned(),
                ..whole.clone()
            },
            "unknown_insurer",
        ),
        (
            Attestation {
                person: " ".to_owned(),
                ..whole.clone()
            },
            "attestation_person",
        ),
        (
            Attestation {
                reason: String::new(),
                ..whole.clone()
            },
            "attestation_reason",
        ),
        (
            Attestation {
                on: date(2026, 11, 3),
                ..whole
            },
            "attestation_future",
        ),
    ] {
        let before = format!("{:?}", desk.world);
        let effects = desk.take(Input::Attestation(wrong));
        let [dated] = &effects[..] else {
            panic!("one answer")
        };
        let Effect::AttestationAnswer(answer) = &dated.effect else {
            panic!("an answer")
        };
        assert_eq!(answer.refusal.as_ref().expect("a reason").code, code);
        assert_eq!(before, format!("{:?}", desk.world));
    }
}
