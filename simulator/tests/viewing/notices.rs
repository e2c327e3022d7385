//! 計画作成依頼届出, 主治医意見書 and what offices register themselves.

use jiff::civil::date;
use serde_json::json;
use tekigo_simulator::viewer::{
    CarePlanSheet, Denial, InstitutionAction, LifeSheet, OfficeAction, OpinionSheet,
    PlanRequestSheet,
};

use super::scene::{
    AOBA, HANA, HANA_NUMBER, HOSHIAI, HOSPITAL, HOUKATSU, Scene, TSUBAKI, TSUKIMI, WAKAKUSA, done,
    hana, person, policy, refused, subject,
};

fn notice(kind: &str, assented: bool) -> OfficeAction {
    OfficeAction::SubmitPlanRequest(PlanRequestSheet {
        subject: hana(),
        request_type: kind.to_owned(),
        start: date(2026, 11, 10),
        assented,
    })
}

#[test]
fn a_notice_needs_identity_and_assent_and_no_consent() {
    let mut scene = Scene::new();
    let aoba = scene.log_in(AOBA, "staff");
    refused(
        &scene.ask(aoba.asks(notice("1", true))),
        Denial::IdentityNotChecked,
    );
    done(scene.ask(aoba.types_hana()));
    refused(
        &scene.ask(aoba.asks(notice("1", false))),
        Denial::NotAssented,
    );
    scene.link_consent("2", "2026-11-02");
    done(scene.ask(aoba.asks(notice("1", true))));
    done(scene.ask(aoba.asks(notice("1", true))));
    let record = |number: &str| {
        json!({
            "insurerNumber": TSUKIMI, "insuredNumber": HANA, "requestNumber": number,
            "requestType": "1", "submittedDate": "2026-11-02", "officeNumber": AOBA,
            "officeName": format!("事業所{AOBA}"), "startDate": "2026-11-10", "isAssented": true,
        })
    };
    assert_eq!(
        scene.inbound(TSUKIMI, "planRequest"),
        [record("K-00000001"), record("K-00000002")]
    );
    let aoba = scene.wait(86_400).log_in(AOBA, "staff");
    refused(
        &scene.ask(aoba.asks(notice("1", true))),
        Denial::IdentityTooOld,
    );
}

#[test]
fn each_notice_is_for_its_kind_of_office() {
    let mut scene = Scene::new();
    for (office, user, kind, reason) in [
        (AOBA, "care_manager", "1", None),
        (AOBA, "care_manager", "2", Some(Denial::NotEntitled)),
        (HOUKATSU, "care_manager", "1", Some(Denial::NotEntitled)),
        (HOUKATSU, "care_manager", "2", None),
        (WAKAKUSA, "care_manager", "1", Some(Denial::NotEntitled)),
        (AOBA, "care_manager", "9", Some(Denial::Content)),
    ] {
        let session = scene.log_in(office, user);
        done(scene.ask(session.types_hana()));
        let viewed = scene.ask(session.asks(notice(kind, true)));
        let got = viewed.refused.map(|refused| refused.reason);
        assert_eq!(got, reason, "{office} {kind}");
    }
}

#[test]
fn by_policy_a_notice_without_assent_is_taken_and_says_so() {
    let accept = policy(
        "plan_request_without_assent = { value = \"refuse\"",
        "\"accept\"",
    );
    let mut scene = Scene::of(accept);
    let aoba = scene.log_in(AOBA, "staff");
    done(scene.ask(aoba.types_hana()));
    done(scene.ask(aoba.asks(notice("1", false))));
    assert_eq!(
        scene.inbound(TSUKIMI, "planRequest")[0]["isAssented"],
        json!(false)
    );
}

fn opinion(insurer: &str, application: &str) -> OpinionSheet {
    OpinionSheet {
        subject: subject(insurer, HANA),
        application: application.to_owned(),
        written: date(2026, 11, 2),
        physician: "山田 太郎".to_owned(),
        diagnosis: "骨粗鬆症".to_owned(),
        remarks: None,
    }
}

#[test]
fn an_opinion_is_taken_once_from_whom_it_was_asked_for() {
    let mut scene = Scene::new();
    let send = |scene: &mut Scene, sheet: OpinionSheet| {
        scene.hospital(HOSPITAL, InstitutionAction::SendOpinion(sheet))
    };
    refused(&send(&mut scene, opinion(TSUKIMI, "A-2")), Denial::NotAsked);
    scene.asked_for_opinion(TSUKIMI, HOSPITAL, "A-2");
    refused(&send(&mut scene, opinion(TSUKIMI, "A-1")), Denial::NotAsked);
    refused(
        &send(&mut scene, opinion(HOSHIAI, "A-2")),
        Denial::MunicipalityNotOpen,
    );
    let mut empty = opinion(TSUKIMI, "A-2");
    empty.diagnosis.clear();
    let viewed = send(&mut scene, empty);
    refused(&viewed, Denial::Content);
    assert!(!viewed.refused.expect("a refusal").detail.is_empty());
    done(send(&mut scene, opinion(TSUKIMI, "A-2")));
    refused(
        &send(&mut scene, opinion(TSUKIMI, "A-2")),
        Denial::AlreadySent,
    );
    assert_eq!(
        scene.inbound(TSUKIMI, "physicianOpinion"),
        [json!({
            "insurerNumber": TSUKIMI, "insuredNumber": HANA, "applicationNumber": "A-2",
            "isDeleted": false, "writtenDate": "2026-11-02", "institutionCode": HOSPITAL,
            "institutionName": "つきみ病院", "physicianName": "山田 太郎", "diagnosis": "骨粗鬆症",
        })]
    );
    // What was sent is shown once the municipality has registered it, not before.
    scene.link_consent("1", "2026-11-02");
    let shown = done(scene.hospital_views(HOSPITAL, "physicianOpinion"));
    assert_eq!(shown.disclosure.expect("the opinions").rows.len(), 1);
}

#[test]
fn nobody_is_asked_in_vain_about_somebody_hidden() {
    let mut scene = Scene::new();
    scene.asked_for_opinion(TSUKIMI, HOSPITAL, "A-2");
    let mut hidden = person(HANA, HANA_NUMBER);
    hidden["isNotDisclosed"] = json!(true);
    scene.link(TSUKIMI, "person", hidden);
    let sheet = opinion(TSUKIMI, "A-2");
    done(scene.hospital(HOSPITAL, InstitutionAction::SendOpinion(sheet)));
    refused(
        &scene.hospital_views(HOSPITAL, "carePlan"),
        Denial::PersonHidden,
    );
}

#[test]
fn facilities_with_a_doctor_send_opinions_from_the_pages_and_see_their_own() {
    let mut scene = Scene::new();
    scene.asked_for_opinion(TSUKIMI, TSUBAKI, "A-2");
    scene.asked_for_opinion(TSUKIMI, AOBA, "A-2");
    let send = OfficeAction::SendOpinion(opinion(TSUKIMI, "A-2"));
    let aoba = scene.log_in(AOBA, "care_manager");
    refused(&scene.ask(aoba.asks(send.clone())), Denial::NotEntitled);
    let tsubaki = scene.responsible(TSUBAKI, "staff");
    let sent = done(scene.ask(tsubaki.asks(send)));
    assert_eq!(sent.made[0].record["institutionCode"], json!(TSUBAKI));

    // The municipality registers it beside the hospital's.
    scene.link(TSUKIMI, "physicianOpinion", sent.made[0].record.clone());
    refused(
        &scene.view(&tsubaki, "physicianOpinion"),
        Denial::ConsentMissing,
    );
    scene.link_consent("1", "2026-11-02");
    let own = done(scene.view(&tsubaki, "physicianOpinion"))
        .disclosure
        .expect("opinions");
    let authors: Vec<_> = own.rows.iter().map(|row| &row["institutionCode"]).collect();
    assert_eq!(authors, [&json!(TSUBAKI)]);
    let all = done(scene.aoba_and_view("physicianOpinion"))
        .disclosure
        .expect("opinions");
    assert_eq!(all.rows.len(), 2);
}

#[test]
fn care_plans_and_life_data_are_kept_by_office_and_number() {
    let mut scene = Scene::new();
    let plan = |number: &str, contents: &str| {
        OfficeAction::RegisterCarePlan(CarePlanSheet {
            subject: hana(),
            number: number.to_owned(),
            created: date(2026, 11, 2),
            contents: contents.to_owned(),
        })
    };
    let stranger = scene.log_in(AOBA, "staff");
    refused(
        &scene.ask(stranger.asks(plan("1", "歩行"))),
        Denial::IdentityNotChecked,
    );
    let aoba = scene.aoba();
    let wakakusa = scene.responsible(WAKAKUSA, "staff");
    refused(
        &scene.ask(wakakusa.asks(plan("1", "歩行"))),
        Denial::NotEntitled,
    );
    for (number, contents) in [("1", "歩行"), ("2", "入浴"), ("1", "外出")] {
        done(scene.ask(aoba.asks(plan(number, contents))));
    }
    let life = OfficeAction::RegisterLife(LifeSheet {
        subject: hana(),
        measured: date(2026, 11, 1),
        contents: "ADL 12点".to_owned(),
    });
    done(scene.ask(wakakusa.asks(life)));
    scene.link_consent("1", "2026-11-02");
    let rows = |scene: &mut Scene, data: &str| {
        let shown = done(scene.view(&wakakusa, data));
        shown.disclosure.expect("data").rows
    };
    let plans = rows(&mut scene, "carePlan");
    let contents: Vec<_> = plans.iter().map(|plan| plan["contents"].as_str()).collect();
    assert_eq!(contents, [Some("外出"), Some("入浴")]);
    assert_eq!(
        rows(&mut scene, "lifeData")[0]["measuredDate"],
        json!("2026-11-01")
    );

    // A check that has grown old is enough to write, not to look.
    let aoba = scene.wait(86_400).log_in(AOBA, "staff");
    done(scene.ask(aoba.asks(plan("3", "口腔"))));
    refused(&scene.view(&aoba, "carePlan"), Denial::IdentityTooOld);
    done(scene.ask(aoba.asks(OfficeAction::EndResponsibility(hana()))));
    refused(
        &scene.ask(aoba.asks(plan("4", "栄養"))),
        Denial::NotResponsible,
    );
}
