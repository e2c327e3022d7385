//! What files and their terminal must not carry, and what must not stand beside them (方式②).

use super::facts::Facts;
use super::observation::Watch;
use super::secrets::{KEY, texts_of};

/// CONN-07: file mode has no key, and none turns up in files or in what is typed into the pages.
pub(super) fn no_key_in_files(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "方式②のファイルと画面の入力に、認証キーが現れない";
    for upload in &facts.uploads {
        let with_key = upload
            .files
            .iter()
            .find(|file| texts_of(file).any(|text| text.contains(KEY)));
        match with_key {
            Some(file) => {
                let actual = format!("ファイル「{}」に認証キーがありました", file.name);
                watch.violated(upload.n, expected, actual);
            }
            None => watch.held(upload.n, expected),
        }
    }
    for event in facts.events {
        let is_input = event.kind == "operator" && !facts.is_upload(event.n);
        if is_input && event.body.get().contains(KEY) {
            let actual = "画面の入力に認証キーがありました".to_owned();
            watch.violated(event.n, expected, actual);
        }
    }
    for exchange in &facts.traffic.exchanges {
        if exchange.request.key.is_some() {
            let actual = "方式②なのに、認証キーを付けた要求がありました".to_owned();
            watch.violated(exchange.n, expected, actual);
        }
    }
}

/// CONN-09: files and pages are the only way between the vendor and PMH.
pub(super) fn files_and_nothing_else(facts: &Facts<'_>, watch: &mut Watch) {
    let expected = "介護保険システムはどこにも接続せず、ファイルだけを渡す";
    for upload in facts.uploads.iter().filter(|upload| upload.is_accepted()) {
        watch.held(upload.n, expected);
    }
    for exchange in &facts.traffic.exchanges {
        let request = &exchange.request;
        let actual = format!("PMHに接続しました（{} {}）", request.method, request.path);
        watch.violated(exchange.n, expected, actual);
    }
    for (n, refused) in &facts.traffic.refused {
        let actual = format!("「{}」に接続を試みました", refused.endpoint);
        watch.violated(*n, expected, actual);
    }
    for (n, call) in &facts.traffic.decoys {
        let actual = format!("「{}」に接続しました（{}）", call.role, call.detail);
        watch.violated(*n, expected, actual);
    }
}
