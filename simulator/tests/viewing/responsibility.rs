//! 担当事業所登録.

use tekigo_simulator::viewer::{Denial, OfficeAction};

use super::scene::{AOBA, Scene, done, hana, refused};

#[test]
fn only_an_office_that_has_registered_itself_sees() {
    let mut scene = Scene::new();
    let aoba = scene.log_in(AOBA, "care_manager");
    let become_responsible = aoba.asks(OfficeAction::BecomeResponsible(hana()));
    refused(
        &scene.ask(become_responsible.clone()),
        Denial::IdentityNotChecked,
    );
    done(scene.ask(aoba.types_hana()));
    refused(&scene.view(&aoba, "insuranceCard"), Denial::NotResponsible);
    done(scene.ask(become_responsible.clone()));
    done(scene.view(&aoba, "insuranceCard"));
    refused(&scene.ask(become_responsible), Denial::AlreadyResponsible);
}

#[test]
fn an_office_whose_service_has_ended_sees_nothing_more() {
    let mut scene = Scene::new();
    let aoba = scene.aoba();
    let end = aoba.asks(OfficeAction::EndResponsibility(hana()));
    done(scene.ask(end.clone()));
    refused(&scene.view(&aoba, "insuranceCard"), Denial::NotResponsible);
    refused(&scene.ask(end), Denial::NotResponsible);
    done(scene.ask(aoba.asks(OfficeAction::BecomeResponsible(hana()))));
    done(scene.view(&aoba, "insuranceCard"));
}

#[test]
fn the_registration_is_the_offices_and_not_the_users() {
    let mut scene = Scene::new();
    scene.responsible(AOBA, "staff");
    let manager = scene.aoba_user("care_manager");
    done(scene.view(&manager, "insuranceCard"));
    let people: Vec<_> = {
        let office = AOBA.parse().expect("a number");
        scene.world.doors().careweb().people_of(office).collect()
    };
    assert_eq!(people.len(), 1);
}
