//! People who have gone, and people who must not be found.

use serde_json::json;
use tekigo_simulator::viewer::{Denial, OfficeAction, PersonSeen, Shown};

use super::scene::{
    AOBA, HANA, HANA_BIRTH, HANA_KANA, HANA_NUMBER, HANA_SEX, HOSHIAI, HOSPITAL, Scene, TSUKIMI,
    done, hana, papers, person, reading, refused, subject,
};

/// Everyone tries, having been able to before: none may learn more than that nobody is there.
fn everyone_is_refused(scene: &mut Scene, aoba: &super::scene::Office, reason: Denial) {
    let portal = scene.portal(HANA_NUMBER);
    let member = scene.board_member(TSUKIMI, "M01");
    let answers = [
        scene.view(aoba, "insuranceCard"),
        scene.view(aoba, "surveySheet"),
        scene.ask(aoba.types_hana()),
        scene.ask(aoba.asks(OfficeAction::BecomeResponsible(hana()))),
        scene.ask(aoba.asks(OfficeAction::TakeConsent(hana()))),
        scene.hospital_views(HOSPITAL, "carePlan"),
        scene.portal_views(portal, "insuranceCard"),
        scene.board_views(member, "boardMaterial"),
    ];
    for viewed in answers {
        refused(&viewed, reason);
        let told = viewed.refused.expect("a refusal").shown;
        assert_eq!(told, Shown::NotFound);
    }
    assert!(done(scene.hospital_reads_hana()).people.is_empty());
}

#[test]
fn whoever_is_not_to_be_disclosed_is_hidden_from_all_but_the_own_municipality() {
    let mut scene = Scene::new();
    let aoba = scene.aoba();
    scene.link_consent("1", "2026-11-02");
    done(scene.view(&aoba, "surveySheet"));
    let mut hidden = person(HANA, HANA_NUMBER);
    hidden["isNotDisclosed"] = json!(true);
    scene.link(TSUKIMI, "person", hidden);
    everyone_is_refused(&mut scene, &aoba, Denial::PersonHidden);
    done(scene.municipality_views(TSUKIMI, "surveySheet"));

    scene.link(TSUKIMI, "person", person(HANA, HANA_NUMBER));
    done(scene.view(&aoba, "surveySheet"));
}

#[test]
fn whoever_has_moved_or_died_is_gone() {
    for reason in ["1", "2", "3", "4"] {
        let mut scene = Scene::new();
        let aoba = scene.aoba();
        scene.link_consent("1", "2026-11-02");
        done(scene.view(&aoba, "surveySheet"));
        let mut gone = person(HANA, HANA_NUMBER);
        gone["modificationSeg"] = json!("2");
        gone["deletionReason"] = json!(reason);
        gone["changeDate"] = json!("2026-11-02");
        gone["qualificationLostDate"] = json!("2026-11-02");
        scene.link(TSUKIMI, "person", gone);
        everyone_is_refused(&mut scene, &aoba, Denial::PersonDeleted);
        refused(
            &scene.municipality_views(TSUKIMI, "surveySheet"),
            Denial::PersonDeleted,
        );
    }
}

#[test]
fn whoever_moves_is_one_human_with_two_numbers() {
    let mut scene = Scene::new();
    scene.complete_hoshiai();
    let aoba = scene.aoba_by_card();
    // Hana moves to ほしあい市 and gets a number of her own there.
    let mut gone = person(HANA, HANA_NUMBER);
    gone["modificationSeg"] = json!("2");
    gone["deletionReason"] = json!("1");
    gone["changeDate"] = json!("2026-11-02");
    scene.link(TSUKIMI, "person", gone);
    let there = "0000000777";
    scene.link(HOSHIAI, "person", person(there, HANA_NUMBER));
    for (kind, record) in papers(there) {
        scene.link(HOSHIAI, kind, record);
    }
    refused(&scene.view(&aoba, "insuranceCard"), Denial::PersonDeleted);

    // The card is still hers: the check counts for her, the registration was for the old number.
    let moved = subject(HOSHIAI, there);
    let read = aoba.asks(OfficeAction::ReadCard(reading(scene.token(HANA_NUMBER))));
    let found = done(scene.ask(read)).people;
    assert_eq!(
        found,
        [PersonSeen {
            insurer: HOSHIAI.to_owned(),
            insured: there.to_owned()
        }]
    );
    let viewed = scene.ask(aoba.views_of(moved.clone(), "insuranceCard"));
    refused(&viewed, Denial::NotResponsible);
    done(scene.ask(aoba.asks(OfficeAction::BecomeResponsible(moved.clone()))));
    done(scene.ask(aoba.views_of(moved.clone(), "insuranceCard")));
    // She consented in つきみ市; here she has not been asked.
    let viewed = scene.ask(aoba.views_of(moved.clone(), "surveySheet"));
    refused(&viewed, Denial::ConsentMissing);
    // Whoever has Hana's old number in ほしあい市 is somebody else.
    let viewed = scene.ask(aoba.views_of(subject(HOSHIAI, HANA), "insuranceCard"));
    refused(&viewed, Denial::IdentityNotChecked);
    // She sees her own in マイナポータル, and not the namesake's.
    let portal = scene.portal(HANA_NUMBER);
    done(scene.portal_views_of(portal, moved, "insuranceCard"));
    let viewed = scene.portal_views_of(portal, subject(HOSHIAI, HANA), "insuranceCard");
    refused(&viewed, Denial::NotSelf);
}

#[test]
fn deleted_rows_are_not_shown_and_the_newest_content_is() {
    let mut scene = Scene::new();
    let aoba = scene.aoba();
    let rows = |scene: &mut Scene| {
        let viewed = done(scene.view(&aoba, "insuranceCard"));
        viewed.disclosure.expect("the cards").rows
    };
    let card = |key: &str, level: &str, deleted: bool| {
        json!({ "insuredNumber": HANA, "historyKey": key, "isDeleted": deleted,
            "cardInsurerNumber": TSUKIMI, "issueDate": "2026-11-02", "careLevel": level })
    };
    scene.link(TSUKIMI, "insuranceCard", card("2", "22", false));
    scene.link(TSUKIMI, "insuranceCard", card("3", "23", false));
    scene.link(TSUKIMI, "insuranceCard", card("2", "22", true));
    scene.link(TSUKIMI, "insuranceCard", card("3", "24", false));
    let levels: Vec<_> = rows(&mut scene)
        .iter()
        .map(|row| row["careLevel"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(levels, [Some("21".to_owned()), Some("24".to_owned())]);
}

#[test]
fn the_card_says_whose_it_is_and_never_the_individual_number() {
    let mut scene = Scene::new();
    let aoba = scene.aoba();
    let disclosure = done(scene.view(&aoba, "insuranceCard"))
        .disclosure
        .expect("the card");
    assert_eq!(
        disclosure.holder,
        Some(json!({
            "name": "月見 花", "nameKana": HANA_KANA, "address": "月影県つきみ市うさぎ町1-2-3",
            "dateOfBirth": HANA_BIRTH, "sex": HANA_SEX,
        }))
    );
    let disclosure = done(scene.view(&aoba, "burdenRatioCard"))
        .disclosure
        .expect("the card");
    assert_eq!(disclosure.holder, None);
}

#[test]
fn numbers_that_are_none_are_nobodys() {
    let mut scene = Scene::new();
    let aoba = scene.log_in(AOBA, "care_manager");
    for (insurer, insured, reason) in [
        (TSUKIMI, "1", Denial::PersonUnknown),
        (TSUKIMI, "", Denial::PersonUnknown),
        ("139999", HANA, Denial::MunicipalityNotOpen),
        ("", HANA, Denial::MunicipalityNotOpen),
    ] {
        let viewed = scene.ask(aoba.views_of(subject(insurer, insured), "insuranceCard"));
        refused(&viewed, reason);
    }
}
