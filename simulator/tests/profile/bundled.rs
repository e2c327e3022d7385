//! The bundled profile: what others rely on.

use tekigo_simulator::profile::{Direction, LinkSegment, Profile, Standing};

use super::variant::bundled_folder;

#[test]
fn the_kinds_come_in_set_up_order_and_are_found_by_each_of_their_names() {
    let profile = Profile::bundled();
    let ids: Vec<&str> = profile.kinds().iter().map(|layout| layout.id()).collect();
    assert_eq!(
        ids,
        [
            "person",
            "insuranceCard",
            "burdenRatioCard",
            "reductionCard",
            "homeModificationUse",
            "equipmentPurchaseUse",
            "certificationProgress",
            "certification",
            "surveySheet",
            "physicianOpinion",
            "boardMaterial",
            "consent",
            "planRequest",
            "boardReadingStatus",
            "processingResult",
            "setupStart",
            "setupCompletion",
            "fileReceipt",
            "setControl",
        ]
    );
    for layout in profile.kinds() {
        assert_eq!(profile.layout(layout.kind()).id(), layout.id());
        assert_eq!(profile.kind(layout.id()), Some(layout.kind()));
        assert_eq!(
            profile.kind_by_file_code(layout.file_code()),
            Some(layout.kind())
        );
        match layout.path() {
            Some(path) => assert_eq!(profile.kind_by_path(path), Some(layout.kind())),
            None => assert!(layout.is_file_only() || layout.direction() == Direction::In),
        }
    }
    assert_eq!(profile.kind("nobody"), None);
    assert_eq!(profile.kind_by_path("nobodyRegistrationTasks"), None);
}

#[test]
fn settings_carry_their_standing_and_source() {
    let profile = Profile::bundled();
    assert_eq!(profile.id(), "if-2.0-assumed");
    assert_eq!(profile.head().standing, Standing::Assumed);
    let law = &profile.calendar().law_in_force;
    assert_eq!(
        (law.value.to_string().as_str(), law.standing),
        ("2026-04-01", Standing::Published)
    );
    assert_eq!(
        profile
            .environment("production")
            .map(|environment| environment.port),
        Some(443)
    );
    assert_eq!(profile.off_limits().len(), 2);
    assert_eq!(profile.api().link_segment("1"), Some(LinkSegment::Initial));
    assert_eq!(
        profile.api().link_segment("2"),
        Some(LinkSegment::Difference)
    );
    assert_eq!(profile.api().link_segment("3"), None);
    assert_eq!(profile.characters().replacement.value, '〓');
    assert_eq!(
        profile.system_error("S402").map(|error| error.status),
        Some(401)
    );
    assert!(profile.business_error("B211").is_some());
    assert!(profile.result("E103").is_some());
    let levels = profile.list("care_level").expect("要介護状態区分");
    assert_eq!(levels.meaning("22"), Some("要介護2"));
    assert_eq!(levels.code_of("事業対象者"), Some("06"));
}

#[test]
fn the_folder_and_the_bundle_are_the_same_profile() {
    let read = Profile::load(&bundled_folder()).expect("the bundled profile's folder");
    assert_eq!(read.digest(), Profile::bundled().digest());
    assert_eq!(read.digest().len(), 64);
}

#[test]
fn any_change_of_a_file_is_another_profile() {
    let variant = super::variant::Variant::new();
    variant.replace("codes.toml", "符号。", "符号です。");
    let read = variant.load().expect("a changed comment is no fault");
    assert_ne!(read.digest(), Profile::bundled().digest());
}

#[test]
fn a_record_of_a_person_stays_small() {
    let profile = Profile::bundled();
    let layout = profile.layout(profile.kind("person").expect("a kind"));
    let record = layout.read_json(super::messages::PERSON).expect("a person");
    assert!(size_of_val(&record) <= 40, "{}", size_of_val(&record));
    assert!(record.heap_bytes() < 260, "{}", record.heap_bytes());
}
