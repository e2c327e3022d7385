//! The person, medical institutions, boards and the municipality itself.

use serde_json::json;
use tekigo_simulator::viewer::{
    Denial, InstitutionAction, InstitutionRequest, OfficeAction, PersonAction, PersonRequest,
    Reader, ViewerInput,
};

use super::scene::{
    ENVIRONMENT, HANA, HANA_NUMBER, HOSHIAI, HOSPITAL, OTHER_NUMBER, Scene, TSUKIMI, done, hana,
    reading, refused, subject,
};

#[test]
fn the_person_sees_the_five_kinds_and_nothing_else_with_or_without_consent() {
    let mut scene = Scene::new();
    for state in ["2", "1"] {
        scene.link_consent(state, "2026-11-02");
        let portal = scene.portal(HANA_NUMBER);
        for data in [
            "insuranceCard",
            "certificationProgress",
            "homeModificationUse",
            "equipmentPurchaseUse",
            "carePlan",
            "lifeData",
        ] {
            done(scene.portal_views(portal, data));
        }
        for data in [
            "surveySheet",
            "physicianOpinion",
            "certification",
            "boardMaterial",
            "burdenRatioCard",
            "reductionCard",
        ] {
            refused(&scene.portal_views(portal, data), Denial::NotForViewer);
        }
    }
}

#[test]
fn the_person_comes_with_a_good_card_and_stays_half_an_hour() {
    let mut scene = Scene::new();
    let log_in = |scene: &Scene, number: &str| {
        ViewerInput::Mynaportal(PersonRequest {
            session: None,
            action: PersonAction::LogIn {
                card: scene.token(number),
            },
        })
    };
    let input = log_in(&scene, OTHER_NUMBER);
    refused(&scene.ask(input.clone()), Denial::NoCard);
    scene.note_card(OTHER_NUMBER, |_| {});
    refused(&scene.ask(input), Denial::CardUnknown);
    let input = log_in(&scene, HANA_NUMBER);
    scene.note_card(HANA_NUMBER, |card| card.is_lost = true);
    refused(&scene.ask(input.clone()), Denial::CardLost);
    scene.note_card(HANA_NUMBER, |card| {
        card.expires = jiff::civil::date(2026, 11, 1)
    });
    refused(&scene.ask(input.clone()), Denial::CardExpired);
    // Not a health-insurance card: that is asked at an office's reader only.
    scene.note_card(HANA_NUMBER, |card| card.is_insurance_card = false);
    let session = done(scene.ask(input)).session;
    done(scene.wait(1_799).portal_views(session, "insuranceCard"));
    refused(
        &scene.wait(1).portal_views(session, "insuranceCard"),
        Denial::SessionEnded,
    );
    refused(
        &scene.portal_views(None, "insuranceCard"),
        Denial::NotLoggedIn,
    );
    let session = scene.portal(HANA_NUMBER);
    let leave = ViewerInput::Mynaportal(PersonRequest {
        session,
        action: PersonAction::LogOut,
    });
    done(scene.ask(leave));
    refused(
        &scene.portal_views(session, "insuranceCard"),
        Denial::NotLoggedIn,
    );
}

#[test]
fn the_person_sees_nobody_else() {
    let mut scene = Scene::new();
    scene.complete_hoshiai();
    let portal = scene.portal(HANA_NUMBER);
    let neighbour = subject(HOSHIAI, HANA);
    let viewed = scene.portal_views_of(portal, neighbour, "insuranceCard");
    refused(&viewed, Denial::NotSelf);
    let nobody = scene.portal_views_of(portal, subject(TSUKIMI, "0000000099"), "insuranceCard");
    refused(&nobody, Denial::PersonUnknown);
    let told = |viewed: tekigo_simulator::viewer::Viewed| viewed.refused.expect("a refusal").text;
    assert_eq!(told(viewed), told(nobody));
}

#[test]
fn an_institution_needs_the_card_or_the_insurers_request_and_the_consent() {
    let mut scene = Scene::new();
    refused(
        &scene.hospital_views(HOSPITAL, "carePlan"),
        Denial::IdentityNotChecked,
    );
    done(scene.hospital_reads_hana());
    for data in ["insuranceCard", "physicianOpinion", "carePlan", "lifeData"] {
        refused(
            &scene.hospital_views(HOSPITAL, data),
            Denial::ConsentMissing,
        );
    }
    refused(
        &scene.hospital_views(HOSPITAL, "surveySheet"),
        Denial::NotForViewer,
    );
    scene.link_consent("1", "2026-11-02");
    for data in ["insuranceCard", "physicianOpinion", "carePlan", "lifeData"] {
        done(scene.hospital_views(HOSPITAL, data));
    }
    done(scene.wait(86_399).hospital_views(HOSPITAL, "carePlan"));
    refused(
        &scene.wait(1).hospital_views(HOSPITAL, "carePlan"),
        Denial::IdentityTooOld,
    );
    scene.asked_for_opinion(TSUKIMI, HOSPITAL, "A-2");
    done(scene.hospital_views(HOSPITAL, "carePlan"));
}

#[test]
fn an_institution_is_known_by_the_certificate_of_its_line() {
    let mut scene = Scene::new();
    for (institution, certificate) in [
        (HOSPITAL, None),
        (HOSPITAL, Some("line-1310000002")),
        ("1310000002", Some("line-1310000002")),
        ("131", Some("line-131")),
    ] {
        let viewed = scene.ask(ViewerInput::Medical(InstitutionRequest {
            institution: institution.to_owned(),
            certificate: certificate.map(str::to_owned),
            action: InstitutionAction::View {
                subject: hana(),
                data: "carePlan".to_owned(),
            },
        }));
        refused(&viewed, Denial::CertificateWrong);
    }
}

#[test]
fn an_institutions_reading_is_no_offices_and_the_other_way_round() {
    let mut scene = Scene::new();
    scene.aoba_by_card();
    refused(
        &scene.hospital_views(HOSPITAL, "carePlan"),
        Denial::IdentityNotChecked,
    );
    let mut scene = Scene::new();
    done(scene.hospital_reads_hana());
    let aoba = scene.aoba_user("staff");
    let viewed = scene.ask(aoba.asks(OfficeAction::BecomeResponsible(hana())));
    refused(&viewed, Denial::IdentityNotChecked);
    let mut card = reading(scene.token(HANA_NUMBER));
    card.reader = Reader::Smartphone;
    done(scene.hospital(HOSPITAL, InstitutionAction::ReadCard(card)));
}

#[test]
fn members_read_the_materials_of_their_own_meeting_and_are_noted_once() {
    let mut scene = Scene::new();
    let mut other = super::scene::material("A-2", "G-8", "M02");
    other["insuredNumber"] = json!(HANA);
    scene.link(TSUKIMI, "boardMaterial", other);
    let first = scene.board_member(TSUKIMI, "M01");
    let shown = done(scene.board_views(first, "boardMaterial"));
    let rows = &shown.disclosure.as_ref().expect("materials").rows;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["meetingNumber"], json!("G-7"));
    let status = json!({
        "insurerNumber": TSUKIMI, "insuredNumber": HANA, "meetingNumber": "G-7",
        "memberNumber": "M01", "readDate": "2026-11-02",
    });
    assert_eq!(scene.inbound(TSUKIMI, "boardReadingStatus"), [status]);
    let mails = scene.world.mail().sent().to_vec();
    let mail = mails.last().expect("a notice");
    assert_eq!(mail.to, "shinsakai@139998.example");
    assert_eq!(
        mail.subject,
        "【PMH】審査会資料参照状況のお知らせ（審査会 G-7）"
    );

    let again = done(scene.board_views(first, "boardMaterial"));
    assert!(again.made.is_empty(), "read before");
    assert_eq!(scene.world.mail().sent().len(), mails.len());
    let second = scene.board_member(TSUKIMI, "M02");
    let shown = done(scene.board_views(second, "boardMaterial"));
    assert_eq!(shown.made.len(), 1);
    assert_eq!(scene.inbound(TSUKIMI, "boardReadingStatus").len(), 2);
}

#[test]
fn a_member_of_another_meeting_or_municipality_reads_nothing() {
    let mut scene = Scene::new();
    scene.complete_hoshiai();
    let second = scene.board_member(TSUKIMI, "M02");
    refused(
        &scene.board_views(second, "boardMaterial"),
        Denial::NotOfMeeting,
    );
    let foreign = scene.board_member(HOSHIAI, "M01");
    refused(
        &scene.board_views(foreign, "boardMaterial"),
        Denial::NotOfMeeting,
    );
    let first = scene.board_member(TSUKIMI, "M01");
    refused(
        &scene.board_views(first, "surveySheet"),
        Denial::NotForViewer,
    );
    // The material is taken back.
    let mut deleted = super::scene::material("A-1", "G-7", "M01");
    deleted["insuredNumber"] = json!(HANA);
    deleted["isDeleted"] = json!(true);
    scene.link(TSUKIMI, "boardMaterial", deleted);
    refused(
        &scene.board_views(first, "boardMaterial"),
        Denial::NotOfMeeting,
    );
}

#[test]
fn a_municipality_sees_its_own_people_even_before_completion_and_no_others() {
    let profile = tekigo_simulator::profile::Profile::bundled();
    let mut scene = Scene::started(profile, "2026-11-02T09:00:00");
    scene.link_hana();
    done(scene.municipality_views(TSUKIMI, "physicianOpinion"));
    scene.complete(TSUKIMI, "2026-11-02", 1);
    refused(
        &scene.municipality_views(HOSHIAI, "insuranceCard"),
        Denial::NotOwnInsured,
    );
    refused(
        &scene.municipality_views("139981", "insuranceCard"),
        Denial::AccountNotReady,
    );
    let viewed = scene.staff(TSUKIMI, "nowhere", "insuranceCard");
    refused(&viewed, Denial::AccountNotReady);
    // The production account has not been logged in to.
    let viewed = scene.staff(TSUKIMI, "production", "insuranceCard");
    refused(&viewed, Denial::AccountNotReady);
    done(scene.staff(TSUKIMI, ENVIRONMENT, "insuranceCard"));
}
