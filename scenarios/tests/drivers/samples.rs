//! One input and one answer data of every operation, as a judge and a vendor would send them.

use serde_json::{Value, json};
use tekigo::control::Operation;

fn person() -> Value {
    json!({
        "insured_number": "0000012345", "resident_key": "R00000123", "my_number": "123456789018",
        "name": "月見 花", "kana": "ツキミ　ハナ", "address": "つきみ市本町1-2-3", "birth": "1941-03-05",
        "sex": "female", "category": 1, "not_disclosed": false, "card_holder": true,
        "acquired_on": "2006-03-04", "lost": null, "previous_numbers": [],
        "consent": {"state": "given", "on": "2026-05-11", "form": "from_2026", "by": "municipality"},
        "cards": [numbered(card())], "burden_ratios": [numbered(burden_ratio())],
        "reductions": [numbered(reduction())], "home_modifications": [numbered(home_modification())],
        "equipment_purchases": [numbered(equipment_purchase())], "applications": [application()],
    })
}

/// A person whom the product has to number.
fn newcomer() -> Value {
    let mut person = person();
    person["applications"] = json!([]);
    let members = person.as_object_mut().expect("a person is an object");
    members.remove("insured_number");
    person
}

fn numbered(mut row: Value) -> Value {
    row["history_number"] = json!(1);
    row
}

fn card() -> Value {
    json!({
        "card_insurer_number": "139998", "issued_on": "2026-05-20", "expires_on": null,
        "care_level": "要介護3", "certified_on": "2026-05-18", "certified_from": "2026-05-18",
        "certified_to": "2027-05-31", "limit_units": 27048, "board_opinion": null, "restriction": null,
        "plan_office": {"number": "1370000012", "name": "青葉居宅", "notified_on": "2026-05-25"},
    })
}

fn burden_ratio() -> Value {
    json!({"issued_on": "2026-07-20", "ratio": "1割", "valid_from": "2026-08-01", "valid_to": "2027-07-31"})
}

fn reduction() -> Value {
    json!({
        "type": "介護保険負担限度額認定証", "issued_on": "2026-07-20", "valid_from": "2026-08-01",
        "valid_to": "2027-07-31", "stage": "第2段階", "food_limit": 390, "residence_limit": null,
    })
}

fn home_modification() -> Value {
    json!({
        "applied_on": "2026-06-01", "completed_on": "2026-06-20", "cost": 150_000, "paid": 135_000,
        "remaining": 50_000,
    })
}

fn equipment_purchase() -> Value {
    json!({
        "purchased_on": "2026-06-10", "item": "腰掛便座", "name": "ポータブルトイレ", "cost": 30_000,
        "paid": 27_000, "remaining": 70_000,
    })
}

fn application() -> Value {
    json!({
        "application_number": "A2026000123", "date": "2026-04-10", "type": "new", "form": "from_2026",
        "consent_box": "given", "survey": survey(), "opinion_requested_on": "2026-04-11",
        "opinion": opinion(), "board_date": "2026-05-15", "decision": decision(),
    })
}

fn survey() -> Value {
    json!({
        "date": "2026-04-20", "place": "home", "organization": "つきみ市介護保険課",
        "basic_items": "1".repeat(74), "remarks": null,
    })
}

fn opinion() -> Value {
    json!({
        "written_on": "2026-04-25", "institution_code": "1312345678", "institution_name": "つきみ病院",
        "physician_name": "月野 医", "diagnosis": "脳梗塞後遺症", "state": null, "remarks": null,
    })
}

fn decision() -> Value {
    json!({
        "decided_on": "2026-05-18", "care_level": "要介護3", "valid_from": "2026-05-18",
        "valid_to": "2027-05-31", "first_judgement": "要介護2", "board_opinion": null,
    })
}

fn configuration() -> Value {
    json!({
        "insurer": {"number": "139998", "name": "つきみ市"}, "mode": "api", "environment": "verification",
        "hosts": [{
            "role": "pmh", "environment": "verification", "host": "kensho.example.jp", "port": 443,
            "address": "127.0.0.1:50001",
        }],
        "base_path": "/kaigo/v2",
        "certificate": {"chain_pem": "…", "key_pem": "…", "trusted_ca_pem": "…"},
        "key": null,
        "notification": {"processing_result": "a@example.jp", "board_reading": null},
        "setup": {"confirmed_date": "2026-10-01", "service_start_date": "2026-11-09"},
        "limits": {"records_per_request": 1000},
    })
}

/// An input of `operation`.
pub(super) fn input(operation: Operation) -> Value {
    let row = |row: Value| json!({"insured_number": "0000012345", "row": row, "insert_before": 1});
    let of_person = || json!({"insured_number": "0000012345"});
    let of_person_on = || json!({"insured_number": "0000012345", "on": "2026-11-02"});
    let of_application = |name: &str, value: Value| {
        let mut input = json!({"application_number": "A2026000123"});
        input[name] = value;
        input
    };
    use Operation as O;
    match operation {
        O::Declare | O::Reset | O::Shutdown | O::ResumeSetup | O::RunTransfer => json!({}),
        O::ViewSetup | O::ViewLink | O::ViewRefused | O::ViewReplacements => json!({}),
        O::ViewInbound | O::ViewPeople | O::ViewFiles => json!({}),
        O::Export | O::Import => json!({"folder": "/tmp/tekigo/exchange"}),
        O::Configure => configuration(),
        O::SetBusinessTime => json!({"at": "2026-11-02T09:00:00+09:00"}),
        O::LoadLedger => json!({"ledger": {
            "insurer": {"number": "139998", "name": "つきみ市", "prefecture": "東京都"},
            "people": [person()],
            "not_insured": [{
                "provisional_number": "tmp-0001", "my_number": null, "name": "仮 太郎",
                "kana": "カリ　タロウ", "address": "つきみ市", "birth": "1950-01-01", "sex": "male",
                "reason": "仮番号",
            }],
        }}),
        O::RegisterPerson => json!({"person": newcomer()}),
        O::ChangePerson => json!({
            "insured_number": "0000012345", "on": "2026-11-02", "changes": {"address": "つきみ市西町4"},
        }),
        O::LoseQualification => json!({
            "insured_number": "0000012345", "on": "2026-11-02", "reason": "moved_out",
        }),
        O::IssueCard => row(card()),
        O::IssueBurdenRatio => row(burden_ratio()),
        O::IssueReduction => row(reduction()),
        O::RecordHomeModification => row(home_modification()),
        O::RecordEquipmentPurchase => row(equipment_purchase()),
        O::DeleteRow => json!({
            "insured_number": "0000012345", "table": "cards", "history_number": 1, "on": "2026-11-02",
        }),
        O::AcceptApplication => json!({
            "insured_number": "0000012345", "application_number": "A2026000124", "date": "2026-11-02",
            "type": "renewal", "form": "from_2026", "consent_box": "blank",
        }),
        O::RegisterSurvey => of_application("survey", survey()),
        O::RequestOpinion | O::ScheduleBoard => of_application("date", json!("2026-11-02")),
        O::RegisterOpinion => of_application("opinion", opinion()),
        O::SendBoardMaterial => json!({
            "application_number": "A2026000123", "meeting_number": "G2026-07",
            "meeting_date": "2026-11-09", "member_numbers": ["M01"], "material": "一次判定の資料",
        }),
        O::RegisterDecision => of_application("decision", decision()),
        O::OfferConsent | O::WithdrawConsent => of_person_on(),
        O::PrintCard | O::ViewPerson | O::ViewConsent | O::ViewCertification => of_person(),
        O::StartSetup => json!({"baseline_date": "2026-11-01"}),
    }
}

/// The data of an answer `done` to `operation`.
pub(super) fn data(operation: Operation) -> Value {
    use Operation as O;
    match operation {
        O::Declare => json!({
            "interface_version": "1", "product": "試験用介護保険", "vendor": "試験ベンダー",
            "version": "1.0", "modes": ["api"], "functions": [], "clock": "follows",
        }),
        O::LoadLedger => json!({"people": 1}),
        O::RegisterPerson => json!({"insured_number": "0000012346"}),
        O::AcceptApplication => json!({"application_number": "A2026000124"}),
        O::PrintCard => json!({
            "insurer_number": "139998", "insured_number": "0000012345", "name": "月見 花",
            "kana": "ツキミ　ハナ", "birth": "1941-03-05", "sex": "female", "issue_date": "2026-05-20",
        }),
        O::RunTransfer => json!({
            "sent": 3, "accepted": 2, "refused": 1, "unchanged": 0, "outstanding": 0,
        }),
        O::Export => json!({"files": ["KJ_139998_CTL_1_20261102090000_000.csv"], "records": 1}),
        O::Import => json!({
            "files": ["KJ_139998_CTL_1_20261102091500_000.csv"], "results": 3, "inbound": 1,
        }),
        O::ViewFiles => json!({
            "waiting": 2,
            "exported": [
                {"set": "20261102090000", "at": "2026-11-02T09:00:00+09:00", "state": "confirmed"},
            ],
            "imported": [{"set": "20261102091500", "at": "2026-11-02T09:30:00+09:00"}],
        }),
        O::ViewSetup => json!({
            "state": "running", "completed_on": null, "sent": 10, "accepted": 8, "refused": 0,
            "outstanding": 2, "reason": null,
        }),
        O::ViewLink => json!({"errors": [
            {"at": "2026-11-02T09:00:00+09:00", "code": "S401", "message": "認証キーが無効です"},
        ]}),
        O::ViewRefused => json!({"records": [{
            "kind": "insuranceCard", "insured_number": "0000012345", "history_number": 2,
            "item": "careLevel", "code": "E005", "message": "コードが違います",
        }]}),
        O::ViewReplacements => json!({"replacements": [{
            "insured_number": "0000012345", "item": "氏名", "character": "\u{e000}", "replaced_by": "〓",
        }]}),
        O::ViewPerson => json!({"person": person()}),
        O::ViewConsent => json!({"state": "none", "taken_on": null, "taken_by": null}),
        O::ViewCertification => {
            json!({"applications": [application()], "certification": decision()})
        }
        O::ViewInbound => json!({"records": [
            {"inbound_id": "I-1", "kind": "physicianOpinion", "record": {}, "note": null},
        ]}),
        O::ViewPeople => json!({"count": 1}),
        O::Reset | O::Shutdown | O::Configure | O::SetBusinessTime | O::ChangePerson => json!({}),
        O::LoseQualification | O::IssueCard | O::IssueBurdenRatio | O::IssueReduction => json!({}),
        O::RecordHomeModification | O::RecordEquipmentPurchase | O::DeleteRow => json!({}),
        O::RegisterSurvey | O::RequestOpinion | O::RegisterOpinion | O::ScheduleBoard => json!({}),
        O::SendBoardMaterial => json!({}),
        O::RegisterDecision | O::OfferConsent | O::WithdrawConsent => json!({}),
        O::StartSetup | O::ResumeSetup => json!({}),
    }
}
