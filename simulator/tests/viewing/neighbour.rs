//! A neighbouring insurer that its own system has linked.

use serde_json::{Value, json};
use tekigo_simulator::viewer::{Denial, Directory, LinkedElsewhere, LinkedRecord, OfficeAction};
use tekigo_simulator::{Effect, Input};

use super::scene::{
    HANA, HANA_BIRTH, HANA_NUMBER, HANA_SEX, HOSHIAI, OTHER_NUMBER, Scene, TSUKIMI, done, papers,
    person, refused, subject,
};

const NAMESAKE_KANA: &str = "ホシアイ　ツキコ";

/// A record as the neighbour's system would have sent it, numbers masked as at every door.
fn record(scene: &Scene, kind: &str, mut record: Value) -> LinkedRecord {
    record["insurerNumber"] = json!(HOSHIAI);
    if kind == "insuranceCard" {
        record["cardInsurerNumber"] = json!(HOSHIAI);
    }
    let number = record["myNumber"]
        .as_str()
        .map(|number| scene.token(number));
    if let Some(token) = number {
        record["myNumber"] = json!(token);
    }
    LinkedRecord {
        kind: kind.to_owned(),
        record,
    }
}

/// Somebody in ほしあい市, with a paper of each kind and a consent.
fn linked(scene: &Scene, my_number: &str) -> LinkedElsewhere {
    let mut registered = person(HANA, my_number);
    registered["basicFiveInfo"]["nameKana"] = json!(NAMESAKE_KANA);
    let consent = json!({
        "insuredNumber": HANA, "consentState": "1", "takenDate": "2026-10-01", "takenBy": "1",
    });
    let mut records = vec![record(scene, "person", registered)];
    records.extend(
        papers(HANA)
            .into_iter()
            .map(|(kind, paper)| record(scene, kind, paper)),
    );
    records.push(record(scene, "consent", consent));
    LinkedElsewhere {
        insurer: HOSHIAI.to_owned(),
        completed_on: jiff::civil::date(2026, 10, 1),
        records,
    }
}

fn refusal(scene: &mut Scene, fact: LinkedElsewhere) -> String {
    let before = scene.memory();
    let effects = scene.take(Input::Directory(Directory::LinkedElsewhere(fact)));
    let Some(Effect::Noted(noted)) = effects.first().map(|dated| &dated.effect) else {
        panic!("{effects:?}");
    };
    assert!(!noted.done, "{noted:?}");
    assert_eq!(scene.memory(), before, "what is refused changes nothing");
    noted.reason.clone().expect("a reason")
}

#[test]
fn the_namesake_is_seen_by_the_own_number_and_hana_is_not() {
    let mut scene = Scene::new();
    let fact = linked(&scene, OTHER_NUMBER);
    scene.note(Directory::LinkedElsewhere(fact));
    let aoba = scene.aoba();
    let namesake = subject(HOSHIAI, HANA);
    let typed = aoba.types(namesake.clone(), NAMESAKE_KANA, HANA_BIRTH, HANA_SEX);
    done(scene.ask(typed));
    done(scene.ask(aoba.asks(OfficeAction::BecomeResponsible(namesake.clone()))));

    let seen = done(scene.ask(aoba.views_of(namesake, "surveySheet")));
    let rows = seen.disclosure.expect("the sheet").rows;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["insurerNumber"], HOSHIAI);
    refused(&scene.view(&aoba, "surveySheet"), Denial::ConsentMissing);
}

#[test]
fn one_card_opens_the_books_of_both_insurers() {
    let mut scene = Scene::new();
    let fact = linked(&scene, HANA_NUMBER);
    scene.note(Directory::LinkedElsewhere(fact));
    let portal = scene.portal(HANA_NUMBER);
    for insurer in [TSUKIMI, HOSHIAI] {
        let seen = scene.portal_views_of(portal, subject(insurer, HANA), "insuranceCard");
        let rows = done(seen).disclosure.expect("the card").rows;
        assert_eq!(rows[0]["cardInsurerNumber"], insurer);
    }
}

#[test]
fn what_a_neighbour_cannot_have_linked_is_refused_whole() {
    let mut scene = Scene::new();
    let good = linked(&scene, OTHER_NUMBER);
    let with = |change: &dyn Fn(&mut LinkedElsewhere)| {
        let mut fact = good.clone();
        change(&mut fact);
        fact
    };
    for (fact, reason) in [
        (
            with(&|fact| fact.insurer = "139999".to_owned()),
            "保険者番号ではありません",
        ),
        (
            with(&|fact| fact.records[3].kind = "horoscope".to_owned()),
            "その種別はありません",
        ),
        (
            with(&|fact| fact.records[3].record["insurerNumber"] = json!(TSUKIMI)),
            "別の保険者の記録です",
        ),
        (
            with(&|fact| fact.records.rotate_left(1)),
            "先に本人の記録が要ります",
        ),
    ] {
        assert_eq!(refusal(&mut scene, fact), reason);
    }
    let mut fact = good.clone();
    fact.records[0].record["basicFiveInfo"]["sex"] = json!("9x");
    let reason = refusal(&mut scene, fact);
    assert!(
        reason.starts_with("記録が連携仕様に合いません: "),
        "{reason}"
    );
    scene.note(Directory::LinkedElsewhere(good));
}

#[test]
fn a_run_with_a_neighbour_replays() {
    let mut scene = Scene::new();
    let fact = linked(&scene, OTHER_NUMBER);
    scene.note(Directory::LinkedElsewhere(fact));
    let mut fresh = scene.fresh();
    let mut effects = Vec::new();
    for input in scene.inputs() {
        let (_, kind) = input.origin_and_kind();
        let line = serde_json::value::to_raw_value(input).expect("JSON");
        let read = Input::from_journal(kind, &line).expect("fits its kind");
        effects.extend(fresh.apply(&read.expect("an input")));
    }
    assert_eq!(effects, scene.effects());
    assert_eq!(
        format!("{:?}", fresh.platform()),
        format!("{:?}", scene.world.platform())
    );
}
