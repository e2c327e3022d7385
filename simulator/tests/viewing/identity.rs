//! 本人確認: four items and cards, and how long a check counts.

use tekigo_simulator::viewer::{Denial, OfficeAction, Reader, Shown};

use super::scene::{
    AOBA, HANA, HANA_BIRTH, HANA_KANA, HANA_NUMBER, HANA_SEX, HOSHIAI, OTHER_NUMBER, Scene,
    TSUKIMI, WAKAKUSA, done, hana, person, policy, reading, refused, subject,
};

#[test]
fn all_five_fields_must_agree_and_nobody_is_told_which_did_not() {
    let mut scene = Scene::new();
    let aoba = scene.log_in(AOBA, "staff");
    let unknown = scene.ask(aoba.types(
        subject(TSUKIMI, "9999999999"),
        HANA_KANA,
        HANA_BIRTH,
        HANA_SEX,
    ));
    refused(&unknown, Denial::PersonUnknown);
    let told = unknown.refused.expect("a refusal");
    assert_eq!(told.shown, Shown::NotFound);
    for (kana, birth, sex) in [
        ("ツキミ ハナ", HANA_BIRTH, HANA_SEX),
        ("ﾂｷﾐ　ﾊﾅ", HANA_BIRTH, HANA_SEX),
        ("ツキミハナ", HANA_BIRTH, HANA_SEX),
        (HANA_KANA, "1940-05-07", HANA_SEX),
        (HANA_KANA, "1940-5-6", HANA_SEX),
        (HANA_KANA, HANA_BIRTH, "1"),
        ("", "", ""),
    ] {
        let viewed = scene.ask(aoba.types(hana(), kana, birth, sex));
        refused(&viewed, Denial::FourItemsDiffer);
        let refused = viewed.refused.expect("a refusal");
        assert_eq!((refused.shown, &refused.text), (told.shown, &told.text));
        assert!(!refused.detail.is_empty(), "the journal knows which");
    }
    let foreign = scene.ask(aoba.types(subject("139981", HANA), HANA_KANA, HANA_BIRTH, HANA_SEX));
    refused(&foreign, Denial::MunicipalityNotOpen);
    done(scene.ask(aoba.types_hana()));
}

#[test]
fn a_small_kana_is_not_a_large_one() {
    let mut scene = Scene::new();
    let mut shoichi = person("0000000002", OTHER_NUMBER);
    shoichi["basicFiveInfo"]["nameKana"] = "ホシ　シヨウイチ".into();
    scene.link(TSUKIMI, "person", shoichi);
    let aoba = scene.log_in(AOBA, "staff");
    let subject = subject(TSUKIMI, "0000000002");
    let small = scene.ask(aoba.types(subject.clone(), "ホシ　ショウイチ", HANA_BIRTH, HANA_SEX));
    refused(&small, Denial::FourItemsDiffer);
    done(scene.ask(aoba.types(subject, "ホシ　シヨウイチ", HANA_BIRTH, HANA_SEX)));
}

#[test]
fn the_same_number_at_another_insurer_is_somebody_else() {
    let mut scene = Scene::new();
    scene.complete_hoshiai();
    let aoba = scene.log_in(AOBA, "care_manager");
    let neighbour = subject(HOSHIAI, HANA);
    let viewed = scene.ask(aoba.types(neighbour.clone(), HANA_KANA, HANA_BIRTH, HANA_SEX));
    refused(&viewed, Denial::FourItemsDiffer);
    done(scene.ask(aoba.types_hana()));
    done(scene.ask(aoba.asks(OfficeAction::BecomeResponsible(hana()))));
    refused(
        &scene.ask(aoba.views_of(neighbour, "insuranceCard")),
        Denial::IdentityNotChecked,
    );
}

#[test]
fn whoever_has_not_checked_learns_nothing_of_who_there_is() {
    let mut scene = Scene::new();
    let aoba = scene.log_in(AOBA, "care_manager");
    let mut told = Vec::new();
    for insured in [HANA, "9999999999"] {
        for action in [
            OfficeAction::BecomeResponsible(subject(TSUKIMI, insured)),
            OfficeAction::TakeConsent(subject(TSUKIMI, insured)),
            OfficeAction::View {
                subject: subject(TSUKIMI, insured),
                data: "surveySheet".to_owned(),
            },
        ] {
            let viewed = scene.ask(aoba.asks(action));
            told.push(viewed.refused.expect("a refusal").text);
        }
    }
    assert_eq!(
        told.iter().collect::<std::collections::BTreeSet<_>>().len(),
        1
    );
}

#[test]
fn a_card_is_read_face_to_face_with_a_good_card_that_is_known() {
    let mut scene = Scene::new();
    let aoba = scene.log_in(AOBA, "care_manager");
    let card = reading(scene.token(HANA_NUMBER));
    let read = |scene: &mut Scene, card: &tekigo_simulator::viewer::CardReading| {
        scene.ask(aoba.asks(OfficeAction::ReadCard(card.clone())))
    };
    let mut unseen = card.clone();
    unseen.face_compared = false;
    refused(&read(&mut scene, &unseen), Denial::FaceNotCompared);
    let none = reading(scene.token(OTHER_NUMBER));
    refused(&read(&mut scene, &none), Denial::NoCard);
    refused(
        &read(&mut scene, &reading("123".to_owned())),
        Denial::NoCard,
    );

    scene.note_card(HANA_NUMBER, |card| card.is_lost = true);
    refused(&read(&mut scene, &card), Denial::CardLost);
    scene.note_card(HANA_NUMBER, |card| card.is_insurance_card = false);
    refused(&read(&mut scene, &card), Denial::CardNotInsurance);
    scene.note_card(OTHER_NUMBER, |_| {});
    refused(&read(&mut scene, &none), Denial::CardUnknown);

    scene.note_card(HANA_NUMBER, |card| {
        card.expires = jiff::civil::date(2026, 11, 2)
    });
    let viewed = done(read(&mut scene, &card));
    assert_eq!(viewed.people.len(), 1);
    assert_eq!(viewed.people[0].insured, HANA);
    let aoba = scene.at("2026-11-03T00:00:00").log_in(AOBA, "staff");
    let viewed = scene.ask(aoba.asks(OfficeAction::ReadCard(card)));
    refused(&viewed, Denial::CardExpired);
}

#[test]
fn a_smartphone_reads_cards_from_the_day_the_profile_says() {
    let later = policy(
        "smartphone_reading_from = { value = \"2026-04-01\"",
        "\"2026-11-03\"",
    );
    let mut scene = Scene::of(later);
    let aoba = scene.log_in(AOBA, "staff");
    let mut card = reading(scene.token(HANA_NUMBER));
    card.reader = Reader::Smartphone;
    let viewed = scene.ask(aoba.asks(OfficeAction::ReadCard(card.clone())));
    refused(&viewed, Denial::SmartphoneNotYet);
    let aoba = scene.at("2026-11-03T00:00:00").log_in(AOBA, "staff");
    done(scene.ask(aoba.asks(OfficeAction::ReadCard(card))));
}

/// What a care manager sees so many seconds after a check.
fn after(scene: &mut Scene, seconds: i64) -> Option<Denial> {
    scene.wait(seconds);
    let aoba = scene.aoba_user("care_manager");
    let viewed = scene.view(&aoba, "insuranceCard");
    viewed.refused.map(|refused| refused.reason)
}

#[test]
fn a_check_by_card_lives_24_hours_to_the_second() {
    for (seconds, reason) in [(86_399, None), (86_400, Some(Denial::IdentityTooOld))] {
        let mut scene = Scene::new();
        scene.aoba_by_card();
        assert_eq!(after(&mut scene, seconds), reason);
    }
    let valid = policy("idcheck_at_limit = { value = \"expired\"", "\"valid\"");
    for (seconds, reason) in [(86_400, None), (86_401, Some(Denial::IdentityTooOld))] {
        let mut scene = Scene::of(valid.clone());
        scene.aoba_by_card();
        assert_eq!(after(&mut scene, seconds), reason);
    }
}

#[test]
fn whether_typed_items_grow_old_is_for_the_policy() {
    for (scope, reason) in [
        ("\"both\"", Some(Denial::IdentityTooOld)),
        ("\"card\"", None),
    ] {
        let profile = policy("idcheck_scope = { value = \"both\"", scope);
        let mut scene = Scene::of(profile.clone());
        scene.aoba();
        assert_eq!(after(&mut scene, 86_400), reason, "typed, {scope}");
        let mut scene = Scene::of(profile);
        scene.aoba_by_card();
        assert_eq!(
            after(&mut scene, 86_400),
            Some(Denial::IdentityTooOld),
            "read, {scope}"
        );
    }
}

#[test]
fn the_newest_check_of_either_kind_counts() {
    let mut scene = Scene::new();
    let aoba = scene.aoba();
    let card = reading(scene.token(HANA_NUMBER));
    scene.wait(3_000);
    done(scene.ask(aoba.asks(OfficeAction::ReadCard(card))));
    assert_eq!(after(&mut scene, 86_400 - 3_000), None, "the card is newer");
    assert_eq!(after(&mut scene, 3_000), Some(Denial::IdentityTooOld));
}

#[test]
fn a_second_visit_is_waived_only_for_a_responsible_office_and_only_by_policy() {
    let waived = policy("second_visit_waiver = { value = false", "true");
    let mut scene = Scene::of(waived);
    scene.aoba_by_card();
    assert_eq!(after(&mut scene, 30 * 86_400), None);
    let wakakusa = scene.log_in(WAKAKUSA, "staff");
    refused(
        &scene.view(&wakakusa, "insuranceCard"),
        Denial::IdentityNotChecked,
    );
    done(scene.ask(wakakusa.types_hana()));
    let wakakusa = scene.wait(86_400).log_in(WAKAKUSA, "staff");
    refused(
        &scene.view(&wakakusa, "insuranceCard"),
        Denial::IdentityTooOld,
    );
}

#[test]
fn a_check_is_the_offices_own() {
    let mut scene = Scene::new();
    scene.aoba_by_card();
    let wakakusa = scene.log_in(WAKAKUSA, "staff");
    refused(
        &scene.view(&wakakusa, "insuranceCard"),
        Denial::IdentityNotChecked,
    );
}
