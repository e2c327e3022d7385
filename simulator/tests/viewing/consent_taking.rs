//! A consent that an office takes in the municipality's place.

use serde_json::json;
use tekigo_simulator::viewer::{Denial, OfficeAction};

use super::scene::{
    AOBA, HANA, HOUKATSU, Office, Scene, TSUBAKI, TSUKIMI, WAKAKUSA, done, hana, refused,
};

fn take(scene: &mut Scene, office: &Office) -> tekigo_simulator::viewer::Viewed {
    scene.ask(office.asks(OfficeAction::TakeConsent(hana())))
}

#[test]
fn it_opens_viewing_at_once_and_goes_to_the_municipality() {
    for office in [AOBA, TSUBAKI] {
        let mut scene = Scene::new();
        let session = scene.responsible(office, "staff");
        refused(&scene.view(&session, "carePlan"), Denial::ConsentMissing);
        let taken = done(take(&mut scene, &session));
        let record = json!({
            "insurerNumber": TSUKIMI, "insuredNumber": HANA, "consentState": "1",
            "takenDate": "2026-11-02", "takenBy": "2", "officeNumber": office,
        });
        assert_eq!((taken.made.len(), &taken.made[0].record), (1, &record));
        done(scene.view(&session, "carePlan"));
        assert_eq!(scene.inbound(TSUKIMI, "consent"), [record]);
        // Another office sees as well: the consent is comprehensive.
        let wakakusa = scene.responsible(WAKAKUSA, "staff");
        done(scene.view(&wakakusa, "carePlan"));
        // Once is enough.
        refused(&take(&mut scene, &session), Denial::ConsentGiven);
    }
}

#[test]
fn only_care_management_and_residential_offices_may() {
    let mut scene = Scene::new();
    for (office, user) in [(WAKAKUSA, "staff"), (HOUKATSU, "care_manager")] {
        let session = scene.responsible(office, user);
        refused(&take(&mut scene, &session), Denial::NotEntitled);
    }
}

#[test]
fn it_needs_a_fresh_check_and_a_registration() {
    let mut scene = Scene::new();
    let aoba = scene.log_in(AOBA, "staff");
    refused(&take(&mut scene, &aoba), Denial::IdentityNotChecked);
    done(scene.ask(aoba.types_hana()));
    refused(&take(&mut scene, &aoba), Denial::NotResponsible);
    done(scene.ask(aoba.asks(OfficeAction::BecomeResponsible(hana()))));
    let late = scene.clone();
    done(take(&mut scene, &aoba));

    let mut scene = late.clone();
    let aoba = scene.wait(86_399).log_in(AOBA, "staff");
    done(take(&mut scene, &aoba));
    let mut scene = late;
    let aoba = scene.wait(86_400).log_in(AOBA, "staff");
    refused(&take(&mut scene, &aoba), Denial::IdentityTooOld);
}

#[test]
fn only_for_somebody_certified_now() {
    let certification = |level: &str, from: &str, to: &str, deleted: bool| {
        json!({ "insuredNumber": HANA, "applicationNumber": "A-1", "isDeleted": deleted,
            "applicationDate": "2025-12-01", "applicationType": "1", "decidedDate": "2026-01-10",
            "careLevel": level, "validFrom": from, "validTo": to })
    };
    for (record, is_certified) in [
        (certification("21", "2025-12-01", "2026-11-02", false), true),
        (
            certification("21", "2025-12-01", "2026-11-01", false),
            false,
        ),
        (certification("12", "2026-11-02", "2027-11-01", false), true),
        (
            certification("12", "2026-11-03", "2027-11-01", false),
            false,
        ),
        (
            certification("01", "2025-12-01", "2026-12-31", false),
            false,
        ),
        (
            certification("06", "2025-12-01", "2026-12-31", false),
            false,
        ),
        (certification("25", "2025-12-01", "2026-12-31", true), false),
    ] {
        let mut scene = Scene::new();
        scene.link(TSUKIMI, "certification", record.clone());
        let aoba = scene.responsible(AOBA, "staff");
        let viewed = take(&mut scene, &aoba);
        let reason = viewed.refused.map(|refused| refused.reason);
        assert_eq!(
            reason,
            (!is_certified).then_some(Denial::NotCertified),
            "{record}"
        );
    }
}

#[test]
fn only_until_the_next_application() {
    let progress = |number: &str, on: &str, deleted: bool| {
        json!({ "insuredNumber": HANA, "applicationNumber": number, "isDeleted": deleted,
            "applicationDate": on, "applicationType": "2" })
    };
    for (record, is_open) in [
        (progress("A-2", "2026-03-31", false), true),
        (progress("A-2", "2026-04-01", false), false),
        (progress("A-2", "2026-11-02", true), true),
    ] {
        let mut scene = Scene::new();
        scene.link(TSUKIMI, "certificationProgress", record.clone());
        let aoba = scene.responsible(AOBA, "staff");
        let viewed = take(&mut scene, &aoba);
        let reason = viewed.refused.map(|refused| refused.reason);
        assert_eq!(
            reason,
            (!is_open).then_some(Denial::AppliedSince),
            "{record}"
        );
    }
}

#[test]
fn it_replaces_a_refusal_and_a_later_withdrawal_ends_it() {
    let mut scene = Scene::new();
    let aoba = scene.aoba();
    scene.link_consent("2", "2026-11-01");
    done(take(&mut scene, &aoba));
    done(scene.view(&aoba, "surveySheet"));
    scene.link_consent("3", "2026-11-02");
    refused(&scene.view(&aoba, "surveySheet"), Denial::ConsentWithdrawn);
    // Whoever has changed their mind again can say so.
    done(take(&mut scene, &aoba));
    done(scene.view(&aoba, "surveySheet"));
    assert_eq!(scene.inbound(TSUKIMI, "consent").len(), 2);
}
