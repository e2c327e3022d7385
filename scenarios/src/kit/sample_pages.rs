//! The tables of the samples, for people.

use serde_json::Value;

/// The samples of mode 1, as the index lists them.
pub(super) fn request_page(listed: &[Value]) -> String {
    let mut page = "# 方式①の見本\n\n送った順に並んでいます。前のものがあってはじめて、後のものの答えになります。\n\n\
        | 番号 | 内容 | 要求 | 答え | 処理結果 |\n|---|---|---|---|---|\n".to_owned();
    for sample in listed {
        let folder = sample["folder"].as_str().unwrap_or_default();
        let request = &sample["request"];
        let query = request["query"].as_str().unwrap_or_default();
        let mark = if query.is_empty() { "" } else { "?" };
        let body = sample["bodyFile"].as_str().map_or_else(
            || "本文なし".to_owned(),
            |file| format!("[本文]({folder}/{file})"),
        );
        let result = if sample["hasResult"] == true {
            let codes = sample["resultCodes"].as_array().into_iter().flatten();
            let codes: Vec<&str> = codes.filter_map(Value::as_str).collect();
            let codes = if codes.is_empty() {
                "すべて受け付け".to_owned()
            } else {
                codes.join(" ")
            };
            format!("[{codes}]({folder}/result.json)")
        } else {
            "–".to_owned()
        };
        page.push_str(&format!(
            "| {folder} | {} | `{} {}{mark}{query}`　{body} | [{}]({folder}/answer.json) | {result} |\n",
            sample["ja"].as_str().unwrap_or_default(),
            request["method"].as_str().unwrap_or_default(),
            request["path"].as_str().unwrap_or_default(),
            sample["status"],
        ));
    }
    page
}

/// The samples of mode 2, as the index lists them.
pub(super) fn set_page(listed: &[Value]) -> String {
    let mut page = "# 方式②の見本\n\n送った順に並んでいます。`send` が送った組、`answer.json` がPMHの画面の答え、`receive` がPMHから受け取った組です。\n\n\
        | 番号 | 内容 | 答え |\n|---|---|---|\n".to_owned();
    for set in listed {
        let folder = set["folder"].as_str().unwrap_or_default();
        let problems = set["answer"]["problems"].as_array().into_iter().flatten();
        let mut codes: Vec<&str> = problems.filter_map(|one| one["code"].as_str()).collect();
        codes.dedup();
        let answer = match (set["answer"].is_null(), codes.is_empty()) {
            (true, _) => "–".to_owned(),
            (false, true) => format!("[受け付け]({folder}/answer.json)"),
            (false, false) => format!("[{}]({folder}/answer.json)", codes.join(" ")),
        };
        page.push_str(&format!(
            "| {folder} | {} | {answer} |\n",
            set["ja"].as_str().unwrap_or_default()
        ));
    }
    page
}
