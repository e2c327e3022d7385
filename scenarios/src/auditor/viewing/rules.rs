//! The auditor's copy of the rules, written down from the sources [domain 4, 7.2].

use jiff::civil::{Date, date};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// What the sources leave open, answered, and how long things last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewingRules {
    /// 施行日.
    pub law: Date,
    /// Seen from 利用開始日 only, not from 完了日 (S1).
    pub from_service_start: bool,
    /// Days from 完了日 to 利用開始日 where nothing else was settled.
    pub service_start_days: i32,
    /// Offices need consent for every kind (S7).
    pub consent_for_everything: bool,
    /// The four items grow old like a card that was read (S5).
    pub typed_items_grow_old: bool,
    /// A check exactly as old as the limit still counts.
    pub limit_included: bool,
    /// A responsible office need not check twice (S9).
    pub second_visit_waived: bool,
    /// The card shows in マイナポータル from 施行日 on, whoever is linked (S4).
    pub portal_card_from_law: bool,
    /// A notice without the person's assent is taken (S10).
    pub assent_waived: bool,
    /// Seconds a check lives.
    pub check_seconds: i64,
    /// From when a smartphone reads cards.
    pub smartphones_from: Date,
    /// Seconds an access token lives.
    pub access_seconds: i64,
    /// Seconds after log-in until which it is renewed.
    pub renewal_seconds: i64,
    /// Seconds a visit to マイナポータル lasts.
    pub portal_seconds: i64,
    /// Wrong passwords in a row that lock a log-in id.
    pub wrong_passwords_max: u32,
    /// Seconds it stays locked.
    pub lock_seconds: i64,
}

impl ViewingRules {
    /// As the profile if-2.0-assumed has them.
    #[must_use]
    pub const fn assumed() -> Self {
        Self {
            law: date(2026, 4, 1),
            from_service_start: false,
            service_start_days: 7,
            consent_for_everything: false,
            typed_items_grow_old: true,
            limit_included: false,
            second_visit_waived: false,
            portal_card_from_law: true,
            assent_waived: false,
            check_seconds: 24 * HOUR,
            smartphones_from: date(2026, 4, 1),
            access_seconds: 60 * MINUTE,
            renewal_seconds: 8 * HOUR,
            portal_seconds: 30 * MINUTE,
            wrong_passwords_max: 5,
            lock_seconds: 30 * MINUTE,
        }
    }

    /// What a viewer's row says of a kind of data; `None` for data that nobody can view.
    #[must_use]
    pub fn cell(role: &str, data: &str) -> Option<Cell> {
        let column = DATA.iter().position(|name| *name == data)?;
        let (_, row) = MATRIX.iter().find(|(name, _)| *name == role)?;
        let mark = row.as_bytes().get(column)?;
        Some(match mark {
            b'y' => Cell::Yes,
            b'u' => Cell::Ungated,
            b'c' => Cell::Consent,
            b'w' => Cell::OwnWriting,
            _ => Cell::No,
        })
    }

    /// The data that can be viewed, in the order of the matrix.
    #[must_use]
    pub const fn data() -> &'static [&'static str] {
        &DATA
    }

    /// The names of the matrix's rows.
    pub fn roles() -> impl Iterator<Item = &'static str> {
        MATRIX.iter().map(|(role, _)| *role)
    }
}

/// A cell of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Not shown.
    No,
    /// Shown.
    Yes,
    /// Shown, unless consent is asked for everything.
    Ungated,
    /// Shown with consent.
    Consent,
    /// With consent, what the viewer wrote.
    OwnWriting,
}

const DATA: [&str; 12] = [
    "insuranceCard",
    "burdenRatioCard",
    "reductionCard",
    "homeModificationUse",
    "equipmentPurchaseUse",
    "certificationProgress",
    "certification",
    "surveySheet",
    "physicianOpinion",
    "carePlan",
    "lifeData",
    "boardMaterial",
];

/// One letter for each of [`DATA`]: `-` no, `y` yes, `u` ungated, `c` consent, `w` own writing.
const MATRIX: [(&str, &str); 7] = [
    ("person", "y--yyy---yy-"),
    ("municipality", "yyyyyyyyyyyy"),
    ("care_manager", "uuuuuuccccc-"),
    ("opinion_facility", "uuu-----wcc-"),
    ("care_office", "uuuuu----cc-"),
    ("medical_institution", "c-------ccc-"),
    ("board_member", "-----------y"),
];

/// The row of an office's user.
pub(super) fn office_role(service: &str, job: &str) -> &'static str {
    match (service, job) {
        ("care_management" | "community_center", "care_manager") => "care_manager",
        ("health_facility" | "medical_facility", _) => "opinion_facility",
        _ => "care_office",
    }
}

/// The kinds of office that may do something beside viewing.
pub(super) fn may(service: &str, duty: &str) -> bool {
    let facilities = [
        "welfare_facility",
        "health_facility",
        "medical_facility",
        "residential",
    ];
    match duty {
        "take_consent" => service == "care_management" || facilities.contains(&service),
        "submit_plan_request" => service == "care_management",
        "submit_preventive_plan_request" => service == "community_center",
        "send_opinion" => ["health_facility", "medical_facility"].contains(&service),
        "register_care_plan" => {
            ["care_management", "community_center"].contains(&service)
                || facilities.contains(&service)
        }
        _ => true,
    }
}

/// What can be done and seen in the pages of 介護WEBサービス only.
pub(super) fn is_browser_only(action: &str, data: &str) -> bool {
    match action {
        "view" => ["carePlan", "lifeData"].contains(&data),
        "register_user" | "take_consent" | "submit_plan_request" | "send_opinion" => true,
        _ => false,
    }
}
