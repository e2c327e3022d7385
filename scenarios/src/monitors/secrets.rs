//! Where 個人番号, keys and passwords turn up.

use serde_json::Value;

use super::facts::Facts;
use super::observation::Watch;
use tekigo_simulator::UploadedFile;

const MY_NUMBER: &str = "〔個人番号:";
pub(super) const KEY: &str = "〔認証キー:";
const PASSWORD: &str = "〔パスワード:";

/// SEC-01: 個人番号 in the item meant for it and nowhere else.
pub(super) fn my_number_in_its_place(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "個人番号は、被保険者の記録の個人番号の項目だけに現れる";
    for sent in &facts.sent {
        let mut places = Vec::new();
        places_of(&sent.record, String::new(), MY_NUMBER, &mut places);
        for place in places {
            if sent.kind == "person" && place == "myNumber" {
                watch.held(sent.n, expected);
            } else {
                let actual = format!("「{}」の項目「{place}」に個人番号がありました", sent.kind);
                watch.violated(sent.n, expected, actual);
            }
        }
    }
    for exchange in &facts.traffic.exchanges {
        let request = &exchange.request;
        let line = [
            request.path.as_str(),
            &request.query,
            request.content_type.as_deref().unwrap_or_default(),
        ];
        if line.iter().any(|text| text.contains(MY_NUMBER)) {
            let actual = "要求のURLまたはヘッダーに個人番号がありました".to_owned();
            watch.violated(exchange.n, expected, actual);
        }
        if !exchange.is_registration() && request.body_text().contains(MY_NUMBER) {
            let actual = format!("{} の本文に個人番号がありました", request.path);
            watch.violated(exchange.n, expected, actual);
        }
    }
    files_without_number(facts, watch, expected);
    answers_without(facts, watch, MY_NUMBER, expected, "個人番号");
}

/// SEC-02: keys and passwords only where they authenticate.
pub(super) fn secrets_in_their_place(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "認証キーとパスワードは、認証の場所だけに現れる";
    for exchange in &facts.traffic.exchanges {
        let request = &exchange.request;
        let elsewhere = [
            request.path.as_str(),
            &request.query,
            request.content_type.as_deref().unwrap_or_default(),
            request.body_text(),
        ];
        if elsewhere
            .iter()
            .any(|text| text.contains(KEY) || text.contains(PASSWORD))
        {
            let actual = format!(
                "{} {} の認証以外の場所に認証キーまたはパスワードがありました",
                request.method, request.path
            );
            watch.violated(exchange.n, expected, actual);
        } else if request.key.is_some() {
            watch.held(exchange.n, expected);
        }
    }
    for upload in &facts.uploads {
        let mut texts = upload.files.iter().flat_map(texts_of);
        if texts.any(|text| text.contains(KEY) || text.contains(PASSWORD)) {
            let actual = "ファイルに認証キーまたはパスワードがありました".to_owned();
            watch.violated(upload.n, expected, actual);
        } else {
            watch.held(upload.n, expected);
        }
    }
    answers_without(facts, watch, KEY, expected, "認証キー");
    for event in facts.events {
        if event.from == "vendor" && event.kind == "vendor.log" && event.body.get().contains(KEY) {
            let actual = "ベンダー製品の出力（記録）に認証キーがありました".to_owned();
            watch.violated(event.n, expected, actual);
        }
    }
}

/// The number stands in no file name, and in no file that has no records.
fn files_without_number(facts: &Facts<'_>, watch: &mut Watch, expected: &str) {
    for upload in &facts.uploads {
        for file in &upload.files {
            if file.name.contains(MY_NUMBER) {
                let actual = format!("ファイルの名前「{}」に個人番号がありました", file.name);
                watch.violated(upload.n, expected, actual);
            }
            let holds_records = facts
                .registrations
                .iter()
                .any(|sent| sent.file.as_deref() == Some(&file.name) && !sent.kind.is_empty());
            let text = file.text.as_deref().unwrap_or_default();
            if !holds_records && text.contains(MY_NUMBER) {
                let actual = format!("ファイル「{}」に個人番号がありました", file.name);
                watch.violated(upload.n, expected, actual);
            }
        }
    }
}

/// What stands in a file and on it.
pub(super) fn texts_of(file: &UploadedFile) -> impl Iterator<Item = &str> {
    std::iter::once(file.name.as_str()).chain(file.text.as_deref())
}

/// A vendor's answers to the judge show the number only where the judge asked for the person.
fn answers_without(facts: &Facts<'_>, watch: &mut Watch, secret: &str, expected: &str, what: &str) {
    for asked in &facts.asked {
        let shows = asked
            .answer
            .as_ref()
            .is_some_and(|answer| answer.to_string().contains(secret));
        if shows && asked.operation != "view_person" {
            let actual = format!("操作「{}」の答えに{what}がありました", asked.operation);
            watch.violated(asked.n, expected, actual);
        }
    }
}

/// The dotted names of the members whose text contains something.
fn places_of(value: &Value, name: String, sought: &str, places: &mut Vec<String>) {
    match value {
        Value::String(text) if text.contains(sought) => places.push(name),
        Value::Object(members) => {
            for (member, value) in members {
                let name = if name.is_empty() {
                    member.clone()
                } else {
                    format!("{name}.{member}")
                };
                places_of(value, name, sought, places);
            }
        }
        Value::Array(items) => {
            for item in items {
                places_of(item, name.clone(), sought, places);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
