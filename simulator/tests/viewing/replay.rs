//! What is journaled replays to the same world.

use tekigo_simulator::profile::Profile;
use tekigo_simulator::viewer::{Directory, MemberFact, OfficeAction, OfficeFact, ViewerInput};
use tekigo_simulator::{Dated, Effect, Input};

use super::scene::{HANA_NUMBER, HOSPITAL, Scene, TSUKIMI, hana};

#[test]
fn a_journal_of_viewers_replays_byte_for_byte() {
    let mut scene = Scene::new();
    let aoba = scene.aoba();
    scene.register_papers(&aoba);
    scene.ask(aoba.asks(OfficeAction::TakeConsent(hana())));
    scene.view(&aoba, "surveySheet");
    scene.hospital_reads_hana();
    scene.hospital_views(HOSPITAL, "physicianOpinion");
    let portal = scene.portal(HANA_NUMBER);
    scene.portal_views(portal, "lifeData");
    let member = scene.board_member(TSUKIMI, "M01");
    scene.board_views(member, "boardMaterial");
    scene.municipality_views(TSUKIMI, "certification");

    let mut fresh = scene.fresh();
    let mut effects: Vec<Dated> = Vec::new();
    for input in scene.inputs() {
        let (_, kind) = input.origin_and_kind();
        let line = serde_json::value::to_raw_value(input).expect("JSON");
        let read = Input::from_journal(kind, &line).expect("fits its kind");
        let read = read.expect("an input");
        assert_eq!(serde_json::to_string(&read).expect("JSON"), line.get());
        effects.extend(fresh.apply(&read));
    }
    assert_eq!(effects, scene.effects());
    assert_eq!(
        format!("{:?}", fresh.doors()),
        format!("{:?}", scene.world.doors())
    );
    for dated in &effects {
        if let Effect::Viewed(viewed) = &dated.effect {
            let text = dated.effect.to_json().expect("JSON");
            let read: tekigo_simulator::viewer::Viewed =
                serde_json::from_str(&text).expect("reads back");
            assert_eq!(read, **viewed);
        }
    }
}

#[test]
fn facts_that_cannot_be_true_are_refused_and_change_nothing() {
    let mut scene = Scene::opened(Profile::bundled(), "2026-11-02T09:00:00");
    let office = |number: &str, service: &str| {
        Directory::Office(OfficeFact {
            number: number.to_owned(),
            name: "青葉".to_owned(),
            service: service.to_owned(),
            certificate: "office".to_owned(),
            users: Vec::new(),
        })
    };
    let member = Directory::Member(MemberFact {
        insurer: "139999".to_owned(),
        number: "M01".to_owned(),
        password: String::new(),
    });
    let before = scene.memory();
    for (fact, reason) in [
        (
            office("1379990012", "visiting"),
            "事業所番号の検査数字が合いません。受け取った値「1379990012」の最後の桁は「1」のはずです",
        ),
        (
            office("1379990011", "shop"),
            "事業所の種類「shop」は連携仕様プロファイルにありません",
        ),
        (
            member,
            "保険者番号の検査数字が合いません。受け取った値「139999」の最後の桁は「8」のはずです",
        ),
    ] {
        let effects = scene.take(Input::Directory(fact));
        let Some(Effect::Noted(noted)) = effects.first().map(|dated| &dated.effect) else {
            panic!("{effects:?}");
        };
        assert_eq!(noted.reason.as_deref(), Some(reason));
        assert_eq!(scene.memory(), before);
    }
}

#[test]
fn who_asked_is_in_the_journal() {
    let mut scene = Scene::new();
    let aoba = scene.aoba_user("staff");
    let input = Input::Viewer(aoba.views("insuranceCard"));
    assert_eq!(input.origin_and_kind(), ("office", "viewer"));
    let viewed = scene.view(&aoba, "insuranceCard");
    assert_eq!(
        (viewed.door.as_str(), viewed.action.as_str()),
        ("careweb", "view")
    );
    assert_eq!(viewed.by.as_deref(), Some("1379990011/staff"));
    assert!(matches!(
        aoba.views("insuranceCard"),
        ViewerInput::Careweb(_)
    ));
}
