//! The gate of consent.

use tekigo_simulator::viewer::{Denial, Shown};

use super::scene::{HOSHIAI, HOSPITAL, Scene, done, policy, refused, subject};

#[test]
fn the_survey_sheet_opens_with_the_consent_and_closes_with_its_withdrawal() {
    let mut scene = Scene::new();
    let aoba = scene.aoba();
    refused(&scene.view(&aoba, "surveySheet"), Denial::ConsentMissing);

    scene.link_consent("1", "2026-11-02");
    let viewed = done(scene.view(&aoba, "surveySheet"));
    let disclosure = viewed.disclosure.expect("the sheet");
    assert_eq!(disclosure.role, "care_manager");
    assert_eq!(disclosure.rows.len(), 1);
    assert_eq!(disclosure.rows[0]["surveyDate"], "2025-12-10");

    scene.link_consent("3", "2026-11-02");
    refused(&scene.view(&aoba, "surveySheet"), Denial::ConsentWithdrawn);
}

#[test]
fn a_refusal_closes_like_no_consent_and_nobody_is_told_which_it_was() {
    let mut scene = Scene::new();
    let aoba = scene.aoba();
    let missing = scene.view(&aoba, "carePlan");
    scene.link_consent("2", "2026-11-02");
    let refusal = scene.view(&aoba, "carePlan");
    refused(&refusal, Denial::ConsentRefused);
    let told = |viewed: &tekigo_simulator::viewer::Viewed| {
        let refused = viewed.refused.clone().expect("a refusal");
        (refused.shown, refused.text)
    };
    assert_eq!(told(&missing), told(&refusal));
    assert_eq!(told(&missing).0, Shown::Consent);
}

#[test]
fn a_consent_counts_from_the_first_of_april_2026_and_from_its_own_day() {
    for (taken, reason) in [
        ("2026-03-31", Some(Denial::ConsentBeforeLaw)),
        ("2026-04-01", None),
        ("2026-11-02", None),
        ("2026-11-03", Some(Denial::ConsentNotYet)),
    ] {
        let mut scene = Scene::new();
        scene.link_consent("1", taken);
        let aoba = scene.aoba();
        let viewed = scene.view(&aoba, "surveySheet");
        assert_eq!(
            viewed.refused.map(|refused| refused.reason),
            reason,
            "{taken}"
        );
    }
    let mut scene = Scene::new();
    scene.link_consent("1", "2026-11-03");
    let aoba = scene.at("2026-11-02T23:30:00").aoba();
    refused(
        &scene.at("2026-11-02T23:59:59").view(&aoba, "surveySheet"),
        Denial::ConsentNotYet,
    );
    done(scene.at("2026-11-03T00:00:00").view(&aoba, "surveySheet"));
}

#[test]
fn card_progress_and_allowances_need_no_consent_unless_the_policy_asks() {
    let ungated = [
        "insuranceCard",
        "burdenRatioCard",
        "reductionCard",
        "homeModificationUse",
        "equipmentPurchaseUse",
        "certificationProgress",
    ];
    let mut scene = Scene::new();
    let aoba = scene.aoba();
    for data in ungated {
        done(scene.view(&aoba, data));
    }
    let mut scene = Scene::of(policy(
        "consent_for_ungated_kinds = { value = false",
        "true",
    ));
    let aoba = scene.aoba();
    for data in ungated {
        refused(&scene.view(&aoba, data), Denial::ConsentMissing);
    }
    scene.link_consent("1", "2026-11-02");
    for data in ungated {
        done(scene.view(&aoba, data));
    }
}

#[test]
fn one_consent_holds_for_every_viewer_and_for_nobody_else_with_the_same_number() {
    let mut scene = Scene::new();
    scene.complete_hoshiai();
    scene.link_consent("1", "2026-11-02");
    for office in [
        super::scene::AOBA,
        super::scene::WAKAKUSA,
        super::scene::TSUBAKI,
    ] {
        let office = scene.responsible(office, "staff");
        done(scene.view(&office, "carePlan"));
    }
    let hospital = scene.hospital_reads_hana();
    done(hospital);
    done(scene.hospital_views(HOSPITAL, "carePlan"));

    let aoba = scene.aoba_user("care_manager");
    let neighbour = subject(HOSHIAI, super::scene::HANA);
    scene.aoba_serves_neighbour(&aoba);
    let viewed = scene.ask(aoba.views_of(neighbour, "carePlan"));
    refused(&viewed, Denial::ConsentMissing);
}
