//! Certificates, log-ins and tokens.

use serde_json::json;
use tekigo_simulator::systems::care_software::answer_of;
use tekigo_simulator::viewer::{
    BoardAction, BoardRequest, Denial, OfficeAction, OfficeRequest, ViewerInput,
};

use super::scene::{AOBA, Office, Scene, TSUKIMI, WAKAKUSA, done, hana, refused};

fn log_in(scene: &Scene, certificate: Option<&str>, user: &str, password: &str) -> OfficeRequest {
    OfficeRequest {
        session: None,
        action: OfficeAction::LogIn {
            certificate: certificate.map(|office| format!("office-{office}")),
            user: user.to_owned(),
            password: scene.password(password),
        },
    }
}

#[test]
fn certificate_user_and_password_are_of_one_office() {
    let mut scene = Scene::new();
    for (certificate, user, password, reason) in [
        (None, "staff", "staff", Denial::CertificateWrong),
        (Some("nobody"), "staff", "staff", Denial::CertificateWrong),
        (Some(AOBA), "nobody", "staff", Denial::LogInFailed),
        (Some(AOBA), "staff", "guess", Denial::LogInFailed),
        // 若草 has no administrator.
        (
            Some(WAKAKUSA),
            "administrator",
            "administrator",
            Denial::LogInFailed,
        ),
    ] {
        let request = log_in(&scene, certificate, user, password);
        for door in [ViewerInput::Careweb, ViewerInput::CareSoftware] {
            refused(&scene.ask(door(request.clone())), reason);
        }
    }
    let request = log_in(&scene, Some(AOBA), "staff", "staff");
    let viewed = done(scene.ask(ViewerInput::Careweb(request)));
    assert_eq!(viewed.by.as_deref(), Some("1379990011/staff"));
}

#[test]
fn five_wrong_passwords_lock_an_office_user_at_both_doors() {
    let mut scene = Scene::new();
    let wrong = log_in(&scene, Some(AOBA), "staff", "guess");
    let right = log_in(&scene, Some(AOBA), "staff", "staff");
    for turn in 1..=5 {
        let door = match turn % 2 {
            0 => ViewerInput::Careweb,
            _ => ViewerInput::CareSoftware,
        };
        let due = match turn {
            5 => Denial::LogInLocked,
            _ => Denial::LogInFailed,
        };
        refused(&scene.ask(door(wrong.clone())), due);
    }
    for door in [ViewerInput::Careweb, ViewerInput::CareSoftware] {
        refused(&scene.ask(door(right.clone())), Denial::LogInLocked);
    }
    scene.wait(1_799);
    let locked = scene.ask(ViewerInput::Careweb(right.clone()));
    refused(&locked, Denial::LogInLocked);
    scene.wait(1);
    done(scene.ask(ViewerInput::Careweb(right)));
}

#[test]
fn an_id_that_nobody_has_is_locked_like_any_other() {
    let mut scene = Scene::new();
    let nobody = log_in(&scene, Some(AOBA), "nobody", "guess");
    for _ in 0..4 {
        let asked = scene.ask(ViewerInput::Careweb(nobody.clone()));
        refused(&asked, Denial::LogInFailed);
    }
    for _ in 0..2 {
        let asked = scene.ask(ViewerInput::Careweb(nobody.clone()));
        refused(&asked, Denial::LogInLocked);
    }
    let colleague = log_in(&scene, Some(AOBA), "staff", "staff");
    done(scene.ask(ViewerInput::Careweb(colleague)));
}

#[test]
fn a_token_lives_60_minutes_and_is_renewed_for_8_hours() {
    let mut scene = Scene::new();
    let aoba = scene.aoba();
    done(scene.wait(3_599).view(&aoba, "insuranceCard"));
    refused(
        &scene.wait(1).view(&aoba, "insuranceCard"),
        Denial::TokenExpired,
    );
    let renew = aoba.asks(OfficeAction::Refresh);
    done(scene.ask(renew.clone()));
    done(scene.wait(3_599).view(&aoba, "insuranceCard"));
    scene.wait(8 * 3_600 - 7_199 - 1);
    done(scene.ask(renew.clone()));
    refused(&scene.wait(1).ask(renew), Denial::SessionEnded);
    // Renewed one second before the end, it lives its own hour out.
    done(scene.wait(3_598).view(&aoba, "insuranceCard"));
    refused(
        &scene.wait(1).view(&aoba, "insuranceCard"),
        Denial::SessionEnded,
    );
}

#[test]
fn nobody_comes_in_without_a_log_in_or_with_anothers() {
    let mut scene = Scene::new();
    let aoba = scene.aoba();
    for session in [None, Some(0), Some(99)] {
        refused(
            &scene.view(&Office { session }, "insuranceCard"),
            Denial::NotLoggedIn,
        );
    }
    done(scene.ask(aoba.asks(OfficeAction::LogOut)));
    refused(&scene.view(&aoba, "insuranceCard"), Denial::NotLoggedIn);
    refused(
        &scene.ask(aoba.asks(OfficeAction::Refresh)),
        Denial::NotLoggedIn,
    );
    refused(
        &scene.ask(aoba.asks(OfficeAction::LogOut)),
        Denial::NotLoggedIn,
    );
}

#[test]
fn care_software_has_tokens_of_its_own_and_the_same_gates() {
    let mut scene = Scene::new();
    let aoba = scene.aoba();
    let software = |action| {
        ViewerInput::CareSoftware(OfficeRequest {
            session: aoba.session,
            action,
        })
    };
    let view = |data: &str| OfficeAction::View {
        subject: hana(),
        data: data.to_owned(),
    };
    // The pages' log-in is none here.
    let viewed = scene.ask(software(view("surveySheet")));
    refused(&viewed, Denial::NotLoggedIn);
    assert_eq!(answer_of(&viewed).status, 401);

    let request = log_in(&scene, Some(AOBA), "care_manager", "care_manager");
    done(scene.ask(ViewerInput::CareSoftware(request)));
    let viewed = scene.ask(software(view("surveySheet")));
    refused(&viewed, Denial::ConsentMissing);
    let wire = answer_of(&viewed);
    assert_eq!(wire.status, 200, "a business error is told in HTTP 200");
    assert_eq!(
        wire.body,
        json!({"errors": [{"code": "consent", "message": "包括同意がないため、表示できません"}]})
    );
    scene.link_consent("1", "2026-11-02");
    let wire = answer_of(&done(scene.ask(software(view("surveySheet")))));
    assert_eq!(
        (wire.status, &wire.body["data"]["data"]),
        (200, &json!("surveySheet"))
    );

    for action in [
        view("lifeData"),
        view("carePlan"),
        OfficeAction::TakeConsent(hana()),
    ] {
        let viewed = scene.ask(software(action));
        refused(&viewed, Denial::BrowserOnly);
        assert_eq!(answer_of(&viewed).status, 404);
    }
    let closed = scene.wait(3_600).ask(software(view("surveySheet")));
    refused(&closed, Denial::TokenExpired);
    done(scene.ask(software(OfficeAction::Refresh)));
    done(scene.ask(software(view("surveySheet"))));
    done(scene.ask(software(OfficeAction::LogOut)));
}

#[test]
fn a_user_who_has_left_the_office_is_out_at_once() {
    let mut scene = Scene::new();
    let aoba = scene.aoba();
    scene.note_office(AOBA, "care_management", &["staff"]);
    refused(&scene.view(&aoba, "insuranceCard"), Denial::NotLoggedIn);
}

#[test]
fn a_board_member_logs_in_with_the_own_password() {
    let mut scene = Scene::new();
    let ask = |scene: &Scene, insurer: &str, member: &str, password: &str| {
        ViewerInput::Board(BoardRequest {
            session: None,
            action: BoardAction::LogIn {
                insurer: insurer.to_owned(),
                member: member.to_owned(),
                password: scene.password(password),
            },
        })
    };
    for (insurer, member, password) in [
        (TSUKIMI, "M01", "M02"),
        (TSUKIMI, "M03", "M03"),
        ("139981", "M01", "M01"),
    ] {
        let input = ask(&scene, insurer, member, password);
        refused(&scene.ask(input), Denial::LogInFailed);
    }
    let right = ask(&scene, TSUKIMI, "M01", "M01");
    done(scene.ask(right.clone()));
    let wrong = ask(&scene, TSUKIMI, "M01", "M02");
    for _ in 1..5 {
        refused(&scene.ask(wrong.clone()), Denial::LogInFailed);
    }
    refused(&scene.ask(wrong), Denial::LogInLocked);
    refused(&scene.ask(right.clone()), Denial::LogInLocked);
    scene.wait(1_800);
    done(scene.ask(right));
}
