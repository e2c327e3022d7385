//! What つきみ市 links of a person, row by row.

use serde_json::{Value, json};

use super::scene::{HANA_BIRTH, HANA_KANA, HANA_SEX, HOSPITAL, TSUKIMI};

/// A person's record.
pub(crate) fn person(insured: &str, number: &str) -> Value {
    json!({
        "insuredNumber": insured,
        "myNumber": number,
        "basicFiveInfo": {
            "name": "月見 花", "nameKana": HANA_KANA, "address": "月影県つきみ市うさぎ町1-2-3",
            "dateOfBirth": HANA_BIRTH, "sex": HANA_SEX,
        },
        "isNotDisclosed": false,
        "insuredCategory": "1",
        "qualificationAcquiredDate": "2005-05-05",
        "modificationSeg": "1",
    })
}

/// One row of every kind but person and consent; the application is of before the law.
pub(crate) fn papers(insured: &str) -> Vec<(&'static str, Value)> {
    let row = |mut record: Value| {
        record["insuredNumber"] = json!(insured);
        record["isDeleted"] = json!(false);
        record
    };
    vec![
        (
            "insuranceCard",
            row(json!({
                "historyKey": "1", "cardInsurerNumber": TSUKIMI, "issueDate": "2026-01-15", "careLevel": "21",
            })),
        ),
        (
            "burdenRatioCard",
            row(json!({
                "historyKey": "1", "issueDate": "2026-07-20", "burdenRatio": "10",
                "validFrom": "2026-08-01", "validTo": "2027-07-31",
            })),
        ),
        (
            "reductionCard",
            row(json!({
                "historyKey": "1", "certificateType": "01", "issueDate": "2026-07-20",
                "validFrom": "2026-08-01", "validTo": "2027-07-31", "burdenStage": "2",
            })),
        ),
        (
            "homeModificationUse",
            row(json!({
                "historyKey": "1", "applicationDate": "2026-02-01", "completionDate": "2026-02-20",
                "costAmount": 100_000, "paidAmount": 90_000, "remainingAllowance": 100_000,
            })),
        ),
        (
            "equipmentPurchaseUse",
            row(json!({
                "historyKey": "1", "purchaseDate": "2026-02-01", "equipmentItem": "01", "equipmentName": "腰掛便座",
                "costAmount": 30_000, "paidAmount": 27_000, "remainingAllowance": 70_000,
            })),
        ),
        (
            "certificationProgress",
            row(json!({
                "applicationNumber": "A-1", "applicationDate": "2025-12-01", "applicationType": "1",
            })),
        ),
        (
            "certification",
            row(json!({
                "applicationNumber": "A-1", "applicationDate": "2025-12-01", "applicationType": "1",
                "decidedDate": "2026-01-10", "careLevel": "21", "validFrom": "2025-12-01", "validTo": "2026-12-31",
            })),
        ),
        (
            "surveySheet",
            row(json!({
                "applicationNumber": "A-1", "surveyDate": "2025-12-10", "surveyPlace": "1",
                "surveyorOrganization": "つきみ市", "basicItems": "1".repeat(74),
            })),
        ),
        (
            "physicianOpinion",
            row(json!({
                "applicationNumber": "A-1", "writtenDate": "2025-12-20", "institutionCode": HOSPITAL,
                "institutionName": "つきみ病院", "physicianName": "山田 太郎", "diagnosis": "骨粗鬆症",
            })),
        ),
        (
            "boardMaterial",
            row(json!({
                "applicationNumber": "A-1", "meetingNumber": "G-7", "meetingDate": "2026-01-10",
                "memberNumbers": "M01; M03", "material": "一次判定の資料",
            })),
        ),
    ]
}

/// A material of a meeting for one member.
pub(crate) fn material(application: &str, meeting: &str, member: &str) -> Value {
    json!({
        "applicationNumber": application, "isDeleted": false, "meetingNumber": meeting,
        "meetingDate": "2026-11-20", "memberNumbers": member, "material": "資料",
    })
}
