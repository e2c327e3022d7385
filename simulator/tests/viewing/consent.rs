use tekigo_simulator::viewer::Denial;

use super::scene::{Scene, done, refused};

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
