//! What testers read: expected and received, in plain Japanese, and never an individual number.

use serde_json::{Value, json};
use tekigo_simulator::profile::{ItemError, KindLayout, Profile, split_array};

use super::generated::put;

/// A person as a vendor sends it.
pub(crate) const PERSON: &str = r#"{
    "insurerNumber": "139998", "insuredNumber": "0000012345", "municipalityIdentityKey": "R00000123",
    "myNumber": "123456789018",
    "basicFiveInfo": { "name": "月見 はな", "nameKana": "ツキミ　ハナ", "address": "つきみ市一丁目2番3号",
        "dateOfBirth": "1941-03-05", "sex": "2" },
    "isNotDisclosed": false, "insuredCategory": "1", "qualificationAcquiredDate": "2006-03-04",
    "modificationSeg": "1"
}"#;

fn with_person<T>(check: impl FnOnce(&KindLayout) -> T) -> T {
    let profile = Profile::bundled();
    check(profile.layout(profile.kind("person").expect("a kind")))
}

/// What is wrong with the person above after items have been put in or, with `null`, taken out.
fn errors(changes: &[(&str, Value)]) -> Vec<ItemError> {
    let mut person: Value = serde_json::from_str(PERSON).expect("JSON");
    for (json, value) in changes {
        put(
            person.as_object_mut().expect("an object"),
            json,
            value.clone(),
        );
    }
    with_person(|layout| {
        layout
            .read_json(&person.to_string())
            .expect_err("a wrong item")
    })
}

fn lines(errors: &[ItemError]) -> Vec<String> {
    errors.iter().map(ToString::to_string).collect()
}

#[test]
fn the_person_itself_is_accepted() {
    with_person(|layout| assert!(layout.read_json(PERSON).is_ok()));
}

#[test]
fn every_wrong_item_is_told_in_layout_order_with_expected_and_received() {
    let found = errors(&[
        ("residentCode", json!("R1")),
        ("modificationSeg", json!("9")),
        ("isNotDisclosed", json!("false")),
        ("basicFiveInfo.blood", json!("A")),
        ("basicFiveInfo.sex", json!("3")),
        ("basicFiveInfo.dateOfBirth", json!("1941-02-29")),
        ("basicFiveInfo.nameKana", json!("ﾂｷﾐ")),
        ("basicFiveInfo.name", json!("月\u{e001}")),
        ("insuredNumber", json!("tmp-0001")),
        ("insurerNumber", json!("13101")),
    ]);
    assert_eq!(
        lines(&found),
        [
            "insurerNumber: E003 保険者番号は半角数字6桁です。受け取った値「13101」は5文字です",
            "insuredNumber: E003 被保険者番号は半角数字10桁です。受け取った値「tmp-0001」は8文字です",
            "basicFiveInfo.name: E004 氏名に使えるのは、制御文字・外字（私用領域）・置換文字（U+FFFD）を除く文字です。受け取った値「月(U+E001)」の2文字目「(U+E001)」は使えません",
            "basicFiveInfo.nameKana: E004 カナ氏名に使えるのは、全角カタカナ（ー・全角空白を含む）です。受け取った値「ﾂｷﾐ」の1文字目「ﾂ」は使えません",
            "basicFiveInfo.dateOfBirth: E007 生年月日は実在する日付（YYYY-MM-DD の形の日付）です。受け取った値「1941-02-29」は実在しません",
            "basicFiveInfo.sex: E005 性別は 1（男）、2（女） のいずれかです。受け取った値「3」",
            "isNotDisclosed: E002 不開示は真偽値（true か false）です。受け取ったのは文字列「false」です",
            "modificationSeg: E005 異動区分は 1（登録・更新）、2（削除） のいずれかです。受け取った値「9」",
            "basicFiveInfo.blood: E008 「basicFiveInfo.blood」は被保険者の項目にありません",
            "residentCode: E008 「residentCode」は被保険者の項目にありません",
        ]
    );
}

#[test]
fn items_that_contradict_each_other_are_told() {
    let found = errors(&[
        ("modificationSeg", json!("2")),
        ("changeDate", json!("2026-11-01")),
        ("qualificationLostDate", json!("2000-01-01")),
    ]);
    assert_eq!(
        lines(&found),
        [
            "qualificationLostDate: E009 資格喪失年月日は資格取得年月日以後の日付です。受け取った値は2006-03-04から2000-01-01までです",
            "deletionReason: E009 異動区分が「2」のときは削除事由が必要です。受け取った記録にはありません",
        ]
    );
}

#[test]
fn an_individual_number_is_never_repeated_wherever_it_stands() {
    for value in [
        json!("210987654321"),
        json!("21098765432"),
        json!("２１０９８７６５４３２０"),
        json!("210987654321 "),
        json!(210_987_654_320_u64),
        json!(["210987654320"]),
    ] {
        for item in [
            "myNumber",
            "insuredNumber",
            "basicFiveInfo.sex",
            "basicFiveInfo.dateOfBirth",
        ] {
            for error in errors(&[(item, value.clone())]) {
                if item == "myNumber" || value != json!("21098765432") {
                    assert!(!error.message.contains("2109876543"), "{error}");
                    assert!(!error.message.contains("２１０９"), "{error}");
                }
            }
        }
    }
}

#[test]
fn mask_tokens_stand_for_the_numbers_they_hide() {
    let accepted = |json: &str, value: Value| {
        let mut person: Value = serde_json::from_str(PERSON).expect("JSON");
        put(person.as_object_mut().expect("an object"), json, value);
        with_person(|layout| layout.read_json(&person.to_string()))
    };
    for value in [
        "〔個人番号:kv:0123456789ab〕",
        "〔個人番号:uv:0123456789ab〕",
    ] {
        assert!(accepted("myNumber", json!(value)).is_ok(), "{value}");
    }
    let found =
        accepted("myNumber", json!("〔個人番号:ux:0123456789ab〕")).expect_err("a wrong digit");
    assert_eq!(
        (found[0].item.as_str(), found[0].code),
        ("myNumber", "E006")
    );
    // Twelve characters were sent, so twelve are counted.
    let key = format!("{}-〔個人番号:uv:0123456789ab〕", "a".repeat(87));
    assert!(accepted("municipalityIdentityKey", json!(key)).is_ok());
    assert!(accepted("municipalityIdentityKey", json!(format!("a{key}"))).is_err());
    let name = format!("{}〔個人番号:ux:0123456789ab〕", "あ".repeat(88));
    assert!(accepted("basicFiveInfo.name", json!(name)).is_ok());
    assert!(
        accepted(
            "basicFiveInfo.nameKana",
            json!("〔個人番号:uv:0123456789ab〕")
        )
        .is_err()
    );
}

#[test]
fn an_object_that_came_as_something_else_is_told_once() {
    for value in [
        json!("月見"),
        json!(null),
        json!([{}]),
        json!(1),
        json!(true),
    ] {
        let found = errors(&[("basicFiveInfo", value)]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (found[0].item.as_str(), found[0].code),
            ("basicFiveInfo", "E002")
        );
    }
}

#[test]
fn what_json_cannot_carry_is_put_down_to_its_item() {
    with_person(|layout| {
        let broken = PERSON.replace("月見 はな", "\\ud800");
        let found = layout
            .read_json(&broken)
            .expect_err("an unpaired surrogate");
        assert_eq!(
            (found[0].item.as_str(), found[0].code),
            ("basicFiveInfo.name", "E004")
        );

        let broken = PERSON.replace("false", "1e999");
        let found = layout
            .read_json(&broken)
            .expect_err("a number beyond any range");
        assert_eq!(
            (found[0].item.as_str(), found[0].code),
            ("isNotDisclosed", "E002")
        );

        for text in ["[]", "", "{", "{,}", "null"] {
            let found = layout.read_json(text).expect_err("no object");
            assert_eq!(
                (found[0].item.as_str(), found[0].code),
                ("", "E002"),
                "{text}"
            );
        }
    });
}

#[test]
fn a_value_nested_without_end_is_passed_over_without_harm() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for (member, code) in [("memo", "E008"), ("isNotDisclosed", "E002")] {
        let record = if member == "memo" {
            PERSON.replacen('{', &format!("{{\"memo\":{deep},"), 1)
        } else {
            PERSON.replace("false", &deep)
        };
        let body = format!("[{record}]");
        let records = split_array(body.as_bytes()).expect("an array");
        let found = with_person(|layout| layout.read_json(records[0].get())).expect_err(member);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].item.as_str(), found[0].code), (member, code));
    }
}
