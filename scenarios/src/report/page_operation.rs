//! 画面の操作: what staff did in PMH's pages and what the pages answered, as a reader would tell it.

use serde_json::Value;

use super::file_table::FileTable;
use crate::verdict::{EventLine, Mode};

/// What was done, and the files that were sent with it.
pub(super) fn asked(line: &EventLine) -> (String, Vec<FileTable>) {
    let text = |member: &str| line.text(member).unwrap_or_default();
    let what = match text("action") {
        "log_in" => "ログインする".to_owned(),
        "change_password" => "パスワードを変更する".to_owned(),
        "register_addresses" => format!(
            "通知先を登録する（処理結果 {}、審査会資料参照状況 {}）",
            text("processing_result"),
            text("board_reading")
        ),
        "clear_addresses" => "通知先を消す".to_owned(),
        "choose_mode" => {
            let mode = match Mode::of_word(text("mode")) {
                Some(mode) => mode.long_ja(),
                None => text("mode"),
            };
            format!("連携方式を決める（{mode}）")
        }
        "report_environment_ready" => "環境設定が終わったことを知らせる".to_owned(),
        "confirm_schedule" => format!("日程を確認する（初期セットアップ {}）", text("setup_date")),
        "issue_key" => "認証キーを発行する".to_owned(),
        "revoke_keys" => "認証キーを失効させる".to_owned(),
        "renew_key" => "認証キーを更新する".to_owned(),
        "upload" => {
            let files = uploaded(line);
            return (
                format!("ファイルの組を送る（{}ファイル）", files.len()),
                files,
            );
        }
        "make_inbound_set" => "受け取り用のファイルを作る".to_owned(),
        "fetch_file" => format!("ファイルを受け取る（{}）", text("name")),
        "" => "（操作名なし）".to_owned(),
        other => other.to_owned(),
    };
    (what, Vec::new())
}

fn uploaded(line: &EventLine) -> Vec<FileTable> {
    let files = line.body.get("files").and_then(Value::as_array);
    let table = |file: &Value| {
        let text = |member: &str| file.get(member).and_then(Value::as_str);
        // A file by its name alone is one that the journal does not hold.
        let name = text("name").or(file.as_str()).unwrap_or("（名前なし）");
        match text("text") {
            Some(content) => FileTable::of_text(name, content),
            None => FileTable::unreadable(name, text("unreadable").unwrap_or("中身の記録がない")),
        }
    };
    files.into_iter().flatten().map(table).collect()
}

/// What the pages answered.
pub(super) struct Answered {
    /// In one line.
    pub(super) text: String,
    /// Why something was refused, line by line.
    pub(super) problems: Vec<String>,
    /// A file that was fetched.
    pub(super) fetched: Option<FileTable>,
}

/// The answer of the pages; `None` if the line does not say whether it was done.
pub(super) fn answered(line: &EventLine) -> Option<Answered> {
    let body = &line.body;
    let is_done = body.get("done")?.as_bool()?;
    let listed = body.get("problems").and_then(Value::as_array);
    let problems: Vec<String> = listed.into_iter().flatten().map(problem).collect();
    let text = match (is_done, line.text("reason"), body.get("set")) {
        (true, _, Some(set)) => accepted(set),
        (true, _, None) => "できた".to_owned(),
        (false, Some(reason), _) => format!("断られた（{reason}）"),
        (false, None, _) => format!("断られた（問題 {}件）", problems.len()),
    };
    let fetched = body.get("fetched").and_then(|file| {
        let text = |member: &str| file.get(member)?.as_str();
        Some(FileTable::of_text(text("name")?, text("text")?))
    });
    Some(Answered {
        text,
        problems,
        fetched,
    })
}

fn accepted(set: &Value) -> String {
    let number = set.get("number").and_then(Value::as_str);
    let files = set.get("files").and_then(Value::as_array);
    let records: u64 = files
        .into_iter()
        .flatten()
        .filter_map(|file| file.get("records")?.as_u64())
        .sum();
    format!(
        "受け付けられた（組の番号 {}、{records}件）",
        number.unwrap_or("なし")
    )
}

fn problem(problem: &Value) -> String {
    let text = |member: &str| problem.get(member).and_then(Value::as_str);
    let line = problem.get("line").and_then(Value::as_u64);
    let mut place = text("file").unwrap_or("組の全体").to_owned();
    if let Some(line) = line {
        place += &format!(" {line}行目");
    }
    if let Some(item) = text("item") {
        place += &format!(" 項目「{item}」");
    }
    format!(
        "{place}: {}（{}）",
        text("message").unwrap_or_default(),
        text("code").unwrap_or_default()
    )
}
