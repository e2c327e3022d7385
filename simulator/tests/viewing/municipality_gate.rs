//! From when a municipality's data can be seen.

use tekigo_simulator::profile::Profile;
use tekigo_simulator::viewer::{Denial, Directory, OfficeAction, ServiceStart};

use super::scene::{AOBA, HANA_NUMBER, Scene, TSUKIMI, done, hana, policy, refused};

#[test]
fn nothing_of_a_municipality_is_seen_before_its_set_up_is_complete() {
    let mut scene = Scene::started(Profile::bundled(), "2026-11-02T09:00:00");
    scene.link_hana();
    scene.link_consent("1", "2026-11-02");
    let aoba = scene.log_in(AOBA, "care_manager");
    refused(&scene.ask(aoba.types_hana()), Denial::MunicipalityNotOpen);
    let become_responsible = aoba.asks(OfficeAction::BecomeResponsible(hana()));
    refused(&scene.ask(become_responsible), Denial::MunicipalityNotOpen);
    refused(
        &scene.view(&aoba, "insuranceCard"),
        Denial::MunicipalityNotOpen,
    );
    refused(
        &scene.hospital_views(super::scene::HOSPITAL, "carePlan"),
        Denial::MunicipalityNotOpen,
    );
    // The card itself can be read; whose it is stays unsaid.
    let read = done(scene.hospital_reads_hana());
    assert!(read.people.is_empty());

    scene.complete(TSUKIMI, "2026-11-02", 1);
    let aoba = scene.aoba();
    done(scene.view(&aoba, "surveySheet"));
    assert_eq!(done(scene.hospital_reads_hana()).people.len(), 1);
}

#[test]
fn data_are_seen_from_the_day_of_completion() {
    let mut scene = Scene::started(Profile::bundled(), "2026-11-02T09:00:00");
    scene.link_hana();
    scene.complete(TSUKIMI, "2026-11-04", 1);
    let aoba = scene.at("2026-11-03T23:59:59").log_in(AOBA, "care_manager");
    refused(&scene.ask(aoba.types_hana()), Denial::MunicipalityNotOpen);
    scene.at("2026-11-04T00:00:00");
    done(scene.ask(aoba.types_hana()));
}

#[test]
fn by_policy_data_are_seen_from_the_start_of_service() {
    let start = policy("view_gate = { value = \"completion\"", "\"start\"");
    let mut scene = Scene::of(start.clone());
    let aoba = scene.at("2026-11-08T23:59:59").log_in(AOBA, "care_manager");
    refused(&scene.ask(aoba.types_hana()), Denial::MunicipalityNotOpen);
    scene.at("2026-11-09T00:00:00");
    done(scene.ask(aoba.types_hana()));

    // Another day was asked for.
    let asked_for = |on| {
        let insurer = TSUKIMI.to_owned();
        Directory::ServiceStart(ServiceStart { insurer, on })
    };
    let mut scene = Scene::of(start.clone());
    scene.note(asked_for(jiff::civil::date(2026, 11, 5)));
    let aoba = scene.at("2026-11-04T23:59:59").log_in(AOBA, "care_manager");
    refused(&scene.ask(aoba.types_hana()), Denial::MunicipalityNotOpen);
    scene.at("2026-11-05T00:00:00");
    done(scene.ask(aoba.types_hana()));

    // Set-up was complete only after that day: the usual start holds again.
    let mut scene = Scene::of(start);
    scene.note(asked_for(jiff::civil::date(2026, 11, 1)));
    let aoba = scene.at("2026-11-08T23:59:59").log_in(AOBA, "care_manager");
    refused(&scene.ask(aoba.types_hana()), Denial::MunicipalityNotOpen);
    scene.at("2026-11-09T00:00:00");
    done(scene.ask(aoba.types_hana()));
}

#[test]
fn on_the_first_of_april_2026_the_person_sees_the_card_and_nothing_else() {
    let mut scene = Scene::started(Profile::bundled(), "2026-04-01T00:00:00");
    scene.link_hana();
    let hana = scene.portal(HANA_NUMBER);
    done(scene.portal_views(hana, "insuranceCard"));
    for data in [
        "certificationProgress",
        "homeModificationUse",
        "carePlan",
        "lifeData",
    ] {
        refused(&scene.portal_views(hana, data), Denial::MunicipalityNotOpen);
    }
    let gate = policy("portal_card_gate = { value = \"law\"", "\"gate\"");
    let mut scene = Scene::started(gate, "2026-04-01T00:00:00");
    scene.link_hana();
    let hana = scene.portal(HANA_NUMBER);
    refused(
        &scene.portal_views(hana, "insuranceCard"),
        Denial::MunicipalityNotOpen,
    );
}

#[test]
fn on_the_thirty_first_of_march_2026_nobody_sees_anything() {
    // Before the law nothing can be linked: the day is moved, so that there is something to see.
    let later = super::scene::profile_with(
        "profile.toml",
        "law_in_force = { value = \"2026-04-01\"",
        "law_in_force = { value = \"2026-03-30\"",
    );
    let mut scene = Scene::started(later, "2026-03-30T12:00:00");
    scene.link_hana();
    let snapshot = scene.clone();
    let seen = |mut scene: Scene| {
        let hana = scene.portal(HANA_NUMBER);
        scene.portal_views(hana, "insuranceCard")
    };
    done(seen(snapshot));

    let mut scene = Scene::opened(Profile::bundled(), "2026-03-31T23:59:59");
    scene.prepare(TSUKIMI);
    let viewed = scene.linked_before_the_law();
    assert_eq!(
        viewed,
        Some("B201".to_owned()),
        "PMH takes nothing before the law"
    );
}
