//! The access matrix as everyone meets it.

use std::fmt::Write as _;

use tekigo_simulator::profile::{Job, Profile, Who};
use tekigo_simulator::viewer::{Denial, Viewed};

use super::scene::{AOBA, HANA_NUMBER, HOSPITAL, HOUKATSU, Scene, TSUBAKI, TSUKIMI, WAKAKUSA};

/// What somebody gets: ● shown, ○ shown and nothing there, – not for them, 同 for want of consent.
fn mark(viewed: &Viewed) -> &'static str {
    match (&viewed.disclosure, &viewed.refused) {
        (Some(disclosure), _) if disclosure.rows.is_empty() => "○",
        (Some(_), _) => "●",
        (None, Some(refused)) if refused.reason == Denial::NotForViewer => "–",
        (None, Some(refused)) if refused.reason == Denial::ConsentMissing => "同",
        (None, other) => panic!("{other:?}"),
    }
}

fn row(table: &mut String, name: &str, marks: &[&str]) {
    writeln!(table, "{} {name}", marks.join(" ")).expect("a text");
}

/// Everybody looks at everything of Hana.
fn table(scene: &mut Scene) -> String {
    let profile = Profile::bundled();
    let data: Vec<&str> = profile
        .access()
        .data()
        .iter()
        .map(|kind| kind.id.as_str())
        .collect();
    let mut table = String::new();
    for (place, kind) in profile.access().data().iter().enumerate() {
        writeln!(table, "{}{}", "│ ".repeat(place), kind.ja).expect("a text");
    }
    let portal = scene.portal(HANA_NUMBER);
    let marks: Vec<_> = data
        .iter()
        .map(|data| mark(&scene.portal_views(portal, data)))
        .collect();
    row(&mut table, "本人", &marks);
    let marks: Vec<_> = data
        .iter()
        .map(|data| mark(&scene.municipality_views(TSUKIMI, data)))
        .collect();
    row(&mut table, "自治体", &marks);
    for (office, name, users) in [
        (
            AOBA,
            "居宅介護支援",
            &["care_manager", "staff", "administrator"][..],
        ),
        (HOUKATSU, "地域包括支援センター", &["care_manager"]),
        (WAKAKUSA, "訪問介護", &["care_manager", "staff"]),
        (TSUBAKI, "介護老人保健施設", &["care_manager", "staff"]),
    ] {
        for user in users {
            let session = scene.log_in(office, user);
            let marks: Vec<_> = data
                .iter()
                .map(|data| mark(&scene.view(&session, data)))
                .collect();
            let job = Job::from_word(user).expect("a job");
            row(&mut table, &format!("{name}・{}", job.ja()), &marks);
        }
    }
    let marks: Vec<_> = data
        .iter()
        .map(|data| mark(&scene.hospital_views(HOSPITAL, data)))
        .collect();
    row(&mut table, "医療機関", &marks);
    let member = scene.board_member(TSUKIMI, "M01");
    let marks: Vec<_> = data
        .iter()
        .map(|data| mark(&scene.board_views(member, data)))
        .collect();
    row(&mut table, "審査会委員", &marks);
    table
}

fn everyone_has_checked() -> Scene {
    let mut scene = Scene::new();
    for office in [AOBA, HOUKATSU, WAKAKUSA, TSUBAKI] {
        let session = scene.responsible(
            office,
            if office == HOUKATSU {
                "care_manager"
            } else {
                "staff"
            },
        );
        scene.register_papers(&session);
    }
    scene.hospital_reads_hana();
    scene
}

#[test]
fn everyone_sees_what_the_matrix_gives() {
    let mut scene = everyone_has_checked();
    let without = table(&mut scene);
    scene.link_consent("1", "2026-11-02");
    let with = table(&mut scene);
    let text = format!("同意なし\n{without}\n同意あり\n{with}");
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("access_matrix", text);
    });
}

#[test]
fn data_that_nobody_has_heard_of_are_for_nobody() {
    let mut scene = everyone_has_checked();
    let aoba = scene.aoba_user("care_manager");
    for data in ["person", "consent", "setupStart", "", "nothing"] {
        let viewed = scene.view(&aoba, data);
        super::scene::refused(&viewed, Denial::NotForViewer);
        let viewed = scene.municipality_views(TSUKIMI, data);
        super::scene::refused(&viewed, Denial::NotForViewer);
    }
}

#[test]
fn every_kind_of_office_and_job_has_a_row() {
    let profile = Profile::bundled();
    let access = profile.access();
    for service in access.services() {
        let id = access.service(&service.id).expect("a service");
        for (word, job) in Job::WORDS {
            let role = access.office_role(id, *job);
            assert!(role.is_some(), "{} {word}", service.id);
        }
    }
    for who in [
        Who::Person,
        Who::Municipality,
        Who::Institution,
        Who::BoardMember,
    ] {
        assert!(access.role(who).is_some());
    }
}
